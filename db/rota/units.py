"""Whose rota somebody makes: the units they lead now, and those below that nobody leads; and who leads a unit."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from db import appointments, identities, people, units
from db.appointments import Power
from db.engine import Tx
from db.moments import to_micros
from db.people import Person
from db.subordinates import under
from db.two_clocks import with_clocks
from db.units import Unit
from policy.calendar import zone_named

# Of the units led only those with people: each is looked up, so that an agency is not read whole at every tap.
_LED = with_clocks(f"""{under(Power.ROTA)}
SELECT DISTINCT b.unit_code FROM below b WHERE EXISTS (
  SELECT 1 FROM memberships m JOIN people p ON p.id = m.person_id
  WHERE m.unit_code = b.unit_code AND HOLDS(m) AND (p.left_at IS NULL OR p.left_at > :known)
)
""")
# Every unit with people that has no rota for a week yet, proposed or not, with the agency it belongs to.
_WITHOUT = with_clocks("""
WITH RECURSIVE tree AS (
  SELECT u.code, u.code AS agency, u.region_code FROM units u WHERE u.parent_code IS NULL
  UNION
  SELECT u.code, t.agency, u.region_code FROM units u JOIN tree t ON u.parent_code = t.code
)
SELECT t.code, t.agency FROM tree t JOIN regions r ON r.code = t.region_code AND r.timezone = :timezone
WHERE NOT EXISTS (SELECT 1 FROM rotas x WHERE x.unit_code = t.code AND x.week = :week)
  AND EXISTS (SELECT 1 FROM memberships m WHERE m.unit_code = t.code AND HOLDS(m))
ORDER BY t.code
""")
_PEOPLE = with_clocks(
    "SELECT p.id, p.name FROM memberships m JOIN people p ON p.id = m.person_id"
    " WHERE m.unit_code = :unit AND HOLDS(m) AND (p.left_at IS NULL OR p.left_at > :known)"
    " ORDER BY p.name, p.id"
)


async def of_head(tx: Tx, *, person_id: str, on: date, now: datetime) -> list[Unit]:
    """Return the units with people in them whose rota somebody makes on that day, by name."""
    rows = await tx.all(_LED, me=person_id, on=on.isoformat(), known=to_micros(now))
    codes = [row["unit_code"] for row in rows]
    found = [unit for code in codes if (unit := await units.by_code(tx, code=code)) is not None]
    return sorted(found, key=lambda unit: (unit.name, unit.code))


async def reachable_head(
    tx: Tx, *, unit_code: str, on: date, now: datetime, but: Collection[str] = ()
) -> Person | None:
    """Return who makes a unit's rota and has a chat: who leads it, or else the nearest level above; none of `but`."""
    for code in await units.chain(tx, code=unit_code):
        leader = await appointments.leader(tx, unit_code=code, on=on, as_known_at=now, power=Power.ROTA)
        person = await people.by_id(tx, person_id=leader, now=now) if leader and leader not in but else None
        if person is not None and await identities.linked(tx, person_id=person.id):
            return person
    return None


async def timezones(tx: Tx) -> list[str]:
    """Return the time zones in which there are units, as they are recorded."""
    rows = await tx.all("SELECT DISTINCT r.timezone FROM regions r JOIN units u ON u.region_code = r.code")
    return sorted(row["timezone"] for row in rows)


async def without_rota(tx: Tx, *, timezone: str, week: date, now: datetime) -> list[tuple[str, str]]:
    """Return (unit, agency) of all units of a time zone with people but no rota for that week."""
    rows = await tx.all(
        _WITHOUT, timezone=timezone, week=week.isoformat(), on=week.isoformat(), known=to_micros(now)
    )
    return [(row["code"], row["agency"]) for row in rows]


async def names(tx: Tx, *, unit_code: str, on: date, now: datetime) -> dict[str, str]:
    """Return the people of a unit on that day: key -> name, by name."""
    rows = await tx.all(_PEOPLE, unit=unit_code, on=on.isoformat(), known=to_micros(now))
    return {row["id"]: row["name"] for row in rows}


async def zone_of(tx: Tx, *, unit_code: str) -> ZoneInfo:
    """Return the time zone of a unit's region. Raises LookupError for a unit that is not there."""
    row = await tx.one(
        "SELECT r.timezone FROM units u JOIN regions r ON r.code = u.region_code WHERE u.code = :unit",
        unit=unit_code,
    )
    if row is None:
        raise LookupError(f"There is no unit {unit_code}.")
    return zone_named(row["timezone"])
