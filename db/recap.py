"""What is kept of many people's days: what was reported, how it stands with what was owed, what was decided.

Of health only that it was reported. A few queries for a hundred people and a month; nobody's reasons are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from db.engine import Row, Tx, Value
from db.moments import from_micros
from policy.deadlines import MISSING, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How it stands with one thing that was owed."""

    state: State
    due_at: datetime
    basis: str

    def word(self, now: datetime) -> str:
        """in_time, late, excused, missing (its deadline has passed), or awaited."""
        if self.state not in MISSING:
            return {State.CLOSED: "in_time", State.LATE: "late"}.get(self.state, "excused")
        return "missing" if self.due_at <= now else "awaited"


@dataclass(slots=True, kw_only=True)
class Kept:
    """A person's day. `checked`: by plan or output the decision about its standing version, approved or returned."""

    reported: set[str] = field(default_factory=set)  # health, plan, output
    checked: dict[str, str] = field(default_factory=dict)
    score: int | None = None  # of the output, 0 to 100
    by: str = ""  # who decided about the output, or else the plan
    capacity: str = ""
    owed: dict[str, Due] = field(default_factory=dict)


Days = Mapping[tuple[str, date], Kept]

_REPORTS = """
SELECT r.person_id, r.on_date, r.kind, v.decision, v.score, v.capacity, p.name AS by_name
FROM reports r
LEFT JOIN verifications v ON v.id = (
  SELECT w.id FROM verifications w WHERE w.report_id = r.id ORDER BY w.decided_at DESC, w.id DESC LIMIT 1
)
LEFT JOIN people p ON p.id = v.by_id
WHERE r.person_id IN ({these}) AND r.on_date BETWEEN :first AND :last
 AND r.withdrawn_at IS NULL AND r.superseded_at IS NULL ORDER BY r.kind DESC
"""
_HEALTH = """
SELECT DISTINCT person_id, on_date FROM health_reports
WHERE person_id IN ({these}) AND on_date BETWEEN :first AND :last AND withdrawn_at IS NULL
"""
_OWED = """
SELECT person_id, on_date, kind, state, due_at, basis FROM obligations
WHERE person_id IN ({these}) AND on_date BETWEEN :first AND :last
"""


async def kept(tx: Tx, *, people: Sequence[str], first: date, last: date) -> Days:
    """Return what is kept of these people, a hundred or so, from `first` to `last`, a month or so."""
    found: dict[tuple[str, date], Kept] = {}
    for row in await _all(tx, _REPORTS, people, first, last):
        _take_report(_day(found, row), row)
    for row in await _all(tx, _HEALTH, people, first, last):
        _day(found, row).reported.add("health")
    for row in await _all(tx, _OWED, people, first, last):
        due = Due(state=State(row["state"]), due_at=from_micros(row["due_at"]), basis=row["basis"])
        _day(found, row).owed[row["kind"]] = due
    return found


async def _all(tx: Tx, sql: str, people: Sequence[str], first: date, last: date) -> Sequence[Row]:
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    return await tx.all(sql.format(these=these), first=first.isoformat(), last=last.isoformat(), **ids)


def _day(found: dict[tuple[str, date], Kept], row: Row) -> Kept:
    return found.setdefault((row["person_id"], date.fromisoformat(row["on_date"])), Kept())


def _take_report(day: Kept, row: Row) -> None:
    """The plan comes first, so that what was decided about the output is the last word."""
    day.reported.add(row["kind"])
    if row["decision"] is None:
        return
    day.checked[row["kind"]] = row["decision"]
    day.by, day.capacity = row["by_name"], row["capacity"]
    if row["kind"] == "output":
        day.score = row["score"]
