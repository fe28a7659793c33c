"""Health reports: every version is kept, the newest that was not withdrawn is right, and answers are sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import closing
from db.engine import Row, Tx, Value
from db.errors import Unavailable
from db.moments import from_micros, to_micros
from db.receipts import BUSY, TRIES, Saved, first_or_next, new_code
from db.sealed import Seal
from policy import health
from policy.deadlines import Owed
from policy.health import Assessment, HealthMode
from policy.model import HealthGate


@dataclass(frozen=True, kw_only=True)
class HealthReport:
    id: str
    on: date
    version: int
    code: str
    answers: Mapping[str, Any]  # mode, yes (numbers of the questions), risk, fit
    channel: str
    reported_at: datetime
    is_withdrawn: bool = False

    @property
    def assessment(self) -> Assessment:
        """What the answers come to, by the rules as they are now."""
        return assessment(self.answers)


_REPORT = "SELECT id, on_date, version, code, answers, channel, reported_at, withdrawn_at FROM health_reports"
_LATEST = f"""{_REPORT}
WHERE person_id = :person_id AND on_date = :on AND withdrawn_at IS NULL ORDER BY version DESC LIMIT 1
"""
_LATEST_BEFORE = f"""{_REPORT}
WHERE person_id = :person_id AND on_date < :on AND withdrawn_at IS NULL
ORDER BY on_date DESC, version DESC LIMIT 1
"""
_STANDS = """
SELECT id FROM health_reports WHERE person_id = :person_id AND on_date = :on AND withdrawn_at IS NULL LIMIT 1
"""
_BY_ID = f"{_REPORT} WHERE id = :id AND person_id = :person_id"
_LAST_VERSION = """
SELECT COALESCE(MAX(version), 0) AS version FROM health_reports WHERE person_id = :person_id AND on_date = :on
"""
_INSERT = """
INSERT INTO health_reports (id, person_id, on_date, version, code, answers, channel, reported_at, recorded_at)
VALUES (:id, :person_id, :on, :version, :code, :answers, :channel, :reported_at, :now)
ON CONFLICT DO NOTHING
"""
_SUPERSEDE = """
UPDATE health_reports SET superseded_at = :now
WHERE person_id = :person_id AND on_date = :on AND version < :version AND superseded_at IS NULL
"""


async def save(
    tx: Tx,
    seal: Seal,
    *,
    person_id: str,
    on: date,
    answers: Mapping[str, Any],
    channel: str,
    reported_at: datetime,
    now: datetime,
    anew: bool = False,
) -> Saved:
    """Store a report for a day as a new version, unless the newest says the very same: then `already`.

    `anew` stores it all the same: the same words say something new when what they led to is over.

    Raises Unavailable if others keep storing reports for that person and day at this moment.
    """
    plain = json.loads(json.dumps(answers))  # as it will be read back: a tuple is a list
    for _ in range(TRIES):
        before = await latest(tx, seal, person_id=person_id, on=on)
        if before is not None and before.answers == plain and not anew:
            return Saved(id=before.id, version=before.version, code=before.code, already=True)
        saved = first_or_next(await _last_version(tx, person_id=person_id, on=on), code=new_code("S"))
        day: dict[str, Value] = {
            "person_id": person_id,
            "on": on.isoformat(),
            "version": saved.version,
            "now": to_micros(now),
        }
        added = await tx.run(
            _INSERT,
            id=saved.id,
            code=saved.code,
            answers=seal.close(plain, place=_place(saved.id)),
            channel=channel,
            reported_at=to_micros(reported_at),
            **day,
        )
        if added:  # else somebody took the version or, hardly ever, the code: look again
            if saved.version > 1:
                await tx.run(_SUPERSEDE, **day)
            await closing.reported(tx, person_id=person_id, on=on, kind=Owed.HEALTH, at=reported_at, now=now)
            return saved
    raise Unavailable(BUSY)


async def latest(tx: Tx, seal: Seal, *, person_id: str, on: date) -> HealthReport | None:
    """Return the newest version for that day that was not withdrawn, or None."""
    row = await tx.one(_LATEST, person_id=person_id, on=on.isoformat())
    return _report(seal, row) if row else None


async def latest_before(tx: Tx, seal: Seal, *, person_id: str, on: date) -> HealthReport | None:
    """Return what stands of the last day before that one on which was reported, or None."""
    row = await tx.one(_LATEST_BEFORE, person_id=person_id, on=on.isoformat())
    return _report(seal, row) if row else None


async def by_id(tx: Tx, seal: Seal, *, person_id: str, report_id: str) -> HealthReport | None:
    """Return a report of this person, withdrawn or not; None if they have none with this key."""
    row = await tx.one(_BY_ID, person_id=person_id, id=report_id)
    return _report(seal, row) if row else None


async def withdraw(tx: Tx, *, report_id: str, now: datetime) -> bool:
    """Let a version count no more; it stays, and one before it stands again. False if it was withdrawn already."""
    row = await tx.one(
        "UPDATE health_reports SET withdrawn_at = :now WHERE id = :id AND withdrawn_at IS NULL"
        " RETURNING person_id, on_date",
        id=report_id,
        now=to_micros(now),
    )
    if row is None:
        return False
    left = await tx.one(_STANDS, person_id=row["person_id"], on=row["on_date"])
    if left is None:
        await closing.reopened(
            tx, person_id=row["person_id"], on=date.fromisoformat(row["on_date"]), kind=Owed.HEALTH, now=now
        )
    return True


async def _last_version(tx: Tx, *, person_id: str, on: date) -> int:
    row = await tx.one(_LAST_VERSION, person_id=person_id, on=on.isoformat())
    return int(row["version"]) if row else 0


def gate(seal: Seal, *, report_id: str, on_date: str, answers: bytes) -> HealthGate | None:
    """Return what a person's latest report keeps closed to them from its day on, or None if nothing."""
    found = assessment(seal.open(answers, place=_place(report_id)))
    if found.may_enter_office:
        return None
    return HealthGate(since=date.fromisoformat(on_date), until=None, code=found.code)


def assessment(answers: Mapping[str, Any]) -> Assessment:
    """Return what stored answers come to, by the rules as they are now."""
    if answers["mode"] == HealthMode.KMK328:
        return health.assess(answers["yes"])
    return health.declare(is_fit=bool(answers["fit"]))


def _report(seal: Seal, row: Row) -> HealthReport:
    return HealthReport(
        id=row["id"],
        on=date.fromisoformat(row["on_date"]),
        version=row["version"],
        code=row["code"],
        answers=seal.open(row["answers"], place=_place(row["id"])),
        channel=row["channel"],
        reported_at=from_micros(row["reported_at"]),
        is_withdrawn=row["withdrawn_at"] is not None,
    )


def _place(report_id: str) -> str:
    return f"health_reports.answers:{report_id}"
