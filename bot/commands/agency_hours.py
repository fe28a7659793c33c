"""`piket agency calendar` and `piket agency season`: the hours of an agency."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY
from handlers.admin import hours
from handlers.admin.refusal import AdminRefused
from policy.book import Book
from policy.format.strict_yaml import LoaderError, text_of

RAMADAN = "Ramadan"


@click.command("calendar")
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def calendar(code: str, file: Path, valid_from: date | None) -> None:
    """Let the agency CODE go by the calendar in FILE (YAML): its week, its seasons and its days."""

    try:
        text = text_of(file)
    except LoaderError as problem:
        raise click.ClickException(str(problem)) from problem

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            agency = await hours.set_calendar(
                tx,
                agency_code=code,
                text=text,
                file=file.name,
                valid_from=start,
                by=errand.by,
                now=errand.now,
            )
        click.echo(f"{agency.name} goes by {file.name} from {start} on.")

    run_errand(work)


@click.command("season")
@click.argument("code")
@click.argument("name", default=RAMADAN)
@click.option("--from", "first", type=DAY, required=True, help="The first day of the season.")
@click.option("--until", "last", type=DAY, help="Its last day.")
@click.option("--stop", is_flag=True, help="No season holds from that day on.")
def season(code: str, name: str, first: date, last: date | None, *, stop: bool) -> None:
    """Let the hours of the season NAME (Ramadan) hold for the agency CODE on these days."""

    async def work(errand: Errand) -> None:
        who: dict[str, Any] = {"agency_code": code, "first": first, "by": errand.by, "now": errand.now}
        async with errand.office.db.transaction() as tx:
            if stop:
                agency = await hours.end_season(tx, **who)
                click.echo(f"No season holds for {agency.name} from {first} on.")
                return
            if last is None:
                raise AdminRefused("Say when the season ends: --until DAY.")
            shipped = Book.shipped().calendars["default"]
            agency = await hours.set_season(tx, shipped, name=name, last=last, **who)
        click.echo(f"{agency.name} has the hours of {name} from {first} to {last}.")

    run_errand(work)
