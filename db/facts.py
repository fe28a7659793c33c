"""Rows become `policy.model.Facts`, for one person or for all: the only place where that happens."""

import asyncio
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from db import absences, calendars, circular_texts, gates, overrides, traits, turns
from db.day_rows import days_between, over_days
from db.engine import Row, Tx, Value
from db.errors import DbError, Refused
from db.ground import Ground, ground, ground_between
from db.moments import to_micros
from db.sealed import Seal
from db.two_clocks import with_clocks
from policy import nip as nips
from policy.book import Book, oldest_first
from policy.calendar import zone_named
from policy.model import AgencyKind, CalendarDay, Circular, Employment, Facts, JobLevel
from policy.offices import office_of

Word = TypeVar("Word", bound=StrEnum)
_Usual = dict[tuple[str | int | None, ...], Facts]  # by unit and all else in which people of it differ
UnitFacts = MutableMapping[tuple[str, date], Facts]  # what is the same for everybody of a unit on a day

_PEOPLE = with_clocks(f"""
SELECT p.id, p.nip, p.born, p.employment, m.unit_code, m.job_level, m.function, m.is_strategic,
       a.kind, a.part, a.valid_from, a.valid_until,
       EXISTS (SELECT 1 FROM appointments l WHERE l.person_id = p.id AND l.unit_code = m.unit_code AND HOLDS(l))
       AS leads_unit,
       {gates.COLUMNS}, {turns.COLUMNS}, {overrides.COLUMNS}, {traits.COLUMNS}
FROM people p
JOIN memberships m ON m.person_id = p.id AND HOLDS(m)
LEFT JOIN absences a ON a.person_id = p.id AND HOLDS(a)
{gates.JOINS}
{turns.JOINS}
{overrides.JOINS}
{traits.JOINS}
WHERE (p.left_at IS NULL OR p.left_at > :known)
""")
_ALIKE = (
    *("unit_code", "employment", "job_level", "function", "is_strategic", "leads_unit"),
    *("turn_arrangement", "turn_shift", "turn_rota", "turn_because", "turn_published_at"),
)
_PERSON = _PEOPLE + " AND p.id = :person_id"
_MEMBERS = _PEOPLE + " AND m.unit_code = :unit"


class NotInAnyUnitError(DbError):
    """The person works nowhere on that day, as far as was known: there are no facts to decide by."""


async def facts_for(
    tx: Tx,
    seal: Seal,
    *,
    person_id: str,
    on: date,
    now: datetime,
    book: Book,
    units: UnitFacts | None = None,
) -> Facts:
    """Return what the rules need to know of one person and day, as known now. Raises NotInAnyUnitError.

    Who asks several times at one moment gives the same `units`, and each unit and day is read once.
    Raises Refused if a circular is switched on that this release does not know.
    """
    rows = await tx.all(_PERSON, person_id=person_id, on=on.isoformat(), known=to_micros(now))
    if not rows:
        raise NotInAnyUnitError(f"Person {person_id} belongs to no unit on {on}.")
    units = {} if units is None else units
    unit = rows[0]["unit_code"]
    if (unit, on) not in units:
        known = await ground(tx, on=on, now=now, unit_code=unit)
        await _bring(tx, book, [known])
        units[unit, on] = _of_unit(known, unit, on=on, now=now, book=book)
    return _personal(units[unit, on], rows, seal, {})


async def facts_for_all(tx: Tx, seal: Seal, *, on: date, now: datetime, book: Book) -> dict[str, Facts]:
    """Return the facts of everybody who works somewhere that day, by person. Raises Refused, as for one."""
    people = _by(await tx.all(_PEOPLE, on=on.isoformat(), known=to_micros(now)), "id")
    known = await ground(tx, on=on, now=now)
    await _bring(tx, book, [known])
    codes = {rows[0]["unit_code"] for rows in people.values()}
    units = {code: _of_unit(known, code, on=on, now=now, book=book) for code in codes}
    usual: _Usual = {}
    return {
        person: _personal(units[rows[0]["unit_code"]], rows, seal, usual) for person, rows in people.items()
    }


