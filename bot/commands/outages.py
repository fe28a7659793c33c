"""`piket outages` and `piket skipped`: when nobody could be heard, and what time should have brought and did not."""

from datetime import date, datetime, time, timedelta

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, table
from db import outages as stored
from db import skipped as left_out
from policy.calendar import zone_named

WIB = zone_named("WIB")
_DAYS = click.option(
    "--days", type=click.IntRange(1, 366), default=30, help="How many days back; 30 if not given."
)


@click.group("outages")
def outages() -> None:
    """When the service or a platform could not hear people: lateness inside them is nobody's."""


@outages.command("list")
@click.option("--from", "first", type=DAY, help="From this day on; a month ago unless you say.")
@click.option("--to", "last", type=DAY, help="Until the end of this day; today unless you say.")
def list_outages(first: date | None, last: date | None) -> None:
    """List outages in WIB, with how long each took. What two causes took at once counts once."""

    async def work(errand: Errand) -> None:
        start = _midnight(first or errand.today - timedelta(days=30))
        end = _midnight((last or errand.today) + timedelta(days=1))
        async with errand.office.db.reading() as tx:
            found = await stored.between(tx, start=start, end=end)
        if not found:
            click.echo("No outage in these days.")
            return
        click.echo(table(("BEGAN", "ENDED", "TOOK", "CAUSE"), [_line(each) for each in reversed(found)]))
        click.echo("Deadlines that lay inside them were moved by as much, for everybody.")

    run_errand(work)


def _line(outage: stored.Outage) -> tuple[str, ...]:
    took = timedelta(seconds=round((outage.ended_at - outage.began_at).total_seconds()))
    return (_local(outage.began_at), _local(outage.ended_at), str(took), outage.cause)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=WIB)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(WIB):%Y-%m-%d %H:%M:%S}"


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
        rows = [
            (
                f"{each.due_at.astimezone(WIB):%Y-%m-%d %H:%M}",
                each.what,
                each.subject,
                each.because.replace("_", " "),
            )
            for each in found
        ]
        click.echo(table(("DUE", "WHAT", "OF", "BECAUSE"), rows))

    run_errand(work)
