"""What a circular can say, what the engine is told, what it answers: import these names from here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from policy.reasons import REASONS, Citation, Duty, FactUsed, NotStated, Reason
from policy.rules import (
    Amount,
    Change,
    Condition,
    Effect,
    Extension,
    Judgement,
    Lasts,
    Outcome,
    Period,
    Quota,
    Rule,
    Shift,
    Shifts,
    UnitCase,
)
from policy.verdict import Verdict, visible_to
from policy.words import (
    EVERYONE,
    AbsenceKind,
    Addressee,
    AgencyKind,
    Arrangement,
    Ask,
    Audience,
    CalendarDay,
    ChangeKind,
    Counted,
    DayKind,
    Employment,
    Fact,
    Function,
    Hours,
    Island,
    JobLevel,
    Modality,
    Obligation,
    Part,
    Per,
    Rank,
    Rounding,
    Sector,
    Step,
    Trait,
    Yes,
    Zone,
)

__all__ = [
    "EVERYONE",
    "REASONS",
    "Absence",
    "AbsenceKind",
    "Addressee",
    "AgencyKind",
    "Amount",
    "Arrangement",
    "Ask",
    "Audience",
    "CalendarDay",
    "Case",
    "Change",
    "ChangeKind",
    "Circular",
    "Citation",
    "Condition",
    "Counted",
    "DayKind",
    "Duty",
    "Effect",
    "Employment",
    "Extension",
    "Fact",
    "FactUsed",
    "Facts",
    "Function",
    "HealthGate",
    "Hours",
    "Island",
    "JobLevel",
    "Judgement",
    "Lasts",
    "Modality",
    "NotStated",
    "Obligation",
    "Outcome",
    "Override",
    "Part",
    "Per",
    "Period",
    "Quota",
    "Rank",
    "Reason",
    "Rounding",
    "Rule",
    "Sector",
    "Shift",
    "Shifts",
    "Silence",
    "Source",
    "Step",
    "Trait",
    "Turn",
    "UnitCase",
    "Verdict",
    "Yes",
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
class Silence:
    """Where the circular does not say. It concerns people under `when`, decided by one of `rules`."""

    note: NotStated
    when: tuple[Condition, ...]
    rules: tuple[str, ...]  # empty: whichever rule decides, or none
    during: Period | None  # None: as long as the circular is in force
    leaves_undecided: bool
    line: int
    lasts: Lasts | None = None  # only on the first days of a fact
    yields: bool = False  # leaves open only whom no rule of the circular places or counts


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example beside the circular. `expect` is None for "not covered"."""

    name: str
    on: date
    given: Mapping[str, tuple[str, ...]]
    rota: Arrangement | None  # what the unit's published rota says; None: none is published
    beside: tuple[str, ...]  # ids of other circulars in force with this one, by the names of files beside it
    expect: Arrangement | None
    because: tuple[str, ...]  # paragraphs cited as deciding
    not_stated: tuple[str, ...]  # ids of silences shown
    line: int
    is_taken_on: bool = False  # the agency decided by itself to follow a circular that only asks it
    since: Mapping[str, date] = field(default_factory=dict)  # first days of facts of the region or unit
    shift: str | None = None  # the shift that the rota gives, by its name


@dataclass(frozen=True, slots=True)
class Circular:
    id: str  # the file's name without its ending
    number: str
    form: str  # what kind of text it is: SE, Keputusan, Perpres
    issuer: str
    rank: Rank
    title: str
    signed: date | None  # None: not stated
    in_force: Period
    lasts_while: tuple[Condition, ...]  # in force only as long as these hold; () where no status is named
    binds: tuple[Condition, ...]
    asks: tuple[Condition, ...]  # people who meet these are only asked to follow it, not bound; () for nobody
    based_on: tuple[str, ...]
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    not_stated: tuple[Silence, ...]
    not_automated: tuple[Judgement, ...]
    cases: tuple[Case, ...]
    unit_cases: tuple[UnitCase, ...]
    path: str
    asks_paragraph: str | None = None  # where it asks them; None: in no paragraph of its own

    @property
    def first_day(self) -> date | None:
        """The first day in force: where the text does not state it, never before the day of signing."""
        return self.in_force.start or self.signed


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the unit's published rota says of a person and day."""

    arrangement: Arrangement
    rota: str  # the rota's code
    published_at: datetime
    shift: str | None = None
    is_swapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What a head decided for one person by letter, both days included; open while `until` is None."""

    arrangement: Arrangement
    letter: str
    by: str  # the head's name and capacity, as it is shown
    since: date
    until: date | None
    considerations: tuple[str, ...] = ()  # which of a circular's considerations the head named


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the engine is told of one person and day. What is not known is None, never a default."""

    on: date
    as_of: datetime  # aware: the moment up to which the rows were read
    day: CalendarDay
    circulars: tuple[Circular, ...]  # those switched on for the unit, whatever their dates
    unit_code: str
    taken_on: frozenset[str] = frozenset()  # ids of circulars that the person's own agency decided to follow
    unit_name: str = ""
    unit_kind: str | None = None
    unit_names: tuple[str, ...] = ()  # the names that go with unit_chain
    unit_chain: tuple[str, ...] = ()  # codes from the unit up to the agency, both included
    agency_kind: AgencyKind | None = None
    region_code: str | None = None  # the regency or city of the unit
    region_name: str | None = None
    region_chain: tuple[str, ...] = ()  # codes and names of the region and of all above it
    region_facts: Mapping[str, Fact] = field(default_factory=dict)  # such as {"zone": Fact("hijau", since=…)}
    office_code: str = ""  # the perangkat daerah of the unit; the agency itself where the tree names none
    unit_facts: Mapping[str, Fact] = field(
        default_factory=dict
    )  # sector, function, urgent, cluster … of the unit
    employment: Employment | None = None
    job_level: JobLevel | None = None
    function: str | None = None  # the person's own, where it differs from their unit's
    is_strategic: bool | None = None  # the person's own; None: as their unit
    born: date | None = None
    traits: Mapping[str, date] = field(default_factory=dict)  # Trait -> since when; what is recorded today
    leads_unit: bool = False
    absence: Absence | None = None
    turn: Turn | None = None
    override: Override | None = None
    health_gate: HealthGate | None = None
    timezone: str = "WIB"

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone: facts are known up to a moment, not a wall clock.")
        if self.day.on != self.on:
            raise ValueError(f"The calendar day is {self.day.on}, but the facts are for {self.on}.")
