"""Heavy work that a step or a job asked for: done outside every transaction, at least once, by whoever claims it.

waiting -> claimed under a lease -> ended (done, or given up with the reason). Leases go by db/leases.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from db.engine import Row, Tx, locked
from db.ids import new_id
from db.leases import lease_now
from db.moments import from_micros, to_micros
from db.sealed import CannotOpen, Seal


@dataclass(frozen=True, kw_only=True)
class Work:
    """Something to do now; `task` is what its kind needs to know, JSON-able."""

    id: str
    kind: str
    task: Mapping[str, Any] = field(repr=False)
    tries: int
    lease_owner: str
    is_readable: bool = True  # False: its task does not open with our keys


async def add(
    tx: Tx,
    seal: Seal,
    *,
    kind: str,
    task: Mapping[str, Any],
    now: datetime,
    once: str | None = None,
    not_before: datetime | None = None,
) -> str | None:
    """Ask for work; return its key, or None when the same was asked under the key `once` before."""
    key = new_id()
    row = await tx.one(
        "INSERT INTO work (id, kind, task, once_key, created_at, not_before)"
        " VALUES (:id, :kind, :task, :once, :now, :not_before)"
        " ON CONFLICT (once_key) DO NOTHING RETURNING id",
        id=key,
        kind=kind,
        task=seal.close(dict(task), place=_place(key)),
        once=once,
        now=to_micros(now),
        not_before=to_micros(not_before or now),
    )
    return key if row else None


async def asked_at(tx: Tx, *, once: str) -> datetime | None:
    """Return when work was asked for under this key, or None."""
    row = await tx.one("SELECT created_at FROM work WHERE once_key = :once", once=once)
    return from_micros(row["created_at"]) if row else None


async def claim(
    tx: Tx, seal: Seal, *, owner: str, now: datetime, real_now: int, lease: int, known: Collection[str] = ()
) -> Work | None:
    """Claim the oldest work that is due and nobody holds, for `lease` microseconds; None if none.

    `known` are pieces that this process has in hand, whatever a clock that jumped says of their leases.
    """
    skip = " SKIP LOCKED" if tx.dialect == "postgresql" else ""
    row = await tx.one(
        "SELECT id, kind, task, tries FROM work WHERE ended_at IS NULL AND not_before <= :now"
        + _free(tx, known)
        + " ORDER BY not_before, id LIMIT 1"
        + locked(tx)
        + skip,
        now=to_micros(now),
        real=real_now,
        **_named(known),
    )
    if row is None:
        return None
    await tx.run(
        f"UPDATE work SET lease_owner = :owner, lease_until = {lease_now(tx)} + :lease, tries = tries + 1"
        " WHERE id = :id",
        id=row["id"],
        owner=owner,
        real=real_now,
        lease=lease,
    )
    return _claimed(seal, row, owner)


def _claimed(seal: Seal, row: Row, owner: str) -> Work:
    work = Work(id=row["id"], kind=row["kind"], task={}, tries=row["tries"] + 1, lease_owner=owner)
    try:
        return replace(work, task=seal.open(row["task"], place=_place(work.id)))
    except CannotOpen:  # whoever claimed it ends it, else it would stand before all others for ever
        return replace(work, is_readable=False)


async def is_due(tx: Tx, *, now: datetime, real_now: int, known: Collection[str] = ()) -> bool:
    """Return whether there is something to claim."""
    row = await tx.one(
        "SELECT 1 AS due FROM work WHERE ended_at IS NULL AND not_before <= :now"
        + _free(tx, known)
        + " LIMIT 1",
        now=to_micros(now),
        real=real_now,
        **_named(known),
    )
    return row is not None


def _free(tx: Tx, known: Collection[str]) -> str:
    held = ", ".join(f":{name}" for name in _named(known))
    return f" AND (lease_until IS NULL OR lease_until < {lease_now(tx)})" + (
        f" AND id NOT IN ({held})" if held else ""
    )


def _named(known: Collection[str]) -> dict[str, str]:
    return {f"k{number}": key for number, key in enumerate(known)}


async def release(tx: Tx, *, service: str) -> int:
    """Let go of what a dead process of this service (the beginning of a lease's owner) held; return how many."""
    return await tx.run(
        "UPDATE work SET lease_owner = NULL, lease_until = NULL WHERE ended_at IS NULL"
        " AND substr(lease_owner, 1, :length) = :service",
        service=service,
        length=len(service),
    )


async def bring_forward(tx: Tx, *, now: datetime) -> int:
    """After the clock was set back: do not wait for moments that were named by the clock of before (fault T02)."""
    return await tx.run(
        "UPDATE work SET not_before = :now WHERE ended_at IS NULL AND not_before > :now", now=to_micros(now)
    )


async def forget(tx: Tx, *, before: datetime) -> int:
    """Erase work that ended before then; return how many."""
    return await tx.run("DELETE FROM work WHERE ended_at < :before", before=to_micros(before))


async def end(tx: Tx, work: Work, *, because: str, now: datetime) -> bool:
    """End a piece of work; False when somebody else holds it by now."""
    touched = await tx.run(
        "UPDATE work SET ended_at = :now, ended_because = :because, lease_until = NULL"
        " WHERE id = :id AND lease_owner = :owner AND ended_at IS NULL",
        id=work.id,
        owner=work.lease_owner,
        because=because,
        now=to_micros(now),
    )
    return touched > 0


async def put_off(tx: Tx, work: Work, *, until: datetime) -> None:
    """Give a piece of work back, to be tried again at `until`."""
    await tx.run(
        "UPDATE work SET not_before = :until, lease_owner = NULL, lease_until = NULL"
        " WHERE id = :id AND lease_owner = :owner AND ended_at IS NULL",
        id=work.id,
        owner=work.lease_owner,
        until=to_micros(until),
    )


def _place(key: str) -> str:
    return f"work.task:{key}"
