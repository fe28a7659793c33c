"""How the agency of the cast takes health reports."""

from datetime import date

from db import settings
from tests.factories import AGENCY, BY
from tests.stage import Stage


async def set_mode(stage: Stage, mode: str) -> None:
    """Let the agency choose: kmk328, fit or off."""
    async with stage.db.transaction() as tx:
        await settings.set_value(
            tx,
            unit_code=AGENCY,
            name="health_mode",
            value=mode,
            basis="SK 800/13/2020",
            valid_from=date(2020, 6, 1),
            by=BY,
            now=stage.clock.now(),
        )
