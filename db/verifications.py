"""What superiors decided about reports: approved, or returned to be put right. Each names the version it judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db import reports
from db.appointments import Power
from db.engine import Row, Tx, locked
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.reports import Kind
from db.subordinates import Capacity, under

Decision = Literal["approved", "returned"]


@dataclass(frozen=True, kw_only=True)
class Verification:
    report_id: str
    on: date
    kind: Kind
    decision: Decision
    by_id: str
    by_name: str
    capacity: Capacity
    note: str | None
    due_at: datetime | None  # until when what was returned may be put right
    decided_at: datetime
    version: int  # of the report, that was judged
    score: int | None = None  # 0 to 100, where the superior gave one


@dataclass(frozen=True, kw_only=True)
class GivenBack:
    """What somebody may put right until `due_at`."""

    on: date
    kind: Kind
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A report that nobody has judged yet, in its standing version."""

    person_id: str
    name: str
    on: date
    kind: Kind
    report_id: str


_LAST = """
SELECT v.report_id, v.on_date, v.kind, v.decision, v.by_id, p.name AS by_name, v.capacity, v.note, v.due_at,
  v.decided_at, v.score, r.version
FROM verifications v JOIN people p ON p.id = v.by_id JOIN reports r ON r.id = v.report_id
WHERE v.person_id = :person_id AND v.on_date = :on AND v.kind = :kind ORDER BY v.decided_at DESC, v.id DESC LIMIT 1
"""
_GIVEN_BACK = """
SELECT v.on_date, v.kind, v.due_at FROM verifications v
JOIN reports r ON r.id = v.report_id AND r.withdrawn_at IS NULL AND r.superseded_at IS NULL
WHERE v.person_id = :person_id AND v.decision = 'returned' AND v.due_at > :now AND NOT EXISTS (
  SELECT 1 FROM verifications w WHERE w.report_id = v.report_id AND w.decided_at > v.decided_at)
ORDER BY v.due_at, v.on_date, v.kind
"""
_WAITING = f"""{under(Power.VERIFY)}
SELECT r.person_id, p.name, r.on_date, r.kind, r.id AS report_id
FROM (SELECT DISTINCT person_id FROM judged) u JOIN people p ON p.id = u.person_id
JOIN reports r ON r.person_id = p.id AND r.on_date >= :since AND r.withdrawn_at IS NULL AND r.superseded_at IS NULL
WHERE NOT EXISTS (SELECT 1 FROM verifications v WHERE v.report_id = r.id)
AND NOT (r.kind = 'plan' AND EXISTS (
  SELECT 1 FROM reports o JOIN verifications v ON v.report_id = o.id
  WHERE o.person_id = r.person_id AND o.on_date = r.on_date AND o.kind = 'output'
  AND o.withdrawn_at IS NULL AND o.superseded_at IS NULL))
ORDER BY r.on_date, p.name, r.person_id, r.kind DESC
"""


async def decide(
    tx: Tx,
    report: reports.Report,
    *,
    decision: Decision,
    by_id: str,
    capacity: Capacity,
    now: datetime,
    note: str = "",
    due_at: datetime | None = None,
    score: int | None = None,
) -> bool:
    """Record what somebody decided about this version of a report. False if it is approved already (D12).

    An approval with another score (0 to 100) than before is a decision of its own.
    """
    await tx.one("SELECT id FROM reports WHERE id = :id" + locked(tx), id=report.id)
    before = await last(tx, person_id=report.person_id, on=report.on, kind=report.kind)
    stands = (before.report_id, before.decision) == (report.id, decision) if before else False
    if before is not None and stands and decision == "approved" and score in (None, before.score):
        return False
    await tx.run(
        "INSERT INTO verifications (id, person_id, on_date, kind, report_id, decision, by_id, capacity, note,"
        " due_at, decided_at, score) VALUES (:id, :person_id, :on, :kind, :report_id, :decision, :by_id, :capacity,"
        " :note, :due_at, :now, :score)",
        id=new_id(),
        person_id=report.person_id,
        on=report.on.isoformat(),
        kind=report.kind,
        report_id=report.id,
        decision=decision,
        by_id=by_id,
        capacity=capacity,
        note=note or None,
        due_at=to_micros(due_at) if due_at else None,
        now=to_micros(now),
        score=score,
    )
    return True


async def last(tx: Tx, *, person_id: str, on: date, kind: Kind) -> Verification | None:
    """Return what was decided last about somebody's plan or output of a day; it is what counts."""
    row = await tx.one(_LAST, person_id=person_id, on=on.isoformat(), kind=kind)
    return _verification(row) if row else None


async def given_back(tx: Tx, *, person_id: str, now: datetime) -> list[GivenBack]:
    """Return what was given back to somebody, is not put right and may still be, the first to end first."""
    rows = await tx.all(_GIVEN_BACK, person_id=person_id, now=to_micros(now))
    return [
        GivenBack(on=date.fromisoformat(row["on_date"]), kind=row["kind"], due_at=from_micros(row["due_at"]))
        for row in rows
    ]


async def waiting(tx: Tx, *, by_id: str, since: date, on: date, now: datetime) -> Sequence[Waiting]:
    """Return what waits for somebody who judges on the day `on`: reports of `since` and later, the oldest first.

    A plan waits with the output of its day: when that was judged, it is not asked about by itself.
    """
    rows = await tx.all(_WAITING, me=by_id, since=since.isoformat(), on=on.isoformat(), known=to_micros(now))
    return [
        Waiting(
            person_id=row["person_id"],
            name=row["name"],
            on=date.fromisoformat(row["on_date"]),
            kind=row["kind"],
            report_id=row["report_id"],
        )
        for row in rows
    ]


def _verification(row: Row) -> Verification:
    plain = ("report_id", "kind", "decision", "by_id", "by_name", "capacity", "note", "score", "version")
    return Verification(
        **{name: row[name] for name in plain},
        on=date.fromisoformat(row["on_date"]),
        due_at=from_micros(row["due_at"]) if row["due_at"] is not None else None,
        decided_at=from_micros(row["decided_at"]),
    )
