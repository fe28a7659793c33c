"""Whose work somebody judges and to whom they give tasks, on a day: by being their superior, or by led.

The direct superior comes first. Who has none recorded is under whoever leads their unit or, where nobody does, a
unit above it. Who stands in for a head (Plt, Plh) also judges those whose direct superior that head is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from db.appointments import Power
from db.engine import Row, Tx, Value
from db.moments import to_micros
from db.two_clocks import with_clocks

Capacity = Literal["superior", "head", "plt", "plh"]


@dataclass(frozen=True, kw_only=True)
class Subordinate:
    person_id: str
    name: str
    capacity: Capacity  # in which somebody judges them


# `judged`: everybody under :me on :on, as known at :known. A Plh leads before a Plt, and a Plt before the head.
# Written so that it begins with the few units that are led: SQLite joins CROSS JOIN in the order written, and
# `working` is no list of everybody to be made first.
_UNDER = with_clocks("""
WITH RECURSIVE led AS (
  SELECT a.unit_code, a.kind FROM appointments a
  WHERE a.person_id = :me AND HOLDS(a) AND GIVES(a) AND NOT EXISTS (
    SELECT 1 FROM appointments b WHERE b.unit_code = a.unit_code AND HOLDS(b) AND GIVES(b) AND b.person_id <> :me
    AND ((b.kind = 'plh' AND a.kind <> 'plh') OR (b.kind = 'plt' AND a.kind = 'head')))
), below AS (
  SELECT l.unit_code, l.kind FROM led l
  UNION
  SELECT u.code, w.kind FROM below w JOIN units u ON u.parent_code = w.unit_code
  WHERE NOT EXISTS (SELECT 1 FROM appointments a WHERE a.unit_code = u.code AND HOLDS(a) AND GIVES(a))
), working AS NOT MATERIALIZED (
  SELECT m.person_id, m.unit_code, s.superior_id FROM memberships m
  JOIN people p ON p.id = m.person_id AND (p.left_at IS NULL OR p.left_at > :known)
  LEFT JOIN superiors s ON s.person_id = m.person_id AND HOLDS(s)
  WHERE HOLDS(m) AND m.person_id <> :me
), judged AS (
  SELECT w.person_id, 'superior' AS capacity FROM working w WHERE w.superior_id = :me
  UNION ALL
  SELECT w.person_id, b.kind FROM below b CROSS JOIN working w
  WHERE w.unit_code = b.unit_code AND w.superior_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM appointments a WHERE a.unit_code = w.unit_code AND a.person_id = w.person_id AND HOLDS(a))
  UNION ALL
  SELECT w.person_id, b.kind FROM below b CROSS JOIN units u CROSS JOIN appointments a CROSS JOIN working w
  WHERE u.parent_code = b.unit_code AND a.unit_code = u.code AND HOLDS(a)
    AND w.person_id = a.person_id AND w.unit_code = a.unit_code AND w.superior_id IS NULL
  UNION ALL
  SELECT w.person_id, l.kind FROM working w
  JOIN appointments h ON h.person_id = w.superior_id AND h.kind = 'head' AND HOLDS(h)
  JOIN led l ON l.unit_code = h.unit_code AND l.kind IN ('plt', 'plh')
)
""")
_ALL = " SELECT j.person_id, p.name, j.capacity FROM judged j JOIN people p ON p.id = j.person_id"
# Who judges somebody in several capacities does it in the first.
RANK = {"superior": 0, "head": 1, "plt": 2, "plh": 3}


@cache
def under(power: Power | None = None) -> str:
    """Return the SQL of `judged`, by those appointments alone that bring this power; without one by all."""
    gives = (
        rf"(\1.powers IS NULL OR ',' || \1.powers || ',' LIKE '%,{power.value},%')" if power else "(1 = 1)"
    )
    return re.sub(r"GIVES\((\w+)\)", gives, _UNDER)


async def of(
    tx: Tx, *, person_id: str, on: date, now: datetime, power: Power | None = None
) -> list[Subordinate]:
    """Return everybody who is under somebody on that day (for this power), as known now, by name; each once."""
    rows = await tx.all(under(power) + _ALL + " ORDER BY p.name, p.id", **_when(person_id, on, now))
    return _each_once(rows)


async def capacity(
    tx: Tx, *, superior_id: str, person_id: str, on: date, now: datetime, power: Power | None = None
) -> Capacity | None:
    """Return in which capacity somebody judges this person on that day, as known now; None if they do not."""
    rows = await tx.all(
        under(power) + _ALL + " WHERE j.person_id = :person", person=person_id, **_when(superior_id, on, now)
    )
    found = _each_once(rows)
    return found[0].capacity if found else None


def _when(me: str, on: date, now: datetime) -> dict[str, Value]:
    return {"me": me, "on": on.isoformat(), "known": to_micros(now)}


def _each_once(rows: Sequence[Row]) -> list[Subordinate]:
    found: dict[str, Subordinate] = {}
    for row in rows:
        one = Subordinate(**dict(row))
        if one.person_id not in found or RANK[one.capacity] < RANK[found[one.person_id].capacity]:
            found[one.person_id] = one
    return list(found.values())
