"""What an ORG.json says, as values: regions, units, people, turns and bindings, each with its dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar

from policy.model import (
    Absence,
    Arrangement,
    Employment,
    Fact,
    HealthGate,
    JobLevel,
    Override,
    Trait,
)

History = Mapping[str, tuple[Fact, ...]]  # name -> facts, the oldest first


class _Span(Protocol):
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


S = TypeVar("S", bound=_Span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    code: str
    name: str
    parent: str | None
    timezone: str | None  # None: as the region above
    facts: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    code: str
    name: str
    kind: str
    parent: str | None
    region: str | None  # None: as the unit above
    facts: History


@dataclass(frozen=True, slots=True)
class TraitSpan:
    trait: Trait
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the organisation. `id` is the NIP where there is one; then `alias` is the id beside it."""

    id: str
    unit: str
    nip: str | None = None
    alias: str | None = None
    employment: Employment | None = None
    job_level: JobLevel | None = None
    function: str | None = None
    is_strategic: bool | None = None
    born: date | None = None
    leads: bool = False
    traits: tuple[TraitSpan, ...] = ()
    absences: tuple[Absence, ...] = ()
    overrides: tuple[Override, ...] = ()
    gates: tuple[HealthGate, ...] = ()

    fixed: tuple[object, ...] = field(init=False, repr=False)
    has_dates: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sets `fixed`, in which two people are equal who differ only by what has dates, and whether any has."""
        post = (self.unit, self.employment, self.job_level, self.function, self.is_strategic, self.leads)
        object.__setattr__(self, "fixed", post)
        object.__setattr__(
            self, "has_dates", bool(self.traits or self.absences or self.overrides or self.gates)
        )

    def dated_on(self, day: date) -> tuple[object, ...]:
        """What holds on that day of all that has dates: equal for two people of whom the same is known."""
        dated = (
            self.absence_on(day),
            standing(self.overrides, day),
            standing(self.gates, day),
        )
        return (*dated, *self.traits_on(day).items())

    def traits_on(self, day: date) -> dict[str, date]:
        return {each.trait.value: each.since for each in self.traits if _covers(each, day)}

    def absence_on(self, day: date) -> Absence | None:
        """The absence that covers the day; a whole day away goes before half of it."""
        found = [each for each in self.absences if _covers(each, day)]
        return min(found, key=lambda each: each.part is not None, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTurn:
    arrangement: Arrangement
    shift: str | None = None
    is_swapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The circular, named by number or id, binds this unit and all below it; None: everybody, without an end."""

    circular: str
    unit: str | None
    since: date | None
    until: date | None

    def covers(self, day: date, unit_chain: Sequence[str]) -> bool:
        begun = self.since is None or self.since <= day
        goes_on = self.until is None or day <= self.until
        return begun and goes_on and (self.unit is None or self.unit in unit_chain)


def standing(spans: Sequence[S], day: date) -> S | None:
    """The one that covers the day and began last."""
    if not spans:
        return None
    found = [each for each in spans if _covers(each, day)]
    return max(found, key=lambda each: each.since, default=None)


def said_on(facts: History, day: date) -> dict[str, Fact]:
    """Of each fact what held on that day; nothing of those that begin later.

    A value that follows itself, said again by somebody else, has held since it was said first.
    """
    found: dict[str, Fact] = {}
    for name, history in facts.items():
        for fact in history:
            if fact.since is None or fact.since <= day:
                before = found.get(name)
                goes_on = before is not None and before.value == fact.value
                found[name] = replace(fact, since=before.since) if before and goes_on else fact
    return found


def _covers(span: _Span, day: date) -> bool:
    return span.since <= day and (span.until is None or day <= span.until)
