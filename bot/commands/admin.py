"""`piket admin …`: the first admin, made on the machine itself, and who the admins are."""

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import WordType, table
from db import people, units
from db.engine import Tx
from db.people import Person
from handlers.admin import admins
from handlers.admin.admins import Workplace
from handlers.admin.refusal import AdminRefused
from policy import nip as nips
from policy.words import AgencyKind, Employment


@click.group("admin")
def group() -> None:
    """Who administers this installation."""


@group.command("first")
@click.option("--nip", prompt="NIP", help="The 18 digits of whoever becomes the first admin.")
@click.option("--name", help="Their name, if they were not imported.")
@click.option("--unit", help="The code of their unit, if they were not imported.")
def first(nip: str, name: str | None, unit: str | None) -> None:
    """Make the first admin and show the one-time code by which they link their chat."""

    async def work(errand: Errand) -> None:
        number = _number(nip)
        async with errand.office.db.reading() as tx:
            await admins.refuse_second(tx, now=errand.now)
            known = await people.by_nip(tx, nip=number, now=errand.now)
            is_empty = not await units.all_units(tx)
        place = None if known else _workplace(unit, is_empty=is_empty)
        called = name or (None if known else click.prompt("Name"))
        async with errand.office.db.transaction() as tx:
            person = known or await _hired(tx, number, str(called), place, errand)
            code = await admins.make_first(
                tx, errand.office.seal, person=person, by=errand.by, now=errand.now
            )
        click.echo(f"{person.name} ({nips.grouped(number)}) is the first admin. One-time code: {code}")
        click.echo(
            "It is shown this once and works for 14 days: in the chat with the bot, write /start, then NIP and code. "
            f"Next: {'piket people import FILE' if place else 'piket people codes UNIT'}"
        )

    run_errand(work)


@group.command("list")
def list_admins() -> None:
    """List the admins."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            found = await admins.all_admins(tx, now=errand.now)
        if not found:
            click.echo("There is no admin yet. Make one with: piket admin first")
            return
        rows = [(nips.grouped(each.nip) if each.nip else "-", each.name, each.unit_name) for each in found]
        click.echo(table(("NIP", "NAME", "UNIT"), rows))

    run_errand(work)


def _number(written: str) -> str:
    found = nips.parse(written)
    if isinstance(found, nips.NipProblem):
        raise AdminRefused(found.sentence)
    return found.value


def _workplace(unit: str | None, *, is_empty: bool) -> str | Workplace:
    """Where somebody works who was not imported: a unit that is there, or the first agency of all."""
    if not is_empty:
        return unit or str(click.prompt("Nobody has this NIP yet. Code of their unit"))
    click.echo("Nothing was imported yet, so first where they work:")
    return Workplace(
        unit_code=unit or click.prompt("Code of the agency, such as KOMINFO"),
        unit_name=click.prompt("Name of the agency"),
        kind=AgencyKind(click.prompt("Kind", type=WordType(AgencyKind), default=AgencyKind.PEMPROV.value)),
        region_code=click.prompt("Code of its regency or city, such as 18.71"),
        region_name=click.prompt("Name of its regency or city"),
        timezone=click.prompt("Time zone", type=click.Choice(["WIB", "WITA", "WIT"]), default="WIB"),
    )


async def _hired(tx: Tx, nip: str, name: str, place: str | Workplace | None, errand: Errand) -> Person:
    if isinstance(place, Workplace):
        await admins.found(tx, place, now=errand.now)
    unit_code = place.unit_code if isinstance(place, Workplace) else str(place)
    kind = nips.parse(nip)
    is_pppk = isinstance(kind, nips.Nip) and kind.kind is nips.NipKind.LIKE_PPPK
    employment = Employment.PPPK if is_pppk else Employment.PNS
    return await admins.hire(
        tx,
        nip=nip,
        name=name,
        employment=employment.value,
        unit_code=unit_code,
        by=errand.by,
        now=errand.now,
    )
