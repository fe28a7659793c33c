"""Updates that we could not handle: counted, and after a few tries set aside, sealed, where an admin sees them.

Shape: attempts(channel, update_key) -> tries, error; quarantine(id, channel, update_key, address, body, error).
"""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.sealed import Seal


async def count_try(tx: Tx, *, channel: str, key: str, error: str, now: datetime) -> int:
    """Count one more try at an update; return how many there were."""
    sql = """
        INSERT INTO attempts (channel, update_key, tries, error, last_at) VALUES (:channel, :key, 1, :error, :now)
        ON CONFLICT (channel, update_key)
        DO UPDATE SET tries = attempts.tries + 1, error = excluded.error, last_at = excluded.last_at
        RETURNING tries
    """
    row = await tx.one(sql, channel=channel, key=key, error=error, now=to_micros(now))
    return int(row["tries"]) if row else 0


async def settle(tx: Tx, *, channel: str, key: str) -> None:
    """Forget the tries at an update that went through."""
    await tx.run(
        "DELETE FROM attempts WHERE channel = :channel AND update_key = :key", channel=channel, key=key
    )


async def forget_tries(tx: Tx, *, before: datetime) -> int:
    """Forget the tries at updates that went through later, or were set aside; return how many."""
    return await tx.run("DELETE FROM attempts WHERE last_at < :before", before=to_micros(before))


async def set_aside(
    tx: Tx, seal: Seal, *, channel: str, key: str, address: str | None, raw: bytes, error: str, now: datetime
) -> str:
    """Keep what could not be handled, sealed; return its id. `error` names the kind of failure, never a text."""
    row_id = new_id()
    body = seal.close({"raw": raw.decode("utf-8", "replace")}, place=f"quarantine.body:{row_id}")
    sql = """
        INSERT INTO quarantine (id, channel, update_key, address, body, error, set_aside_at)
        VALUES (:id, :channel, :key, :address, :body, :error, :now)
    """
    await tx.run(
        sql, id=row_id, channel=channel, key=key, address=address, body=body, error=error, now=to_micros(now)
    )
    return row_id


@dataclass(frozen=True)
class SetAside:
    """An update that nobody has looked at yet. What it said stays sealed; `error` names the kind of failure."""

    id: str
    channel: str
    address: str | None
    error: str
    at: datetime


async def unsettled(tx: Tx) -> list[SetAside]:
    """Return the set-aside updates that nobody has settled yet, the oldest first."""
    sql = "SELECT * FROM quarantine WHERE settled_at IS NULL ORDER BY set_aside_at, id"
    return [
        SetAside(row["id"], row["channel"], row["address"], row["error"], from_micros(row["set_aside_at"]))
        for row in await tx.all(sql)
    ]


async def settle_aside(tx: Tx, *, now: datetime) -> int:
    """Mark everything that is set aside as looked at; it stays on record. Return how many there were."""
    sql = "UPDATE quarantine SET settled_at = :now WHERE settled_at IS NULL"
    return await tx.run(sql, now=to_micros(now))
