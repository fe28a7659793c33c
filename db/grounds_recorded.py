"""What a person's day rests on, with who recorded it when: for whoever must explain a verdict, never for a chat.

Nothing of health, traits or absences is in it: those are the person's own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Row, Tx
from db.ground import ONE
from db.moments import from_micros, to_micros
from db.two_clocks import with_clocks


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A record that is true on the day: of what kind, of whom, what it says, from when to when, and who wrote it."""

    kind: str  # membership, region, unit, circular, calendar, rota, override
    subject: str
    says: str
    source: str | None
    since: date
    until: date | None
    recorded_by: str
    recorded_at: datetime


async def recorded(
    tx: Tx, *, person_id: str, unit_code: str, on: date, as_known_at: datetime
) -> list[Recorded]:
    """Return the records on which the person's day rests, as known at that moment."""
    rows = await tx.all(
        _RECORDED, person_id=person_id, unit=unit_code, on=on.isoformat(), known=to_micros(as_known_at)
    )
    return [_recorded(row) for row in rows]


_CLOCKS = "{0}.valid_from, {0}.valid_until, {0}.recorded_at, {0}.recorded_by"
_NONE = "CAST(NULL AS TEXT)"
_RECORDED = ONE.rstrip() + with_clocks(f"""
, places AS (
  SELECT r.* FROM regions r JOIN units u ON u.region_code = r.code WHERE u.code = :unit
  UNION
  SELECT r.* FROM regions r JOIN places p ON r.code = p.parent_code
), found AS (
  SELECT 1 AS place, 'membership' AS kind, m.unit_code AS subject,
    m.position || ' (' || m.job_level || ')' AS says, {_NONE} AS source, {_CLOCKS.format("m")}
  FROM memberships m WHERE m.person_id = :person_id AND HOLDS(m)
  UNION ALL
  SELECT 2, 'circular', a.unit_code, a.circular, {_NONE}, {_CLOCKS.format("a")}
  FROM adoptions a JOIN scope s ON s.code = a.unit_code WHERE HOLDS(a)
  UNION ALL
  SELECT 3, 'region', p.name, f.name || ' ' || f.value, f.source, {_CLOCKS.format("f")}
  FROM region_facts f JOIN places p ON p.code = f.region_code WHERE HOLDS(f)
  UNION ALL
  SELECT 4, 'unit', f.unit_code, f.name || ' ' || f.value, f.source, {_CLOCKS.format("f")}
  FROM unit_facts f JOIN scope s ON s.code = f.unit_code WHERE HOLDS(f)
  UNION ALL
  SELECT 5, 'calendar', d.unit_code, d.kind || ' ' || d.name, {_NONE}, {_CLOCKS.format("d")}
  FROM calendar_days d JOIN scope s ON s.code = d.unit_code WHERE HOLDS(d)
  UNION ALL
  SELECT 6, 'rota', r.unit_code, t.arrangement || COALESCE(' ' || t.shift, ''), r.code,
    t.on_date, t.on_date, t.published_at, COALESCE(r.published_by, r.made_by)
  FROM rota_days t JOIN rotas r ON r.id = t.rota_id
  WHERE t.person_id = :person_id AND t.on_date = :on AND t.published_at <= :known
   AND (t.superseded_at IS NULL OR t.superseded_at > :known)
  UNION ALL
  SELECT 7, 'override', b.name || ', ' || o.capacity, o.arrangement, o.letter, {_CLOCKS.format("o")}
  FROM overrides o JOIN people b ON b.id = o.by_id WHERE o.person_id = :person_id AND HOLDS(o)
)
SELECT found.kind, found.subject, found.says, found.source, found.valid_from, found.valid_until,
  found.recorded_at, COALESCE(w.name, found.recorded_by) AS recorded_by
FROM found LEFT JOIN people w ON w.id = found.recorded_by
ORDER BY found.place, found.subject, found.says, found.recorded_at
""")


def _recorded(row: Row) -> Recorded:
    return Recorded(
        kind=row["kind"],
        subject=row["subject"],
        says=row["says"],
        source=row["source"],
        since=date.fromisoformat(row["valid_from"]),
        until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        recorded_by=row["recorded_by"],
        recorded_at=from_micros(row["recorded_at"]),
    )
