"""What a unit's rota is made from and what comes out: plain values, the same for whoever recomputes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType

from policy.words import Arrangement, Counted

DAY = 1000  # the unit of a tally: thousandths of a day
CYCLE_DAYS = 28


class Slot(StrEnum):
    """What is known of a person and day before the rota."""

    FREE = "free"  # the rota may say
    OFFICE = (
        "office"  # settled in the office by a circular or a head's letter: the rota cannot send them home
    )
    FIXED = "fixed"  # the head's fixed office day: first of all who are free, but never above a cap
    FIXED_HOME = "fixed home"  # the head's fixed day elsewhere: called in by law only (a floor, a full week)
    HOME = "home"  # settled out of the office, for whatever reason
    AWAY = "away"  # absent, off, or no rota may speak: no place to give


class Because(StrEnum):
    """Why the rota gives somebody this place on this day."""

    SETTLED = "settled"  # by a circular, a letter or the health gate: shown for completeness, it is no turn
    FIXED = "fixed"  # the head's fixed day
    PUBLISHED = "published"  # kept, since it was published
    TURN = "turn"  # whose turn it fairly is, in or out
    FLOOR = "floor"  # called in: else the unit would be under its minimum
    NEED = "need"  # called in: a service needs it
    TARGET = "target"  # called in: the head's stated number needs it
    CAP = "cap"  # was published in the office, and the limit was lowered
    WISH = "wish"  # a requested day elsewhere, granted
    WEEK = "week"  # called in: no days elsewhere are left this week


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What somebody has done, in thousandths of a day (DAY = one day in the office).

    Days on which they could not be called (away, settled elsewhere) are credited with the share that colleagues in
    the same position did, so that nobody comes back from leave or illness with a debt.
    """

    days: int = 0  # in this cycle
    fridays: int = 0  # carried on from cycle to cycle, as are bridge days
    bridges: int = 0
    debt: int = 0  # what earlier cycles left: lower has done less; 0 is the most of all colleagues
    shifts: Mapping[str, int] = field(default_factory=dict)  # how often in each shift, by its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everybody's tally, and the Monday on which their four-week cycle began (None: it begins with this rota)."""

    cycle: date | None = None
    tallies: Mapping[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of the unit.

    `groups` are the keys of the limits in which they are counted, several at once where need be. `office_first`: a
    service needs them; they are called before others. `home_first`: called only where a floor, a need or a target
    lacks people and nobody else is left, never to fill up to a cap; the list does not say why. `slots` are FREE where a
    day is not named. `wishes`: requested days elsewhere, granted while limits allow. `elsewhere_most`: days a week
    (Monday to Sunday) for which the rota may leave them out of the office, days settled by a circular or a letter not
    counted; None: no limit.
    """

    id: str
    groups: tuple[str, ...] = ()
    home_first: bool = False
    office_first: bool = False
    slots: Mapping[date, Slot] = field(default_factory=dict)
    wishes: frozenset[date] = frozenset()
    elsewhere_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many of a group may or must be in the office on a day; None where nothing is said.

    `cap` and `floor` are law, `need` is what a service needs, `target` the head's stated number. `taken` are office
    places that people outside this order already use under the same limit (other units of a perangkat daerah,
    planned one by one): they count towards cap, floor and target. Under Counted.SHIFT and Counted.MOMENT cap,
    floor and taken are of one shift or one moment (the cap of the fullest, the floor of the emptiest), need and target
    of the day; other counts are of the day.
    """

    group: str
    on: date
    cap: int | None = None
    floor: int | None = None
    need: int | None = None
    target: int | None = None
    taken: int = 0
    counted: Counted = Counted.DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """A shift's name and the times between which somebody of it may be in the office (earliest in, latest out)."""

    name: str
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Division:
    """The shifts of one day: evenly over all of them, or everybody in the first that the limits allow.

    `members` are the people who work in shifts; empty: everybody.
    """

    shifts: tuple[Hours, ...]
    is_even: bool
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Where somebody works on a day, and why the rota says so."""

    arrangement: Arrangement
    because: Because = Because.TURN
    shift: str | None = None

    @property
    def is_office(self) -> bool:
        return self.arrangement is Arrangement.WFO


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everything a rota follows from: who publishes this list publishes how anybody recomputes the rota.

    `days` are the working days to plan. `published` is what people have been told already: kept where it is
    lawful. Days before `locked_before` have happened: they are counted, never changed. `seed` breaks ties and
    is committed to before the draw (policy.roster.commitment). `elsewhere` is the name of not being in the office.
    """

    unit: str
    days: tuple[date, ...]
    seed: str
    members: tuple[Member, ...]
    limits: tuple[Limit, ...] = ()
    divisions: Mapping[date, Division] = field(default_factory=dict)
    bridge_days: frozenset[date] = frozenset()
    ledger: Ledger = field(default_factory=Ledger)
    published: Mapping[date, Mapping[str, Assignment]] = field(default_factory=dict)
    locked_before: date | None = None
    elsewhere: Arrangement = Arrangement.WFH


# Every problem and the numbers that its sentence may use.
PROBLEMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "no_seat": ("cap", "people"),  # the cap is 0 though there are people
        "floor_above_cap": ("floor", "cap"),
        "floor_above_people": ("floor", "people"),  # fewer could come at all, over all shifts of the day
        "floor_missed": ("floor", "seated"),  # other limits leave no room
        "need_above_cap": ("need", "cap"),
        "need_above_people": ("need", "people"),
        "need_missed": ("need", "seated"),
        "target_above_cap": ("target", "cap"),
        "target_missed": ("target", "seated"),
        "settled_above_cap": (
            "settled",
            "cap",
        ),  # settled in the office by others than the rota: they stay in
        "fixed_above_cap": ("fixed", "seated"),  # fixed office days for which a limit leaves no room
        "week_exceeded": (
            "most",
            "elsewhere",
        ),  # of one person: limits keep them out for more days than allowed
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A duty that cannot be met: a key of PROBLEMS, the day, the group (or person) and the numbers."""

    key: str
    on: date
    group: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """Who works where on each day (those who are away stand nowhere), what cannot be met, and the ledger after."""

    unit: str
    days: Mapping[date, Mapping[str, Assignment]]
    problems: tuple[Problem, ...]
    ledger: Ledger

    def in_office(self, day: date) -> tuple[str, ...]:
        """Ids of those in the office on that day, sorted."""
        return tuple(sorted(who for who, each in self.days.get(day, {}).items() if each.is_office))
