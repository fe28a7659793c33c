"""Which alerts are to be opened, and which are over: what is overdue, as the obligations say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.alerting.alerts import COLUMNS, Alert, Part, alert_of
from db.engine import Tx
from db.moments import to_micros

# It counts from the deadline with what outages took of it given back, as which `overdue_at` is written.
# Somebody counts when all that they owe in this part of the day has been due for `after`: so that one who has
# neither health nor plan is told of once. An alert that was dealt with is opened anew by who came later.
_RIPE = """
WITH RECURSIVE tree AS (
  SELECT code, code AS agency FROM units WHERE code IN ({agencies})
  UNION SELECT u.code, t.agency FROM units u JOIN tree t ON u.parent_code = t.code
), missed AS (
  SELECT o.unit_code, o.on_date, CASE o.kind WHEN 'output' THEN 'evening' ELSE 'morning' END AS part,
    o.overdue_at + :after AS since
  FROM obligations o WHERE o.state = 'overdue' AND o.on_date >= :first AND o.overdue_at <= :ripe
  AND NOT (o.kind = 'health' AND EXISTS (
    SELECT 1 FROM obligations p WHERE p.person_id = o.person_id AND p.on_date = o.on_date AND p.kind = 'plan'
    AND COALESCE(p.overdue_at, p.due_at) > :ripe AND p.state IN ('open', 'reminded', 'overdue')))
)
SELECT t.agency, m.unit_code, m.on_date, m.part FROM missed m JOIN tree t ON t.code = m.unit_code
LEFT JOIN alerts a ON a.unit_code = m.unit_code AND a.on_date = m.on_date AND a.part = m.part
WHERE a.id IS NULL OR (a.state <> 'open' AND m.since > COALESCE(a.ended_at, a.acknowledged_at))
GROUP BY t.agency, m.unit_code, m.on_date, m.part ORDER BY m.on_date, m.unit_code, m.part
"""
_STILL = """
EXISTS (SELECT 1 FROM obligations o WHERE o.unit_code = a.unit_code AND o.on_date = a.on_date AND o.state = 'overdue'
AND (o.kind = 'output') = (a.part = 'evening'))
"""


@dataclass(frozen=True)
class Ripe:
    """What is to be opened, or opened anew."""

    agency_code: str
    unit_code: str
    on: date
    part: Part


async def ripe(
    tx: Tx, *, agencies: Sequence[str], first: date, after: timedelta, now: datetime
) -> list[Ripe]:
    """Return what has been overdue for `after` in these agencies, since the day `first`, and has no open alert."""
    codes = {f"a{number}": code for number, code in enumerate(agencies)}
    rows = await tx.all(
        _RIPE.format(agencies=", ".join(f":{name}" for name in codes) or "NULL"),
        first=first.isoformat(),
        after=int(after.total_seconds()) * 1_000_000,
        ripe=to_micros(now - after),
        **codes,
    )
    return [
        Ripe(row["agency"], row["unit_code"], date.fromisoformat(row["on_date"]), Part(row["part"]))
        for row in rows
    ]


async def finished(tx: Tx, *, first: date) -> list[Alert]:
    """Return the alerts of reports, for `first` and later, of which nothing is overdue any more."""
    rows = await tx.all(
        f"SELECT {', '.join(f'a.{name.strip()}' for name in COLUMNS.split(','))} FROM alerts a"
        " WHERE a.on_date >= :first AND a.part IN ('morning', 'evening') AND a.state <> 'closed'"
        f" AND NOT {_STILL} ORDER BY a.id",
        first=first.isoformat(),
    )
    return [alert_of(row) for row in rows]


async def unfinished(tx: Tx, *, part: Part, first: date) -> list[Alert]:
    """Return the alerts of this part, for `first` and later, that are not closed."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM alerts WHERE on_date >= :first AND part = :part AND state <> 'closed'"
        " ORDER BY id",
        first=first.isoformat(),
        part=part.value,
    )
    return [alert_of(row) for row in rows]
