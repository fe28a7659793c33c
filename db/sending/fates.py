"""Messages that may have arrived, because an answer or the whole process was lost: what becomes of them."""

from collections.abc import Collection
from datetime import datetime

from db.engine import Row, Tx, Value
from db.leases import lease_now
from db.moments import to_micros
from db.sending.outbox import TOO_LATE

# By class (0 answer, 1 code, 2 alert, 3 reminder, 4 digest, 5 broadcast).
NEVER_REPEATED = frozenset({1})  # a code that arrives twice confuses, and may have been used
DROPPED_WHEN_LATE = frozenset({3, 4})

LEASE_RAN_OUT = "the process that was sending it stopped"


async def orphans(
    tx: Tx,
    *,
    channel: str,
    now: datetime,
    real_now: int,
    is_only_service: bool = False,
    gone: str = "",
    known: Collection[str] = (),
) -> int:
    """Resolve what a process left in the middle of sending, when its lease has run out or nobody else runs.

    Return how many there were. Owners whose names begin with `gone` are known to be dead, whatever their leases
    say; `known` are messages that this process itself still has in hand.
    """
    rows = await tx.all(
        "SELECT * FROM outbox WHERE channel = :channel AND state = 'sending'"
        f" AND (lease_until <= {lease_now(tx)} OR :only = 1"
        " OR (:gone <> '' AND substr(lease_owner, 1, :letters) = :gone))",
        channel=channel,
        real=real_now,
        only=int(is_only_service),
        gone=gone,
        letters=len(gone),
    )
    left = [row for row in rows if row["id"] not in known]
    await _resolve(tx, left, now=now, because=LEASE_RAN_OUT)
    return len(left)


async def resolve(tx: Tx, *, channel: str, now: datetime) -> int:
    """Decide about messages of uncertain fate whose time to look has come; return how many."""
    rows = await tx.all(
        "SELECT * FROM outbox WHERE channel = :channel AND ended_at IS NULL"
        " AND state = 'uncertain' AND not_before <= :now",
        channel=channel,
        now=to_micros(now),
    )
    await _resolve(tx, rows, now=now, because="")
    return len(rows)


# Guarded by how it was when we looked: another process may have resolved it, a third one claimed it again.
_RESOLVE = """
UPDATE outbox SET state = :state, is_repeat = :is_repeat, ended_because = :because, ended_at = :ended,
  tries = tries + 1, lease_owner = NULL, lease_until = NULL
WHERE id = :id AND state = :was AND tries = :tries AND COALESCE(lease_until, 0) = :lease
"""


async def _resolve(tx: Tx, rows: Collection[Row], *, now: datetime, because: str) -> None:
    await tx.run_many(_RESOLVE, [_resolved(row, because or row["ended_because"], now=now) for row in rows])


def _resolved(row: Row, because: str | None, *, now: datetime) -> dict[str, Value]:
    state, reason = _fate(row, to_micros(now))
    return {
        "id": row["id"],
        "was": row["state"],
        "tries": row["tries"],
        "lease": row["lease_until"] or 0,
        "state": state,
        "is_repeat": 1 if state == "queued" else row["is_repeat"],
        "because": f"{reason}: {because}" if because else reason,
        "ended": None if state == "queued" else to_micros(now),
    }


def _fate(row: Row, now: int) -> tuple[str, str]:
    if row["class"] in NEVER_REPEATED:
        return "failed", "fate unknown, never repeated"
    if row["is_repeat"]:
        return "failed", "fate unknown twice"
    if row["class"] in DROPPED_WHEN_LATE and row["expires_at"] is not None and row["expires_at"] <= now:
        return "dropped", TOO_LATE
    return "queued", "fate unknown"
