"""Work plans and output reports: every version is kept, the newest is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db import closing
from db.engine import Row, Tx, Value
from db.errors import Unavailable
from db.items import Item as Item
from db.items import from_text, is_same, keyed, to_text
from db.moments import from_micros, to_micros
from db.receipts import BUSY, TRIES, Saved, first_or_next, new_code
from policy.deadlines import Owed

Kind = Literal["plan", "output"]
_INITIALS: dict[Kind, str] = {"plan": "R", "output": "H"}  # rencana, hasil


@dataclass(frozen=True, kw_only=True)
class Report:
    id: str
    person_id: str
    on: date
    kind: Kind
    version: int
    code: str
    items: tuple[Item, ...]
    channel: str
    source_message: str | None
    reported_at: datetime
    recorded_at: datetime
    is_withdrawn: bool = False


_REPORT = """
SELECT id, person_id, on_date, kind, version, code, items, channel, source_message, reported_at, recorded_at,
  withdrawn_at
FROM reports
"""
_LATEST = f"""{_REPORT}
WHERE person_id = :person_id AND on_date = :on AND kind = :kind AND withdrawn_at IS NULL
ORDER BY version DESC LIMIT 1
"""
_KINDS = """
SELECT DISTINCT kind FROM reports WHERE person_id = :person_id AND on_date = :on AND withdrawn_at IS NULL
"""
_BY_SOURCE = f"""{_REPORT}
WHERE person_id = :person_id AND source_message = :source_message AND withdrawn_at IS NULL
ORDER BY recorded_at DESC, id DESC LIMIT 1
"""
_BEFORE = f"""{_REPORT}
WHERE person_id = :person_id AND kind = :kind AND on_date < :on AND withdrawn_at IS NULL
ORDER BY on_date DESC, version DESC LIMIT 1
"""
_LAST_VERSION = """
SELECT COALESCE(MAX(version), 0) AS version FROM reports
WHERE person_id = :person_id AND on_date = :on AND kind = :kind
"""
_INSERT = """
INSERT INTO reports (id, person_id, on_date, kind, version, code, items, source_message, channel, reported_at,
  recorded_at)
VALUES (:id, :person_id, :on, :kind, :version, :code, :items, :source_message, :channel, :reported_at, :now)
ON CONFLICT DO NOTHING
"""
_STAND_AGAIN = """
UPDATE reports SET superseded_at = NULL
WHERE person_id = :person_id AND on_date = :on AND kind = :kind AND version = (
  SELECT MAX(version) FROM reports WHERE person_id = :person_id AND on_date = :on AND kind = :kind
   AND withdrawn_at IS NULL)
"""
_SUPERSEDE = """
UPDATE reports SET superseded_at = :now
WHERE person_id = :person_id AND on_date = :on AND kind = :kind AND version < :version
  AND superseded_at IS NULL
"""


async def save(
    tx: Tx,
    *,
    person_id: str,
    on: date,
    kind: Kind,
    items: Sequence[Item],
    channel: str,
    source_message: str | None,
    reported_at: datetime,
    now: datetime,
) -> Saved:
    """Store a plan or report for a day as a new version, unless the newest says the very same: `already`.

    A line without a key gets one; that of the same activity in the newest version, if there is one.
    Raises Unavailable if others keep storing for that person and day at this moment.
    """
    for _ in range(TRIES):
        before = await latest(tx, person_id=person_id, on=on, kind=kind)
        given = keyed(items, like=before.items if before else ())
        if before is not None and is_same(given, before.items):
            return Saved(id=before.id, version=before.version, code=before.code, already=True)
        day: dict[str, Value] = {"person_id": person_id, "on": on.isoformat(), "kind": kind}
        last = await tx.one(_LAST_VERSION, **day)
        saved = first_or_next(last["version"] if last else 0, code=new_code(_INITIALS[kind]))
        day["version"] = saved.version
        added = await tx.run(
            _INSERT,
            id=saved.id,
            code=saved.code,
            items=to_text(given),
            source_message=source_message,
            channel=channel,
            reported_at=to_micros(reported_at),
            now=to_micros(now),
            **day,
        )
        if added:  # else somebody took the version or, hardly ever, the code: look again
            if saved.version > 1:
                await tx.run(_SUPERSEDE, now=to_micros(now), **day)
            await closing.reported(tx, person_id=person_id, on=on, kind=Owed(kind), at=reported_at, now=now)
            return saved
    raise Unavailable(BUSY)


async def latest(tx: Tx, *, person_id: str, on: date, kind: Kind) -> Report | None:
    """Return the newest version for that day that was not withdrawn, or None."""
    row = await tx.one(_LATEST, person_id=person_id, on=on.isoformat(), kind=kind)
    return _report(row) if row else None


async def kinds_on(tx: Tx, *, person_id: str, on: date) -> frozenset[Kind]:
    """Return which kinds stand for that day."""
    return frozenset(row["kind"] for row in await tx.all(_KINDS, person_id=person_id, on=on.isoformat()))


async def latest_before(tx: Tx, *, person_id: str, on: date, kind: Kind) -> Report | None:
    """Return the newest version of the last day before that one which has any: for "as yesterday"."""
    row = await tx.one(_BEFORE, person_id=person_id, on=on.isoformat(), kind=kind)
    return _report(row) if row else None


async def by_source(tx: Tx, *, person_id: str, source_message: str) -> Report | None:
    """Return what was last made from this message of the person, for when they edit it."""
    row = await tx.one(_BY_SOURCE, person_id=person_id, source_message=source_message)
    return _report(row) if row else None


async def with_id(tx: Tx, *, person_id: str, report_id: str) -> Report | None:
    """Return one version of this person, withdrawn or not."""
    row = await tx.one(
        f"{_REPORT} WHERE id = :id AND person_id = :person_id", id=report_id, person_id=person_id
    )
    return _report(row) if row else None


async def withdraw(tx: Tx, report: Report, *, now: datetime) -> bool:
    """Let a version count no more: it is kept, and the one before it stands again. True if it counted until now."""
    touched = await tx.run(
        "UPDATE reports SET withdrawn_at = :now WHERE id = :id AND withdrawn_at IS NULL",
        id=report.id,
        now=to_micros(now),
    )
    if touched:
        await tx.run(_STAND_AGAIN, person_id=report.person_id, on=report.on.isoformat(), kind=report.kind)
        if report.kind not in await kinds_on(tx, person_id=report.person_id, on=report.on):
            await closing.reopened(
                tx, person_id=report.person_id, on=report.on, kind=Owed(report.kind), now=now
            )
    return touched > 0


def _report(row: Row) -> Report:
    return Report(
        id=row["id"],
        person_id=row["person_id"],
        on=date.fromisoformat(row["on_date"]),
        kind=row["kind"],
        version=row["version"],
        code=row["code"],
        items=from_text(row["items"]),
        channel=row["channel"],
        source_message=row["source_message"],
        reported_at=from_micros(row["reported_at"]),
        recorded_at=from_micros(row["recorded_at"]),
        is_withdrawn=row["withdrawn_at"] is not None,
    )
