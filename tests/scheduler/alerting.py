"""The job that tells heads what is overdue, and a morning on which nobody has reported."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from db import appointments, superiors
from db.appointments import Post, Power
from db.moments import to_micros
from scheduler import overdue as job
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE
from tests.scheduler.days import asks, opens
from tests.stage import BOOK, Stage


async def morning(stage: Stage, *reported: Player) -> None:
    """Let it be 09.00 on Monday, with plans and outputs asked for, and let everybody but these be overdue at it."""
    await asks(stage, "reporting", "plan,output")
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
