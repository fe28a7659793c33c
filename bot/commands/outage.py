"""`piket outage …`: when people could not be heard, by our fault or a platform's."""

from datetime import date, datetime, time, timedelta

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, table
from db import outages
from policy.calendar import zone_named

WIB = zone_named("WIB")


@click.group("outage")
def group() -> None:
    """When people could not be heard: whoever is late because of it is not late."""


@group.command("list")
@click.option("--from", "first", type=DAY, help="From this day on; a month ago unless you say.")
@click.option("--to", "last", type=DAY, help="Until the end of this day; today unless you say.")
def show(first: date | None, last: date | None) -> None:
    """List outages in WIB, with how long each took. What two causes took at once counts once."""

    async def work(errand: Errand) -> None:
        start = _midnight(first or errand.today - timedelta(days=30))
        end = _midnight((last or errand.today) + timedelta(days=1))
        async with errand.office.db.reading() as tx:
            found = await outages.between(tx, start=start, end=end)
        if not found:
            click.echo("No outage in these days.")
            return
        rows = [
            (
                _local(each.began_at),
                _local(each.ended_at),
                str(timedelta(seconds=round((each.ended_at - each.began_at).total_seconds()))),
                each.cause,
            )
            for each in found
        ]
        click.echo(table(("began (WIB)", "ended", "took", "cause"), rows))

    run_errand(work)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=WIB)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(WIB):%Y-%m-%d %H:%M:%S}"
