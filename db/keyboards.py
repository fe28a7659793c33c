"""Buttons that start something by themselves, long after the prompt above them is gone.

Shape: keyboards(nonce) -> channel, address, choices (sealed: what each button opens, with its arguments).
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import Tx, Value
from db.moments import to_micros
from db.sealed import CannotOpen, Seal

_KEEP = """
INSERT INTO keyboards (nonce, channel, address, choices, made_at, expires_at)
VALUES (:nonce, :channel, :address, :choices, :now, :expires)
"""


@dataclass(frozen=True, kw_only=True)
class Keyboard:
    """The buttons of one message: what each opens, with its arguments."""

    nonce: str
    channel: str
    address: str
    choices: Sequence[dict[str, Any]]


Closed = Mapping[str, Value]


def new_nonce(*, channel: str, address: str) -> str:
    """Return a fresh name for one message's buttons; its end tells for whom it was made."""
    fresh = secrets.token_urlsafe(9).replace("-", "x").replace("_", "y")
    return fresh + _owner(fresh, channel, address)


def is_for(nonce: str, *, channel: str, address: str) -> bool:
    """True if the nonce was made for this chat. Tells an old button from a stranger's; it guards nothing."""
    return len(nonce) > 4 and nonce[-4:] == _owner(nonce[:-4], channel, address)


def _owner(fresh: str, channel: str, address: str) -> str:
    return hashlib.sha256(f"{fresh}:{channel}:{address}".encode()).hexdigest()[:4]


async def keep(
    tx: Tx,
    seal: Seal,
    *,
    nonce: str,
    channel: str,
    address: str,
    choices: Sequence[dict[str, Any]],
    now: datetime,
    expires_at: datetime,
) -> None:
    """Remember what the buttons of one message open."""
    made = Keyboard(nonce=nonce, channel=channel, address=address, choices=choices)
    await keep_many(tx, [closed(seal, made, now=now, expires_at=expires_at)])


def closed(seal: Seal, made: Keyboard, *, now: datetime, expires_at: datetime) -> Closed:
    """Seal the buttons of a message before the transaction that keeps them."""
    return {
        "nonce": made.nonce,
        "channel": made.channel,
        "address": made.address,
        "choices": seal.close(list(made.choices), place=f"keyboards.choices:{made.nonce}"),
        "now": to_micros(now),
        "expires": to_micros(expires_at),
    }


async def keep_many(tx: Tx, made: Sequence[Closed]) -> None:
    """Remember what the buttons of these messages open. A hundred or so."""
    await tx.run_many(_KEEP, made)


async def pressed(
    tx: Tx, seal: Seal, *, nonce: str, channel: str, address: str, now: datetime
) -> Sequence[dict[str, Any]] | None:
    """Return the choices behind a nonce of this chat, or None if there are none (any more) that can be read."""
    sql = """
        UPDATE keyboards SET used_at = :now
        WHERE nonce = :nonce AND channel = :channel AND address = :address AND expires_at > :now
        RETURNING choices
    """
    row = await tx.one(sql, nonce=nonce, channel=channel, address=address, now=to_micros(now))
    if row is None:
        return None
    try:
        choices: Sequence[dict[str, Any]] = seal.open(row["choices"], place=f"keyboards.choices:{nonce}")
    except CannotOpen:  # an old button, then; the person gets today's
        return None
    return choices


async def forget(tx: Tx, *, before: datetime) -> int:
    """Forget buttons whose time is over; return how many messages had them."""
    return await tx.run("DELETE FROM keyboards WHERE expires_at < :before", before=to_micros(before))
