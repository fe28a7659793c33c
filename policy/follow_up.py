"""When a health case must be looked at again, so that the gate of the office never stays shut by mere silence."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policy.calendar import AgencyCalendar

DAWN = time(6, 30)  # the person hears before they would leave for the office
OFFICE = time(8, 0)  # the health officers are asked when the office is open


def next_look(
    *, since: date, until: date | None, after: datetime, zone: ZoneInfo, calendar: AgencyCalendar
) -> datetime:
    """Return the first moment after `after` at which an open case must be looked at; always a working day.

    With a stated last day: its eve at 08.00, the first morning after it at 06.30 (for the person) and at 08.00,
    then every morning. With none: every morning after its first day, on which the officers were told at once.
    """
    local = after.astimezone(zone)
    today = local.date()
    if until is not None and today <= until:
        eve = _last_working(before=until, calendar=calendar)
        moments = [_at(eve, OFFICE, zone), _at(calendar.next_working_day(until).on, DAWN, zone)]
        return next(moment for moment in moments if moment > after)
    is_asked_today = calendar.day(today).is_working and local.time() < OFFICE and today > (until or since)
    return _at(today if is_asked_today else calendar.next_working_day(today).on, OFFICE, zone)


def _last_working(*, before: date, calendar: AgencyCalendar) -> date:
    for days in range(1, 8):
        day = before - timedelta(days=days)
        if calendar.day(day).is_working:
            return day
    return before - timedelta(days=1)


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, tzinfo=zone)


def state_until(since: date, *, days: int | None) -> date | None:
    """Return the last day out of the office where the agency has set how many days; None where nobody states it."""
    return since + timedelta(days=days - 1) if days else None
