"""What was decided and may change somebody's day: written with what caused it, looked at once by a job of time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.engine import Row, Tx
from db.ids import new_id
from db.moments import from_micros, to_micros


class ChangeKind(StrEnum):
    """What was decided; it also says what the subject is."""

    ZONE = "zone"  # any fact of a region; subject: its code
    CIRCULAR = "circular"  # switched on or off; subject: the unit's code, as for the three below
    CALENDAR = "calendar"
    UNIT_FACT = "unit_fact"
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


async def waiting(tx: Tx, *, limit: int = 100) -> list[Change]:
    """Return the changes that nobody has looked at, the oldest first, held until the transaction ends.

    What another process holds is left to it.
    """
    skip = " FOR UPDATE SKIP LOCKED" if tx.dialect == "postgresql" else ""  # SQLite's writer holds everything
    return [_change(row) for row in await tx.all(_WAITING + skip, limit=limit)]


async def looked_at(tx: Tx, *, change_id: str, told: int, now: datetime) -> bool:
    """Mark a change as looked at, and how many people were told. False if somebody did before."""
    touched = await tx.run(
        "UPDATE changes SET looked_at = :now, told = :told WHERE id = :id AND looked_at IS NULL",
        id=change_id,
        told=told,
        now=to_micros(now),
    )
    return touched > 0


_WAITING = """
SELECT id, kind, subject, first_day, recorded_at, recorded_by FROM changes
WHERE looked_at IS NULL ORDER BY recorded_at, id LIMIT :limit
"""


def _change(row: Row) -> Change:
    return Change(
        id=row["id"],
        kind=ChangeKind(row["kind"]),
        subject=row["subject"],
        first_day=date.fromisoformat(row["first_day"]),
        recorded_at=from_micros(row["recorded_at"]),
        recorded_by=row["recorded_by"],
    )
