"""Reminders that wait to be sent, of one person's day: dropped when what they ask for is done, or asked no more.

Their once-key is `remind:{workday}:{stage}:{person}:{channel}`.
"""

from datetime import datetime

from db.engine import Tx
from db.moments import to_micros

# An index holds only the reminders that wait: as few as those of one person.
_WAITING = """
SELECT id, once_key FROM outbox WHERE person_id = :person AND class = 3 AND ended_at IS NULL
AND state IN ('queued', 'held') AND substr(once_key, 1, :letters) = :prefix
"""
NOT_NEEDED = "it is done or asked no more"


def once_key(workday_id: str, stage: str) -> str:
    """Return the key under which a stage of a day is said once (scheduler.telling adds the person and channel)."""
    return f"remind:{workday_id}:{stage}"


async def drop(tx: Tx, *, workday_id: str, person_id: str, now: datetime) -> set[str]:
    """Drop what waits to be said to somebody of that day; return its stages, which may be said again."""
    prefix = once_key(workday_id, "")
    rows = await tx.all(
        _WAITING,
        person=person_id,
        letters=len(prefix),
        prefix=prefix,
    )
    await tx.run_many(
        "UPDATE outbox SET state = 'dropped', ended_because = :because, ended_at = :now,"
        " once_key = once_key || '~' || id WHERE id = :id AND state IN ('queued', 'held')",
        [{"id": row["id"], "because": NOT_NEEDED, "now": to_micros(now)} for row in rows],
    )
    return {row["once_key"][len(prefix) :].partition(f":{person_id}:")[0] for row in rows}
