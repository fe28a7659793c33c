"""Who verifies somebody's reports: the direct superior (atasan langsung), not always the head of the unit."""

from datetime import date, datetime

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks

SUPERIORS = Table(name="superiors", series=("person_id",), values=("superior_id",), owner="people")


async def name(
    tx: Tx,
    *,
    person_id: str,
    superior_id: str,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
) -> str:
    """Record somebody's direct superior from a day on; return the record's key."""
    return await two_clocks.record(
        tx,
        SUPERIORS,
        of={"person_id": person_id},
        values={"superior_id": superior_id},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def of(tx: Tx, *, person_id: str, on: date, as_known_at: datetime) -> str | None:
    """Return the key of somebody's direct superior on that day, as known at that moment."""
    row = await tx.one(_OF, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    return str(row["superior_id"]) if row else None


_OF = with_clocks("SELECT s.superior_id FROM superiors s WHERE s.person_id = :person_id AND HOLDS(s)")
