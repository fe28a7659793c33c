"""Which days were opened in bulk: once for each agency, time zone and day; and whose days these are.

Shape: days_opened(id "AGENCY:2020-06-15:Asia/Jakarta", opened_at, people).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from db.engine import Tx, Value
from db.moments import to_micros
from db.two_clocks import with_clocks
from policy.calendar import zone_named


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """An agency's units in one time zone; `timezone` as in Asia/Jakarta."""

    agency_code: str
    timezone: str

    def key(self, on: date) -> str:
        """Return the key of its row for that day."""
        return f"{self.agency_code}:{on.isoformat()}:{self.timezone}"


_TREE = """
WITH RECURSIVE tree AS (
  SELECT u.code, u.code AS agency, u.region_code FROM units u WHERE u.parent_code IS NULL
  UNION
  SELECT u.code, t.agency, u.region_code FROM units u JOIN tree t ON u.parent_code = t.code
)
"""
_PLACES = _TREE + "SELECT DISTINCT t.agency, r.timezone FROM tree t JOIN regions r ON r.code = t.region_code"
_PEOPLE = with_clocks(
    _TREE
    + """
SELECT t.agency, t.code, r.timezone, m.person_id FROM tree t
JOIN regions r ON r.code = t.region_code
JOIN memberships m ON m.unit_code = t.code AND HOLDS(m)
JOIN people p ON p.id = m.person_id AND (p.left_at IS NULL OR p.left_at > :known)
ORDER BY t.code, m.person_id
"""
)


async def places(tx: Tx) -> list[Place]:
    """Return every agency with each of the time zones in which it has units."""
    rows = await tx.all(_PLACES)
    return sorted({Place(agency_code=row["agency"], timezone=_zone(row["timezone"])) for row in rows})


async def people(tx: Tx, *, on: date, now: datetime) -> dict[Place, list[tuple[str, str]]]:
    """Return who works somewhere that day, as known now: (unit, person), by unit, for each place."""
    found: dict[Place, list[tuple[str, str]]] = defaultdict(list)
    for unit, members in groupby(
        await tx.all(_PEOPLE, on=on.isoformat(), known=to_micros(now)),
        key=lambda row: (row["agency"], row["timezone"], row["code"]),
    ):
        place = Place(agency_code=unit[0], timezone=_zone(unit[1]))
        found[place] += [(unit[2], row["person_id"]) for row in members]
    return found


async def opened(tx: Tx, *, days: Iterable[tuple[Place, date]]) -> set[str]:
    """Return the keys of those of these days that were opened already."""
    keys: dict[str, Value] = {f"k{number}": place.key(on) for number, (place, on) in enumerate(days)}
    if not keys:
        return set()
    these = ", ".join(f":{name}" for name in keys)
    rows = await tx.all(f"SELECT id FROM days_opened WHERE id IN ({these})", **keys)
    return {row["id"] for row in rows}


async def note(tx: Tx, *, place: Place, on: date, people: int, now: datetime) -> bool:
    """Write down that a day was opened for so many people. False if another process was faster."""
    touched = await tx.run(
        "INSERT INTO days_opened (id, opened_at, people) VALUES (:id, :now, :people)"
        " ON CONFLICT (id) DO NOTHING",
        id=place.key(on),
        now=to_micros(now),
        people=people,
    )
    return touched > 0


def _zone(stored: str) -> str:
    return zone_named(stored).key
