"""Questions to the office: a thread of messages with a code; waiting -> answered -> closed. The words are sealed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from db.engine import Row, Tx, Value
from db.errors import Unavailable
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.receipts import BUSY, TRIES, new_code
from db.sealed import Seal


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A question as it stands; it waits while nobody has answered what the asker wrote last."""

    id: str
    person_id: str
    name: str  # of who asked
    unit_code: str  # where who asked works
    code: str
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, kw_only=True)
class Message:
    """What somebody wrote in a thread."""

    by_id: str
    name: str
    at: datetime
    words: str = field(repr=False)


_THREAD = """
SELECT t.id, t.person_id, p.name, t.unit_code, t.code, t.opened_at, t.answered_at, t.closed_at
FROM threads t JOIN people p ON p.id = t.person_id
"""
_INSERT = """
INSERT INTO threads (id, person_id, unit_code, code, opened_at)
VALUES (:id, :person_id, :unit_code, :code, :now) ON CONFLICT DO NOTHING
"""
_MESSAGES = """
SELECT m.id, m.by_id, p.name, m.at, m.words FROM thread_messages m JOIN people p ON p.id = m.by_id
WHERE m.thread_id = :thread_id ORDER BY m.at, m.id
"""


async def begin(tx: Tx, seal: Seal, *, person_id: str, unit_code: str, words: str, now: datetime) -> Thread:
    """Ask the office of a unit something; return the new thread."""
    for _ in range(TRIES):
        key, code = new_id(), new_code("T")
        added = await tx.run(
            _INSERT, id=key, person_id=person_id, unit_code=unit_code, code=code, now=to_micros(now)
        )
        if added:  # else, hardly ever, the code was taken
            await _write(tx, seal, thread_id=key, by=person_id, words=words, now=now)
            thread = await by_id(tx, thread_id=key)
            if thread is not None:
                return thread
    raise Unavailable(BUSY)


async def add(tx: Tx, seal: Seal, *, thread: Thread, by: str, words: str, now: datetime) -> bool:
    """Write something in a thread that is open. The asker's words wait for an answer; anybody else's are one.

    False if it was closed before.
    """
    answered: Value = None if by == thread.person_id else to_micros(now)
    touched = await tx.run(
        "UPDATE threads SET answered_at = :answered WHERE id = :id AND closed_at IS NULL",
        id=thread.id,
        answered=answered,
    )
    if touched:
        await _write(tx, seal, thread_id=thread.id, by=by, words=words, now=now)
    return touched > 0


async def close(tx: Tx, *, thread_id: str, now: datetime) -> bool:
    """Close a thread. False if it was closed before."""
    touched = await tx.run(
        "UPDATE threads SET closed_at = :now WHERE id = :id AND closed_at IS NULL",
        id=thread_id,
        now=to_micros(now),
    )
    return touched > 0


async def by_id(tx: Tx, *, thread_id: str) -> Thread | None:
    """Return a thread as it stands."""
    row = await tx.one(_THREAD + "WHERE t.id = :id", id=thread_id)
    return _thread(row) if row else None


async def of(tx: Tx, *, person_id: str, most: int) -> list[Thread]:
    """Return the threads that somebody began: the open ones first, then the newest."""
    rows = await tx.all(
        _THREAD + "WHERE t.person_id = :person_id"
        " ORDER BY CASE WHEN t.closed_at IS NULL THEN 0 ELSE 1 END, t.opened_at DESC, t.id DESC LIMIT :most",
        person_id=person_id,
        most=most,
    )
    return [_thread(row) for row in rows]


async def waiting(tx: Tx, *, units: Collection[str] | None, skip: int, most: int) -> list[Thread]:
    """Return the threads of these units (None: of all) that wait for an answer, the oldest first."""
    values: dict[str, Value] = {f"unit{number}": code for number, code in enumerate(sorted(units or ()))}
    marks = ", ".join(f":{name}" for name in values) or "NULL"
    scope = "" if units is None else f" AND t.unit_code IN ({marks})"
    rows = await tx.all(
        f"{_THREAD}WHERE t.answered_at IS NULL AND t.closed_at IS NULL{scope}"
        " ORDER BY t.opened_at, t.id LIMIT :most OFFSET :skip",
        most=most,
        skip=skip,
        **values,
    )
    return [_thread(row) for row in rows]


async def messages(tx: Tx, seal: Seal, *, thread_id: str) -> list[Message]:
    """Return what was written in a thread, in its order."""
    rows = await tx.all(_MESSAGES, thread_id=thread_id)
    return [
        Message(
            by_id=row["by_id"],
            name=row["name"],
            at=from_micros(row["at"]),
            words=str(seal.open(row["words"], place=_place(row["id"]))),
        )
        for row in rows
    ]


async def _write(tx: Tx, seal: Seal, *, thread_id: str, by: str, words: str, now: datetime) -> None:
    key = new_id()
    await tx.run(
        "INSERT INTO thread_messages (id, thread_id, by_id, at, words)"
        " VALUES (:id, :thread_id, :by, :now, :words)",
        id=key,
        thread_id=thread_id,
        by=by,
        now=to_micros(now),
        words=seal.close(words, place=_place(key)),
    )


def _thread(row: Row) -> Thread:
    answered, closed = row["answered_at"], row["closed_at"]
    plain = ("id", "person_id", "name", "unit_code", "code")
    return Thread(
        **{name: row[name] for name in plain},
        opened_at=from_micros(row["opened_at"]),
        answered_at=from_micros(answered) if answered is not None else None,
        closed_at=from_micros(closed) if closed is not None else None,
    )


def _place(key: str) -> str:
    return f"thread_messages.words:{key}"
