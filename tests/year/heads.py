"""What heads must have heard: alerts and digests, by plain arithmetic over the story and over what people did.

An alert of a unit, day and part is opened half an hour after somebody's deadline, of one who owes health and plan
after that of the plan; it is told in the agency's working hours, breaks left out, and over when nothing is missing.
Digests: a quarter of an hour after the plan is due in the agency's own hours, half an hour after the output, on the
week's last working day at 16.00, and on the first of the next month at 08.00.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.year.oracle import (
    BREAK,
    FIVE,
    FIVE_RAMADAN,
    FRIDAY_BREAK,
    MINUTE,
    SIX,
    SIX_RAMADAN,
    Expected,
    at_local,
    clock,
    is_holiday,
)
from tests.year.story import ABSENCES, AGENCIES, B_DEADLINES, DAY, LATE_HOLIDAY, OF, RAMADAN

AFTER = 30 * MINUTE
REPEAT = timedelta(hours=2)
GIVEN_UP = 7 * DAY
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Owing:
    """What somebody did not report in time; `gone`: until when it was missing, None if for good."""

    who: str
    kind: str
    due: datetime
    gone: datetime | None

    def is_missing(self, at: datetime) -> bool:
        return self.gone is None or at < self.gone


@dataclass(frozen=True)
class Heard:
    """An alert: when it was opened, or opened anew, and when the head was told."""

    opened: tuple[datetime, ...]
    told: tuple[datetime, ...]


def alerts(
    fore: Mapping[tuple[str, date], Expected], *, until: datetime
) -> dict[tuple[str, date, str], Heard]:
    """By (unit, day, part): what had been opened and told by then."""
    owing: dict[tuple[str, date, str], list[Owing]] = defaultdict(list)
    for (who, day), each in fore.items():
        for kind, (_, due) in each.owed.items():
            part = "evening" if kind == "output" else "morning"
            owing[who[0], day, part].append(Owing(who, kind, due, each.reports.get(kind, each.ends_at)))
    found = {}
    for (unit, day, part), all_ in owing.items():
        spans = [span for span in _opened(all_) if span[0] < until]
        if spans:
            told = [at for since, end in spans for at in _told(unit, since, min(end, until))]
            found[unit, day, part] = Heard(tuple(since for since, _ in spans), tuple(told))
    return found


def _opened(all_: list[Owing]) -> Iterator[Span]:
    """From when until when an alert is open; what became overdue since it was closed opens it anew."""
    moments = sorted(
        {each.due + AFTER for each in all_} | {each.gone for each in all_ if each.gone is not None}
    )
    since, ended = None, None
    for at in moments:
        if since is None and any(
            _is_ripe(each, all_, at) and (ended is None or each.due + AFTER > ended) for each in all_
        ):
            since = at
        if since is not None and not any(each.due <= at and each.is_missing(at) for each in all_):
            yield since, at
            since, ended = None, at
    if since is not None:
        yield since, datetime.max.replace(tzinfo=since.tzinfo)


def _is_ripe(each: Owing, all_: list[Owing], at: datetime) -> bool:
    waits = each.kind == "health" and any(
        other.who == each.who and other.kind == "plan" and other.due + AFTER > at and other.is_missing(at)
        for other in all_
    )
    return each.due + AFTER <= at and each.is_missing(at) and not waits


def _told(unit: str, since: datetime, end: datetime) -> Iterator[datetime]:
    """When the head is told while the alert is open: at once in working hours, then so often as the agency says."""
    times, at = 0, _working(unit, since, since, timedelta(0))
    while at < end and times <= OF[unit].repeats:
        inside = _working(unit, at, at, timedelta(0))
        if inside != at:
            at = inside
        elif not _is_away(f"{unit}0", at):
            yield at
            times += 1
            at = _working(unit, at, at, REPEAT)
        elif at - since > GIVEN_UP:
            return
        else:
            at = _working(unit, at, at, REPEAT)


def _working(unit: str, known: datetime, at: datetime, left: timedelta) -> datetime:
    """The moment at which so much working time has passed since `at`."""
    day = at.astimezone(OF[unit].zone).date()
    while True:
        for start, end in _spans(unit, day, known):
            begins = max(start, at)
            if begins + left < end:
                return begins + left
            left -= max(timedelta(0), end - begins)
        day += DAY


def _spans(unit: str, day: date, known: datetime) -> Iterator[Span]:
    """The working hours of an agency on a day, without its break."""
    if not _is_worked(unit, day, known):
        return
    start, end = _usual(unit, day)
    pause = None if unit == "B" else (FRIDAY_BREAK if day.weekday() == 4 else BREAK)[_is_fasting(day)]
    stop, go = (at_local(unit, day, clock(each)) for each in pause) if pause else (end, end)
    yield start, stop
    yield go, end


def _usual(unit: str, day: date) -> Span:
    fasting = _is_fasting(day)
    week = (SIX_RAMADAN if fasting else SIX) if unit == "B" else (FIVE_RAMADAN if fasting else FIVE)
    start, end = (at_local(unit, day, clock(each)) for each in week.get(day.weekday(), week[0]).split("-"))
    return start, end


def _is_fasting(day: date) -> bool:
    return RAMADAN[0] <= day <= RAMADAN[1]


def _is_worked(unit: str, day: date, known: datetime) -> bool:
    agency, on, at = LATE_HOLIDAY
    is_off = (agency.code, on) == (unit, day) and known >= at_local(unit, day, at)
    return not is_off and not is_holiday(unit, day)


def _is_away(who: str, at: datetime) -> bool:
    on = at.astimezone(OF[who[0]].zone).date()
    return any(
        each.is_of(who, on) and each.known <= at
        for each in ABSENCES
        if each.kind != "travel" and not each.part
    )


@dataclass(frozen=True)
class Digest:
    """When it is made, and whether its head can be told."""

    at: datetime
    is_heard: bool


def digests(first: date, last: date) -> dict[tuple[str, str, date], Digest]:
    """By (unit, kind, day): every digest of days from `first` on that is due by `last`."""
    found: dict[tuple[str, str, date], Digest] = {}
    for agency in AGENCIES:
        day = first
        while day <= last:
            for kind, on, at in _due(agency.code, day):
                if on >= first:
                    found[agency.code, kind, on] = Digest(at, not _is_away(f"{agency.code}0", at))
            day += DAY
    return found


def _due(unit: str, day: date) -> Iterator[tuple[str, date, datetime]]:
    """(kind, its day, moment) of the digests that are made on a day."""
    if not _is_worked(unit, day, at_local(unit, day, time(23))):
        return
    start, end = _usual(unit, day)
    plan = start + 90 * MINUTE
    if unit == "B":
        written = B_DEADLINES["plan@Jumat" if day.weekday() == 4 else "plan"][1]
        plan = at_local(unit, day, clock(written.replace(".", "")))
    yield "morning", day, plan + 15 * MINUTE
    yield "evening", day, end + 60 * MINUTE + 30 * MINUTE
    rest = [day + n * DAY for n in range(1, 5 - day.weekday())]
    if day.weekday() < 5 and not any(_is_worked(unit, each, at_local(unit, each, time(0))) for each in rest):
        yield "weekly", day, at_local(unit, day, time(16))
    before = [day - n * DAY for n in range(1, day.day)]
    if not any(_is_worked(unit, each, at_local(unit, each, time(23))) for each in before):
        yield "monthly", day.replace(day=1) - DAY, at_local(unit, day, time(8))
