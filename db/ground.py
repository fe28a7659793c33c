"""What everybody of a unit shares on a day: the tree above it, its region, circulars and calendar."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import calendars, regions
from db.engine import Row, Tx, Value
from db.moments import to_micros
from db.two_clocks import with_clocks
from policy.calendar import SpecialDay
from policy.model import Fact

# Each query reads `scope`: the units of everybody, or one unit and those above it. UNION ends even a circle.
_ALL = "WITH scope AS (SELECT * FROM units)"
_ONE = """
WITH RECURSIVE scope AS (
  SELECT * FROM units WHERE code = :unit
  UNION
  SELECT u.* FROM units u JOIN scope s ON u.code = s.parent_code
)
"""
_UNITS = "SELECT code, name, kind, parent_code, region_code FROM scope"
_ADOPTED = with_clocks(
    "SELECT a.unit_code, a.circular FROM adoptions a JOIN scope s ON s.code = a.unit_code WHERE HOLDS(a)"
)
_DAYS = with_clocks(
    "SELECT d.unit_code, d.kind, d.name FROM calendar_days d JOIN scope s ON s.code = d.unit_code"
    " WHERE HOLDS(d)"
)
_MEETS = "{0}.valid_from <= :last AND ({0}.valid_until IS NULL OR {0}.valid_until >= :first) AND KNOWN({0})"
_ADOPTED_BETWEEN = with_clocks(
    "SELECT a.unit_code, a.circular, a.valid_from, a.valid_until"
    " FROM adoptions a JOIN scope s ON s.code = a.unit_code WHERE " + _MEETS.format("a")
)
_DAYS_BETWEEN = with_clocks(
    "SELECT d.unit_code, d.kind, d.name, d.valid_from, d.valid_until"
    " FROM calendar_days d JOIN scope s ON s.code = d.unit_code WHERE " + _MEETS.format("d")
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


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Units and regions by code, and what was known of them for one day at one moment."""

    units: Mapping[str, Row]
    regions: Mapping[str, Row]
    said: Mapping[str, Mapping[str, Fact]]  # region -> name -> fact
    adopted: Mapping[str, Iterable[str]]  # unit -> circulars
    days: Mapping[str, SpecialDay]  # unit -> what its calendar makes of the day

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


async def ground(tx: Tx, *, on: date, now: datetime, unit_code: str | None = None) -> Ground:
    """Read the ground for one unit, or for all of them, in five queries."""
    scope, places = (_ALL, _ALL_PLACES) if unit_code is None else (_ONE, _SOME_PLACES)
    when: dict[str, Value] = {"on": on.isoformat(), "known": to_micros(now)}
    unit: dict[str, Value] = {} if unit_code is None else {"unit": unit_code}
    adopted: dict[str, list[str]] = defaultdict(list)
    for row in await tx.all(scope + _ADOPTED, **when, **unit):
        adopted[row["unit_code"]].append(row["circular"])
    return Ground(
        units={row["code"]: row for row in await tx.all(scope + _UNITS, **unit)},
        regions={row["code"]: row for row in await tx.all(places + _REGIONS, **unit)},
        said=_said(await tx.all(places + _SAID, **when, **unit), on=on),
        adopted=adopted,
        days={
            row["unit_code"]: calendars.special_day(on=on, kind=row["kind"], name=row["name"])
            for row in await tx.all(scope + _DAYS, **when, **unit)
        },
    )


async def ground_between(
    tx: Tx, *, first: date, last: date, now: datetime, unit_code: str
) -> dict[date, Ground]:
    """Read the ground of one unit for every day from `first` to `last`, in the same five queries."""
    span: dict[str, Value] = {"first": first.isoformat(), "last": last.isoformat(), "known": to_micros(now)}
    unit: dict[str, Value] = {"unit": unit_code}
    units = {row["code"]: row for row in await tx.all(_ONE + _UNITS, **unit)}
    places = {row["code"]: row for row in await tx.all(_SOME_PLACES + _REGIONS, **unit)}
    adopted = await tx.all(_ONE + _ADOPTED_BETWEEN, **span, **unit)
    named = await tx.all(_ONE + _DAYS_BETWEEN, **span, **unit)
    said = await tx.all(_SOME_PLACES + _SAID, on=span["last"], known=span["known"], **unit)
    found = {}
    for days in range((last - first).days + 1):
        on = first + timedelta(days=days)
        circulars: dict[str, list[str]] = defaultdict(list)
        for row in _true_on(adopted, on):
            circulars[row["unit_code"]].append(row["circular"])
        found[on] = Ground(
            units=units,
            regions=places,
            said=_said([row for row in said if row["valid_from"] <= on.isoformat()], on=on),
            adopted=circulars,
            days={
                row["unit_code"]: calendars.special_day(on=on, kind=row["kind"], name=row["name"])
                for row in _true_on(named, on)
            },
        )
    return found


def _true_on(rows: Iterable[Row], on: date) -> list[Row]:
    day = on.isoformat()
    return [
        row
        for row in rows
        if row["valid_from"] <= day and (row["valid_until"] is None or row["valid_until"] >= day)
    ]


def _said(rows: Iterable[Row], *, on: date) -> dict[str, dict[str, Fact]]:
    histories: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        histories[row["region_code"], row["name"]].append(row)
    said: dict[str, dict[str, Fact]] = defaultdict(dict)
    for (region_code, name), history in histories.items():
        fact = regions.standing(history, on=on)
        if fact is not None:
            said[region_code][name] = fact
    return said


def _upwards(rows: Mapping[str, Row], code: str) -> tuple[Row, ...]:
    chain: dict[str, Row] = {}
    at: str | None = code
    while at is not None and at in rows and at not in chain:
        chain[at] = rows[at]
        at = rows[at]["parent_code"]
    return tuple(chain.values())
