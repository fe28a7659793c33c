"""What is overdue in a unit on a day, and who has been told: one alert for a unit, a day and a part of it.

open -> acknowledged (somebody deals with it: no repeats, no steps up) -> closed (nothing is missing any more). Who is
overdue later than that opens it anew. Whoever looks claims by `look_at` and moves on by a guarded update.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from db.engine import Row, Tx, locked
from db.ids import new_id
from db.moments import from_micros, to_micros
from policy.deadlines import Owed


class Part(StrEnum):
    """What an alert is about."""

    MORNING = "morning"  # health and plan
    EVENING = "evening"  # output
    VERIFICATION = "verification"  # reports that nobody judged in time
    HEADLESS = "headless"  # nobody who leads the unit can be reached


KINDS: Mapping[Part, tuple[Owed, ...]] = {
    Part.MORNING: (Owed.HEALTH, Owed.PLAN),
    Part.EVENING: (Owed.OUTPUT,),
}
TOLD_OF = frozenset({*KINDS, Part.VERIFICATION})  # what is told again, and goes up
REOPENED, TOLD, DELEGATED = "reopened", "told", "delegated"  # words of the log


@dataclass(frozen=True, kw_only=True)
class Alert:
    """`log`: (what, when, detail), the oldest first."""

    id: str
    unit_code: str
    on: date
    part: Part
    state: str  # open, acknowledged, closed
    level: int
    times: int
    told_id: str | None
    opened_at: datetime
    look_at: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    delegated_to: str | None
    ended_at: datetime | None
    log: tuple[tuple[str, datetime, Mapping[str, Any]], ...]

    @property
    def turn(self) -> int:
        """How often it was opened anew: what is told then is told for the first time."""
        return sum(what == REOPENED for what, _, _ in self.log)


COLUMNS = (
    "id, unit_code, on_date, part, state, level, times, told_id, opened_at, look_at, acknowledged_by, acknowledged_at,"
    " delegated_to, ended_at, log"
)


async def open_one(
    tx: Tx, *, unit_code: str, on: date, part: Part, look_at: datetime | None, now: datetime
) -> bool:
    """Open an alert, or one that was dealt with anew. False if it is open: another process was faster."""
    added = await tx.run(
        "INSERT INTO alerts (id, unit_code, on_date, part, state, level, times, opened_at, look_at, log)"
        " VALUES (:id, :unit, :on, :part, 'open', 0, 0, :now, :look_at, '[]')"
        " ON CONFLICT (unit_code, on_date, part) DO NOTHING",
        id=new_id(),
        unit=unit_code,
        on=on.isoformat(),
        part=part.value,
        now=to_micros(now),
        look_at=to_micros(look_at) if look_at else None,
    )
    before = None if added else await of_unit(tx, unit_code=unit_code, on=on, part=part)
    return bool(added) or (before is not None and await _reopen(tx, before, look_at=look_at, now=now))


async def _reopen(tx: Tx, alert: Alert, *, look_at: datetime | None, now: datetime) -> bool:
    touched = await tx.run(
        "UPDATE alerts SET state = 'open', level = 0, times = 0, opened_at = :now, look_at = :look_at,"
        " acknowledged_by = NULL, acknowledged_at = NULL, delegated_to = NULL, ended_at = NULL, log = :log"
        " WHERE id = :id AND state <> 'open'",
        id=alert.id,
        now=to_micros(now),
        look_at=to_micros(look_at) if look_at else None,
        log=_logged(alert, REOPENED, now, {}),
    )
    return touched > 0


async def by_id(tx: Tx, *, alert_id: str) -> Alert | None:
    """Return an alert as it stands."""
    row = await tx.one(f"SELECT {COLUMNS} FROM alerts WHERE id = :id", id=alert_id)
    return alert_of(row) if row else None


async def of_unit(tx: Tx, *, unit_code: str, on: date, part: Part) -> Alert | None:
    """Return the alert of a unit for a day and part, if there was ever one."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM alerts WHERE unit_code = :unit AND on_date = :on AND part = :part",
        unit=unit_code,
        on=on.isoformat(),
        part=part.value,
    )
    return alert_of(row) if row else None


