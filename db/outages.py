"""When people could not be heard: nobody is blamed for it, and prompts are offered again.

Our own outages are written down when they are over; the platform's while it lasts, again and again, so that a
killed service leaves what it knew. `outage_open:CHANNEL` in meta names the one that still goes on.
"""

from dataclasses import dataclass
from datetime import datetime

from db import meta
from db.engine import Tx
from db.ids import new_id
from db.moments import from_micros, to_micros

DOWN = "service was down"
_OPEN = "outage_open:"


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A stretch of time and its cause: ours (`DOWN`) or a platform's ("telegram unreachable")."""

    cause: str
    began_at: datetime
    ended_at: datetime


def unreachable(channel: str) -> str:
    """Return the cause for a platform that does not answer."""
    return f"{channel} unreachable"


async def record(tx: Tx, *, cause: str, began_at: datetime, ended_at: datetime, now: datetime) -> str:
    """Write down an outage; return its key."""
    key = new_id()
    await tx.run(
        "INSERT INTO outages (id, cause, began_at, ended_at, recorded_at)"
        " VALUES (:id, :cause, :began, :ended, :now)",
        id=key,
        cause=cause,
        began=to_micros(began_at),
        ended=to_micros(ended_at),
        now=to_micros(now),
    )
    return key


async def goes_on(tx: Tx, *, channel: str, began_at: datetime, now: datetime) -> None:
    """The channel has been out of reach since `began_at` and still is: write it down, or let it last until now."""
    if await _lasts(tx, channel=channel, until=now):
        return
    key = await record(tx, cause=unreachable(channel), began_at=began_at, ended_at=now, now=now)
    await meta.keep(tx, name=_OPEN + channel, value=key)


async def is_over(tx: Tx, *, channel: str, ended_at: datetime) -> bool:
    """The channel can be reached again since `ended_at`. False if no outage of it was going on."""
    was_open = await _lasts(tx, channel=channel, until=ended_at)
    await meta.forget(tx, name=_OPEN + channel)
    return was_open


async def went_on(tx: Tx, *, channel: str) -> datetime | None:
    """Return since when the channel is out of reach, as the service of before left it; None if it was not."""
    row = await tx.one(
        "SELECT o.began_at FROM outages o JOIN meta m ON m.value = o.id WHERE m.name = :name",
        name=_OPEN + channel,
    )
    return from_micros(row["began_at"]) if row else None


async def _lasts(tx: Tx, *, channel: str, until: datetime) -> bool:
    touched = await tx.run(
        "UPDATE outages SET ended_at = CASE WHEN ended_at < :until THEN :until ELSE ended_at END"
        " WHERE id = (SELECT value FROM meta WHERE name = :name)",
        until=to_micros(until),
        name=_OPEN + channel,
    )
    return touched > 0


async def between(tx: Tx, *, start: datetime, end: datetime) -> list[Outage]:
    """Return the outages that touch this stretch of time, the oldest first; one that goes on ends at our last look."""
    rows = await tx.all(
        "SELECT cause, began_at, ended_at FROM outages WHERE began_at < :end_ AND ended_at > :start"
        " ORDER BY began_at",
        start=to_micros(start),
        end_=to_micros(end),
    )
    return [
        Outage(
            cause=row["cause"],
            began_at=from_micros(row["began_at"]),
            ended_at=from_micros(row["ended_at"]),
        )
        for row in rows
    ]
