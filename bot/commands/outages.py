"""`piket outages` and `piket skipped`: when nobody could be heard, and what time should have brought and did not."""

from datetime import timedelta

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import table
from db import outages as stored
from db import skipped as left_out
from policy.calendar import zone_named

_DAYS = click.option(
    "--days", type=click.IntRange(1, 366), default=30, help="How many days back; 30 if not given."
)


@click.group("outages")
def outages() -> None:
    """When the service or a platform could not hear people: lateness inside them is nobody's."""


@outages.command("list")
@_DAYS
def list_outages(days: int) -> None:
    """List the measured outages, the newest first, with how long they took. Times are WIB."""

    async def work(errand: Errand) -> None:
        since = errand.now - timedelta(days=days)
        async with errand.office.db.reading() as tx:
            found = await stored.between(tx, start=since, end=errand.now)
        if not found:
            click.echo(f"No outage was measured in the last {days} days.")
            return
        home = zone_named("WIB")
        rows = [
            (
                f"{each.began_at.astimezone(home):%Y-%m-%d %H:%M:%S}",
                f"{each.ended_at.astimezone(home):%Y-%m-%d %H:%M:%S}",
                str(timedelta(seconds=round((each.ended_at - each.began_at).total_seconds()))),
                each.cause,
            )
            for each in reversed(found)
        ]
        click.echo(table(("BEGAN", "ENDED", "TOOK", "CAUSE"), rows))
        click.echo("Deadlines that lay inside them were moved by as much, for everybody.")

    run_errand(work)


@click.group("skipped")
def skipped() -> None:
    """What time should have brought and did not: nothing is left out silently."""


@skipped.command("list")
@_DAYS
def list_skipped(days: int) -> None:
    """List what was skipped, when it was due, and why, the newest first. Times are WIB."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            found = await left_out.list_since(tx, since=errand.now - timedelta(days=days))
        if not found:
            click.echo(f"Nothing was skipped in the last {days} days.")
            return
        home = zone_named("WIB")
        rows = [
            (
                f"{each.due_at.astimezone(home):%Y-%m-%d %H:%M}",
                each.what,
                each.subject,
                each.because.replace("_", " "),
            )
            for each in found
        ]
        click.echo(table(("DUE", "WHAT", "OF", "BECAUSE"), rows))

    run_errand(work)