async def due(tx: Tx, *, now: datetime, limit: int = 500) -> list[Alert]:
    """Return the alerts that wait to be told, the longest first."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM alerts WHERE look_at <= :now ORDER BY look_at, id LIMIT :limit",
        now=to_micros(now),
        limit=limit,
    )
    return [alert_of(row) for row in rows]


async def held(tx: Tx, *, alert_id: str) -> Alert | None:
    """Return an alert as it stands, held until the transaction ends."""
    row = await tx.one(f"SELECT {COLUMNS} FROM alerts WHERE id = :id" + locked(tx), id=alert_id)
    return alert_of(row) if row else None


async def move(
    tx: Tx,
    alert: Alert,
    *,
    look_at: datetime | None,
    now: datetime,
    level: int | None = None,
    times: int | None = None,
    told_id: str | None = None,
    note: str = "",
    **detail: Any,
) -> bool:
    """Look again at `look_at`; what is not given stays, `note` is written down. False if somebody moved it before."""
    touched = await tx.run(
        "UPDATE alerts SET look_at = :look_at, level = :level, times = :times,"
        " told_id = COALESCE(CAST(:told AS TEXT), told_id), log = :log"
        " WHERE id = :id AND state = 'open' AND level = :was_level AND times = :was_times AND look_at = :was",
        id=alert.id,
        look_at=to_micros(look_at) if look_at else None,
        level=alert.level if level is None else level,
        times=alert.times if times is None else times,
        told=told_id,
        log=_logged(alert, note, now, detail),
        was_level=alert.level,
        was_times=alert.times,
        was=to_micros(alert.look_at) if alert.look_at else None,
    )
    return touched > 0


async def acknowledge(tx: Tx, alert: Alert, *, by: str, now: datetime) -> bool:
    """Somebody deals with it: nobody is told again. False if it is not open (any more)."""
    touched = await tx.run(
        "UPDATE alerts SET state = 'acknowledged', acknowledged_by = :by, acknowledged_at = :now, look_at = NULL,"
        " log = :log WHERE id = :id AND state = 'open'",
        id=alert.id,
        by=by,
        now=to_micros(now),
        log=_logged(alert, "acknowledged", now, {"by": by}),
    )
    return touched > 0


async def delegate(tx: Tx, alert: Alert, *, to: str, by: str, now: datetime) -> bool:
    """Give this alert to somebody else. False if it is closed."""
    touched = await tx.run(
        "UPDATE alerts SET delegated_to = :to, log = :log WHERE id = :id AND state <> 'closed'",
        id=alert.id,
        to=to,
        log=_logged(alert, DELEGATED, now, {"to": to, "by": by}),
    )
    return touched > 0


async def note(tx: Tx, alert: Alert, what: str, *, now: datetime, **detail: Any) -> None:
    """Write down what was done about it."""
    await tx.run(
        "UPDATE alerts SET log = :log WHERE id = :id", id=alert.id, log=_logged(alert, what, now, detail)
    )


async def close(tx: Tx, alert: Alert, *, now: datetime, because: str) -> bool:
    """Nothing is missing any more. False if somebody closed it before."""
    touched = await tx.run(
        "UPDATE alerts SET state = 'closed', ended_at = :now, look_at = NULL, log = :log"
        " WHERE id = :id AND state <> 'closed'",
        id=alert.id,
        now=to_micros(now),
        log=_logged(alert, "closed", now, {"because": because}),
    )
    return touched > 0


async def open_of(tx: Tx, *, units: Sequence[str]) -> list[Alert]:
    """Return the open alerts of these units that somebody was told of."""
    codes = {f"u{number}": code for number, code in enumerate(units)}
    these = ", ".join(f":{name}" for name in codes) or "NULL"
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM alerts WHERE unit_code IN ({these}) AND look_at IS NOT NULL AND times > 0"
        " ORDER BY id",
        **codes,
    )
    return [alert_of(row) for row in rows]


async def start_over(tx: Tx, alert: Alert, *, now: datetime) -> bool:
    """Somebody else leads now: tell them first, at once. Who was told before is not told the same again."""
    return await move(tx, alert, look_at=now, now=now, level=0, times=0, note="led by another")


def _logged(alert: Alert, what: str, now: datetime, detail: Mapping[str, Any]) -> str:
    entries = [*alert.log, *([(what, now, detail)] if what else [])]
    return json.dumps([[each, to_micros(at), dict(more)] for each, at, more in entries])


def alert_of(row: Row) -> Alert:
    """Return the alert that a row with COLUMNS holds."""
    plain = ("id", "unit_code", "state", "level", "times", "told_id", "acknowledged_by", "delegated_to")
    entries: Sequence[Mapping[int, Any]] = json.loads(row["log"])
    return Alert(
        **{name: row[name] for name in plain},
        on=date.fromisoformat(row["on_date"]),
        part=Part(row["part"]),
        opened_at=from_micros(row["opened_at"]),
        look_at=_moment(row["look_at"]),
        acknowledged_at=_moment(row["acknowledged_at"]),
        ended_at=_moment(row["ended_at"]),
        log=tuple((each[0], from_micros(each[1]), each[2]) for each in entries),
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
