"""`piket region …`: the zones, and whatever else is said of a region, that decide who works where."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, WordType, table
from db import regions
from handlers.admin import said
from policy.words import Zone


@click.group("region")
def group() -> None:
    """Regions and their zones."""


@group.command("zone")
@click.argument("code")
@click.argument("value", type=WordType(Zone))
@click.option("--from", "valid_from", type=DAY, required=True, help="The day from which the zone holds.")
@click.option("--source", help="Who said so, such as: Gugus Tugas Pusat, 8 Juni 2020.")
def zone(code: str, value: Zone, valid_from: date, source: str | None) -> None:
    """Record that the region CODE is in zone VALUE from a day on."""
    _record(code, "zone", value, valid_from, source)


@group.command("fact")
@click.argument("code")
@click.argument("name", metavar="|".join(said.REGION_FACTS))
@click.argument("value")
@click.option("--from", "valid_from", type=DAY, required=True, help="The day from which it holds.")
@click.option("--source", help="Who said so: Inmendagri, decree, number, date.")
def fact(code: str, name: str, value: str, valid_from: date, source: str | None) -> None:
    """Record of the region CODE, and of those below it of which nothing else is said, what circulars ask for.

    \b
    ppkm_level   1 to 4
    psbb         ya, tidak
    island       Jawa-Bali, luar Jawa-Bali
    jabodetabek  ya, tidak
    status       a status in the circular's words, such as: PPKM Darurat
    """

    _record(code, name, value, valid_from, source)


def _record(code: str, name: str, value: str, valid_from: date, source: str | None) -> None:
    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            region = await said.set_region_fact(
                tx,
                region_code=code,
                name=name,
                value=value,
                valid_from=valid_from,
                source=source,
                by=errand.by,
                now=errand.now,
            )
        click.echo(
            f"{region.name}: {name} is {value} from {valid_from} on, until something else is recorded. "
            "Whoever's day changes by it is told."
        )

    run_errand(work)


@group.command("list")
def list_regions() -> None:
    """List the regions with today's zones."""

    async def work(errand: Errand) -> None:
        rows = []
        async with errand.office.db.reading() as tx:
            for region in await regions.all_regions(tx):
                said = await regions.fact(
                    tx, region_code=region.code, on=errand.today, as_known_at=errand.now
                )
                since = str(said.since or "-") if said else "-"
                rows.append((region.code, region.name, region.timezone, said.value if said else "-", since))
        if not rows:
            click.echo("There are no regions yet. They come with: piket people import FILE")
            return
        click.echo(table(("CODE", "NAME", "TIME ZONE", "ZONE", "SINCE"), rows))

    run_errand(work)
