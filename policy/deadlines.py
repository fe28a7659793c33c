"""What is due when on a working day, from the agency's data: pure rules, moments in, moments out.

A deadline is a clock time of the agency, or lies so many minutes from the start or end of the person's own hours
that day: so Fridays, Ramadan, shifts and half days move it by themselves. The defaults come to 07.00-08.30 for
health, 09.00 for the plan and 17.00 for the output on a day from 07.30 to 16.00.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from policy.conditions import WEEKDAYS
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
        """The moment on that day, of somebody with these hours, in their zone; hours may go past midnight."""
        local = datetime.combine(day, time(0)) + timedelta(minutes=self.minutes + _base(self.base, hours))
        return local.replace(tzinfo=zone)

    def __str__(self) -> str:
        """As `moment_named` reads it."""
        if self.base is Base.CLOCK:
            return f"{self.minutes // 60:02}.{self.minutes % 60:02}"
        return f"{self.base.value}{self.minutes:+d}"


def _base(base: Base, hours: Hours) -> int:
    """Minutes since the midnight with which the day begins."""
    start, end = _minute(hours.start), _minute(hours.end)
    return {Base.CLOCK: 0, Base.START: start, Base.END: end + _DAY * (end <= start)}[base]


def _minute(at: time) -> int:
    return 60 * at.hour + at.minute


class UnreadableMomentError(ValueError):
    """What somebody wrote for a moment, in a sentence."""


_DAY = 24 * 60
_WRITTEN = re.compile(r"(?:(mulai|selesai)\s*([+-])\s*(\d{1,3})|(\d{1,2})[.:](\d{2}))")


def moment_named(text: str) -> Moment:
    """Read `08.30`, `mulai+60` or `selesai-30` (minutes). Raises UnreadableMomentError."""
    found = _WRITTEN.fullmatch(text.strip().casefold())
    if found is None or (found[4] and not (int(found[5]) < 60 and _clock(found) <= _DAY)):
        raise UnreadableMomentError(
            f"`{text}` is no moment of a day. Write a clock time such as 08.30, or minutes from the hours such as "
            "mulai+60 or selesai-30."
        )
    if found[1]:
        return Moment(Base(found[1]), int(f"{found[2]}{found[3]}"))
    return Moment(Base.CLOCK, _clock(found))


def _clock(found: re.Match[str]) -> int:
    return 60 * int(found[4]) + int(found[5])


@dataclass(frozen=True, slots=True)
class Span:
    """From when a report is asked for, and until when it is in time."""

    opens: datetime
    due: datetime

    def after(self, share: float) -> datetime:
        """The moment at which this share of the time has passed."""
        return self.opens + share * (self.due - self.opens)


Pair = tuple[Moment, Moment]  # from when a report is asked for, and until when it is in time
_DEFAULT: Mapping[Owed, Pair] = {
    Owed.HEALTH: (Moment(Base.START, -30), Moment(Base.START, 60)),
    Owed.PLAN: (Moment(Base.START, -30), Moment(Base.START, 90)),
    Owed.OUTPUT: (Moment(Base.END, -30), Moment(Base.END, 60)),
}
_PIVOT = {Owed.HEALTH: Base.START, Owed.PLAN: Base.START, Owed.OUTPUT: Base.END}
_VERIFICATION = "verification"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """An agency's data: for each kind when it opens and is due.

    `varied` has what differs on a weekday or in a season, by (kind, its name in small letters). What was reported
    is to be judged until 24.00 of the working day `verified_after` days after it.
    """

    of: Mapping[Owed, Pair] = field(default_factory=lambda: dict(_DEFAULT))
    varied: Mapping[tuple[Owed, str], Pair] = field(default_factory=dict)
    verified_after: int = 1

    def pair(self, kind: Owed, *, day: date, season: str | None = None) -> Pair:
        """What holds for that kind on that day; a season goes before a weekday."""
        for name in (season or "", WEEKDAYS[day.weekday()]):
            if (kind, name.casefold()) in self.varied:
                return self.varied[kind, name.casefold()]
        return self.of[kind]

    def span(
        self,
        kind: Owed,
        *,
        day: date,
        hours: Hours,
        zone: ZoneInfo,
        usual: Hours | None = None,
        season: str | None = None,
    ) -> Span:
        """When that kind opens and is due for somebody with these hours that day.

        A clock time is meant for the `usual` hours of the agency's day: who begins (or, for the output, ends) so
        much later or earlier, by a shift or half a day, has their own as much later or earlier.
        """
        pivot = _PIVOT[kind]
        moved = timedelta(minutes=_base(pivot, hours) - _base(pivot, usual)) if usual else timedelta(0)
        opens, due = (
            each.on(day, hours, zone) + (moved if each.base is Base.CLOCK else timedelta(0))
            for each in self.pair(kind, day=day, season=season)
        )
        return Span(opens, due)


DEFAULT_DEADLINES = Deadlines()


def from_setting(stored: str | None) -> Deadlines:
    """Read what an agency recorded; None: the defaults. Raises UnreadableMomentError.

    JSON, such as {"health": ["mulai-30", "mulai+60"], "plan@Jumat": ["07.00", "09.00"], "verification": 1};
    what it does not name is as by default.
    """
    said = dict(json.loads(stored)) if stored else {}
    days = said.pop(_VERIFICATION, DEFAULT_DEADLINES.verified_after)
    of, varied = dict(_DEFAULT), dict[tuple[Owed, str], Pair]()
    for name, moments in said.items():
        kind, variant = kind_named(name)
        if variant:
            varied[kind, variant] = pair_named(moments)
        else:
            of[kind] = pair_named(moments)
    return Deadlines(of=of, varied=varied, verified_after=int(days))


def to_setting(deadlines: Deadlines) -> str:
    """The JSON that `from_setting` reads back as the same."""
    said: dict[str, object] = {kind.value: _named(pair) for kind, pair in deadlines.of.items()}
    said |= {
        f"{kind.value}@{variant}": _named(pair) for (kind, variant), pair in sorted(deadlines.varied.items())
    }
    return json.dumps(said | {_VERIFICATION: deadlines.verified_after})


def kind_named(name: str) -> tuple[Owed, str]:
    """Read `plan` or `plan@Jumat`: the kind, and the weekday or season in small letters or "". Raises
    UnreadableMomentError."""
    kind, at, variant = name.strip().casefold().partition("@")
    if kind.strip() not in tuple(Owed) or (at and not variant.strip()):
        raise UnreadableMomentError(
            f"`{name}` is nothing that is owed. Write health, plan or output, also with a weekday or a season "
            "such as plan@Jumat or plan@Ramadan."
        )
    return Owed(kind.strip()), variant.strip()


def pair_named(moments: Sequence[str]) -> Pair:
    """Read from when and until when. Raises UnreadableMomentError."""
    if isinstance(moments, str) or len(moments) != 2:
        raise UnreadableMomentError(
            "A deadline needs two moments: from when it is asked for, and until when."
        )
    return moment_named(moments[0]), moment_named(moments[1])


def _named(pair: Pair) -> list[str]:
    return [str(each) for each in pair]


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
