"""`piket unit …`: what is said of a unit, and so of all below it."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY
from handlers.admin import said


@click.group("unit")
def group() -> None:
    """Units and what is said of them."""


@group.command("fact")
@click.argument("code")
@click.argument("name", metavar="|".join(said.UNIT_FACTS))
@click.argument("value")
@click.option("--from", "valid_from", type=DAY, required=True, help="The day from which it holds.")
@click.option("--until", "valid_until", type=DAY, help="The last day on which it holds.")
@click.option("--source", help="Who said so: letter, number, date.")
def fact(
    code: str, name: str, value: str, valid_from: date, valid_until: date | None, source: str | None
) -> None:
    """Record of the unit CODE, and of all below it, what circulars ask for.

    \b
    sector     non-esensial, esensial, kritikal, layanan langsung
    function   layanan, administrasi, lapangan
    strategic  ya, tidak
    urgent     ya, tidak: the agency declares urgent need
    cluster    ya, tidak: a cluster was found
    stage      the stage that the agency has entered, in the circular's words
    """

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            unit = await said.set_unit_fact(
                tx,
                unit_code=code,
                name=name,
                value=value,
                valid_from=valid_from,
                valid_until=valid_until,
                source=source,
                by=errand.by,
                now=errand.now,
            )
        until = f" until {valid_until}" if valid_until else " on"
        click.echo(
            f"{unit.name}: {name} is {value} from {valid_from}{until}. Whoever's day changes by it is told."
        )

    run_errand(work)
