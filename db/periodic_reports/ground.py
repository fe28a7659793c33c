"""What a periodic report is made of: which units owe one, whose days it counts, and what became of what they owed.

A unit reports on its own people and those of the units below that nobody leads, and on the leaders of those below
that somebody leads: nobody reports on themselves. Whoever leads an agency is in no report.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import absences, calendars, outages, settings, units
from db.engine import Row, Tx, Value
from db.moments import from_micros, to_micros
from db.periodic_reports.content import Figures, Tally
from db.rota import units as rota_units
from db.two_clocks import with_clocks
from policy.book import Book
from policy.calendar import local_date
from policy.deadlines import Owed, Span, State
from policy.model import Absence, AbsenceKind
from policy.mornings import OfficeClock
from policy.nonperformance import DEFAULT_RULE, Missing, Period, Rule, is_missed, rule_from

SETTING = "nonperformance"
COUNTED = (Owed.PLAN, Owed.OUTPUT)  # health is in no report, not even as a number
_AT_ONCE = 100
_DAY = timedelta(days=1)

_DOWN = """
WITH RECURSIVE down AS (
  SELECT u.code, u.parent_code, u.region_code FROM units u WHERE u.code = :agency
  UNION
  SELECT u.code, u.parent_code, u.region_code FROM units u JOIN down d ON u.parent_code = d.code
)
"""
_TIMEZONES = f"{_DOWN} SELECT DISTINCT r.timezone FROM down d JOIN regions r ON r.code = d.region_code"
_OWED_ANYTHING = f"""{_DOWN}
SELECT 1 AS found FROM down d JOIN obligations o ON o.unit_code = d.code
WHERE o.on_date >= :first AND o.on_date <= :last AND o.kind IN ('plan', 'output') LIMIT 1
"""
# The units that somebody leads, and the agency itself, which stands for all below it that nobody leads.
_WITHOUT = with_clocks(f"""{_DOWN}
SELECT d.code FROM down d JOIN regions r ON r.code = d.region_code AND r.timezone = :timezone
WHERE (d.parent_code IS NULL OR EXISTS (SELECT 1 FROM appointments a WHERE a.unit_code = d.code AND HOLDS(a)))
  AND NOT EXISTS (SELECT 1 FROM periodic_reports p
                  WHERE p.unit_code = d.code AND p.first_day = :first AND p.last_day = :last)
  AND NOT EXISTS (SELECT 1 FROM skipped s WHERE s.once_key = 'periodic:' || d.code || ':' || CAST(:days AS TEXT))
ORDER BY d.code
""")
# SQLite joins CROSS JOIN in the order written: it begins with the few units, and not with all that are led.
_PEOPLE = with_clocks("""
WITH RECURSIVE below AS (
  SELECT u.code FROM units u WHERE u.code = :unit
  UNION
  SELECT u.code FROM below b JOIN units u ON u.parent_code = b.code
  WHERE NOT EXISTS (SELECT 1 FROM appointments a WHERE a.unit_code = u.code AND HOLDS(a))
), reported AS (
  SELECT m.person_id FROM below b JOIN memberships m ON m.unit_code = b.code AND HOLDS(m)
  UNION
  SELECT m.person_id FROM below b CROSS JOIN units u CROSS JOIN appointments a CROSS JOIN memberships m
  WHERE u.parent_code = b.code AND a.unit_code = u.code AND HOLDS(a)
    AND m.person_id = a.person_id AND m.unit_code = a.unit_code AND HOLDS(m)
)
SELECT p.id FROM reported x JOIN people p ON p.id = x.person_id
WHERE (p.left_at IS NULL OR p.left_at > :known) AND NOT EXISTS (
  SELECT 1 FROM appointments a WHERE a.unit_code = :unit AND a.person_id = p.id AND HOLDS(a))
ORDER BY p.name, p.id
""")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a unit's report is made of: its figures, and what each of its people missed by themselves."""

    figures: Figures
    missed: Mapping[str, Sequence[Missing]]


async def agencies(tx: Tx) -> list[str]:
    """Return the codes of all agencies."""
    rows = await tx.all("SELECT code FROM units WHERE parent_code IS NULL ORDER BY code")
    return [row["code"] for row in rows]


async def timezones(tx: Tx, *, agency: str) -> list[str]:
    """Return the time zones in which an agency has units, as they are recorded."""
    return sorted(row["timezone"] for row in await tx.all(_TIMEZONES, agency=agency))


async def office_clock(tx: Tx, book: Book, *, unit_code: str, now: datetime) -> OfficeClock:
    """Return a unit's clock on the wall, and the working days of its agency around now."""
    zone = await rota_units.zone_of(tx, unit_code=unit_code)
    agency = (await units.chain(tx, code=unit_code))[-1]
    around = local_date(now, zone)
    calendar = await calendars.laid_over(
        tx, book.calendars["default"], unit_code=agency, around=around, now=now
    )
    return OfficeClock(calendar, zone)


async def rule_of(tx: Tx, *, agency: str, on: date, now: datetime) -> Rule:
    """Return the agency's rule for that day."""
    found = await settings.value(tx, unit_code=agency, name=SETTING, on=on, now=now)
    return rule_from(json.loads(found.value)) if found else DEFAULT_RULE


