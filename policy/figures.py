"""What a digest for a head says of their unit: who is where, what was reported, what changed. Pure, from plain rows.

A digest freezes its figures: they are stored as they stood at `as_of`, and the same figures again are no correction.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any

from policy.deadlines import Owed
from policy.words import AbsenceKind, Arrangement

LONG_STREAK = 5  # working days on which somebody reported without a gap: that it ended is worth a line


class Kind(StrEnum):
    MORNING = "morning"
    EVENING = "evening"
    WEEKLY = "weekly"
    MONTHLY = "monthly"

    @property
    def is_of_a_day(self) -> bool:
        return self in (Kind.MORNING, Kind.EVENING)


class Place(StrEnum):
    """Where somebody is today, as their head needs to know it."""

    OFFICE = "office"
    HOME = "home"  # or anywhere else of their own choice
    OUT = "out"  # in the field, on duty travel
    OPEN = "open"  # no rule says
    AWAY = "away"  # absent, or off


_PLACES = {
    Arrangement.WFO: Place.OFFICE,
    Arrangement.WFH: Place.HOME,
    Arrangement.WFA: Place.HOME,
    Arrangement.FIELD: Place.OUT,
    Arrangement.TRAVEL: Place.OUT,
    Arrangement.UNDECIDED: Place.OPEN,
}


def place_of(arrangement: str | None) -> Place:
    """Where an open day's arrangement puts somebody; None: no day is open for them."""
    return _PLACES.get(Arrangement(arrangement), Place.AWAY) if arrangement else Place.AWAY


_CLASSES = {
    AbsenceKind.PERMISSION: "permission",
    AbsenceKind.TRAINING: "training",
    AbsenceKind.STUDY: "study",
    AbsenceKind.TRAVEL: "travel",
}
_PRIVATE = frozenset({AbsenceKind.SICK_LEAVE, AbsenceKind.MATERNITY_LEAVE, AbsenceKind.SUSPENDED})


def absence_class(kind: AbsenceKind) -> str:
    """What others may read of an absence; of illness and the like only that somebody is away."""
    return "away" if kind in _PRIVATE else _CLASSES.get(kind, "leave")


class Outcome(StrEnum):
    """What has become of what somebody owed, as far as a digest counts it."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"  # due, and not there
    EXCUSED = "excused"
    AHEAD = "ahead"  # not due yet


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports there are of each outcome; the names are those of Outcome."""

    in_time: int = 0
    late: int = 0
    missing: int = 0
    excused: int = 0
    ahead: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.in_time + other.in_time,
            self.late + other.late,
            self.missing + other.missing,
            self.excused + other.excused,
            self.ahead + other.ahead,
        )

    @property
    def total(self) -> int:
        return self.in_time + self.late + self.missing + self.excused + self.ahead


@dataclass(frozen=True, slots=True)
class Counted:
    """A row: so many reports of a kind and day came to this."""

    on: date
    kind: Owed
    outcome: Outcome
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody of the head's own people: what is missing of the day, or how many reports of the week or month."""

    person_id: str
    name: str
    kinds: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody who may not enter the office; never why. None: no day is stated."""

    name: str
    until: str | None


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """An absence that was recorded since the digest before. `word` is the class of it that others may read."""

    name: str
    word: str
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Broken:
    """Somebody who reported on so many working days in a row, and not today."""

    name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many are planned in the office on a day, against the cap and the floor that hold for the unit."""

    unit: str
    on: str
    inside: int
    cap: int | None = None
    floor: int | None = None

    @property
    def is_over(self) -> bool:
        return self.cap is not None and self.inside > self.cap

    @property
    def is_under(self) -> bool:
        return self.floor is not None and self.inside < self.floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is other than at the digest before, or will be: it comes first."""

    absences: tuple[NewAbsence, ...] = ()
    streaks: tuple[Broken, ...] = ()
    seats: tuple[Seats, ...] = ()  # tomorrow over a cap, next week under a floor
    outages: tuple[tuple[str, str], ...] = ()  # (began, ended) of today
    forgiven: int = 0  # reports that are in time because of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """The units below that have heads of their own, together: counts only. `worst`: (unit, people who miss any)."""

    units: int
    pending: int  # of them, for whom their own digest is not made yet
    headless: int  # of them, whose head cannot be reached
    people: int
    places: Mapping[str, int]
    owed: Mapping[str, Tally]
    not_fit: int
    missing: int  # people who miss any report
    worst: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one digest counts of a unit's own people (`first` to `on`) and of the units below."""

    kind: Kind
    first: date
    on: date
    as_of: datetime
    units: tuple[str, ...]  # their names; the first is the one that the digest is of
    people: int = 0
    places: Mapping[str, int] = field(default_factory=dict)
    owed: Mapping[str, Tally] = field(default_factory=dict)  # by Owed; what nobody owes is not in it
    days: Mapping[str, Tally] = field(default_factory=dict)  # by day, all kinds together
    not_fit: int = 0
    missing: tuple[Missing, ...] = ()
    barred: tuple[Barred, ...] = ()
    changes: Changes = Changes()
    waiting: int = 0  # reports that wait for the head's verification
    below: Below | None = None

    @property
    def at_work(self) -> int:
        return self.people - self.places.get(Place.AWAY, 0)

    @property
    def all_owed(self) -> Tally:
        return together(self.owed.values())

    def to_json(self) -> dict[str, Any]:
        """A plain dict that `json.dumps` takes and `policy.figures_stored.from_json` reads back as equal figures."""
        dated = {"first": self.first.isoformat(), "on": self.on.isoformat(), "as_of": self.as_of.isoformat()}
        return {**asdict(self), **dated, "kind": self.kind.value}

    @property
    def sum(self) -> str:
        """A digest of what a correction may be about: not what lies ahead, nor what only waits."""
        said = self.to_json()
        about = {name: said[name] for name in ("people", "places", "owed")}
        return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def counts_of(rows: Iterable[Counted]) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """The tallies of rows by kind and, all kinds together, by day; both in order."""
    kinds: dict[str, Tally] = {}
    days: dict[str, Tally] = {}
    for row in sorted(rows, key=lambda each: (each.on, list(Owed).index(each.kind))):
        one = Tally(**{row.outcome.value: row.count})
        kinds[row.kind.value] = kinds.get(row.kind.value, Tally()) + one
        days[row.on.isoformat()] = days.get(row.on.isoformat(), Tally()) + one
    return kinds, days


def together(tallies: Iterable[Tally]) -> Tally:
    return reduce(Tally.__add__, tallies, Tally())


def streak(reported: Sequence[bool]) -> int:
    """On how many days in a row somebody had reported before the last of `reported` (the oldest first)."""
    days = 0
    for was_there in reversed(reported[:-1]):
        if not was_there:
            break
        days += 1
    return days
