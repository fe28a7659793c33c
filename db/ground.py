"""What everybody of a unit shares on a day: the tree above it, its region, circulars and calendar."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import calendars, regions
from db.calendars import CALENDAR, HOURS, SEASON
from db.engine import Row, Tx, Value
from db.moments import to_micros
from db.two_clocks import with_clocks
from policy.calendar import SpecialDay
from policy.model import Fact

# Each query reads `scope`: the units of everybody, or one unit and those above it. UNION ends even a circle.
_ALL = "WITH scope AS (SELECT * FROM units)"
ONE = """
WITH RECURSIVE scope AS (
  SELECT * FROM units WHERE code = :unit
  UNION
  SELECT u.* FROM units u JOIN scope s ON u.code = s.parent_code
)
"""
_UNITS = "SELECT code, name, kind, parent_code, region_code, sector FROM scope"
_ADOPTED = with_clocks(
    "SELECT a.unit_code, a.circular FROM adoptions a JOIN scope s ON s.code = a.unit_code WHERE HOLDS(a)"
)
_NAMED = (
    """
SELECT d.unit_code, d.kind, d.name{1} FROM calendar_days d JOIN scope s ON s.code = d.unit_code WHERE {0}
UNION ALL
SELECT e.unit_code, e.name AS kind, e.value AS name{2} FROM settings e JOIN scope s ON s.code = e.unit_code
WHERE s.parent_code IS NULL AND e.name IN ('"""
    + "', '".join(HOURS)
    + "') AND {3}"
)
_DAYS = with_clocks(_NAMED.format("HOLDS(d)", "", "", "HOLDS(e)"))
_MEETS = "{0}.valid_from <= :last AND ({0}.valid_until IS NULL OR {0}.valid_until >= :first) AND KNOWN({0})"
_ADOPTED_BETWEEN = with_clocks(
    "SELECT a.unit_code, a.circular, a.valid_from, a.valid_until"
    " FROM adoptions a JOIN scope s ON s.code = a.unit_code WHERE " + _MEETS.format("a")
)
_DAYS_BETWEEN = with_clocks(
    _NAMED.format(
        _MEETS.format("d"),
        ", d.valid_from, d.valid_until",
        ", e.valid_from, e.valid_until",
        _MEETS.format("e"),
    )
)
_ALL_PLACES = "WITH places AS (SELECT * FROM regions)"
_SOME_PLACES = """
WITH RECURSIVE places AS (
  SELECT r.* FROM regions r JOIN units u ON u.region_code = r.code WHERE u.code = :unit
  UNION
  SELECT r.* FROM regions r JOIN places p ON r.code = p.parent_code
)
"""
_REGIONS = "SELECT code, name, parent_code, timezone FROM places"
_SAID = with_clocks("""
SELECT f.region_code, f.name, f.value, f.source, f.valid_from, f.valid_until
FROM region_facts f JOIN places p ON p.code = f.region_code
WHERE f.valid_from <= :on AND KNOWN(f)
ORDER BY f.region_code, f.name, f.valid_from
""")
_SAID_OF_UNITS = with_clocks("""
SELECT f.unit_code, f.name, f.value, f.source, f.valid_from, f.valid_until
FROM unit_facts f JOIN scope s ON s.code = f.unit_code
WHERE f.valid_from <= :on AND KNOWN(f)
ORDER BY f.unit_code, f.name, f.valid_from
""")
_SECTOR = "sector"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Units and regions by code, and what was known of them for one day at one moment."""

    units: Mapping[str, Row]
    regions: Mapping[str, Row]
    said: Mapping[str, Mapping[str, Fact]]  # region -> name -> fact
    said_of_units: Mapping[str, Mapping[str, Fact]]  # unit -> name -> fact
    adopted: Mapping[str, Iterable[str]]  # unit -> circulars
    days: Mapping[str, SpecialDay]  # unit -> what its calendar makes of the day
    seasons: Mapping[str, str]  # agency -> the season whose hours it works
    calendars: Mapping[str, str]  # agency -> the calendar of its own, as it was given

    def chain(self, unit_code: str) -> tuple[Row, ...]:
        """The unit and those above it, up to the agency."""
        return _upwards(self.units, unit_code)

    def places(self, region_code: str) -> tuple[Row, ...]:
        """The region and those above it."""
        return _upwards(self.regions, region_code)

    def facts_of(self, region_code: str) -> dict[str, Fact]:
        """What is said of the region; what nobody said of it itself is taken from the nearest above it."""
        found: dict[str, Fact] = {}
        for place in reversed(self.places(region_code)):
            found |= self.said.get(place["code"], {})
        return found

    def facts_of_unit(self, unit_code: str) -> dict[str, Fact]:
        """What is said of the unit or of the nearest above it; its sector in the tree counts where nobody said one."""
        found: dict[str, Fact] = {}
        for unit in reversed(self.chain(unit_code)):
            if unit["sector"]:
                found[_SECTOR] = Fact(unit["sector"])
            found |= self.said_of_units.get(unit["code"], {})
        return found


async def ground(tx: Tx, *, on: date, now: datetime, unit_code: str | None = None) -> Ground:
    """Read the ground for one unit, or for all of them, in six queries."""
    scope, places = (_ALL, _ALL_PLACES) if unit_code is None else (ONE, _SOME_PLACES)
    when: dict[str, Value] = {"on": on.isoformat(), "known": to_micros(now)}
    unit: dict[str, Value] = {} if unit_code is None else {"unit": unit_code}
    adopted: dict[str, list[str]] = defaultdict(list)
    for row in await tx.all(scope + _ADOPTED, **when, **unit):
        adopted[row["unit_code"]].append(row["circular"])
    named = await tx.all(scope + _DAYS, **when, **unit)
    return Ground(
        units={row["code"]: row for row in await tx.all(scope + _UNITS, **unit)},
        regions={row["code"]: row for row in await tx.all(places + _REGIONS, **unit)},
        said=_said(await tx.all(places + _SAID, **when, **unit), of="region_code", on=on),
        said_of_units=_said(await tx.all(scope + _SAID_OF_UNITS, **when, **unit), of="unit_code", on=on),
        adopted=adopted,
        days=_days(named, on),
        seasons=_hours(named, SEASON),
        calendars=_hours(named, CALENDAR),
    )


async def ground_between(
    tx: Tx, *, first: date, last: date, now: datetime, unit_code: str
) -> dict[date, Ground]:
    """Read the ground of one unit for every day from `first` to `last`, in the same six queries."""
    span: dict[str, Value] = {"first": first.isoformat(), "last": last.isoformat(), "known": to_micros(now)}
    unit: dict[str, Value] = {"unit": unit_code}
    units = {row["code"]: row for row in await tx.all(ONE + _UNITS, **unit)}
    places = {row["code"]: row for row in await tx.all(_SOME_PLACES + _REGIONS, **unit)}
    adopted = await tx.all(ONE + _ADOPTED_BETWEEN, **span, **unit)
    named = await tx.all(ONE + _DAYS_BETWEEN, **span, **unit)
    until: dict[str, Value] = {"on": span["last"], "known": span["known"]}
    said = await tx.all(_SOME_PLACES + _SAID, **until, **unit)
    said_of_units = await tx.all(ONE + _SAID_OF_UNITS, **until, **unit)
    found = {}
    for days in range((last - first).days + 1):
        on = first + timedelta(days=days)
        circulars: dict[str, list[str]] = defaultdict(list)
        for row in _true_on(adopted, on):
            circulars[row["unit_code"]].append(row["circular"])
        found[on] = Ground(
            units=units,
            regions=places,
            said=_said(_begun(said, on), of="region_code", on=on),
            said_of_units=_said(_begun(said_of_units, on), of="unit_code", on=on),
            adopted=circulars,
            days=_days(_true_on(named, on), on),
            seasons=_hours(_true_on(named, on), SEASON),
            calendars=_hours(_true_on(named, on), CALENDAR),
        )
    return found


def _days(named: Iterable[Row], on: date) -> dict[str, SpecialDay]:
    return {
        row["unit_code"]: calendars.special_day(on=on, kind=row["kind"], name=row["name"])
        for row in named
        if row["kind"] not in HOURS
    }


def _hours(named: Iterable[Row], kind: str) -> dict[str, str]:
    return {row["unit_code"]: row["name"] for row in named if row["kind"] == kind}


def _true_on(rows: Iterable[Row], on: date) -> list[Row]:
    day = on.isoformat()
    return [
        row
        for row in rows
        if row["valid_from"] <= day and (row["valid_until"] is None or row["valid_until"] >= day)
    ]


def _begun(rows: Iterable[Row], on: date) -> list[Row]:
    return [row for row in rows if row["valid_from"] <= on.isoformat()]


def _said(rows: Iterable[Row], *, of: str, on: date) -> dict[str, dict[str, Fact]]:
    histories: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        histories[row[of], row["name"]].append(row)
    said: dict[str, dict[str, Fact]] = defaultdict(dict)
    for (subject, name), history in histories.items():
        fact = regions.standing(history, on=on)
        if fact is not None:
            said[subject][name] = fact
    return said


def _upwards(rows: Mapping[str, Row], code: str) -> tuple[Row, ...]:
    chain: dict[str, Row] = {}
    at: str | None = code
    while at is not None and at in rows and at not in chain:
        chain[at] = rows[at]
        at = rows[at]["parent_code"]
    return tuple(chain.values())
