"""What was decided and may change somebody's day: written with what caused it, looked at once by a job of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.engine import Row, Tx, Value, locked
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.two_clocks import with_clocks
from policy.calendar import monday_of


class ChangeKind(StrEnum):
    """What was decided; it also says what the subject is."""

    ZONE = "zone"  # any fact of a region; subject: its code
    CIRCULAR = "circular"  # switched on or off; subject: the unit's code, as for the four below
    CALENDAR = "calendar"
    UNIT_FACT = "unit_fact"
    REPORTING = "reporting"  # what an agency asks of its people, and until when
    MEMBERSHIP = "membership"  # somebody of the unit came, went, or works there as something else
    ROTA = "rota"  # subject: the unit's code
    OVERRIDE = "override"  # subject: the person's id
    PERSON = "person"  # something recorded of one person; subject: their id


OF_REGION = frozenset({ChangeKind.ZONE})
OF_PERSON = frozenset({ChangeKind.OVERRIDE, ChangeKind.PERSON})


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of `changes`. From `first_day` on, days of its subject may be other than they were."""

    id: str
    kind: ChangeKind
    subject: str
    first_day: date
    recorded_at: datetime
    recorded_by: str


async def note(tx: Tx, *, kind: ChangeKind, subject: str, first_day: date, by: str, now: datetime) -> str:
    """Write down, in the transaction that causes it, that days may change from `first_day` on; return its key."""
    key = new_id()
    await tx.run(
        "INSERT INTO changes (id, kind, subject, first_day, recorded_at, recorded_by)"
        " VALUES (:id, :kind, :subject, :first_day, :now, :by)",
        id=key,
        kind=kind.value,
        subject=subject,
        first_day=first_day.isoformat(),
        now=to_micros(now),
        by=by,
    )
    return key


async def waiting(tx: Tx, *, limit: int = 1000) -> list[Change]:
    """Return the changes that nobody has looked at to the end, the oldest first."""
    return [_change(row) for row in await tx.all(_WAITING, limit=limit)]


async def hold(tx: Tx, found: Sequence[Change]) -> bool:
    """Let no other process go on with these until the transaction ends. False if none of them waits any more."""
    ids: dict[str, Value] = {f"c{number}": change.id for number, change in enumerate(found)}
    these = ", ".join(f":{name}" for name in ids)
    rows = await tx.all(
        f"SELECT id FROM changes WHERE id IN ({these}) AND looked_at IS NULL ORDER BY id" + locked(tx), **ids
    )
    return bool(rows)


async def count_told(tx: Tx, told: Mapping[str, int]) -> None:
    """Add to how many people were told of each change, by its key, while it is being looked at."""
    await tx.run_many(
        "UPDATE changes SET told = COALESCE(told, 0) + :told WHERE id = :id AND looked_at IS NULL",
        [{"id": change_id, "told": count} for change_id, count in told.items()],
    )


async def looked_at(tx: Tx, *, change_id: str, now: datetime) -> bool:
    """Mark a change as looked at: whoever it touches has been told. False if somebody did before."""
    touched = await tx.run(
        "UPDATE changes SET looked_at = :now, told = COALESCE(told, 0) WHERE id = :id AND looked_at IS NULL",
        id=change_id,
        now=to_micros(now),
    )
    return touched > 0


async def touched(tx: Tx, change: Change, *, since: date, now: datetime) -> list[str]:
    """Return the ids of those whose days the change may alter: who work there on `since` or after, as known now."""
    if change.kind in OF_PERSON:
        return [change.subject]
    scope = _REGION if change.kind in OF_REGION else _UNIT
    rows = await tx.all(
        scope + _IN_SCOPE, subject=change.subject, since=since.isoformat(), known=to_micros(now)
    )
    return [row["person_id"] for row in rows]


async def units_of(tx: Tx, change: Change, *, since: date, now: datetime) -> list[str]:
    """Return the units that the change is about: one with all below it, a region's, or where the person works."""
    asked: dict[str, Value] = {"subject": change.subject}
    if change.kind in OF_PERSON:
        asked |= {"since": since.isoformat(), "known": to_micros(now)}
    return [row["code"] for row in await tx.all(_scope(change) + "SELECT code FROM scope", **asked)]


def _scope(change: Change) -> str:
    return _OWN_UNIT if change.kind in OF_PERSON else _REGION if change.kind in OF_REGION else _UNIT


async def with_rota(tx: Tx, change: Change, *, since: date, now: datetime) -> list[str]:
    """Return the units with a published rota, for the week of `since` or later, that the change may alter."""
    if change.kind is ChangeKind.ROTA:
        return []
    monday = monday_of(since)
    asked: dict[str, Value] = {"subject": change.subject, "week": monday.isoformat()}
    if change.kind in OF_PERSON:
        asked |= {"since": since.isoformat(), "known": to_micros(now)}
    return [row["unit_code"] for row in await tx.all(_scope(change) + _WITH_ROTA, **asked)]


_WAITING = """
SELECT id, kind, subject, first_day, recorded_at, recorded_by FROM changes
WHERE looked_at IS NULL ORDER BY recorded_at, id LIMIT :limit
"""
# A region with all below it, or a unit with all below it. UNION ends even a circle.
_REGION = """
WITH RECURSIVE places AS (
  SELECT code FROM regions WHERE code = :subject
  UNION
  SELECT r.code FROM regions r JOIN places p ON r.parent_code = p.code
), scope AS (SELECT u.code FROM units u JOIN places p ON u.region_code = p.code)
"""
_UNIT = """
WITH RECURSIVE scope AS (
  SELECT code FROM units WHERE code = :subject
  UNION
  SELECT u.code FROM units u JOIN scope s ON u.parent_code = s.code
)
"""
_OWN_UNIT = with_clocks("""
WITH scope AS (
  SELECT DISTINCT m.unit_code AS code FROM memberships m
  WHERE m.person_id = :subject AND KNOWN(m) AND (m.valid_until IS NULL OR m.valid_until >= :since)
)
""")
_WITH_ROTA = """
SELECT DISTINCT r.unit_code FROM rotas r JOIN scope s ON s.code = r.unit_code
WHERE r.state = 'published' AND r.week >= :week ORDER BY r.unit_code
"""
_IN_SCOPE = with_clocks("""
SELECT DISTINCT m.person_id FROM memberships m JOIN scope s ON s.code = m.unit_code
JOIN people p ON p.id = m.person_id
WHERE KNOWN(m) AND (m.valid_until IS NULL OR m.valid_until >= :since)
  AND (p.left_at IS NULL OR p.left_at > :known)
ORDER BY m.person_id
""")


def _change(row: Row) -> Change:
    return Change(
        id=row["id"],
        kind=ChangeKind(row["kind"]),
        subject=row["subject"],
        first_day=date.fromisoformat(row["first_day"]),
        recorded_at=from_micros(row["recorded_at"]),
        recorded_by=row["recorded_by"],
    )
