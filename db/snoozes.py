"""Until when somebody does not want to be reminded. What they owe stays owed: only reminders ask here."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import Tx, Value
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.two_clocks import hold


async def begin(tx: Tx, *, person_id: str, until_at: datetime, now: datetime) -> None:
    """Let somebody not be reminded until that moment; what they wished before is over."""
    await end(tx, person_id=person_id, now=now)
    await tx.run(
        "INSERT INTO snoozes (id, person_id, until_at, made_at) VALUES (:id, :person_id, :until, :now)",
        id=new_id(),
        person_id=person_id,
        until=to_micros(until_at),
        now=to_micros(now),
    )


async def end(tx: Tx, *, person_id: str, now: datetime) -> bool:
    """Let somebody be reminded again from now on. True if they were not until now."""
    await hold(tx, "people", key=person_id)
    touched = await tx.run(
        "UPDATE snoozes SET ended_at = :now"
        " WHERE person_id = :person_id AND ended_at IS NULL AND until_at > :now",
        person_id=person_id,
        now=to_micros(now),
    )
    return touched > 0


async def until(tx: Tx, *, person_id: str, now: datetime) -> datetime | None:
    """Return until when somebody is not to be reminded; None if they are."""
    row = await tx.one(
        "SELECT until_at FROM snoozes WHERE person_id = :person_id AND ended_at IS NULL AND until_at > :now"
        " ORDER BY until_at DESC LIMIT 1",
        person_id=person_id,
        now=to_micros(now),
    )
    return from_micros(row["until_at"]) if row else None


async def last_of_people(tx: Tx, *, people: Sequence[str], since: datetime) -> dict[str, datetime]:
    """Return until when those of these people, a few hundred at most, did not or do not want to be reminded.

    Only the last wish of each counts, and none that they ended themselves or that was over at `since`.
    """
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    rows = await tx.all(
        "SELECT person_id, MAX(until_at) AS until FROM snoozes WHERE ended_at IS NULL AND until_at > :since"
        f" AND person_id IN ({', '.join(f':{name}' for name in ids) or 'NULL'}) GROUP BY person_id",
        since=to_micros(since),
        **ids,
    )
    return {row["person_id"]: from_micros(row["until"]) for row in rows}
