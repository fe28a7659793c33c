"""`piket agency calendar`: working days and hours of an agency's own."""

from datetime import date
from pathlib import Path

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY
from handlers.admin import hours
from policy.format.strict_yaml import LoaderError, text_of


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
