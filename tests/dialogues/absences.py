"""What the office records of somebody beside the chat: an absence, another superior."""

from datetime import date, timedelta

from db import absences, superiors
from policy.model import AbsenceKind
from tests.chat import Player
from tests.stage import LOCAL, Stage


async def record(stage: Stage, who: Player, day: str) -> None:
    """Let the office know of a day of official travel."""
    on = date.fromisoformat(day)
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=who.person_id,
            kind=AbsenceKind.TRAVEL,
            valid_from=on,
            valid_until=on,
            by="import",
            now=stage.clock.now(),
        )


async def place_under(stage: Stage, who: Player, superior: Player) -> None:
    """Give somebody another direct superior, from today on, and let a minute pass."""
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await superiors.name(
            tx,
            person_id=who.person_id,
            superior_id=superior.person_id,
            valid_from=now.astimezone(LOCAL).date(),
            by="import",
            now=now,
        )
    stage.clock.move_to(stage.clock.now() + timedelta(minutes=1))
