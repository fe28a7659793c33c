"""Messages we owe: queued in the transaction that decided them, sent by delivery, their ends kept.

queued -> sending -> sent | failed | dropped | uncertain -> queued once more, marked | dropped | failed;
and held: it must arrive, but nobody is at the address now. Leases go by db/leases.py, the rest by the office's time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from db.engine import Tx, Value
from db.ids import new_id
from db.moments import to_micros
from db.sealed import Seal


class Class(IntEnum):
    """How urgent a message is; delivery sends smaller numbers first."""

    ANSWER = 0
    CODE = 1
    ALERT = 2
    REMINDER = 3
    DIGEST = 4
    BROADCAST = 5


TOO_LATE = "its moment has passed"


@dataclass(frozen=True, kw_only=True)
class OutboxMessage:
    """A message to be sent now. Its lease says until when nobody else may send it."""

    id: str
    channel: str
    address: str
    person_id: str | None
    urgency: int  # smaller is sent first
    message: str
    locale: str
    body: dict[str, Any] = field(repr=False)
    parts_sent: int = 0
    is_repeat: bool = False
    tries: int = 0
    expires_at: datetime | None = None
    role_needed: str | None = None
    platform_keys: tuple[str, ...] = ()
    lease_owner: str = ""
    lease_until: int = 0  # microseconds by the lease's clock (db/leases.py)
    is_readable: bool = True  # False: its body does not open with our keys


@dataclass(frozen=True, kw_only=True)
class Queued:
    """A message to be queued. `once` is a key under which it is said only once, ever."""

    channel: str
    address: str
    person_id: str | None
    urgency: int
    message: str
    locale: str
    body: dict[str, Any] = field(repr=False)
    once: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    role_needed: str | None = None


_ADD = """
INSERT INTO outbox (id, channel, address, person_id, class, message, locale, body, once_key,
                    role_needed, created_at, not_before, expires_at, state)
VALUES (:id, :channel, :address, :person_id, :class, :message, :locale, :body, :once_key,
        :role_needed, :created_at, :not_before, :expires_at, 'queued')
