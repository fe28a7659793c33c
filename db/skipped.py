"""What time should have brought and did not, with the reason: nothing is left out silently."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.ids import new_id
from db.moments import from_micros, to_micros


@dataclass(frozen=True, kw_only=True)
class Skipped:
    what: str  # the kind of thing, such as "digest/morning"
    subject: str  # whose: a person's key, a unit's code
    due_at: datetime
    at: datetime  # when it was skipped
    because: str  # a word, such as "too_late"


async def note(
    tx: Tx, *, what: str, subject: str, once: str, due_at: datetime, because: str, now: datetime
) -> bool:
    """Write down, once under the key `once`, what was skipped and why. False if it was noted before."""
    touched = await tx.run(
        "INSERT INTO skipped (id, once_key, what, subject, due_at, at, because)"
        " VALUES (:id, :once, :what, :subject, :due, :now, :because) ON CONFLICT (once_key) DO NOTHING",
        id=new_id(),
        once=once,
        what=what,
        subject=subject,
        due=to_micros(due_at),
        now=to_micros(now),
        because=because,
    )
    return touched > 0


async def list_since(tx: Tx, *, since: datetime, limit: int = 100) -> list[Skipped]:
    """Return what was skipped since then, the newest first."""
    rows = await tx.all(
        "SELECT what, subject, due_at, at, because FROM skipped WHERE at >= :since"
        " ORDER BY at DESC, id DESC LIMIT :limit",
        since=to_micros(since),
        limit=limit,
    )
    return [
        Skipped(
            what=row["what"],
            subject=row["subject"],
            due_at=from_micros(row["due_at"]),
            at=from_micros(row["at"]),
            because=row["because"],
        )
        for row in rows
    ]
