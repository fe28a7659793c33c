"""When the digests of an agency and zone are due: pure, from its calendar and deadlines.

morning: 15 minutes after the plan is due in the agency's usual hours of the day; until 12.00.
evening: 30 minutes after the output is due; until 21.00.
weekly: Friday at 16.00, or 16.00 of the last working day of a week whose Friday is none; until Monday at 12.00.
monthly: at 08.00 on the first working day of the next month, of the whole month before; for three days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policy.calendar import WEEK, AgencyCalendar, monday_of
from policy.deadlines import Deadlines, Owed
from policy.figures import Kind

_DAY = timedelta(days=1)
_FRIDAY = 4
WEEKLY_AT, MONTHLY_AT = time(16), time(8)
NOON, NIGHT = time(12), time(21)
AFTER_PLAN, AFTER_OUTPUT = timedelta(minutes=15), timedelta(minutes=30)
LEAST_WINDOW = timedelta(hours=1)  # where a day's own hours put the moment late
MONTHLY_WINDOW = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A digest of the days from `first` to `on`, due at `at`; after `until` it is too late for it."""

    kind: Kind
    first: date
    on: date
    at: datetime
    until: datetime


def due_between(
    kind: Kind, *, after: date, today: date, calendar: AgencyCalendar, deadlines: Deadlines, zone: ZoneInfo
) -> Iterator[Due]:
    """Every digest of a kind whose day `on` lies after `after`, and which is due today at the latest."""
    for number in range(1, (today - after).days + 1):
        on = after + number * _DAY
        found = _of(kind, on, calendar=calendar, deadlines=deadlines, zone=zone)
        if found is not None and found.at.astimezone(zone).date() <= today:
            yield found


def _of(
    kind: Kind, on: date, *, calendar: AgencyCalendar, deadlines: Deadlines, zone: ZoneInfo
) -> Due | None:
    if kind is Kind.WEEKLY:
        return _weekly(on, calendar, zone)
    if kind is Kind.MONTHLY:
        return _monthly(on, calendar, zone)
    day = calendar.day(on)
    if not day.is_working or day.hours is None:
        return None
    owed, wait, end = (
        (Owed.PLAN, AFTER_PLAN, NOON) if kind is Kind.MORNING else (Owed.OUTPUT, AFTER_OUTPUT, NIGHT)
    )
    at = (
        deadlines.span(owed, day=on, hours=day.hours, zone=zone, usual=day.hours, season=day.season).due
        + wait
    )
    return Due(kind=kind, first=on, on=on, at=at, until=max(_at(on, end, zone), at + LEAST_WINDOW))


def _weekly(on: date, calendar: AgencyCalendar, zone: ZoneInfo) -> Due | None:
    monday = monday_of(on)
    worked = [day for n in range(_FRIDAY + 1) if calendar.day(day := monday + n * _DAY).is_working]
    if not worked or worked[-1] != on:
        return None
    until = _at(monday + WEEK, NOON, zone)
    return Due(kind=Kind.WEEKLY, first=monday, on=on, at=_at(on, WEEKLY_AT, zone), until=until)


def _monthly(on: date, calendar: AgencyCalendar, zone: ZoneInfo) -> Due | None:
    if (on + _DAY).day != 1:
        return None
    at = _at(calendar.next_working_day(on).on, MONTHLY_AT, zone)
    return Due(kind=Kind.MONTHLY, first=on.replace(day=1), on=on, at=at, until=at + MONTHLY_WINDOW)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone)
