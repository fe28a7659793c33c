"""Health cases: a report of high risk opens one, the health role follows it up, and only they clear it.

A case keeps its person out of the office from `since` to the date stated last, and with no date, or after it,
until somebody clears it: it never ends by itself. Events are added, never changed, so every past moment can be asked.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from db.engine import Row, Tx, locked
from db.errors import Unavailable
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.receipts import BUSY, TRIES, new_code
from db.sealed import Seal


class Kind(StrEnum):
    """What may happen in a case; `reported` is another report of the person while it is open."""

    OPENED = "opened"
    CONTACTED = "contacted"
    EXTENDED = "extended"
    REPORTED = "reported"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


ENDINGS = (Kind.CLEARED, Kind.WITHDRAWN)
_BY_REPORT = "report"  # the cause: no health word stands in the open


@dataclass(frozen=True, kw_only=True)
class Case:
    """`until` is the last day that was stated; of one that was cleared, the last day out of the office."""

    id: str
    person_id: str
    report_id: str
    code: str
    since: date
    until: date | None
    ended_as: str | None

    @property
    def is_open(self) -> bool:
        return self.ended_as is None


@dataclass(frozen=True, kw_only=True)
class Event:
    at: datetime
    by: str  # a person's key
    by_name: str | None
    kind: Kind
    until: date | None
    note: str = field(repr=False)


_CASE = """
SELECT k.id, k.person_id, k.report_id, k.code, k.since, k.ended_as,
  (SELECT e.until FROM case_events e WHERE e.case_id = k.id AND e.until IS NOT NULL
   ORDER BY e.at DESC, e.id DESC LIMIT 1) AS until
FROM health_cases k
"""
_OPEN = f"{_CASE} WHERE k.person_id = :person_id AND k.ended_at IS NULL"
_BY_ID = f"{_CASE} WHERE k.id = :id"
_INSERT = """
INSERT INTO health_cases (id, person_id, report_id, code, cause, since, opened_at, look_at)
VALUES (:id, :person_id, :report_id, :code, :cause, :since, :now, :look_at) ON CONFLICT DO NOTHING
"""
_EVENTS = """
SELECT e.id, e.at, e.by, p.name AS by_name, e.kind, e.until, e.note
FROM case_events e LEFT JOIN people p ON p.id = e.by WHERE e.case_id = :case_id ORDER BY e.at, e.id
"""


async def open_case(
    tx: Tx,
    seal: Seal,
    *,
    person_id: str,
    report_id: str,
    since: date,
    until: date | None,
    look_at: datetime,
    now: datetime,
) -> tuple[Case, bool]:
    """Return the person's open case, and whether it was opened just now for this report.

    Raises Unavailable if others keep opening and ending cases of that person at this moment.
    """
    for _ in range(TRIES):
        case = await of_person(tx, person_id=person_id)
        if case is not None:
            return case, False
        key = new_id()
        added = await tx.run(
            _INSERT,
            id=key,
            person_id=person_id,
            report_id=report_id,
            code=new_code("K"),
            cause=_BY_REPORT,
            since=since.isoformat(),
            look_at=to_micros(look_at),
            now=to_micros(now),
        )
        if added:  # else somebody opened one, or, hardly ever, took the code: look again
            await add_event(tx, seal, case_id=key, kind=Kind.OPENED, by=person_id, until=until, now=now)
            opened = await by_id(tx, case_id=key)
            assert opened is not None
            return opened, True
    raise Unavailable(BUSY)


async def of_person(tx: Tx, *, person_id: str) -> Case | None:
    """Return the open case of somebody, or None."""
    row = await tx.one(_OPEN, person_id=person_id)
    return _case(row) if row else None


async def by_id(tx: Tx, *, case_id: str) -> Case | None:
    """Return a case, open or ended; None if there is none."""
    row = await tx.one(_BY_ID, id=case_id)
    return _case(row) if row else None


async def held(tx: Tx, *, case_id: str) -> Case | None:
    """Return a case that nobody else changes until the transaction ends; None if there is none."""
    await tx.one("SELECT id FROM health_cases WHERE id = :id" + locked(tx), id=case_id)
    return await by_id(tx, case_id=case_id)


async def events(tx: Tx, seal: Seal, *, case_id: str) -> list[Event]:
    """Return everything that happened in a case, in its order."""
    return [_event(seal, row) for row in await tx.all(_EVENTS, case_id=case_id)]


async def add_event(
    tx: Tx,
    seal: Seal,
    *,
    case_id: str,
    kind: Kind,
    by: str,
    now: datetime,
    until: date | None = None,
    note: str = "",
) -> str:
    """Write down what happened, and return its key; `until` states the last day out of the office, anew."""
    key = new_id()
    await tx.run(
        "INSERT INTO case_events (id, case_id, at, by, kind, until, note)"
        " VALUES (:id, :case_id, :now, :by, :kind, :until, :note)",
        id=key,
        case_id=case_id,
        now=to_micros(now),
        by=by,
        kind=kind.value,
        until=until.isoformat() if until else None,
        note=seal.close(note, place=_place(key)) if note else None,
    )
    return key


async def end(
    tx: Tx,
    seal: Seal,
    *,
    case_id: str,
    ending: Kind,
    by: str,
    now: datetime,
    last_day: date | None = None,
    note: str = "",
) -> bool:
    """End a case; of one that is cleared, `last_day` is the last one out. False if it had ended already (D12)."""
    touched = await tx.run(
        "UPDATE health_cases SET ended_at = :now, ended_as = :ending, look_at = NULL"
        " WHERE id = :id AND ended_at IS NULL",
        id=case_id,
        ending=ending.value,
        now=to_micros(now),
    )
    if touched:
        await add_event(tx, seal, case_id=case_id, kind=ending, by=by, until=last_day, note=note, now=now)
    return touched > 0


def _case(row: Row) -> Case:
    plain = ("id", "person_id", "report_id", "code", "ended_as")
    return Case(
        **{name: row[name] for name in plain},
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )


def _event(seal: Seal, row: Row) -> Event:
    return Event(
        at=from_micros(row["at"]),
        by=row["by"],
        by_name=row["by_name"],
        kind=Kind(row["kind"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        note=seal.open(row["note"], place=_place(row["id"])) if row["note"] else "",
    )


def _place(event_id: str) -> str:
    return f"case_events.note:{event_id}"