async def units_without(
    tx: Tx, *, agency: str, timezone: str, period: Period, on: date, now: datetime
) -> list[str]:
    """Return the units of a time zone that lead people on that day, without a report for the period or a skipped one.

    None where nothing was owed in all of the agency: there is no duty to report on.
    """
    when: dict[str, Value] = {"agency": agency, **_days(period)}
    if await tx.one(_OWED_ANYTHING, **when) is None:
        return []
    rows = await tx.all(
        _WITHOUT, timezone=timezone, on=on.isoformat(), known=to_micros(now), days=days_named(period), **when
    )
    codes = [row["code"] for row in rows]
    return [code for code in codes if await people_of(tx, unit_code=code, on=on, now=now)]


def days_named(period: Period) -> str:
    """Name a period, as in the key under which a report that was skipped is noted."""
    return f"{period.first}:{period.last}"


def once_skipped(unit_code: str, period: Period) -> str:
    """The key under which it is noted that a unit's report was skipped."""
    return f"periodic:{unit_code}:{days_named(period)}"


async def people_of(tx: Tx, *, unit_code: str, on: date, now: datetime) -> list[str]:
    """Return whom a unit reports on, by name: their keys."""
    rows = await tx.all(_PEOPLE, unit=unit_code, on=on.isoformat(), known=to_micros(now))
    return [row["id"] for row in rows]


async def ground_of(tx: Tx, *, people: Sequence[str], period: Period, now: datetime) -> Ground:
    """Return the figures of these people and what they missed, wherever they worked in the period."""
    gaps = await _outages(tx, period)
    places: dict[str, int] = {}
    became: dict[tuple[str, str], int] = {}
    missed: dict[str, list[Missing]] = {}
    for some in _batches(people):
        for row in await _on_days(tx, _PLACES, some, period):
            places[row["arrangement"]] = places.get(row["arrangement"], 0) + row["days"]
        for row in await _on_days(tx, _BECAME, some, period):
            became[row["kind"], row["state"]] = became.get((row["kind"], row["state"]), 0) + row["days"]
        for row in await _on_days(tx, _MISSING, some, period):
            each = _missing(row)
            if is_missed(each, outages=gaps, now=now):
                missed.setdefault(row["person_id"], []).append(each)
    tallies = {kind.value: _tally(kind, became, missed) for kind in COUNTED}
    figures = Figures(people=len(people), places=places, tallies=tallies, as_of=now)
    return Ground(figures=figures, missed=missed)


async def is_away(tx: Tx, *, person_id: str, days: Sequence[date], now: datetime) -> bool:
    """Whether somebody is away, all day, on every one of these days; who travels on duty hears us."""
    found = await absences.between(tx, person_id=person_id, first=min(days), last=max(days), as_known_at=now)
    whole = [each for each in found if each.part is None and each.kind is not AbsenceKind.TRAVEL]
    return all(any(_covers(each, day) for each in whole) for day in days)


def _covers(each: Absence, day: date) -> bool:
    return each.since <= day and (each.until is None or day <= each.until)


_PLACES = (
    "SELECT arrangement, COUNT(*) AS days FROM workdays WHERE person_id IN (THESE) AND on_date >= :first"
    " AND on_date <= :last AND closed_at IS NULL GROUP BY arrangement"
)
_BECAME = (
    "SELECT kind, state, COUNT(*) AS days FROM obligations WHERE person_id IN (THESE) AND on_date >= :first"
    " AND on_date <= :last AND kind IN ('plan', 'output') GROUP BY kind, state"
)
_MISSING = (
    "SELECT person_id, on_date, kind, opens_at, due_at, state FROM obligations WHERE person_id IN (THESE)"
    " AND on_date >= :first AND on_date <= :last AND kind IN ('plan', 'output')"
    " AND state IN ('open', 'reminded', 'overdue') ORDER BY on_date"
)


async def _on_days(tx: Tx, sql: str, people: Sequence[str], period: Period) -> Sequence[Row]:
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    return await tx.all(sql.replace("THESE", these), **ids, **_days(period))


async def _outages(tx: Tx, period: Period) -> list[tuple[datetime, datetime]]:
    """The outages that can touch a day of the period in any zone."""
    first = datetime.fromisoformat(f"{period.first - _DAY}T00:00:00+00:00")
    last = datetime.fromisoformat(f"{period.last + 2 * _DAY}T00:00:00+00:00")
    return [(gap.began_at, gap.ended_at) for gap in await outages.between(tx, start=first, end=last)]


def _missing(row: Row) -> Missing:
    span = Span(from_micros(row["opens_at"]), from_micros(row["due_at"]))
    return Missing(date.fromisoformat(row["on_date"]), Owed(row["kind"]), span, State(row["state"]))


def _tally(
    kind: Owed, became: Mapping[tuple[str, str], int], missed: Mapping[str, Sequence[Missing]]
) -> Tally:
    def of(*states: State) -> int:
        return sum(became.get((kind.value, state.value), 0) for state in states)

    by_themselves = sum(each.kind is kind for all_ in missed.values() for each in all_)
    return Tally(
        owed=of(*State),
        in_time=of(State.CLOSED),
        late=of(State.LATE),
        excused=of(State.EXCUSED),
        missed=by_themselves,
        outage=of(State.OPEN, State.REMINDED, State.OVERDUE) - by_themselves,
    )


def _batches(people: Sequence[str]) -> Iterator[Sequence[str]]:
    return (people[start : start + _AT_ONCE] for start in range(0, len(people), _AT_ONCE))


def _days(period: Period) -> dict[str, Value]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