async def units_for_all(tx: Tx, *, on: date, now: datetime, book: Book) -> dict[tuple[str, date], Facts]:
    """Return what the people of each unit share that day, as known at `now`. Raises Refused, as for one."""
    known = await ground(tx, on=on, now=now)
    await _bring(tx, book, [known])
    found = {}
    for number, code in enumerate(known.units):
        if number % 100 == 0:  # a ministry has thousands: people who write meanwhile are answered
            await asyncio.sleep(0)
        found[code, on] = _of_unit(known, code, on=on, now=now, book=book)
    return found


async def facts_for_some(
    tx: Tx, seal: Seal, *, people: Sequence[str], on: date, now: datetime, units: UnitFacts
) -> dict[str, Facts]:
    """Return the facts of those of `people`, a hundred or so, who work that day in one of `units`."""
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    these = f" AND p.id IN ({', '.join(f':{name}' for name in ids)})"
    found = _by(await tx.all(_PEOPLE + these, on=on.isoformat(), known=to_micros(now), **ids), "id")
    usual: _Usual = {}
    return {
        person: _personal(units[rows[0]["unit_code"], on], rows, seal, usual)
        for person, rows in found.items()
        if (rows[0]["unit_code"], on) in units
    }


async def units_between(
    tx: Tx, *, units: Iterable[str], first: date, last: date, now: datetime, book: Book
) -> dict[tuple[str, date], Facts]:
    """Return what the people of each of these few units share on each of these days. Raises Refused, as for one."""
    found: dict[tuple[str, date], Facts] = {}
    for code in units:
        grounds = await ground_between(tx, first=first, last=last, now=now, unit_code=code)
        await _bring(tx, book, grounds.values())
        found |= {
            (code, on): _of_unit(known, code, on=on, now=now, book=book) for on, known in grounds.items()
        }
    return found


async def facts_between(
    tx: Tx, seal: Seal, *, person_id: str, first: date, last: date, now: datetime, book: Book
) -> dict[date, Facts]:
    """Return one person's facts for every day from `first` to `last` on which they work somewhere, as known now.

    It asks once for the person and once for each unit they worked in. Raises Refused, as for one day.
    """
    on = days_between(first, last)
    by_day = _by(
        await tx.all(over_days(_PERSON, len(on)), person_id=person_id, known=to_micros(now), **on), "day"
    )
    grounds = {
        code: await ground_between(tx, first=first, last=last, now=now, unit_code=code)
        for code in {rows[0]["unit_code"] for rows in by_day.values()}
    }
    await _bring(tx, book, [known for each in grounds.values() for known in each.values()])
    found = {}
    for day, rows in by_day.items():
        on_day, code = date.fromisoformat(day), rows[0]["unit_code"]
        unit = _of_unit(grounds[code][on_day], code, on=on_day, now=now, book=book)
        found[on_day] = _personal(unit, rows, seal, {})
    return found


