"""What an admin decides at a moment, and the job of changes that looks at it."""

from datetime import date

from handlers.admin import said
from policy.words import Zone
from scheduler import changes as job
from scheduler.changes import Looked
from tests.factories import CITY
from tests.stage import BOOK, Stage


async def zone(stage: Stage, local: str, colour: Zone, *, since: date) -> None:
    stage.moves_to(local)
    async with stage.db.transaction() as tx:
        await said.set_region_fact(
            tx, region_code=CITY, name="zone", value=colour, valid_from=since, source=None, by="clara",
            now=stage.clock.now(),
        )  # fmt: skip


async def looks(stage: Stage, local: str) -> Looked | None:
    """Let the job look at that moment, and show everybody what is sent."""
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    looked = await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    return looked
