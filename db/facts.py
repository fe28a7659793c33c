"""Rows become `policy.model.Facts`, for one person or for all: the only place where that happens."""

from collections.abc import MutableMapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from db import absences, gates
from db.engine import Row, Tx, Value
from db.errors import DbError, Refused
from db.ground import Ground, ground, ground_between
from db.moments import to_micros
from db.sealed import Seal
from db.two_clocks import with_clocks
from policy.book import Book
from policy.calendar import zone_named
from policy.model import Absence, AgencyKind, CalendarDay, Circular, Employment, Facts, JobLevel

Word = TypeVar("Word", bound=StrEnum)
_Usual = dict[tuple[str | None, ...], Facts]  # by unit, employment and job level
UnitFacts = MutableMapping[tuple[str, date], Facts]  # what is the same for everybody of a unit on a day

_PEOPLE = with_clocks(f"""
SELECT p.id, p.employment, m.unit_code, m.job_level, a.kind, a.part, a.valid_from, a.valid_until,
       {gates.COLUMNS}
FROM people p
JOIN memberships m ON m.person_id = p.id AND HOLDS(m)
LEFT JOIN absences a ON a.person_id = p.id AND HOLDS(a)
{gates.JOINS}
WHERE (p.left_at IS NULL OR p.left_at > :known)
""")
_PERSON = _PEOPLE + " AND p.id = :person_id"


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
    row = await tx.one(_PERSON, person_id=person_id, on=on.isoformat(), known=to_micros(now))
    if row is None:
        raise NotInAnyUnitError(f"Person {person_id} belongs to no unit on {on}.")
    units = {} if units is None else units
    unit = row["unit_code"]
    if (unit, on) not in units:
        known = await ground(tx, on=on, now=now, unit_code=unit)
        units[unit, on] = _of_unit(known, unit, on=on, now=now, book=book)
    return _personal(units[unit, on], row, seal, {})


async def facts_for_all(tx: Tx, seal: Seal, *, on: date, now: datetime, book: Book) -> dict[str, Facts]:
    """Return the facts of everybody who works somewhere that day, by person. Raises Refused, as for one."""
    rows = await tx.all(_PEOPLE, on=on.isoformat(), known=to_micros(now))
    known = await ground(tx, on=on, now=now)
    codes = {row["unit_code"] for row in rows}
    units = {code: _of_unit(known, code, on=on, now=now, book=book) for code in codes}
    usual: _Usual = {}
    return {row["id"]: _personal(units[row["unit_code"]], row, seal, usual) for row in rows}


async def facts_between(
    tx: Tx, seal: Seal, *, person_id: str, first: date, last: date, now: datetime, book: Book
) -> dict[date, Facts]:
    """Return one person's facts for every day from `first` to `last` on which they work somewhere, as known now.

    It asks once for the person and once for each unit they worked in. Raises Refused, as for one day.
    """
    days = [first + timedelta(days=days) for days in range((last - first).days + 1)]
    on: dict[str, Value] = {f"d{number}": day.isoformat() for number, day in enumerate(days)}
    sql = _over_days(_PERSON, len(days))
    rows = await tx.all(sql, person_id=person_id, known=to_micros(now), **on)
    grounds = {
        code: await ground_between(tx, first=first, last=last, now=now, unit_code=code)
        for code in {row["unit_code"] for row in rows}
    }
    found = {}
    for row in rows:
        day, code = date.fromisoformat(row["day"]), row["unit_code"]
        unit = _of_unit(grounds[code][day], code, on=day, now=now, book=book)
        found[day] = _personal(unit, row, seal, {})
    return found


def _over_days(sql: str, count: int) -> str:
    """Return a query about people on the day :on as one about them on each of the days :d0, :d1, …"""
    days = " UNION ALL ".join(f"SELECT CAST(:d{number} AS TEXT) AS day" for number in range(count))
    asked = sql.replace(":on", "d.day").replace("SELECT p.id", "SELECT d.day, p.id", 1)
    return f"WITH d AS ({days}) " + asked.replace("FROM people p", "FROM d CROSS JOIN people p", 1)


def _of_unit(known: Ground, unit_code: str, *, on: date, now: datetime, book: Book) -> Facts:
    """What is the same for everybody in the unit."""
    chain = known.chain(unit_code)
    unit, agency = chain[0], chain[-1]
    places = known.places(unit["region_code"])
    return Facts(
        on=on,
        as_of=now,
        day=_day(known, agency["code"], on=on, book=book),
        circulars=_circulars(known, chain, book=book),
        unit_code=unit_code,
        unit_name=unit["name"],
        unit_kind=unit["kind"],
        unit_chain=tuple(each["code"] for each in chain),
        agency_kind=_word(AgencyKind, agency["kind"]),
        region_code=places[0]["code"],
        region_name=places[0]["name"],
        region_chain=tuple(word for place in places for word in (place["code"], place["name"])),
        region_facts=known.facts_of(unit["region_code"]),
        timezone=zone_named(places[0]["timezone"]).key,
    )


def _day(known: Ground, agency_code: str, *, on: date, book: Book) -> CalendarDay:
    calendar = book.calendars["default"]
    special = known.days.get(agency_code)
    return (calendar.with_days(special) if special is not None else calendar).day(on)


def _circulars(known: Ground, chain: tuple[Row, ...], *, book: Book) -> tuple[Circular, ...]:
    ids = {circular for unit in chain for circular in known.adopted.get(unit["code"], ())}
    unknown = ids - book.circulars.keys()
    if unknown:  # to leave it out would tell people something else than what their agency has ordered
        raise Refused(f"Circular {min(unknown)} is switched on, but this release does not know it.")
    return tuple(
        sorted((book.circulars[each] for each in ids), key=lambda each: (each.signed or date.min, each.id))
    )


def _personal(unit: Facts, row: Row, seal: Seal, usual: _Usual) -> Facts:
    """The facts of one person. `usual` collects those of people neither away nor kept out: colleagues share them."""
    absence, gate = _absence(row), gates.gate(seal, row, on=unit.on)
    same = (unit.unit_code, row["employment"], row["job_level"])
    is_usual = absence is None and gate is None
    if is_usual and same in usual:
        return usual[same]
    facts = replace(
        unit,
        employment=_word(Employment, row["employment"]),
        job_level=_word(JobLevel, row["job_level"]),
        absence=absence,
        health_gate=gate,
    )
    if is_usual:
        usual[same] = facts
    return facts


def _absence(row: Row) -> Absence | None:
    if row["kind"] is None:
        return None
    return absences.absence(
        kind=row["kind"], since=row["valid_from"], until=row["valid_until"], part=row["part"]
    )


@lru_cache(maxsize=256)
def _word(words: type[Word], stored: str | None) -> Word | None:
    """The stored word, however it is cased; None for one that the rules do not know: never a default."""
    wanted = (stored or "").casefold()
    return next((word for word in words if word.casefold() == wanted), None)
