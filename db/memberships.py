"""In which unit somebody works, as what, at which level of post: one unit on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks
from policy.words import JobLevel

MEMBERSHIPS = Table(
    name="memberships",
    series=("person_id",),
    values=("unit_code", "position", "job_level", "function", "is_strategic"),
    owner="people",
)


@dataclass(frozen=True, kw_only=True)
class Membership:
    unit_code: str
    position: str
    job_level: str
    function: str | None  # layanan, administrasi or lapangan; None: as their unit
    is_strategic: bool | None  # None: as their unit
    valid_until: date | None  # the last day, where one is recorded


async def assign(
    tx: Tx,
    *,
    person_id: str,
    unit_code: str,
    position: str,
    job_level: JobLevel,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
    function: str | None = None,
    is_strategic: bool | None = None,
) -> str:
    """Record where somebody works, and as what, from a day on; return the record's key."""
    return await two_clocks.record(
        tx,
        MEMBERSHIPS,
        of={"person_id": person_id},
        values={
            "unit_code": unit_code,
            "position": position,
            "job_level": job_level.value,
            "function": function,
            "is_strategic": None if is_strategic is None else int(is_strategic),
        },
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def finish(tx: Tx, *, person_id: str, first: date, by: str, now: datetime) -> int:
    """Record that somebody works nowhere from `first` on. Return how many records gave way."""
    return await two_clocks.end(tx, MEMBERSHIPS, of={"person_id": person_id}, first=first, by=by, now=now)


async def of(tx: Tx, *, person_id: str, on: date, as_known_at: datetime) -> Membership | None:
    """Return where somebody worked on that day, as known at that moment."""
    row = await tx.one(_OF, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    if row is None:
        return None
    strategic, until = row["is_strategic"], row["valid_until"]
    told = {
        "is_strategic": None if strategic is None else bool(strategic),
        "valid_until": date.fromisoformat(until) if until else None,
    }
    return Membership(**{**dict(row), **told})


_OF = with_clocks(
    "SELECT m.unit_code, m.position, m.job_level, m.function, m.is_strategic, m.valid_until FROM memberships m"
    " WHERE m.person_id = :person_id AND HOLDS(m)"
)
