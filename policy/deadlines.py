"""What is due when on a working day, from the agency's data: pure rules, moments in, moments out.

A deadline is a clock time of the agency, or lies so many minutes from the start or end of the person's own hours
that day: so Fridays, Ramadan, shifts and half days move it by themselves. The defaults come to 07.00-08.30 for
health, 09.00 for the plan and 17.00 for the output on a day from 07.30 to 16.00.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from policy.words import Hours


class Owed(StrEnum):
    """What a person owes on a working day; the order is that of the day."""

    HEALTH = "health"
    PLAN = "plan"
    OUTPUT = "output"


class State(StrEnum):
    """Where an obligation stands. Late is not missing: it was done. Excused is owed no more."""

    OPEN = "open"
    REMINDED = "reminded"
    OVERDUE = "overdue"
    CLOSED = "closed"
    LATE = "late"
    EXCUSED = "excused"


MISSING = frozenset({State.OPEN, State.REMINDED, State.OVERDUE})


class Base(StrEnum):
    """What a moment is reckoned from."""

    START = "mulai"
    END = "selesai"
    CLOCK = "jam"


@dataclass(frozen=True, slots=True)
class Moment:
    """`minutes` after the start or end of the hours (negative: before), or since midnight for a clock time."""

    base: Base
    minutes: int

    def on(self, day: date, hours: Hours, zone: ZoneInfo) -> datetime:
        """The moment on that day, of somebody with these hours, in their zone."""
        start = {Base.START: hours.start, Base.END: hours.end, Base.CLOCK: time(0)}[self.base]
        local = datetime.combine(day, start) + timedelta(minutes=self.minutes)
        return local.replace(tzinfo=zone)


class UnreadableMomentError(ValueError):
    """What somebody wrote for a moment, in a sentence."""


_WRITTEN = re.compile(r"(?:(mulai|selesai)\s*([+-])\s*(\d{1,3})|(\d{1,2})[.:](\d{2}))")


def moment_named(text: str) -> Moment:
    """Read `08.30`, `mulai+60` or `selesai-30` (minutes). Raises UnreadableMomentError."""
    found = _WRITTEN.fullmatch(text.strip().casefold())
    if found is None or (found[4] and not (int(found[4]) < 24 and int(found[5]) < 60)):
        raise UnreadableMomentError(
            f"`{text}` is no moment of a day. Write a clock time such as 08.30, or minutes from the hours such as "
            "mulai+60 or selesai-30."
        )
    if found[1]:
        return Moment(Base(found[1]), int(f"{found[2]}{found[3]}"))
    return Moment(Base.CLOCK, 60 * int(found[4]) + int(found[5]))


@dataclass(frozen=True, slots=True)
class Span:
    """From when a report is asked for, and until when it is in time."""

    opens: datetime
    due: datetime

    def after(self, share: float) -> datetime:
        """The moment at which this share of the time has passed."""
        return self.opens + share * (self.due - self.opens)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """An agency's data: for each kind when it opens and is due."""

    of: Mapping[Owed, tuple[Moment, Moment]] = field(
        default_factory=lambda: {
            Owed.HEALTH: (Moment(Base.START, -30), Moment(Base.START, 60)),
            Owed.PLAN: (Moment(Base.START, -30), Moment(Base.START, 90)),
            Owed.OUTPUT: (Moment(Base.END, -30), Moment(Base.END, 60)),
        }
    )

    def span(self, kind: Owed, *, day: date, hours: Hours, zone: ZoneInfo) -> Span:
        """When that kind opens and is due for somebody with these hours that day."""
        opens, due = self.of[kind]
        return Span(opens.on(day, hours, zone), due.on(day, hours, zone))


DEFAULT_DEADLINES = Deadlines()


def extended(span: Span, outages: Iterable[tuple[datetime, datetime]]) -> datetime:
    """Until when a report is in time if nobody could be heard meanwhile: the time lost is given back.

    `outages` are (began, ended). What an outage takes of the time given back is given back again.
    """
    due, counted = span.due, span.opens
    for began, ended in sorted(outages):
        if began < due and ended > counted:
            due += ended - max(began, counted)
            counted = ended
    return due


def is_late(done: datetime, span: Span, outages: Iterable[tuple[datetime, datetime]] = ()) -> bool:
    """Whether a report of that moment (the platform's, not ours) came after its deadline."""
    return done > span.due and done > extended(span, outages)
