"""Whom an alert is about: who has not reported what since when, as it is at this moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import unverified
from db.alerting.alerts import KINDS, Alert, Part
from db.engine import Tx
from db.moments import from_micros
from db.unverified import Waiting
from policy.deadlines import Owed


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Somebody who has not reported. `owes`: what, with when it was due and the key of the obligation."""

    person_id: str
    name: str
    owes: tuple[tuple[Owed, datetime, str], ...]

    @property
    def since(self) -> datetime:
        """Since when the first of it is missing."""
        return min(due for _, due, _ in self.owes)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many owed something in this part of the day, and on what duty it rests."""

    people: int
    basis: str
    last_done_at: datetime | None
    excused: int


_MISSING = """
SELECT o.id, o.person_id, p.name, o.kind, o.due_at FROM obligations o JOIN people p ON p.id = o.person_id
WHERE o.unit_code = :unit AND o.on_date = :on AND o.state = 'overdue' AND o.kind IN ({kinds})
ORDER BY p.name, p.id, o.due_at
"""
_COUNTS = """
SELECT COUNT(DISTINCT CASE WHEN o.state <> 'excused' THEN o.person_id END) AS people, MIN(o.basis) AS basis,
  MAX(o.done_at) AS done, COUNT(DISTINCT CASE WHEN o.state = 'excused' THEN o.person_id END) AS excused
FROM obligations o WHERE o.unit_code = :unit AND o.on_date = :on AND o.kind IN ({kinds})
"""


async def missing(tx: Tx, alert: Alert) -> list[Missing]:
    """Return who has not reported in this unit, for this day and part, by name. Late is not missing, nor excused.

    Of an alert about verification: whose reports wait, each since it was sent.
    """
    if alert.part is Part.VERIFICATION:
        return of_waiting(await unverified.waiting(tx, alert))
    rows = await tx.all(_MISSING.format(kinds=_kinds(alert)), **_of(alert))
    return _by_person(
        (row["person_id"], row["name"], (Owed(row["kind"]), from_micros(row["due_at"]), str(row["id"])))
        for row in rows
    )


def of_waiting(waiting: Iterable[Waiting]) -> list[Missing]:
    """Return reports that wait, by person."""
    return _by_person(
        (each.person_id, each.name, (each.kind, each.reported_at, each.report_id)) for each in waiting
    )


def _by_person(rows: Iterable[tuple[str, str, tuple[Owed, datetime, str]]]) -> list[Missing]:
    found: dict[str, Missing] = {}
    for person_id, name, one in rows:
        before = found.get(person_id)
        owes = (*(before.owes if before else ()), one)
        found[person_id] = Missing(person_id=person_id, name=name, owes=owes)
    return list(found.values())


async def counts(tx: Tx, alert: Alert) -> Counts:
    """Return how many are asked, who is excused not counted."""
    row = await tx.one(_COUNTS.format(kinds=_kinds(alert)), **_of(alert))
    if row is None:
        return Counts(people=0, basis="", last_done_at=None, excused=0)
    done = from_micros(row["done"]) if row["done"] is not None else None
    return Counts(people=row["people"], basis=row["basis"] or "", last_done_at=done, excused=row["excused"])


def _kinds(alert: Alert) -> str:
    kinds: Sequence[Owed] = KINDS.get(alert.part, ())
    return ", ".join(f"'{kind.value}'" for kind in kinds) or "NULL"


def _of(alert: Alert) -> dict[str, str]:
    return {"unit": alert.unit_code, "on": alert.on.isoformat()}
