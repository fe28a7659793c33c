"""Days that an agency's calendar names itself: local holidays, joint leave, working days moved; and its own hours.

The hours are settings (db/settings.py): `calendar` holds a whole calendar as YAML, `season` names the season whose
hours hold on its days. An agency without any goes by the shipped calendar.
"""

from datetime import date, datetime, timedelta

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks
from policy.calendar import AgencyCalendar, SpecialDay
from policy.calendar_loader import calendar_in
from policy.words import DayKind

CALENDAR, SEASON = HOURS = ("calendar", "season")
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


def own(text: str | None) -> AgencyCalendar | None:
    """Return an agency's own calendar, which was read once before it was kept; None if it has none."""
    return None if text is None else calendar_in(text, name=CALENDAR, file="the agency's calendar")


async def laid_over(
    tx: Tx,
    calendar: AgencyCalendar,
    *,
    unit_code: str,
    around: date,
    now: datetime,
    reach: timedelta = timedelta(days=31),
) -> AgencyCalendar:
    """Return the agency's calendar (or this one) with its own days, as known now, so far before and after a day."""
    first, last = around - reach, around + reach
    calendar = await _with_hours(tx, calendar, unit_code, around, (first, last), now)
    rows = await tx.all(
        _BETWEEN, unit_code=unit_code, first=first.isoformat(), last=last.isoformat(), known=to_micros(now)
    )
    days: list[SpecialDay] = []
    for row in rows:
        on = max(first, date.fromisoformat(row["valid_from"]))
        while on <= min(last, date.fromisoformat(row["valid_until"] or last.isoformat())):
            days.append(special_day(on=on, kind=row["kind"], name=row["name"]))
            on += timedelta(days=1)
    return calendar.with_days(*days)


async def _with_hours(
    tx: Tx, calendar: AgencyCalendar, unit_code: str, around: date, span: tuple[date, date], now: datetime
) -> AgencyCalendar:
    """The agency's own calendar of that day, or this one, with the seasons that meet the span."""
    first, last = span
    rows = await tx.all(
        _HOURS, unit_code=unit_code, first=first.isoformat(), last=last.isoformat(), known=to_micros(now)
    )
    for row in rows:
        if row["name"] == CALENDAR and row["valid_from"] <= around.isoformat() <= (row["valid_until"] or "9"):
            calendar = own(row["value"]) or calendar
    for row in rows:
        if row["name"] == SEASON:
            since, until = date.fromisoformat(row["valid_from"]), row["valid_until"]
            calendar = calendar.in_season(row["value"], since, date.fromisoformat(until) if until else last)
    return calendar


_HOURS = with_clocks(
    "SELECT s.name, s.value, s.valid_from, s.valid_until FROM settings s WHERE s.unit_code = :unit_code"
    f" AND s.name IN ('{CALENDAR}', '{SEASON}') AND s.valid_from <= :last"
    " AND (s.valid_until IS NULL OR s.valid_until >= :first) AND KNOWN(s)"
)
_BETWEEN = with_clocks(
    "SELECT d.kind, d.name, d.valid_from, d.valid_until FROM calendar_days d WHERE d.unit_code = :unit_code"
    " AND d.valid_from <= :last AND (d.valid_until IS NULL OR d.valid_until >= :first) AND KNOWN(d)"
    " ORDER BY d.valid_from"
)
