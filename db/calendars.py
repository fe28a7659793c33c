"""Days that an agency's calendar names itself: local holidays, joint leave, working days moved."""

from datetime import date, datetime

from db import two_clocks
from db.engine import Tx
from db.two_clocks import Table
from policy.calendar import SpecialDay
from policy.words import DayKind

DAYS = Table(name="calendar_days", series=("unit_code",), values=("kind", "name"), owner="units")


async def name_day(
    tx: Tx,
    *,
    unit_code: str,
    kind: DayKind,
    name: str,
    on: date,
    by: str,
    now: datetime,
    until: date | None = None,
) -> str:
    """Record what a day (or a row of days, `until` included) is for an agency; return the record's key."""
    if kind is DayKind.WEEKEND:
        raise ValueError("A weekend follows from the week; it is not a day of its own.")
    return await two_clocks.record(
        tx,
        DAYS,
        of={"unit_code": unit_code},
        values={"kind": kind.value, "name": name},
        valid_from=on,
        valid_until=until or on,
        by=by,
        now=now,
    )


async def unname_day(tx: Tx, *, unit_code: str, on: date, by: str, now: datetime) -> int:
    """Let a day be what the shipped calendar says. Return how many records gave way."""
    return await two_clocks.end(tx, DAYS, of={"unit_code": unit_code}, first=on, last=on, by=by, now=now)


def special_day(*, on: date, kind: str, name: str) -> SpecialDay:
    """Return a stored day as the calendar wants it."""
    return SpecialDay(on=on, kind=DayKind(kind), name=name)
