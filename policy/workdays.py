"""Which working day an answer belongs to, and until when a day may still be reported."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policy.calendar import AgencyCalendar

MIDDAY = time(12, 0)


@dataclass(frozen=True, slots=True)
class Window:
    """How long a day stays open: for answers to its prompt, and for reports made later."""

    grace_until: time = MIDDAY  # local time on the day after the prompt's day
    days_after: int = 1  # a report is taken until 24.00 of this many days after its day
    days_ahead: int = 0  # a plan may be made this many days before


DEFAULT_WINDOW = Window()


@dataclass(frozen=True, slots=True)
class Belongs:
    """The day of an answer. When `must_ask`, it is the likely day only, and the person is asked."""

    day: date
    must_ask: bool = False


def day_of_answer(
    sent: datetime,
    *,
    zone: ZoneInfo,
    prompt_day: date | None,
    is_free_text: bool = False,
    window: Window = DEFAULT_WINDOW,
) -> Belongs:
    """The day an answer counts for, by the platform's message time, so that an outage of ours moves nothing.

    Inside the grace it is the prompt's day. After it, free text belongs to the local date, and an answer to
    the old prompt must be asked about.
    """
    local = sent.astimezone(zone)
    if prompt_day is None:
        return Belongs(local.date())
    if local.replace(tzinfo=None) < datetime.combine(prompt_day + timedelta(days=1), window.grace_until):
        return Belongs(prompt_day)
    return Belongs(local.date(), must_ask=not is_free_text)


def may_report(
    day: date,
    *,
    sent: datetime,
    zone: ZoneInfo,
    window: Window = DEFAULT_WINDOW,
    reopened_until: datetime | None = None,
) -> bool:
    """True if a report for `day`, sent at this moment, is still (or already) taken.

    Who was given it back to put right has until `reopened_until`, also after the day has closed.
    """
    if reopened_until is not None and sent < reopened_until:
        return True
    today = sent.astimezone(zone).date()
    return day - timedelta(days=window.days_ahead) <= today <= day + timedelta(days=window.days_after)


def closes_at(day: date, *, zone: ZoneInfo, window: Window = DEFAULT_WINDOW) -> datetime:
    """The first moment at which `day` is no longer taken: local 24.00 of its last open day."""
    return datetime.combine(day + timedelta(days=window.days_after + 1), time.min, tzinfo=zone)


def judged_until(reported_on: date, *, calendar: AgencyCalendar, zone: ZoneInfo, after: int = 1) -> datetime:
    """Until when a superior has time to judge what was reported on that day: 24.00 of the working day `after` it.

    `calendar` with the agency's own days laid over it; `after` is its `Deadlines.verified_after`. What waits longer
    is overdue: it is found by a query (reports without a verification), and is no row of its own.
    """
    day = reported_on
    for _ in range(after):
        day = calendar.next_working_day(day).on
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def day_of_output(sent: datetime, *, zone: ZoneInfo, begins: time | None, is_owed_before: bool) -> date:
    """The day whose output one means without naming it: before work begins, that of the day before, if it is owed.

    So the output of a night shift belongs to the date on which the shift started. `begins` is when the agency
    begins to work that day; None when it rests, and then the morning counts.
    """
    local = sent.astimezone(zone)
    is_early = local.time() < (begins or MIDDAY)
    return local.date() - timedelta(days=1) if is_early and is_owed_before else local.date()
