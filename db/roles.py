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
    PYB = "pyb"  # the authorised official (Pejabat yang Berwenang): receives the reports of unit heads


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
    """Return the keys of everybody who has this role on that day; with `unit_code`, of those who have it there.

    A role for a unit holds for all below it, and one without a unit everywhere.
    """
    rows = await tx.all(
        _HOLDERS, role=role.value, on=on.isoformat(), known=to_micros(as_known_at), unit=unit_code
    )
    return [row["person_id"] for row in rows]


async def units_of(
    tx: Tx, *, person_id: str, role: Role, on: date, as_known_at: datetime
) -> frozenset[str] | None:
    """Return the units in which somebody has a role, those below included; None for all there are."""
    rows = await tx.all(
        _UNITS, person_id=person_id, role=role.value, on=on.isoformat(), known=to_micros(as_known_at)
    )
    codes = [row["code"] for row in rows]
    return None if None in codes else frozenset(codes)


_HOLDERS = with_clocks("""
WITH RECURSIVE above AS (
  SELECT code, parent_code FROM units WHERE code = CAST(:unit AS TEXT)
  UNION SELECT u.code, u.parent_code FROM units u JOIN above a ON u.code = a.parent_code
)
SELECT DISTINCT r.person_id FROM roles r WHERE r.role = :role AND HOLDS(r)
  AND (CAST(:unit AS TEXT) IS NULL OR r.unit_code IS NULL OR r.unit_code IN (SELECT code FROM above))
ORDER BY r.person_id
""")
_UNITS = with_clocks("""
WITH RECURSIVE below AS (
  SELECT r.unit_code AS code FROM roles r WHERE r.person_id = :person_id AND r.role = :role AND HOLDS(r)
  UNION SELECT u.code FROM units u JOIN below b ON u.parent_code = b.code
)
SELECT code FROM below
""")
