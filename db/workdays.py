"""A person's working day as the clock sees it: when to look next, how often they were pinged, what became of each.

Whoever looks claims rows by `look_at` and moves them on by a guarded update: whoever was faster has done it.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import Row, Tx, locked
from db.ids import new_id
from db.moments import from_micros, to_micros
from policy.model import Arrangement


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A day to be opened for a person, or what it is to be from now on. Moments in UTC."""

    person_id: str
    on: date
    unit_code: str
    agency_code: str
    timezone: str
    arrangement: Arrangement
    shift: str | None
    gist: str
    starts_at: datetime
    ends_at: datetime
    look_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Workday(Opening):
    """A day that is open. `log`: (stage, when, what became of it), the oldest first."""

    id: str
    pings: int
    pinged_at: datetime | None
    log: tuple[tuple[str, datetime, str], ...]
    is_closed: bool


SAID = "sent"  # what became of a stage that was said
UNSAID = "~"
_COLUMNS = (
    "id, person_id, on_date, unit_code, agency_code, timezone, arrangement, shift, gist, starts_at, ends_at, look_at,"
    " pings, pinged_at, log, closed_at"
)


async def open_many(tx: Tx, openings: Sequence[Opening], *, now: datetime) -> None:
    """Open these days; one that is open already stays as it is."""
    await tx.run_many(
        "INSERT INTO workdays (id, person_id, on_date, unit_code, agency_code, timezone, arrangement, shift, gist,"
        " starts_at, ends_at, look_at, log, opened_at) VALUES (:id, :person_id, :on, :unit, :agency, :timezone,"
        " :arrangement, :shift, :gist, :starts, :ends, :look_at, '[]', :now)"
        " ON CONFLICT (person_id, on_date) DO NOTHING",
        [{"id": new_id(), "now": to_micros(now), **_values(each)} for each in openings],
    )


async def change(tx: Tx, workday: Workday, to: Opening, *, now: datetime, is_worked: bool) -> bool:
    """Let an open day be what `to` says, closed where it is not worked any more. False if it moved meanwhile."""
    touched = await tx.run(
        "UPDATE workdays SET unit_code = :unit, agency_code = :agency, timezone = :timezone,"
        " arrangement = :arrangement, shift = :shift, gist = :gist,"
        " starts_at = :starts, ends_at = :ends, look_at = :look_at, closed_at = :closed WHERE id = :id AND gist = :was",
        id=workday.id,
        was=workday.gist,
        closed=None if is_worked else to_micros(now),
        **{name: value for name, value in _values(to).items() if name not in ("person_id", "on")},
    )
    return touched > 0


async def of(tx: Tx, *, person_id: str, on: date) -> Workday | None:
    """Return somebody's open or closed day; None if it was never opened."""
    row = await tx.one(
        f"SELECT {_COLUMNS} FROM workdays WHERE person_id = :person_id AND on_date = :on",
        person_id=person_id,
        on=on.isoformat(),
    )
    return _workday(row) if row else None


async def of_people(tx: Tx, *, people: Sequence[str], on: date, holds: bool = False) -> dict[str, Workday]:
    """Return the days of these people, a few hundred at most, by person; `holds`: nobody else moves them meanwhile."""
    if not people:
        return {}
    ids = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM workdays WHERE person_id IN ({these}) AND on_date = :on ORDER BY id"
        + (locked(tx) if holds else ""),
        on=on.isoformat(),
        **ids,
    )
    return {row["person_id"]: _workday(row) for row in rows}


async def of_units(tx: Tx, *, units: Sequence[str], on: date) -> list[Workday]:
    """Return the days of the people of these units."""
    if not units:
        return []
    codes = {f"u{number}": code for number, code in enumerate(units)}
    these = ", ".join(f":{name}" for name in codes)
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM workdays WHERE unit_code IN ({these}) AND on_date = :on",
        on=on.isoformat(),
        **codes,
    )
    return [_workday(row) for row in rows]


async def is_any_due(tx: Tx, *, now: datetime) -> bool:
    """Whether any day waits to be looked at."""
    row = await tx.one("SELECT 1 AS due FROM workdays WHERE look_at <= :now LIMIT 1", now=to_micros(now))
    return row is not None


async def due(tx: Tx, *, now: datetime, limit: int, holds: bool = True) -> list[Workday]:
    """Return the days that wait longest; `holds` them, and leaves out those that another process holds."""
    skip = " SKIP LOCKED" if tx.dialect == "postgresql" else ""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM workdays WHERE look_at <= :now ORDER BY look_at, id LIMIT :limit"
        + (locked(tx) + skip if holds else ""),
        now=to_micros(now),
        limit=limit,
    )
    return [_workday(row) for row in rows]


