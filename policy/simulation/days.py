"""An organisation under its circulars, day by day: everybody's verdict, and the count of every unit.

No clock and no database: the same organisation, circulars, days and seed give the same answers to anybody. Where
a quota leaves a day to a rota and none is published, one is proposed (`simulation_rotas`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from policy.book import oldest_first
from policy.calendar import WEEK, monday_of
from policy.engine import decide
from policy.model import Circular, Facts, Verdict
from policy.org.people import Org
from policy.simulation.counts import Count, counts_of, quotas_of
from policy.simulation.rotas import Planner, Proposal, Trouble, with_turns
from policy.weighing.quotas import Group

Day = Mapping[str, Facts]  # everybody's facts of one day, by person


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDay:
    """What comes out for a day. `proposed` are those whose turn was planned here and is published nowhere."""

    on: date
    facts: Day
    verdicts: Mapping[str, Verdict]
    counts: tuple[Count, ...]
    proposed: frozenset[str]
    troubles: tuple[Trouble, ...]  # what the proposed rotas could not meet
    proposals: tuple[Proposal, ...]  # the week's, with the first of its days that is shown


def simulate(org: Org, circulars: Iterable[Circular], *, first: date, last: date) -> Iterator[SimulatedDay]:
    """Every day from `first` to `last`, in order. Rotas are planned for whole weeks, from the Monday before on."""
    given = oldest_first(circulars)
    planner = Planner(org)
    monday = monday_of(first)
    while monday <= last:
        week = {on: org.facts(on, _as_of(on), given) for on in (monday + timedelta(days=n) for n in range(7))}
        counted = {on: quotas_of(people) for on, people in week.items()}
        proposals = tuple(planner.plan(week, counted))
        for on, people in week.items():
            if first <= on <= last:
                yield _day(on, people, counted[on], proposals, is_first=on == max(first, monday))
        monday += WEEK


def _as_of(on: date) -> datetime:
    """The moment the facts were read: a file knows no other than the day itself."""
    return datetime.combine(on, time.min, tzinfo=UTC)


def _day(
    on: date, people: Day, quotas: tuple[Group, ...], proposals: tuple[Proposal, ...], *, is_first: bool
) -> SimulatedDay:
    turns = {who: turn for each in proposals for who, turn in each.turns.get(on, {}).items()}
    facts = with_turns(people, turns)
    decided: dict[int, Verdict] = {}
    verdicts = {}
    for person, known in facts.items():
        if id(known) not in decided:
            decided[id(known)] = decide(known)
        verdicts[person] = decided[id(known)]
    return SimulatedDay(
        on=on,
        facts=facts,
        verdicts=verdicts,
        counts=tuple(counts_of(on, facts, verdicts, quotas)),
        proposed=frozenset(turns),
        troubles=tuple(trouble for each in proposals for trouble in each.troubles if trouble.on == on),
        proposals=proposals if is_first else (),
    )