ON CONFLICT (once_key) DO NOTHING
"""


async def add(
    tx: Tx,
    seal: Seal,
    *,
    channel: str,
    address: str,
    person_id: str | None,
    urgency: int,
    message: str,
    locale: str,
    body: dict[str, Any],
    now: datetime,
    once: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    role_needed: str | None = None,
) -> str | None:
    """Queue a message; return its key, or None when something was already said under the key `once`."""
    queued = Queued(
        channel=channel,
        address=address,
        person_id=person_id,
        urgency=urgency,
        message=message,
        locale=locale,
        body=body,
        once=once,
        not_before=not_before,
        expires_at=expires_at,
        role_needed=role_needed,
    )
    values = _values(seal, queued, now=now)
    row = await tx.one(_ADD + " RETURNING id", **values)
    return str(row["id"]) if row else None


Closed = Mapping[str, Value]


def closed(seal: Seal, queued: Queued, *, now: datetime) -> Closed:
    """Seal a message before the transaction that queues it: of a hundred that takes long."""
    return _values(seal, queued, now=now)


async def add_many(tx: Tx, messages: Sequence[Closed]) -> None:
    """Queue these messages, each once; what was already said under its key stays said. A hundred or so."""
    await tx.run_many(_ADD, messages)


def _values(seal: Seal, queued: Queued, *, now: datetime) -> dict[str, Value]:
    key = new_id()
    return {
        "class": int(queued.urgency),
        "id": key,
        "channel": queued.channel,
        "address": queued.address,
        "person_id": queued.person_id,
        "message": queued.message,
        "locale": queued.locale,
        "body": seal.close(queued.body, place=place(key)),
        "once_key": queued.once,
        "role_needed": queued.role_needed,
        "created_at": to_micros(now),
        "not_before": to_micros(queued.not_before or now),
        "expires_at": to_micros(queued.expires_at) if queued.expires_at else None,
    }


async def known(tx: Tx, *, once: Sequence[str]) -> bool:
    """Whether anything was ever queued under one of these few keys."""
    keys: dict[str, Value] = {f"k{number}": key for number, key in enumerate(once)}
    these = ", ".join(f":{name}" for name in keys)
    return (
        await tx.one(f"SELECT 1 AS known FROM outbox WHERE once_key IN ({these}) LIMIT 1", **keys) is not None
    )


async def move(tx: Tx, *, channel: str, old: str, new: str) -> int:
    """Send what still waits for the address `old` to `new` instead; return how many messages."""
    return await tx.run(
        "UPDATE outbox SET address = :new WHERE channel = :channel AND address = :old AND ended_at IS NULL"
        " AND state IN ('queued', 'uncertain', 'held')",
        channel=channel,
        old=old,
        new=new,
    )


async def drop_others(tx: Tx, *, channel: str, address: str, person_id: str, now: datetime) -> int:
    """Drop what waits at an address for another person than the one it belongs to now; return how many."""
    return await tx.run(
        "UPDATE outbox SET state = 'dropped', ended_because = :because, ended_at = :now"
        " WHERE channel = :channel AND address = :address AND ended_at IS NULL"
        " AND person_id IS NOT NULL AND person_id <> :person_id AND state IN ('queued', 'uncertain', 'held')",
        channel=channel,
        address=address,
        person_id=person_id,
        because="the chat belongs to another person now",
        now=to_micros(now),
    )


async def waiting(tx: Tx) -> dict[tuple[str, str], int]:
    """Return how many messages are not yet at their end, by channel and state."""
    rows = await tx.all(
        "SELECT channel, state, COUNT(*) AS n FROM outbox WHERE ended_at IS NULL GROUP BY channel, state"
    )
    return {(row["channel"], row["state"]): row["n"] for row in rows}


async def due_by_class(tx: Tx, *, channel: str, now: datetime) -> dict[int, int]:
    """Return how many messages could be sent now if the platform let us, by class."""
    rows = await tx.all(
        "SELECT class, COUNT(*) AS n FROM outbox WHERE channel = :channel AND ended_at IS NULL"
        " AND state = 'queued' AND not_before <= :now GROUP BY class",
        channel=channel,
        now=to_micros(now),
    )
    return {row["class"]: row["n"] for row in rows}


async def drop_expired(tx: Tx, *, channel: str, now: datetime) -> int:
    """Drop what waited past its time, with the reason; return how many."""
    return await tx.run(
        "UPDATE outbox SET state = 'dropped', ended_because = :because, ended_at = :now"
        " WHERE channel = :channel AND ended_at IS NULL AND expires_at <= :now"
        " AND state IN ('queued', 'held')",
        channel=channel,
        now=to_micros(now),
        because=TOO_LATE,
    )


async def bring_forward(tx: Tx, *, channel: str, now: datetime) -> int:
    """After the clock was set back: do not wait for moments that were named by the clock of before (fault T02).

    Reminders and the like keep the time for which they were queued; the urgent never are, and a try that
    failed is made again.
    """
    return await tx.run(
        "UPDATE outbox SET not_before = :now"
        " WHERE channel = :channel AND ended_at IS NULL AND state IN ('queued', 'uncertain')"
        " AND not_before > :now AND (class <= 2 OR tries > 0)",
        channel=channel,
        now=to_micros(now),
    )


async def hold_chat(tx: Tx, *, channel: str, address: str, because: str, now: datetime) -> None:
    """Nobody is at this address: hold what must arrive, end the rest."""
    await tx.run(
        "UPDATE outbox SET state = CASE WHEN class IN (2, 5) THEN 'held' ELSE 'dropped' END,"
        " ended_at = CASE WHEN class IN (2, 5) THEN NULL ELSE CAST(:now AS BIGINT) END,"
        " ended_because = :because"
        " WHERE channel = :channel AND address = :address AND ended_at IS NULL AND state = 'queued'",
        channel=channel,
        address=address,
        because=because,
        now=to_micros(now),
    )


async def release_held(tx: Tx, *, channel: str, address: str, now: datetime) -> int:
    """Queue again what waited for somebody to be at this address; return how many messages."""
    return await tx.run(
        "UPDATE outbox SET state = 'queued', not_before = :now, ended_because = NULL"
        " WHERE channel = :channel AND address = :address AND ended_at IS NULL AND state = 'held'",
        channel=channel,
        address=address,
        now=to_micros(now),
    )


async def shrink(tx: Tx, *, before: datetime) -> int:
    """Forget the bodies of messages that ended before then, keeping their keys; return how many."""
    return await tx.run(
        "UPDATE outbox SET body = NULL"
        " WHERE body IS NOT NULL AND ended_at IS NOT NULL AND ended_at < :before",
        before=to_micros(before),
    )


def place(key: str) -> str:
    """Return what a message's sealed body is bound to."""
    return f"outbox.body:{key}"
