"""`piket clock …`: whether the clock can be trusted, and confirming one that jumped (fault T02)."""

import click

from bot.commands.errand import Errand, run_errand
from bot.examining_now import about_hold
from db import clock_holds

TRUSTED = "The clock is trusted; nothing is held."


@click.group("clock")
def group() -> None:
    """Whether this installation's clock can be trusted."""


@group.command("show")
def show() -> None:
    """Say whether what time drives is held because of the clock."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            hold = await clock_holds.current(tx)
        click.echo(about_hold(hold) if hold else TRUSTED)

    run_errand(work)


@group.command("confirm")
def confirm() -> None:
    """Confirm that the clock is right as it is; what was held goes on within seconds."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            hold = await clock_holds.current(tx)
            if hold is not None:
                await clock_holds.end(tx, hold_id=hold.id, by=errand.by, now=errand.now)
        click.echo("Confirmed: what was held goes on." if hold else TRUSTED)

    run_errand(work)
