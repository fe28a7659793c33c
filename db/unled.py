"""Units that somebody leads, or led, and of whom nobody can be reached on a day: found before anything is overdue."""

from dataclasses import dataclass
from datetime import date, datetime

from db import leading
from db.appointments import Power
from db.engine import Tx
from db.leading import Leading, Why
from db.moments import to_micros
from db.two_clocks import with_clocks

# A unit that was never led belongs to the level above, and lacks nobody. One `reachable` leads, has a chat that
# answers and is not away all day, as db/leading.py says of one unit.
_CANDIDATES = with_clocks("""
SELECT u.code FROM units u JOIN regions r ON r.code = u.region_code AND r.timezone = :timezone
WHERE EXISTS (SELECT 1 FROM memberships m JOIN people p ON p.id = m.person_id
              AND (p.left_at IS NULL OR p.left_at > :known) WHERE m.unit_code = u.code AND HOLDS(m))
AND EXISTS (SELECT 1 FROM appointments a WHERE a.unit_code = u.code AND KNOWN(a) AND a.valid_from <= :on)
AND NOT EXISTS (SELECT 1 FROM alerts x WHERE x.unit_code = u.code AND x.on_date = :on AND x.part = 'headless')
AND NOT EXISTS (
  SELECT 1 FROM appointments a JOIN people p ON p.id = a.person_id AND (p.left_at IS NULL OR p.left_at > :known)
  WHERE a.unit_code = u.code AND HOLDS(a) AND (a.powers IS NULL OR a.powers LIKE '%alerts%')
  AND NOT EXISTS (
    SELECT 1 FROM appointments b WHERE b.unit_code = u.code AND HOLDS(b)
    AND (b.powers IS NULL OR b.powers LIKE '%alerts%')
    AND ((b.kind = 'plh' AND a.kind <> 'plh') OR (b.kind = 'plt' AND a.kind = 'head')))
  AND EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id AND i.unlinked_at IS NULL
              AND i.unreachable_since IS NULL)
  AND NOT EXISTS (SELECT 1 FROM absences s WHERE s.person_id = p.id AND HOLDS(s) AND s.part IS NULL
                  AND s.kind <> 'travel'))
ORDER BY u.code
""")


@dataclass(frozen=True, kw_only=True)
class Unled:
    """A unit without anybody who leads it and can be reached, and who is told of it; None: the admins."""

    unit_code: str
    why: Why
    above: Leading | None


async def found(tx: Tx, *, timezone: str, on: date, now: datetime) -> list[Unled]:
    """Return the units of a time zone, with people in them, that nobody was told of yet that day."""
    rows = await tx.all(_CANDIDATES, timezone=timezone, on=on.isoformat(), known=to_micros(now))
    units = [await _unled(tx, row["code"], on=on, now=now) for row in rows]
    return [each for each in units if each is not None]


async def _unled(tx: Tx, unit_code: str, *, on: date, now: datetime) -> Unled | None:
    why = await leading.of_unit(tx, unit_code=unit_code, on=on, now=now, power=Power.ALERTS)
    if isinstance(why, Leading):
        return None
    above = await leading.above(tx, unit_code=unit_code, on=on, now=now, power=Power.ALERTS)
    return Unled(unit_code=unit_code, why=why, above=above)
