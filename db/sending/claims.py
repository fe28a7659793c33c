"""Sending, as rows see it: claimed with a lease before the call; what became of it is written down after."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from db.engine import Row, Tx, Value
from db.leases import lease_now
from db.moments import from_micros, to_micros
from db.sealed import CannotOpen, Seal
from db.sending.outbox import OutboxMessage, place

ALL_CLASSES = (0, 9)
HOLDS_ORDER_TRIES = 5  # after so many tries (half a minute) later ones of its chat overtake a message


# Of a chat only its first due message is taken, and none while another is on its way. The one before it may
# be waiting for its next try: then its own class does not overtake it, unless it has failed too often.
# Answers are never queued ahead of time, so an earlier one that is not due yet was put off by us.
_CLAIM = """
UPDATE outbox SET state = 'sending', lease_owner = :owner, lease_until = {now} + :lease
WHERE state = 'queued' AND id IN (
  SELECT o.id FROM outbox o
  WHERE o.channel = :channel AND o.ended_at IS NULL AND o.state = 'queued'
    AND o.class >= :first AND o.class <= :last
    AND o.not_before <= :now AND (o.expires_at IS NULL OR o.expires_at > :now)
    AND NOT EXISTS (
      SELECT 1 FROM outbox s WHERE s.channel = o.channel AND s.address = o.address AND s.state = 'sending')
    AND NOT EXISTS (
      SELECT 1 FROM outbox b
      WHERE b.channel = o.channel AND b.address = o.address AND b.ended_at IS NULL
        AND b.class >= :first AND b.class <= o.class AND b.id <> o.id
        AND (b.expires_at IS NULL OR b.expires_at > :now)
        AND ((b.class < o.class AND b.state = 'queued' AND b.not_before <= :now)
          OR (b.class = o.class AND b.id < o.id AND b.state IN ('queued', 'uncertain')
              AND (b.not_before <= :now OR (b.tries <= :order_tries AND (b.tries > 0 OR b.class = 0))))))
  ORDER BY o.class, o.not_before, o.id LIMIT :most)
RETURNING *
"""


async def claim_due(
    tx: Tx,
    seal: Seal,
    *,
    channel: str,
    owner: str,
    now: datetime,
    real_now: int,
    lease: int,
    limit: int,
    classes: tuple[int, int] = ALL_CLASSES,
) -> list[OutboxMessage]:
    """Take up to `limit` due messages of `classes` (first and last): the urgent, then the old; one a chat.

    They are ours for `lease` microseconds from now by db/leases.py; commit before the first of them is sent.
    """
    if tx.dialect == "postgresql":  # one process at a time, so that two never take two messages of one chat
        await tx.one("SELECT pg_advisory_xact_lock(hashtext(:name)) AS locked", name=f"outbox:{channel}")
    rows = await tx.all(
        _CLAIM.format(now=lease_now(tx)),
        channel=channel,
        owner=owner,
        real=real_now,
        lease=lease,
        now=to_micros(now),
        most=limit,
        first=classes[0],
        last=classes[1],
        order_tries=HOLDS_ORDER_TRIES,
    )
    in_order = sorted(rows, key=lambda row: (row["class"], row["not_before"], row["id"]))
    return [_opened(row, seal) for row in in_order]


# Every result is written by this one statement; who lost the lease meanwhile changes nothing (fault P05).
_SETTLE = """
UPDATE outbox SET state = :state, tries = tries + :counted, parts_sent = :parts,
  ended_because = :because, ended_at = :ended,
  not_before = COALESCE(CAST(:at AS BIGINT), not_before),
  platform_keys = COALESCE(CAST(:keys AS TEXT), platform_keys), lease_owner = NULL, lease_until = NULL
WHERE id = :id AND state = 'sending' AND lease_owner = :lease_owner AND lease_until = :lease_until
"""


def _settled(
    message: OutboxMessage,
    state: str,
    *,
    because: str | None = None,
    at: datetime | None = None,
    counts: bool = False,
    keys: Iterable[str] | None = None,
    ended: datetime | None = None,
) -> dict[str, Value]:
    return {
        **_mine(message),
        "state": state,
        "because": because,
        "at": to_micros(at) if at else None,
        "counted": int(counts),
        "parts": message.parts_sent,
        "keys": None if keys is None else json.dumps([*keys]),
        "ended": to_micros(ended) if ended else None,
    }


async def mark_sent(tx: Tx, sent: Sequence[tuple[OutboxMessage, Iterable[str]]], *, now: datetime) -> None:
    """Record that the platform took these, and under which keys."""
    await tx.run_many(_SETTLE, [_settled(message, "sent", keys=keys, ended=now) for message, keys in sent])


async def part_sent(
    tx: Tx, message: OutboxMessage, *, parts_sent: int, keys: Iterable[str], real_now: int, lease: int
) -> int | None:
    """Record how far a message in parts has come, and hold it for `lease` from now on; return until when.

    None when it is no longer ours.
    """
    row = await tx.one(
        f"UPDATE outbox SET parts_sent = :parts, platform_keys = :keys, lease_until = {lease_now(tx)} + :lease"
        " WHERE id = :id AND state = 'sending' AND lease_owner = :lease_owner AND lease_until = :lease_until"
        " RETURNING lease_until",
        **_mine(message),
        parts=parts_sent,
        keys=json.dumps([*keys]),
        real=real_now,
        lease=lease,
    )
    return int(row["lease_until"]) if row else None


async def retry_later(tx: Tx, message: OutboxMessage, *, at: datetime, because: str) -> bool:
    """Put a message back for another try at `at`: it surely did not arrive."""
    return await tx.run(_SETTLE, **_settled(message, "queued", at=at, because=because, counts=True)) == 1


async def give_back(tx: Tx, message: OutboxMessage, *, at: datetime | None = None) -> bool:
    """Put a message back that was not begun, or may not go before `at`; that is no failed try."""
    return await tx.run(_SETTLE, **_settled(message, "queued", at=at)) == 1


async def mark_uncertain(tx: Tx, message: OutboxMessage, *, look_at: datetime, because: str) -> bool:
    """Record that it may have arrived; its class decides what follows, not before `look_at`."""
    settled = _settled(message, "uncertain", at=look_at, because=because)
    return await tx.run(_SETTLE, **settled) == 1


async def end(tx: Tx, message: OutboxMessage, *, state: str, because: str, now: datetime) -> bool:
    """End a message as failed or dropped, or hold it until somebody is at its address again."""
    ended = None if state == "held" else now
    return await tx.run(_SETTLE, **_settled(message, state, because=because, ended=ended)) == 1


def _mine(message: OutboxMessage) -> dict[str, Value]:
    return {"id": message.id, "lease_owner": message.lease_owner, "lease_until": message.lease_until}


def _opened(row: Row, seal: Seal) -> OutboxMessage:
    try:
        body, is_readable = seal.open(row["body"], place=place(row["id"])), True
    except CannotOpen:
        body, is_readable = {}, False
    return OutboxMessage(
        id=row["id"],
        channel=row["channel"],
        address=row["address"],
        person_id=row["person_id"],
        urgency=row["class"],
        message=row["message"],
        locale=row["locale"],
        body=body,
        parts_sent=row["parts_sent"],
        is_repeat=bool(row["is_repeat"]),
        tries=row["tries"],
        role_needed=row["role_needed"],
        expires_at=from_micros(row["expires_at"]) if row["expires_at"] is not None else None,
        platform_keys=tuple(json.loads(row["platform_keys"] or "[]")),
        lease_owner=row["lease_owner"],
        lease_until=row["lease_until"],
        is_readable=is_readable,
    )
