"""Units whose rotas share a limit: those of one perangkat daerah, where a circular counts its people together."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from db.engine import Tx
from db.facts import facts_of_unit
from db.rota import days as rota_days
from db.rota.days import Day
from db.sealed import Seal
from db.two_clocks import hold
from db.units import Unit, all_units
from policy.book import Book
from policy.calendar import monday_of
from policy.model import Facts, Turn
from policy.offices import office_of
from policy.weighing.quotas import counts_whole_office

Known = Mapping[date, Mapping[str, Facts]]
_AHEAD = timedelta(weeks=2)


async def hold_office(tx: Tx, *, unit_code: str) -> None:
    """Let nobody else publish a rota of this unit's perangkat daerah until the transaction ends."""
    await hold(tx, "units", key=unit_code)
    await hold(tx, "units", key=(await _offices(tx))[unit_code])


async def with_siblings(
    tx: Tx, seal: Seal, book: Book, facts: Known, *, unit_code: str, monday: date, now: datetime
) -> Known:
    """Add the people of the sibling units to a unit's week, where a limit counts them together.

    Their turns are those that are stored: a moment before the last change would miss places that are taken.
    """
    if not any(counts_whole_office(people.values()) for people in facts.values()):
        return facts
    last = monday + timedelta(days=6)
    found = {on: dict(people) for on, people in facts.items()}
    offices = await _offices(tx)
    for code in (each for each in offices if each != unit_code and offices[each] == offices[unit_code]):
        theirs = await facts_of_unit(tx, seal, unit_code=code, first=monday, last=last, now=now, book=book)
        stands = await rota_days.standing_now(tx, unit_code=code, first=monday, last=last)
        for on in found.keys() & theirs.keys():
            for who, known in theirs[on].items():
                found[on][who] = replace(known, turn=_turn(stands.get((who, on)), now))
    return found


async def sharing(
    tx: Tx, seal: Seal, book: Book, *, units: Collection[str], since: date, now: datetime
) -> list[str]:
    """Return the other units of the perangkat daerah of these, where a published rota goes by a common limit."""
    offices = await _offices(tx)
    concerned = {offices[code] for code in units}
    others = [code for code, office in offices.items() if office in concerned and code not in units]
    return [code for code in others if await _shares(tx, seal, book, code, since, now)]


async def _shares(tx: Tx, seal: Seal, book: Book, unit_code: str, since: date, now: datetime) -> bool:
    if not await _is_published(tx, unit_code, since):
        return False
    facts = await facts_of_unit(
        tx, seal, unit_code=unit_code, first=since, last=since + _AHEAD, now=now, book=book
    )
    return any(counts_whole_office(people.values()) for people in facts.values())


async def _is_published(tx: Tx, unit_code: str, since: date) -> bool:
    row = await tx.one(
        "SELECT 1 AS is_there FROM rotas WHERE unit_code = :unit AND week >= :monday AND state = 'published'",
        unit=unit_code,
        monday=monday_of(since).isoformat(),
    )
    return row is not None


async def _offices(tx: Tx) -> dict[str, str]:
    """Every unit's perangkat daerah, in the order of the units' codes."""
    units = {unit.code: unit for unit in await all_units(tx)}
    return {code: office_of([(each.code, each.kind) for each in _chain(units, code)]) for code in units}


def _chain(units: Mapping[str, Unit], code: str) -> list[Unit]:
    found: dict[str, Unit] = {}
    at: str | None = code
    while at is not None and at in units and at not in found:
        found[at] = units[at]
        at = units[at].parent_code
    return list(found.values())


def _turn(day: Day | None, now: datetime) -> Turn | None:
    if day is None:
        return None
    return Turn(arrangement=day.arrangement, rota="", published_at=now, shift=day.shift)
