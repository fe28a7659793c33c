"""The stages at which somebody may be reminded on a working day: what they are, and from when until when.

The times of people of one agency are spread by a fixed hash, as wide as a platform needs, so that twenty thousand
reminders do not come in one minute; what is said of a deadline comes after it, never before.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from policy.deadlines import MISSING, Owed, Span, State
from policy.workdays import DEFAULT_WINDOW, Window, closes_at


class Stage(StrEnum):
    """What can be said, in the order of the day."""

    EVE = "shift_eve"  # the evening before a day in the office
    START = "start"  # the morning's opening: the shift of today, health and plan
    HEALTH_80 = "health_80"
    HEALTH_DUE = "health_due"
    PLAN_80 = "plan_80"
    PLAN_DUE = "plan_due"
    OUTPUT_OPEN = "output_open"
    OUTPUT_DUE = "output_due"
    AWAKE = "awake"  # a pause that somebody wished is over


class Profile(StrEnum):
    """How often somebody wants to hear of it. Light: the openings of the day, and shortly before a deadline."""

    LIGHT = "light"
    STANDARD = "standard"


EVE = time(19)
A_SECOND = 25  # messages that a platform surely takes: so wide are many people's reminders spread
CATCH_UP = timedelta(hours=2)
ALMOST = 0.8
_WIDEST = 0.2  # of the window
_BEFORE_WORK = timedelta(minutes=30)
DUE = {Stage.HEALTH_DUE: Owed.HEALTH, Stage.PLAN_DUE: Owed.PLAN, Stage.OUTPUT_DUE: Owed.OUTPUT}
_MORNING = (Owed.HEALTH, Owed.PLAN)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day, local time, in which nothing is said; they may hold over midnight. Equal: there are none."""

    since: time = time(21)
    until: time = time(5)

    def end(self, local: datetime) -> datetime | None:
        """When the quiet hours in which this local moment lies are over; None if it lies in none."""
        at = local.time()
        over_midnight = self.since > self.until
        is_evening = over_midnight and at >= self.since
        if not (is_evening or (at < self.until and (over_midnight or at >= self.since))):
            return None
        day = local.date() + timedelta(days=is_evening)
        return datetime.combine(day, self.until, tzinfo=local.tzinfo)


USUALLY_QUIET = Quiet()


def closes(kind: Owed, *, on: date, zone: ZoneInfo) -> datetime:
    """From when a report of that kind is not taken any more; of health, only the day itself is asked."""
    days = 0 if kind is Owed.HEALTH else DEFAULT_WINDOW.days_after
    return closes_at(on, zone=zone, window=Window(days_after=days))


@dataclass(frozen=True, slots=True)
class Todo:
    """What is or was owed: its time, with what outages took of it given back, and where it stands."""

    kind: Owed
    span: Span
    state: State

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Somebody's working day as reminders see it. Moments are aware; `ended` are the stages in its log."""

    person_id: str
    on: date
    zone: ZoneInfo
    is_in_office: bool
    starts: datetime
    ends: datetime
    owed: tuple[Todo, ...]
    people: int = 0  # of the agency: over so many it is spread
    profile: Profile = Profile.STANDARD
    quiet: Quiet = USUALLY_QUIET
    snoozed_until: datetime | None = None  # the pause that was wished last, over or not
    is_reachable: bool = True
    pings: int = 0
    ended: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[Todo, ...]:
        return tuple(each for each in self.owed if each.is_missing)

    def open(self, now: datetime) -> tuple[Todo, ...]:
        """What is missing and is still taken, late or not."""
        return tuple(each for each in self.missing if now < closes(each.kind, on=self.on, zone=self.zone))


@dataclass(frozen=True, slots=True)
class Planned:
    """A stage of a day: from when it may be said, until when that makes sense, and what it is about."""

    stage: Stage
    at: datetime
    until: datetime
    kinds: tuple[Owed, ...] = ()  # none: of the shift alone

    @property
    def name(self) -> str:
        """What it is called in the log; a pause is named with its end, for there may be several a day."""
        return f"{self.stage}:{self.at:%H%M%S}" if self.stage is Stage.AWAKE else self.stage.value


def planned(day: Day) -> list[Planned]:
    """Return the stages of a day, the earliest first."""
    of = {each.kind: each.span for each in day.owed}
    stages = [*_eve(day), *_start(day, of)]
    for almost, due, kind in (
        (Stage.HEALTH_80, Stage.HEALTH_DUE, Owed.HEALTH),
        (Stage.PLAN_80, Stage.PLAN_DUE, Owed.PLAN),
    ):
        if kind in of:
            at = of[kind].after(ALMOST) + _spread(day, of[kind])
            stages += [Planned(almost, at, of[kind].due, (kind,)), _passed(day, due, of[kind])]
    if Owed.OUTPUT in of:
        span = of[Owed.OUTPUT]
        opening = Planned(Stage.OUTPUT_OPEN, span.opens + _spread(day, span), span.due, (Owed.OUTPUT,))
        stages += [opening, _passed(day, Stage.OUTPUT_DUE, span)]
    return sorted([*stages, *_awake(day)], key=lambda each: each.at)


def share_of(person_id: str) -> float:
    """Return where in a spread somebody always is, from 0 to below 1."""
    return zlib.crc32(person_id.encode()) / 2**32


def _spread(day: Day, span: Span) -> timedelta:
    """How much later than the first somebody is reminded, so that many do not come at once."""
    width = min(timedelta(seconds=day.people / A_SECOND), _WIDEST * (span.due - span.opens))
    return share_of(day.person_id) * width


def _eve(day: Day) -> Iterable[Planned]:
    if day.is_in_office:
        since = datetime.combine(day.on - timedelta(days=1), EVE, tzinfo=day.zone)
        midnight = datetime.combine(day.on, time(0), tzinfo=day.zone)
        yield Planned(Stage.EVE, since + _spread(day, Span(since, midnight)), midnight)


def _start(day: Day, of: dict[Owed, Span]) -> Iterable[Planned]:
    spans = [of[kind] for kind in _MORNING if kind in of]
    if spans:
        first = min(spans, key=lambda span: span.opens)
        until = min(span.after(ALMOST) for span in spans)
        kinds = tuple(kind for kind in _MORNING if kind in of)
        yield Planned(Stage.START, first.opens + _spread(day, first), until, kinds)
    elif day.is_in_office:
        before = Span(day.starts - _BEFORE_WORK, day.starts)
        yield Planned(Stage.START, before.opens + _spread(day, before), day.starts)


def _passed(day: Day, stage: Stage, span: Span) -> Planned:
    """Said after the deadline, never before: for two hours, in the hours of work while there are any."""
    until = max(min(span.due + CATCH_UP, day.ends), span.due + CATCH_UP / 2)
    kind = DUE[stage]
    return Planned(
        stage, span.due + _spread(day, span), min(until, closes(kind, on=day.on, zone=day.zone)), (kind,)
    )


def _awake(day: Day) -> Iterable[Planned]:
    """What was open when a pause ended, is said then: "ingatkan 30 menit lagi" reminds in half an hour."""
    at = day.snoozed_until
    if at is None or not day.owed:
        return
    midnight = datetime.combine(day.on + timedelta(days=1), time(0), tzinfo=day.zone)
    over = max(midnight, *(each.span.due for each in day.owed))  # a night shift goes past midnight
    kinds = tuple(each.kind for each in day.owed if each.span.opens <= at)
    if kinds and at < over:  # reports that are late are taken still
        yield Planned(Stage.AWAKE, at, min(at + CATCH_UP, over), kinds)
