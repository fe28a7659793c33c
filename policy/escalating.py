"""When whom is told next of what is overdue, in working hours only: pure rules, moments in, moments out.

First the head, again after a while, then the level above, then the personnel office. Acknowledging stops it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

from policy.calendar import AgencyCalendar, local_date


class Level(IntEnum):
    """How far up something has been told."""

    HEAD = 0
    ABOVE = 1  # the head's direct superior, or who leads the nearest level above
    OFFICE = 2  # the personnel office: the agency's admins


NAMES = {Level.ABOVE: "atasan", Level.OFFICE: "kepegawaian"}
MOST_REPEATS = 9


class EscalationError(ValueError):
    """What an agency stated cannot be kept, in a sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """The `times`-th time, from 1, that a level is told."""

    level: Level
    times: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """An agency's data. `after` counts from the deadline; `repeat` is working time between two tellings."""

    after: timedelta = timedelta(minutes=30)
    repeat: timedelta = timedelta(hours=2)
    repeats: int = 2  # how often a level is told again before the next one is
    up: tuple[Level, ...] = (Level.ABOVE, Level.OFFICE)

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.after <= timedelta(hours=24):
            raise EscalationError("A head is told between 0 and 1440 minutes after the deadline.")
        if not timedelta(minutes=10) <= self.repeat <= timedelta(hours=40):
            raise EscalationError("It is told again after 10 to 2400 minutes of working time.")
        if not 0 <= self.repeats <= MOST_REPEATS:
            raise EscalationError(f"It is told again 0 to {MOST_REPEATS} times.")

    def next_step(self, level: int, times: int) -> Step | None:
        """What follows when a level has been told so often; None after the last."""
        if times <= self.repeats:
            return Step(Level(level), times + 1)
        return self.step_up(level)

    def step_up(self, level: int) -> Step | None:
        """The first time that the next level is told; None above the last."""
        higher = [each for each in self.up if each > level]
        return Step(min(higher), 1) if higher else None

    def written(self) -> str:
        """As it is kept (JSON, minutes)."""
        return json.dumps(
            {
                "after": int(self.after.total_seconds() // 60),
                "repeat": int(self.repeat.total_seconds() // 60),
                "repeats": self.repeats,
                "up": [NAMES[each] for each in self.up],
            }
        )


DEFAULT_ESCALATION = Escalation()


def escalation_kept(written: str | None) -> Escalation:
    """Read what `written` wrote; what is missing is as by default. Raises EscalationError."""
    kept: dict[str, Any] = json.loads(written) if written else {}
    usual = DEFAULT_ESCALATION
    return Escalation(
        after=timedelta(minutes=kept["after"]) if "after" in kept else usual.after,
        repeat=timedelta(minutes=kept["repeat"]) if "repeat" in kept else usual.repeat,
        repeats=kept.get("repeats", usual.repeats),
        up=levels_named(kept["up"]) if "up" in kept else usual.up,
    )


def levels_named(names: list[str]) -> tuple[Level, ...]:
    """The levels of words such as `atasan` and `kepegawaian`, the lowest first. Raises EscalationError."""
    of = {name: level for level, name in NAMES.items()}
    for name in names:
        if name not in of:
            raise EscalationError(f"`{name}` is no level above a head. Known are: {', '.join(of)}.")
    return tuple(sorted({of[name] for name in names}))


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours in which an agency works, in the zone of one of its units; breaks are not work."""

    calendar: AgencyCalendar
    zone: ZoneInfo

    def next(self, at: datetime) -> datetime:
        """The first moment of working hours from `at` on: `at` itself inside them."""
        return self.after(at, timedelta(0))

    def is_inside(self, at: datetime) -> bool:
        """Whether that moment lies in working hours."""
        return self.next(at) == at

    def after(self, at: datetime, amount: timedelta) -> datetime:
        """The moment at which so much working time has passed since `at`.

        Raises ValueError where a year brings no working hours.
        """
        left = amount
        for start, end in self._spans(local_date(at, self.zone)):
            begins = max(start, at)
            if begins + left < end:
                return begins + left
            left -= max(timedelta(0), end - begins)
        raise ValueError(
            f"The calendar `{self.calendar.id}` has no working hours in the year after {at:%Y-%m-%d}."
        )

    def _spans(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        for days in range(367):
            on = first + timedelta(days=days)
            hours = self.calendar.day(on).hours
            if hours is None:
                continue
            edges = [hours.start, *(each for each in (hours.break_start, hours.break_end) if each), hours.end]
            moments = [datetime.combine(on, each, tzinfo=self.zone) for each in edges]
            yield from zip(moments[::2], moments[1::2], strict=True)
