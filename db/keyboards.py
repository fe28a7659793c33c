"""Buttons that start something by themselves, long after the prompt above them is gone.

Shape: keyboards(nonce) -> channel, address, choices (sealed: what each button opens, with its arguments).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db.engine import Tx
from db.moments import to_micros
from db.sealed import CannotOpen, Seal


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
    sql = """
        INSERT INTO keyboards (nonce, channel, address, choices, made_at, expires_at)
        VALUES (:nonce, :channel, :address, :choices, :now, :expires)
    """
    await tx.run(
        sql,
        nonce=nonce,
        channel=channel,
        address=address,
        now=to_micros(now),
        expires=to_micros(expires_at),
        choices=seal.close(list(choices), place=f"keyboards.choices:{nonce}"),
    )


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