async def facts_of_unit(
    tx: Tx, seal: Seal, *, unit_code: str, first: date, last: date, now: datetime, book: Book
) -> dict[date, dict[str, Facts]]:
    """Return the facts of everybody who works in a unit, by person, for every day from `first` to `last`.

    It asks once for the people and once for the unit. Raises Refused, as for one day.
    """
    on = days_between(first, last)
    rows = await tx.all(over_days(_MEMBERS, len(on)), unit=unit_code, known=to_micros(now), **on)
    grounds = await ground_between(tx, first=first, last=last, now=now, unit_code=unit_code)
    await _bring(tx, book, grounds.values())
    found: dict[date, dict[str, Facts]] = {}
    for stamp, of_day in _by(rows, "day").items():
        day = date.fromisoformat(stamp)
        unit = _of_unit(grounds[day], unit_code, on=day, now=now, book=book)
        usual: _Usual = {}
        found[day] = {key: _personal(unit, each, seal, usual) for key, each in _by(of_day, "id").items()}
    return found


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """The rows of one person (or day) together: there is one for each of their traits, else one."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row[column], []).append(row)
    return together


async def _bring(tx: Tx, book: Book, grounds: Iterable[Ground]) -> None:
    adopted = {each for known in grounds for ids in known.adopted.values() for each in ids}
    await circular_texts.bring(tx, book, adopted)


def _of_unit(known: Ground, unit_code: str, *, on: date, now: datetime, book: Book) -> Facts:
    """What is the same for everybody in the unit."""
    chain = known.chain(unit_code)
    unit, agency = chain[0], chain[-1]
    places = known.places(unit["region_code"])
    circulars = _circulars(known, chain, book=book)
    return Facts(
        on=on,
        as_of=now,
        day=_day(known, agency["code"], on=on, book=book),
        circulars=circulars,
        taken_on=frozenset(
            each.id for each in circulars
        ),  # switched on for the agency or below: its own decision
        unit_code=unit_code,
        unit_name=unit["name"],
        unit_kind=unit["kind"],
        unit_names=tuple(each["name"] for each in chain),
        unit_chain=tuple(each["code"] for each in chain),
        unit_facts=known.facts_of_unit(unit_code),
        office_code=office_of([(each["code"], each["kind"]) for each in chain]),
        agency_kind=_word(AgencyKind, agency["kind"]),
        region_code=places[0]["code"],
        region_name=places[0]["name"],
        region_chain=tuple(word for place in places for word in (place["code"], place["name"])),
        region_facts=known.facts_of(unit["region_code"]),
        timezone=zone_named(places[0]["timezone"]).key,
    )


def _day(known: Ground, agency_code: str, *, on: date, book: Book) -> CalendarDay:
    calendar = calendars.own(known.calendars.get(agency_code)) or book.calendars["default"]
    special, season = known.days.get(agency_code), known.seasons.get(agency_code)
    if season is not None:
        calendar = calendar.in_season(season, on, on)
    return (calendar.with_days(special) if special is not None else calendar).day(on)


def _circulars(known: Ground, chain: tuple[Row, ...], *, book: Book) -> tuple[Circular, ...]:
    ids = {circular for unit in chain for circular in known.adopted.get(unit["code"], ())}
    found = {each: book.circular(each) for each in ids}
    unknown = sorted(each for each, circular in found.items() if circular is None)
    if unknown:  # to leave it out would tell people something else than what their agency has ordered
        raise Refused(f"Circular {unknown[0]} is switched on, but this release does not know it.")
    return oldest_first(each for each in found.values() if each)


def _personal(unit: Facts, rows: Sequence[Row], seal: Seal, usual: _Usual) -> Facts:
    """The facts of one person. `usual` collects those of people neither away, nor kept out, nor singled out:

    colleagues have them in common, but for the birthday.
    """
    row = rows[0]
    absence, gate, decision = (
        absences.opened(row),
        gates.gate(seal, row, on=unit.on),
        overrides.opened(seal, row),
    )
    recorded, born = traits.opened(seal, rows), _born(row["born"], row["nip"])
    if absence or gate or decision or recorded:
        return replace(
            _ordinary(unit, row),
            born=born,
            absence=absence,
            health_gate=gate,
            override=decision,
            traits=recorded,
        )
    same = _same(row)
    if same not in usual:
        usual[same] = _ordinary(unit, row)
    return replace(usual[same], born=born)


def _same(row: Row) -> tuple[str | int | None, ...]:
    """In what colleagues must agree to have the same facts."""
    return tuple(row[name] for name in _ALIKE)


def _ordinary(unit: Facts, row: Row) -> Facts:
    strategic = row["is_strategic"]
    return replace(
        unit,
        employment=_word(Employment, row["employment"]),
        job_level=_word(JobLevel, row["job_level"]),
        function=row["function"],
        is_strategic=None if strategic is None else bool(strategic),
        leads_unit=bool(row["leads_unit"]),
        turn=turns.turn(row),
    )


def _born(stored: str | None, nip: str | None) -> date | None:
    if stored is not None:
        return date.fromisoformat(stored)
    return nips.birth_date(nip) if nip is not None else None


@lru_cache(maxsize=256)
def _word(words: type[Word], stored: str | None) -> Word | None:
    """The stored word, however it is cased; None for one that the rules do not know: never a default."""
    wanted = (stored or "").casefold()
    return next((word for word in words if word.casefold() == wanted), None)
