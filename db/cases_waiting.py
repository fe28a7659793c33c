"""Open health cases as those see them who follow them up: what waits for a decision, and when to look again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from db import calendars
from db.engine import Row, Tx, locked
from db.moments import from_micros, to_micros
from db.people import Person
from db.two_clocks import with_clocks
from policy.book import Book
from policy.calendar import local_date
from policy.follow_up import next_look


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An open case with what a list shows of it. `until` is the last day that was stated."""

    id: str
    person_id: str
    name: str
    unit_code: str
    since: date
    until: date | None
    contacted_at: datetime | None


# Nearest first: what needs a decision (no date, or a date that is over) sorts by its first day like the rest.
_OPEN = with_clocks("""
SELECT k.id, k.person_id, p.name, m.unit_code, k.since,
  (SELECT e.until FROM case_events e WHERE e.case_id = k.id AND e.until IS NOT NULL
   ORDER BY e.at DESC, e.id DESC LIMIT 1) AS until,
  (SELECT MAX(e.at) FROM case_events e WHERE e.case_id = k.id AND e.kind = 'contacted') AS contacted_at
FROM health_cases k
JOIN people p ON p.id = k.person_id AND (p.left_at IS NULL OR p.left_at > :known)
JOIN memberships m ON m.person_id = k.person_id AND HOLDS(m)
WHERE k.ended_at IS NULL
""")


async def open_cases(tx: Tx, *, units: frozenset[str] | None, on: date, now: datetime) -> list[Waiting]:
    """Return the open cases of those who work in `units` (None: anywhere), the nearest decision first."""
    rows = await tx.all(_OPEN, on=on.isoformat(), known=to_micros(now))
    found = [_waiting(row) for row in rows if units is None or row["unit_code"] in units]
    return sorted(found, key=lambda each: (each.until or each.since, each.since, each.name, each.id))


async def is_any_due(tx: Tx, *, now: datetime) -> bool:
    """Return whether a case must be looked at now."""
    sql = "SELECT 1 AS found FROM health_cases WHERE ended_at IS NULL AND look_at <= :now LIMIT 1"
    return await tx.one(sql, now=to_micros(now)) is not None


async def claim_due(tx: Tx, *, now: datetime) -> dict[str, str]:
    """Return the open cases whose moment to be looked at has come, with their people; no other process gets them."""
    skip = " SKIP LOCKED" if tx.dialect == "postgresql" else ""
    rows = await tx.all(
        "SELECT id, person_id FROM health_cases WHERE ended_at IS NULL AND look_at <= :now ORDER BY look_at, id"
        + locked(tx)
        + skip,
        now=to_micros(now),
    )
    return {row["id"]: row["person_id"] for row in rows}


async def look_again(tx: Tx, moments: Mapping[str, datetime]) -> None:
    """Write down when each of these open cases must be looked at next."""
    await tx.run_many(
        "UPDATE health_cases SET look_at = :at WHERE id = :id AND ended_at IS NULL",
        [{"id": case_id, "at": to_micros(at)} for case_id, at in moments.items()],
    )


async def when_to_look(
    tx: Tx, book: Book, *, person: Person, since: date, until: date | None, now: datetime
) -> datetime:
    """Return when the case of that person, out of the office on these days, must be looked at next."""
    zone = ZoneInfo(person.timezone)
    today = local_date(now, zone)
    around = max(today, until or today)
    calendar = await calendars.laid_over(
        tx, book.calendars["default"], unit_code=person.agency_code, around=around, now=now
    )
    return next_look(since=since, until=until, after=now, zone=zone, calendar=calendar)


def _waiting(row: Row) -> Waiting:
    plain = ("id", "person_id", "name", "unit_code")
    return Waiting(
        **{name: row[name] for name in plain},
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        contacted_at=from_micros(row["contacted_at"]) if row["contacted_at"] else None,
    )
