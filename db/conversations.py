"""Where each chat stands: flow, step, draft and current prompt, so that any process can go on with anybody.

Shape: conversations(channel, address) -> state (sealed JSON: drafts hold health answers), version, expires_at.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import Row, Tx, locked
from db.moments import from_micros, to_micros
from db.sealed import CannotOpen, Seal

log = logging.getLogger(__name__)

_BEGIN = """
INSERT INTO conversations (channel, address, updated_at) VALUES (:channel, :address, :now)
ON CONFLICT (channel, address) DO NOTHING
"""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One chat's state, read under its lock. `burst` counts what came since `burst_from`."""

    channel: str
    address: str
    state: Mapping[str, Any]
    version: int
    burst_from: datetime | None
    burst: int


async def lock(tx: Tx, seal: Seal, *, channel: str, address: str, now: datetime) -> Conversation:
    """Hold one chat until the transaction ends, and only then read it.

    A state past its time reads as empty, and so does one that does not open with our keys.
    """
    row = await _held(tx, channel=channel, address=address)
    if row is None:  # its first message
        await tx.run(_BEGIN, channel=channel, address=address, now=to_micros(now))
        row = await _held(tx, channel=channel, address=address)
    if row is None:
        raise LookupError("A conversation vanished between its insert and its lock.")
    is_over = row["expires_at"] is not None and row["expires_at"] < to_micros(now)
    sealed = None if is_over else row["state"]
    return Conversation(
        channel=channel,
        address=address,
        state=_opened(seal, sealed, place=_place(channel, address)) if sealed else {},
        version=row["version"],
        burst_from=None if row["burst_from"] is None else from_micros(row["burst_from"]),
        burst=row["burst"],
    )


async def _held(tx: Tx, *, channel: str, address: str) -> Row | None:
    sql = "SELECT * FROM conversations WHERE channel = :channel AND address = :address" + locked(tx)
    return await tx.one(sql, channel=channel, address=address)


async def save(
    tx: Tx,
    seal: Seal,
    *,
    conversation: Conversation,
    state: Mapping[str, Any],
    expires_at: datetime,
    now: datetime,
) -> None:
    """Store where the chat stands now."""
    sql = """
        UPDATE conversations
        SET state = :state, version = version + 1, updated_at = :now, expires_at = :expires,
            burst_from = :burst_from, burst = :burst
        WHERE channel = :channel AND address = :address
    """
    channel, address = conversation.channel, conversation.address
    begun = conversation.burst_from
    await tx.run(
        sql,
        channel=channel,
        address=address,
        now=to_micros(now),
        expires=to_micros(expires_at),
        state=seal.close(state, place=_place(channel, address)),
        burst_from=None if begun is None else to_micros(begun),
        burst=conversation.burst,
    )


async def state_of(
    tx: Tx, seal: Seal, *, channel: str, address: str, now: datetime
) -> tuple[datetime, Mapping[str, Any]] | None:
    """Return since when the chat stands where it stands, and its state; None when it stands nowhere. Locks nothing."""
    row = await tx.one(
        "SELECT state, updated_at FROM conversations WHERE channel = :channel AND address = :address"
        " AND state IS NOT NULL AND (expires_at IS NULL OR expires_at >= :now)",
        channel=channel,
        address=address,
        now=to_micros(now),
    )
    if row is None:
        return None
    return from_micros(row["updated_at"]), _opened(seal, row["state"], place=_place(channel, address))


async def asked_between(tx: Tx, *, channel: str, since: datetime, until: datetime) -> list[str]:
    """Return the addresses of chats that were last spoken with in a span of time."""
    sql = """
        SELECT address FROM conversations
        WHERE channel = :channel AND updated_at BETWEEN :since AND :until AND state IS NOT NULL
    """
    rows = await tx.all(sql, channel=channel, since=to_micros(since), until=to_micros(until))
    return [row["address"] for row in rows]


async def forget_expired(tx: Tx, *, now: datetime) -> int:
    """Erase drafts that waited out their time; return how many."""
    sql = "UPDATE conversations SET state = NULL, expires_at = NULL WHERE expires_at < :now AND state IS NOT NULL"
    return await tx.run(sql, now=to_micros(now))


def _opened(seal: Seal, sealed: bytes, *, place: str) -> Mapping[str, Any]:
    try:
        state: Mapping[str, Any] = seal.open(sealed, place=place)
    except CannotOpen:  # a form is lost; without this, every message of the person would be
        log.error("state_unreadable")
        return {}
    return state


def _place(channel: str, address: str) -> str:
    return f"conversations.state:{channel}:{address}"
