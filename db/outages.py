"""When the service could not hear people: nobody is blamed for it, and prompts are offered again."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.ids import new_id
from db.moments import from_micros, to_micros


@dataclass(frozen=True, kw_only=True)
class Outage:
    cause: str
    began_at: datetime
    ended_at: datetime


async def record(tx: Tx, *, cause: str, began_at: datetime, ended_at: datetime, now: datetime) -> None:
    """Write down an outage that is over."""
    await tx.run(
        "INSERT INTO outages (id, cause, began_at, ended_at, recorded_at)"
        " VALUES (:id, :cause, :began, :ended, :now)",
        id=new_id(),
        cause=cause,
        began=to_micros(began_at),
        ended=to_micros(ended_at),
        now=to_micros(now),
    )


async def between(tx: Tx, *, start: datetime, end: datetime) -> list[Outage]:
    """Return the outages that touch this stretch of time, the oldest first."""
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
