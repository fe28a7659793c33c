"""A person's days at a glance: what was reported, judged and told from one day to another, in a query each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db.engine import Row, Tx, Value
from db.items import Item, from_text
from db.moments import from_micros, to_micros
from db.sealed import Seal
from db.two_clocks import with_clocks
from db.verdicts import told_from
from policy.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a superior decided last about a report's standing version."""

    decision: str  # approved, returned
    by_name: str
    by_nip: str | None
    capacity: str  # superior, head, plt, plh
    note: str | None
    at: datetime
    score: int | None = None  # 0 to 100, where they gave one


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The standing version of a plan or an output report."""

    code: str
    at: datetime
    items: tuple[Item, ...]
    check: Check | None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """That health was reported: nothing of what."""

    code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Records:
    """What is kept of one person's days, by day."""

    plans: Mapping[date, Reported]
    outputs: Mapping[date, Reported]
    health: Mapping[date, Receipt]
    told: Mapping[date, Verdict]


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What stands at the head and the foot of a person's form on a day."""

    name: str
    nip: str | None
    position: str
    unit: str
    agency: str
    place: str
    superior_name: str = ""
    superior_nip: str | None = field(default=None)


_REPORTS = """
SELECT r.on_date, r.kind, r.code, r.items, r.reported_at, v.decision, v.capacity, v.note, v.decided_at, v.score,
  p.name AS by_name, p.nip AS by_nip
FROM reports r
LEFT JOIN verifications v ON v.id = (
  SELECT w.id FROM verifications w WHERE w.report_id = r.id ORDER BY w.decided_at DESC, w.id DESC LIMIT 1
)
LEFT JOIN people p ON p.id = v.by_id
WHERE r.person_id = :person_id AND r.on_date BETWEEN :first AND :last AND r.withdrawn_at IS NULL
ORDER BY r.on_date, r.version
"""
_HEALTH = """
SELECT on_date, code, reported_at FROM health_reports
WHERE person_id = :person_id AND on_date BETWEEN :first AND :last AND withdrawn_at IS NULL
ORDER BY on_date, version
"""
_TOLD = """
SELECT id, body, on_date FROM verdicts
WHERE person_id = :person_id AND on_date BETWEEN :first AND :last AND superseded_at IS NULL
ORDER BY on_date, told_at, id
"""
_SINCE = """
SELECT MIN(first) AS first FROM (
  SELECT MIN(on_date) AS first FROM reports WHERE person_id = :person_id
  UNION ALL SELECT MIN(on_date) FROM health_reports WHERE person_id = :person_id
  UNION ALL SELECT MIN(on_date) FROM verdicts WHERE person_id = :person_id
) days
"""
_PAPERS = with_clocks("""
WITH RECURSIVE above AS (
  SELECT u.code, u.name, u.parent_code, 0 AS steps FROM units u JOIN memberships m ON m.unit_code = u.code
  WHERE m.person_id = :person_id AND HOLDS(m)
  UNION
  SELECT u.code, u.name, u.parent_code, a.steps + 1 FROM above a JOIN units u ON u.code = a.parent_code
  WHERE a.steps < 50
)
SELECT p.name, p.nip, m.position, u.name AS unit, r.name AS place, b.name AS superior_name, b.nip AS superior_nip,
  (SELECT name FROM above WHERE parent_code IS NULL ORDER BY steps LIMIT 1) AS agency
FROM people p
JOIN memberships m ON m.person_id = p.id AND HOLDS(m)
JOIN units u ON u.code = m.unit_code
JOIN regions r ON r.code = u.region_code
LEFT JOIN superiors s ON s.person_id = p.id AND HOLDS(s)
LEFT JOIN people b ON b.id = COALESCE(s.superior_id, (
  SELECT a.person_id FROM appointments a JOIN above w ON w.code = a.unit_code
  WHERE a.person_id <> p.id AND HOLDS(a)
  ORDER BY w.steps, CASE a.kind WHEN 'plh' THEN 0 WHEN 'plt' THEN 1 ELSE 2 END LIMIT 1
))
WHERE p.id = :person_id
""")


async def records(tx: Tx, seal: Seal, *, person_id: str, first: date, last: date) -> Records:
    """Return what is kept of somebody's days from `first` to `last`."""
    span: dict[str, Value] = {
        "person_id": person_id,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    reports = await tx.all(_REPORTS, **span)
    return Records(
        plans={_day(row): _reported(row) for row in reports if row["kind"] == "plan"},
        outputs={_day(row): _reported(row) for row in reports if row["kind"] == "output"},
        health={
            _day(row): Receipt(code=row["code"], at=from_micros(row["reported_at"]))
            for row in await tx.all(_HEALTH, **span)
        },
        told={_day(row): told_from(seal, row) for row in await tx.all(_TOLD, **span)},
    )


async def since(tx: Tx, *, person_id: str) -> date | None:
    """Return the first day of which anything is kept for somebody; None while there is nothing."""
    row = await tx.one(_SINCE, person_id=person_id)
    return date.fromisoformat(row["first"]) if row and row["first"] else None


async def papers(tx: Tx, *, person_id: str, on: date, now: datetime) -> Papers | None:
    """Return who somebody was on that day, and their superior or who leads above them; None if they worked nowhere."""
    row = await tx.one(_PAPERS, person_id=person_id, on=on.isoformat(), known=to_micros(now))
    if row is None:
        return None
    given: dict[str, Any] = {**row, "superior_name": row["superior_name"] or ""}
    return Papers(**given)


def _day(row: Row) -> date:
    return date.fromisoformat(row["on_date"])


def _reported(row: Row) -> Reported:
    return Reported(
        code=row["code"],
        at=from_micros(row["reported_at"]),
        items=from_text(row["items"]),
        check=_check(row) if row["decision"] else None,
    )


def _check(row: Row) -> Check:
    return Check(
        decision=row["decision"],
        by_name=row["by_name"],
        by_nip=row["by_nip"],
        capacity=row["capacity"],
        note=row["note"],
        at=from_micros(row["decided_at"]),
        score=row["score"],
    )
