"""How long a channel's lane, or a chat, must not be sent to: the platform said so, and a restart obeys."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.moments import from_micros, to_micros


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Until when (real time) nothing may be sent in a lane ("bulk") or to a chat ("chat:123")."""

    what: str
    until: datetime
    because: str


async def pause(tx: Tx, *, channel: str, what: str, until: datetime, because: str) -> None:
    """Pause until then; a longer pause that already holds stays."""
    await tx.run(
        "INSERT INTO pauses (channel, class, until_at, because) VALUES (:channel, :what, :until, :because)"
        " ON CONFLICT (channel, class) DO UPDATE"
        " SET until_at = excluded.until_at, because = excluded.because"
        " WHERE pauses.until_at < excluded.until_at",
        channel=channel,
        what=what,
        until=to_micros(until),
        because=because,
    )


async def in_force(tx: Tx, *, channel: str, real_now: datetime) -> list[Pause]:
    """Return the pauses that still hold, the longest first."""
    rows = await tx.all(
        "SELECT class, until_at, because FROM pauses WHERE channel = :channel AND until_at > :now"
        " ORDER BY until_at DESC",
        channel=channel,
        now=to_micros(real_now),
    )
    return [
        Pause(what=row["class"], until=from_micros(row["until_at"]), because=row["because"]) for row in rows
    ]


async def forget_ended(tx: Tx, *, real_now: datetime) -> int:
    """Remove pauses that are over; return how many."""
    return await tx.run("DELETE FROM pauses WHERE until_at <= :now", now=to_micros(real_now))
