"""What somebody may do beyond an employee's own affairs; heads are heads by appointment, not by a role."""

from datetime import date, datetime
from enum import StrEnum

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks

ROLES = Table(name="roles", series=("person_id", "role", "unit_code"), values=(), owner="people")


class Role(StrEnum):
    ADMIN = "admin"
    HEALTH = "health"


async def grant(
    tx: Tx,
    *,
    person_id: str,
    role: Role,
    valid_from: date,
    by: str,
    now: datetime,
    unit_code: str | None = None,
    valid_until: date | None = None,
) -> str:
    """Give somebody a role from a day on, for one unit and below, or for all; return the record's key."""
    return await two_clocks.record(
        tx,
        ROLES,
        of={"person_id": person_id, "role": role.value, "unit_code": unit_code},
        values={},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def revoke(
    tx: Tx, *, person_id: str, role: Role, first: date, by: str, now: datetime, unit_code: str | None = None
) -> int:
    """Take a role away from `first` on. Return how many records gave way: 0 if they did not have it."""
    of = {"person_id": person_id, "role": role.value, "unit_code": unit_code}
    return await two_clocks.end(tx, ROLES, of=of, first=first, by=by, now=now)


async def holders(
    tx: Tx, *, role: Role, on: date, as_known_at: datetime, unit_code: str | None = None
) -> list[str]:
    """Return the keys of everybody who has this role on that day: for `unit_code` or for all, or for whichever."""
    rows = await tx.all(
        _HOLDERS, role=role.value, on=on.isoformat(), known=to_micros(as_known_at), unit=unit_code
    )
    return [row["person_id"] for row in rows]


_HOLDERS = with_clocks(
    "SELECT DISTINCT r.person_id FROM roles r WHERE r.role = :role AND HOLDS(r)"
    " AND (CAST(:unit AS TEXT) IS NULL OR r.unit_code IS NULL OR r.unit_code = :unit) ORDER BY r.person_id"
)
