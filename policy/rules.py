"""What a paragraph of a circular can do: settle somebody's place, set a quota or shifts, change another circular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction

from policy.words import (
    Addressee,
    Arrangement,
    ChangeKind,
    Counted,
    Modality,
    Per,
    Rounding,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of the closed list in `conditions`, and the values under which it holds."""

    key: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; None where no start or no end is stated."""

    start: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the people it meets work; only with Modality.WAJIB does it settle a day by itself."""

    arrangement: Arrangement
    modality: Modality


@dataclass(frozen=True, slots=True)
class Amount:
    """A share of the base (0 to 1), or a number of people, or of days for Counted.WEEK: exactly one of the two."""

    share: Fraction | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many of a unit's people may, or must, work under `of`; who of them does is the unit's rota's to say.

    The base is everybody whom the rule meets, and whom the rules named in `counts_also` meet, but for people who
    meet `outside`: those are neither in the base nor counted, and this rule says nothing of them.
    """

    of: frozenset[Arrangement]
    at_most: Amount | None
    at_least: Amount | None  # equal to `at_most` where the text says "exactly"
    per: Per
    counted: Counted
    rounding: Rounding
    modality: Modality  # DAPAT: the head may use it up to there, "if needed"
    outside: tuple[Condition, ...] = ()
    counts_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Arrival and departure windows, local time, (earliest, latest); equal where one time is stated."""

    name: str
    arrive: tuple[time, time]
    leave: tuple[time, time]


@dataclass(frozen=True, slots=True)
class Shifts:
    """Those in the office are divided over these shifts; `is_even`: as equally as it can be done."""

    shifts: tuple[Shift, ...]
    is_even: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """An older circular's period goes on until a later day; it sets nobody's day by itself."""

    circular: str
    signed: date | None  # the day of that older circular; None: not stated
    until: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What this circular does to another: to these paragraphs of it, or to all of it where none is named."""

    kind: ChangeKind
    circular: str
    paragraphs: tuple[str, ...]


Effect = Outcome | Quota | Shifts | Extension | Change


@dataclass(frozen=True, slots=True)
class Lasts:
    """The rule holds only on the first `days` calendar days of the fact `after` (of the unit or its region)."""

    days: int
    after: str


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    paragraph: str
    says: str
    when: tuple[Condition, ...]
    then: Effect
    excepts: tuple[str, ...]  # rules that this one replaces where both apply
    beside: tuple[str, ...]  # rules whose verdicts also show this one, or which hold together with it
    conflicts_with: tuple[str, ...]  # a contradiction in the text; a silence says how it is read
    line: int
    unless: tuple[Condition, ...] = ()  # not for people who meet one of these
    during: Period | None = None  # None: as long as the circular is in force
    lasts: Lasts | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What only a person can judge, such as who may work from home: nothing is computed from `considers`."""

    id: str
    paragraph: str
    says: str
    considers: tuple[str, ...]
    who: Addressee
    when: tuple[Condition, ...]
    line: int


@dataclass(frozen=True, slots=True)
class UnitCase:
    """A worked example of a quota: so many people of these kinds, and the numbers that must come out."""

    name: str
    on: date
    rule: str
    people: tuple[tuple[int, Mapping[str, tuple[str, ...]]], ...]  # (how many, what is given of each)
    base: int
    cap: int | None
    floor: int | None
    line: int
