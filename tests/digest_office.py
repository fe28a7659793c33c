"""An office that reports, and the digests of its head: days opened by the clock, reports stored as they come in."""

from datetime import datetime, timedelta
from typing import Any

from db import appointments, health, reports, settings
from db.appointments import Post
from db.reports import Item, Kind
from scheduler.days import workday
from scheduler.digesting import corrections as digest_corrections
from scheduler.digesting import digests
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE, UPTD
from tests.stage import BOOK, LOCAL, Stage

ITEM = Item(activity="Menyusun laporan")


async def asks(stage: Stage) -> None:
    """The agency asks for plans and output too, with its basis."""
    async with stage.db.transaction() as tx:
        await settings.set_value(
            tx,
            unit_code=AGENCY,
            name="reporting",
            value="plan,output",
            basis="SK Kepala Dinas 800/15/2020",
            valid_from=SINCE,
            by=BY,
            now=stage.clock.now() - timedelta(days=1),
        )


async def opens(stage: Stage, local: str) -> int:
    """Let the clock open the days that are due at that moment."""
    stage.moves_to(local)
    return await workday.open_due(stage.db, stage.seal, BOOK, stage.clock.now())


async def reports_(stage: Stage, who: Player, kind: Kind, local: str) -> str:
    """Somebody's plan or output of the day comes in at that moment; return its key."""
    stage.moves_to(local)
    at = stage.clock.now()
    async with stage.db.transaction() as tx:
        saved = await reports.save(
            tx,
            person_id=who.person_id,
            on=at.astimezone(LOCAL).date(),
            kind=kind,
            items=[ITEM],
            channel="telegram",
            source_message=None,
            reported_at=at,
            now=at,
        )
    return saved.id


async def is_well(stage: Stage, who: Player, local: str, *, yes: tuple[int, ...] = ()) -> None:
    """Somebody's health report comes in; `yes`: the questions answered so."""
    stage.moves_to(local)
    at = stage.clock.now()
    answers: dict[str, Any] = {"mode": "kmk328", "yes": list(yes)}
    async with stage.db.transaction() as tx:
        await health.save(
            tx, stage.seal, person_id=who.person_id, on=at.astimezone(LOCAL).date(), answers=answers,
            channel="telegram", reported_at=at, now=at,
        )  # fmt: skip


async def looks(stage: Stage, local: str) -> int:
    """Let the digests be made that are due, with their pictures, and show what is sent."""
    return await _looks(stage, local, digests)


async def corrects(stage: Stage, local: str) -> int:
    """Let wrong digests be corrected, and show what is sent."""
    return await _looks(stage, local, digest_corrections)


async def _looks(stage: Stage, local: str, job: Any) -> int:
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    told = await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.works()
    return int(told)


async def leads(
    stage: Stage, who: Player, unit: str = UPTD, *, post: Post = Post.HEAD, since: str = "2020-06-01"
) -> None:
    """Somebody leads a unit from a day on."""
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx,
            unit_code=unit,
            person_id=who.person_id,
            post=post,
            valid_from=datetime.fromisoformat(since).date(),
            by=BY,
            now=stage.clock.now(),
        )