async def move(
    tx: Tx,
    workday: Workday,
    *,
    look_at: datetime | None,
    log: Sequence[tuple[str, datetime, str]] = (),
    pinged_at: datetime | None = None,
) -> bool:
    """Look again at `look_at` and add to the log; `pinged_at` counts a ping. False if somebody moved it before."""
    all_ = [*workday.log, *log]
    touched = await tx.run(
        "UPDATE workdays SET look_at = :look_at, log = :log, pings = pings + :ping,"
        " pinged_at = COALESCE(CAST(:pinged AS BIGINT), pinged_at)"
        " WHERE id = :id AND gist = :gist AND look_at = :was",
        id=workday.id,
        gist=workday.gist,
        was=to_micros(workday.look_at) if workday.look_at else None,
        look_at=to_micros(look_at) if look_at else None,
        log=_written(all_),
        ping=int(pinged_at is not None),
        pinged=to_micros(pinged_at) if pinged_at else None,
    )
    return touched > 0


async def look_soon(tx: Tx, *, person_id: str, on: date, at: datetime) -> None:
    """Look at somebody's day at `at`, if it waits for later: something about it is other than it was."""
    await tx.run(
        "UPDATE workdays SET look_at = :at WHERE person_id = :person_id AND on_date = :on AND look_at > :at",
        person_id=person_id,
        on=on.isoformat(),
        at=to_micros(at),
    )


async def look_again(tx: Tx, *, workday_id: str, at: datetime) -> None:
    """Look at a day at `at`, even if there seemed to be nothing more to say of it; not if it is closed."""
    await tx.run(
        "UPDATE workdays SET look_at = :at WHERE id = :id AND closed_at IS NULL",
        id=workday_id,
        at=to_micros(at),
    )


async def look_at_all(tx: Tx, days: Iterable[tuple[str, date]], *, at: datetime) -> None:
    """Look at these people's days at `at`, those that are open: a rota gives them another turn."""
    await tx.run_many(
        "UPDATE workdays SET look_at = :at WHERE person_id = :person AND on_date = :on AND closed_at IS NULL",
        [{"person": person, "on": on.isoformat(), "at": to_micros(at)} for person, on in days],
    )


async def unsay(tx: Tx, workday: Workday, *, stages: Collection[str]) -> None:
    """Let these stages, and what was said together with them, count as not said: their message is not sent, or of
    another time. They stay in the log under another name, with UNSAID after it."""
    moments = {at for stage, at, became in workday.log if stage in stages and became == SAID}
    said = {stage for stage, at, became in workday.log if at in moments and became == SAID} | set(stages)
    log = [(stage + UNSAID * (stage in said), at, became) for stage, at, became in workday.log]
    await tx.run(
        "UPDATE workdays SET log = :log, pings = CASE WHEN pings > :less THEN pings - :less ELSE 0 END WHERE id = :id",
        id=workday.id,
        log=_written(log),
        less=len(moments),
    )


def _values(each: Opening) -> dict[str, Any]:
    return {
        "person_id": each.person_id,
        "on": each.on.isoformat(),
        "unit": each.unit_code,
        "agency": each.agency_code,
        "timezone": each.timezone,
        "arrangement": each.arrangement.value,
        "shift": each.shift,
        "gist": each.gist,
        "starts": to_micros(each.starts_at),
        "ends": to_micros(each.ends_at),
        "look_at": to_micros(each.look_at) if each.look_at else None,
    }


def _written(log: Sequence[tuple[str, datetime, str]]) -> str:
    return json.dumps([[stage, to_micros(at), became] for stage, at, became in log])


def _workday(row: Row) -> Workday:
    entries: Sequence[Mapping[int, Any]] = json.loads(row["log"])
    return Workday(
        id=row["id"],
        person_id=row["person_id"],
        on=date.fromisoformat(row["on_date"]),
        unit_code=row["unit_code"],
        agency_code=row["agency_code"],
        timezone=row["timezone"],
        arrangement=Arrangement(row["arrangement"]),
        shift=row["shift"],
        gist=row["gist"],
        starts_at=from_micros(row["starts_at"]),
        ends_at=from_micros(row["ends_at"]),
        look_at=None if row["look_at"] is None else from_micros(row["look_at"]),
        pings=row["pings"],
        pinged_at=None if row["pinged_at"] is None else from_micros(row["pinged_at"]),
        log=tuple((each[0], from_micros(each[1]), each[2]) for each in entries),
        is_closed=row["closed_at"] is not None,
    )
