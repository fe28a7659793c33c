"""Tasks for a day: given by the head or direct superior, or put off to that day by the person themself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db.engine import Row, Tx
from db.ids import new_id
from db.moments import from_micros, to_micros

EndedAs = Literal["done", "dropped", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class Task:
    id: str
    person_id: str
    given_by: str
    on: date
    activity: str
    given_at: datetime
    ended_at: datetime | None
    ended_as: EndedAs | None

    @property
    def is_own(self) -> bool:
        """True if the person gave it to themself, by moving a line of a plan to another day."""
        return self.given_by == self.person_id


_COLUMNS = "id, person_id, given_by, on_date, activity, given_at, ended_at, ended_as"


async def give(
    tx: Tx, *, person_id: str, given_by: str, on: date, activity: str, now: datetime, key: str = ""
) -> str:
    """Give somebody a task for a day; return its key. A line that is put off keeps the key that it has."""
    task_id = key or new_id()
    await tx.run(
        "INSERT INTO tasks (id, person_id, given_by, on_date, activity, given_at)"
        " VALUES (:id, :person_id, :given_by, :on, :activity, :now)",
        id=task_id,
        person_id=person_id,
        given_by=given_by,
        on=on.isoformat(),
        activity=activity,
        now=to_micros(now),
    )
    return task_id


async def waiting(tx: Tx, *, person_id: str, on: date) -> list[Task]:
    """Return what somebody has still to do on that day: its tasks, and those of earlier days that wait."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM tasks"
        " WHERE person_id = :person_id AND on_date <= :on AND ended_at IS NULL ORDER BY given_at, id",
        person_id=person_id,
        on=on.isoformat(),
    )
    return [_task(row) for row in rows]


async def end(tx: Tx, *, task_id: str, ended_as: EndedAs, now: datetime) -> bool:
    """Close a task. True if it was open until now."""
    touched = await tx.run(
        "UPDATE tasks SET ended_at = :now, ended_as = :ended_as WHERE id = :id AND ended_at IS NULL",
        id=task_id,
        ended_as=ended_as,
        now=to_micros(now),
    )
    return touched > 0


async def given_by(tx: Tx, *, person_id: str, since: date) -> list[Task]:
    """Return the tasks that somebody gave to others for that day and later ones, the newest first."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM tasks WHERE given_by = :by AND person_id <> :by AND on_date >= :since"
        " ORDER BY on_date DESC, given_at DESC, id",
        by=person_id,
        since=since.isoformat(),
    )
    return [_task(row) for row in rows]


async def of(tx: Tx, *, task_id: str) -> Task | None:
    """Return a task, or None."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM tasks WHERE id = :id", id=task_id)
    return _task(row) if row else None


async def put_off(tx: Tx, *, task_id: str, person_id: str, on: date) -> bool:
    """Let a task wait for another day; one's own also when it had ended. False if there is no such task."""
    touched = await tx.run(
        "UPDATE tasks SET on_date = :on, ended_at = NULL, ended_as = NULL WHERE id = :id"
        " AND person_id = :person_id AND (ended_at IS NULL OR given_by = :person_id)",
        id=task_id,
        person_id=person_id,
        on=on.isoformat(),
    )
    return touched > 0


async def reopen(tx: Tx, *, task_id: str) -> None:
    """Let a task that was reported as done wait again."""
    await tx.run(
        "UPDATE tasks SET ended_at = NULL, ended_as = NULL WHERE id = :id AND ended_as = 'done'", id=task_id
    )


async def take_back(tx: Tx, *, person_id: str, at: datetime, now: datetime) -> None:
    """Undo what a report of theirs did to somebody's tasks: what ended at that moment waits, what began is off."""
    moment = to_micros(at)
    await tx.run(
        "UPDATE tasks SET ended_at = NULL, ended_as = NULL WHERE person_id = :person_id AND ended_at = :at",
        person_id=person_id,
        at=moment,
    )
    await tx.run(
        "UPDATE tasks SET ended_at = :now, ended_as = 'withdrawn' WHERE person_id = :person_id"
        " AND given_by = :person_id AND given_at = :at AND ended_at IS NULL",
        person_id=person_id,
        at=moment,
        now=to_micros(now),
    )


def _task(row: Row) -> Task:
    return Task(
        id=row["id"],
        person_id=row["person_id"],
        given_by=row["given_by"],
        on=date.fromisoformat(row["on_date"]),
        activity=row["activity"],
        given_at=from_micros(row["given_at"]),
        ended_at=from_micros(row["ended_at"]) if row["ended_at"] is not None else None,
        ended_as=row["ended_as"],
    )
