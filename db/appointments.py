"""Who leads a unit: its head (kepala), and acting heads (Plt, Plh) with dates, by a letter."""

from datetime import date, datetime
from enum import StrEnum

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks

APPOINTMENTS = Table(
    name="appointments", series=("unit_code", "kind"), values=("person_id", "letter"), owner="units"
)


class Post(StrEnum):
    """How somebody leads: as the head, or in their place (Plt: the post is vacant; Plh: the head is away)."""

    HEAD = "head"
    PLT = "plt"
    PLH = "plh"


async def appoint(
    tx: Tx,
    *,
    unit_code: str,
    person_id: str,
    post: Post,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
    letter: str | None = None,
) -> str:
    """Record who leads a unit from a day on; return the record's key."""
    return await two_clocks.record(
        tx,
        APPOINTMENTS,
        of={"unit_code": unit_code, "kind": post.value},
        values={"person_id": person_id, "letter": letter},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def dismiss(tx: Tx, *, unit_code: str, post: Post, first: date, by: str, now: datetime) -> int:
    """Leave a unit's post vacant from `first` on. Return how many records gave way."""
    return await two_clocks.end(
        tx, APPOINTMENTS, of={"unit_code": unit_code, "kind": post.value}, first=first, by=by, now=now
    )


async def leader(tx: Tx, *, unit_code: str, on: date, as_known_at: datetime) -> str | None:
    """Return the key of who leads the unit on that day: its Plh, else its Plt, else its head."""
    row = await tx.one(_LEADER, unit_code=unit_code, on=on.isoformat(), known=to_micros(as_known_at))
    return str(row["person_id"]) if row else None


async def holder(tx: Tx, *, unit_code: str, post: Post, on: date, as_known_at: datetime) -> str | None:
    """Return the key of who holds this very post of the unit on that day, or None."""
    row = await tx.one(
        _HOLDER, unit_code=unit_code, kind=post.value, on=on.isoformat(), known=to_micros(as_known_at)
    )
    return str(row["person_id"]) if row else None


_LEADER = with_clocks(
    "SELECT a.person_id FROM appointments a WHERE a.unit_code = :unit_code AND HOLDS(a)"
    " ORDER BY CASE a.kind WHEN 'plh' THEN 0 WHEN 'plt' THEN 1 ELSE 2 END"
)
_HOLDER = with_clocks(
    "SELECT a.person_id FROM appointments a WHERE a.unit_code = :unit_code AND a.kind = :kind AND HOLDS(a)"
)
