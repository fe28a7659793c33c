"""Finds what an admin names: a unit, a region, a person, a word of a list; what is not there offers the closest."""

from collections.abc import Sequence
from datetime import date, datetime

from db import people, regions, units
from db.engine import Tx
from db.people import Person
from db.regions import Region
from db.units import Unit
from handlers.admin.importing.columns import closest
from handlers.admin.refusal import AdminRefused
from policy import nip as nips


async def region_named(tx: Tx, code: str) -> Region:
    """Return the region. Raises AdminRefused."""
    region = await regions.by_code(tx, code=code)
    if region is None:
        known = [each.code for each in await regions.all_regions(tx)]
        raise AdminRefused(f"There is no region {code}.{meant(code, known, '`piket region list`')}")
    return region


async def unit_named(tx: Tx, code: str) -> Unit:
    """Return the unit. Raises AdminRefused."""
    unit = await units.by_code(tx, code=code)
    if unit is None:
        known = [each.code for each in await units.all_units(tx)]
        raise AdminRefused(f"There is no unit {code}.{meant(code, known, '`piket agency list`')}")
    return unit


async def agency_named(tx: Tx, code: str, *, what: str) -> Unit:
    """Return the agency, for which alone `what` is decided. Raises AdminRefused, also for a unit below one."""
    agency = await unit_named(tx, code)
    if agency.parent_code is not None:
        top = (await units.chain(tx, code=code))[-1]
        raise AdminRefused(f"{code} is a unit of {top}; {what} is decided for the whole agency.")
    return agency


async def person_with(tx: Tx, nip: str, *, now: datetime) -> Person:
    """Return who works here with this NIP. Raises AdminRefused."""
    number = nips.parse(nip)
    if isinstance(number, nips.NipProblem):
        raise AdminRefused(number.sentence)
    person = await people.by_nip(tx, nip=number.value, now=now)
    if person is None:
        raise AdminRefused(
            f"Nobody with the NIP {nips.grouped(number.value)} works here. People come with: piket people import FILE"
        )
    return person


def in_order(first: date, last: date | None) -> None:
    """Let days begin before they end. Raises AdminRefused."""
    if last is not None and last < first:
        raise AdminRefused(f"It cannot end on {last}, before it begins on {first}.")


def word_of(words: Sequence[str], value: str, *, what: str) -> str:
    """Return the word of a closed list that is meant, however it is cased. Raises AdminRefused."""
    found = next((word for word in words if word.casefold() == value.casefold()), None)
    if found is None:
        offer = closest(value, list(words))
        hint = f"Did you mean `{offer}`?" if offer else f"Known are: {', '.join(words)}."
        raise AdminRefused(f"`{value}` is not known as {what}. {hint}")
    return str(found)


def meant(word: str, known: list[str], where: str) -> str:
    """Return the end of a sentence: the closest of what there is, or where to see it all."""
    found = closest(word, known)
    return f" Did you mean {found}?" if found else f" {where} shows what there is."
