"""What a circular can say, what the engine is told, what it answers: import these names from here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from policy.reasons import REASONS, Citation, Duty, FactUsed, NotStated, Reason
from policy.verdict import Verdict, visible_to
from policy.words import (
    EVERYONE,
    AbsenceKind,
    AgencyKind,
    Arrangement,
    Ask,
    Audience,
    CalendarDay,
    DayKind,
    Employment,
    Fact,
    Hours,
    JobLevel,
    Modality,
    Obligation,
    Part,
    Step,
    Zone,
)

__all__ = [
    "EVERYONE",
    "REASONS",
    "Absence",
    "AbsenceKind",
    "AgencyKind",
    "Arrangement",
    "Ask",
    "Audience",
    "CalendarDay",
    "Case",
    "Circular",
    "Citation",
    "Condition",
    "DayKind",
    "Duty",
    "Employment",
    "Extension",
    "Fact",
    "FactUsed",
    "Facts",
    "HealthGate",
    "Hours",
    "JobLevel",
    "Modality",
    "NotStated",
    "Obligation",
    "Outcome",
    "Part",
    "Period",
    "Reason",
    "Rule",
    "Silence",
    "Source",
    "Step",
    "Verdict",
    "Zone",
    "visible_to",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a circular was read, and the day somebody last looked."""

    title: str
    url: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of the closed list in `conditions`, and the values under which it holds."""

    key: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. `until` is None while no end is stated."""

    start: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule sets for the people it meets."""

    arrangement: Arrangement
    modality: Modality


@dataclass(frozen=True, slots=True)
class Extension:
    """An older circular's period that a rule lets go on; it sets nobody's day by itself."""

    circular: str
    signed: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    paragraph: str
    says: str
    when: tuple[Condition, ...]
    then: Outcome | Extension
    excepts: tuple[str, ...]  # rules that this one replaces where both apply
    beside: tuple[str, ...]  # rules whose verdicts also show this one
    conflicts_with: tuple[str, ...]  # a contradiction in the text; a silence says how it is read
    line: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Where the circular does not say. It concerns people under `when`, decided by one of `rules`."""

    note: NotStated
    when: tuple[Condition, ...]
    rules: tuple[str, ...]  # empty: whichever rule decides, or none
    during: Period | None  # None: as long as the circular is in force
    leaves_undecided: bool
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example beside the circular. `expect` is None for "not covered"."""

    name: str
    on: date
    given: Mapping[str, str]
    expect: Arrangement | None
    because: tuple[str, ...]  # paragraphs cited as deciding
    not_stated: tuple[str, ...]  # ids of silences shown
    line: int


@dataclass(frozen=True, slots=True)
class Circular:
    id: str  # the file's name without its ending
    number: str
    form: str  # what kind of text it is: SE, Keputusan, Perpres
    issuer: str
    title: str
    signed: date
    in_force: Period
    binds: tuple[Condition, ...]
    based_on: tuple[str, ...]
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    not_stated: tuple[Silence, ...]
    cases: tuple[Case, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Absence:
    kind: AbsenceKind
    since: date
    until: date | None = None
    part: Part | None = None  # None: the whole day; else this half of each of its days


@dataclass(frozen=True, slots=True)
class HealthGate:
    """What keeps a person out of the office, both days included; open while `until` is None."""

    since: date
    until: date | None
    code: str  # such as "kmk328:besar" or "unfit"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the engine is told of one person and day. What is not known is None, never a default."""

    on: date
    as_of: datetime  # aware: the moment up to which the rows were read
    day: CalendarDay
    circulars: tuple[Circular, ...]  # those switched on for the unit, whatever their dates
    unit_code: str
    unit_name: str = ""
    unit_kind: str | None = None
    unit_chain: tuple[str, ...] = ()  # codes from the unit up to the agency, both included
    agency_kind: AgencyKind | None = None
    region_code: str | None = None  # the regency or city of the unit
    region_name: str | None = None
    region_chain: tuple[str, ...] = ()  # codes and names of the region and of all above it
    region_facts: Mapping[str, Fact] = field(default_factory=dict)  # such as {"zone": Fact("hijau", since=…)}
    employment: Employment | None = None
    job_level: JobLevel | None = None
    absence: Absence | None = None
    health_gate: HealthGate | None = None
    timezone: str = "WIB"

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone: facts are known up to a moment, not a wall clock.")
        if self.day.on != self.on:
            raise ValueError(f"The calendar day is {self.day.on}, but the facts are for {self.on}.")
