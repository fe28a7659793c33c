"""The job that tells heads what is overdue, and a morning on which nobody has reported."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from db import absences, appointments, superiors
from db.appointments import Post, Power
from db.moments import to_micros
from handlers import notice
from policy.words import AbsenceKind
from scheduler.alerting import overdue as job
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE, UPTD, Cast, hire, link_chats
from tests.scheduler.days import asks, opens
from tests.stage import BOOK, LOCAL, Stage


async def morning(stage: Stage, *reported: Player, reporting: str = "plan") -> None:
    """Let it be 09.00 on Monday, with health and plans asked for, and let everybody but these have reported nothing."""
    await asks(stage, "reporting", reporting)
    await opens(stage, "2020-06-14 18:00")
    stage.moves_to("2020-06-15 09:00")
    await done(stage, *reported)
    await passes_deadlines(stage)


async def done(stage: Stage, *players: Player, kinds: Sequence[str] = ("health", "plan")) -> None:
    """Let these people have reported by now."""
    now = to_micros(stage.clock.now())
    async with stage.db.transaction() as tx:
        for player in players:
            for kind in kinds:
                await tx.run(
                    "UPDATE obligations SET state = 'late', done_at = :now, ended_at = :now"
                    " WHERE person_id = :person AND kind = :kind",
                    now=now,
                    person=player.person_id,
                    kind=kind,
                )


async def passes_deadlines(stage: Stage) -> None:
    """Mark what is overdue by now, as the reminders do."""
    async with stage.db.transaction() as tx:
        await tx.run(
            "UPDATE obligations SET state = 'overdue', overdue_at = due_at"
            " WHERE due_at <= :now AND state IN ('open', 'reminded')",
            now=to_micros(stage.clock.now()),
        )


async def looks(stage: Stage, local: str) -> int:
    """Let the job look at that moment, and show everybody what is sent; return how many alerts were told."""
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    await passes_deadlines(stage)
    told = await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    return told


async def appoints(
    stage: Stage,
    player: Player,
    *,
    unit: str = AGENCY,
    post: Post = Post.HEAD,
    first: date = SINCE,
    last: date | None = None,
    powers: Collection[Power] | None = None,
) -> None:
    """Let somebody lead a unit."""
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx,
            unit_code=unit,
            person_id=player.person_id,
            post=post,
            valid_from=first,
            valid_until=last,
            letter="821.22/77/2020",
            powers=powers,
            by=BY,
            now=stage.clock.now(),
        )


async def over(stage: Stage, player: Player, superior: Player) -> None:
    """Let somebody be another's direct superior."""
    async with stage.db.transaction() as tx:
        await superiors.name(
            tx, person_id=player.person_id, superior_id=superior.person_id, valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip


async def the_alerts(stage: Stage, columns: str = "part, state, level, times") -> list[tuple[Any, ...]]:
    rows = await stage.rows(f"SELECT {columns} FROM alerts ORDER BY on_date, part, unit_code")
    return [tuple(dict(row).values()) for row in rows]


FAJAR = Cast(name="Fajar Hidayat", nip="199001012014011001", phone="+6281200000006", unit=UPTD)


async def works_below(stage: Stage) -> Player:
    """Let Fajar work in the unit below since yesterday, with a chat, and Dewi lead it."""
    now = stage.clock.now() - timedelta(days=1)
    async with stage.db.transaction() as tx:
        person_id = await hire(tx, FAJAR, now=now)
    fajar = stage.another("Fajar", id=1006, phone=FAJAR.phone)
    fajar.person_id = person_id
    await link_chats(
        stage.db, {person_id: fajar.address}, channel=stage.channel.name, version=notice.VERSION, now=now
    )
    await appoints(stage, stage.players["dewi"], unit=UPTD)
    return fajar


async def dismisses(stage: Stage, *, unit: str = AGENCY, post: Post = Post.HEAD) -> None:
    """Let nobody hold this post from today on."""
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        await appointments.dismiss(
            tx, unit_code=unit, post=post, first=now.astimezone(LOCAL).date(), by=BY, now=now
        )


async def is_away(
    stage: Stage, player: Player, first: date, last: date, kind: AbsenceKind = AbsenceKind.ANNUAL_LEAVE
) -> None:
    """Let somebody be on leave."""
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=player.person_id, kind=kind, valid_from=first, valid_until=last, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip
