"""An organisation under its circulars, day by day: everybody's verdict, and the count of every unit.

No clock and no database: the same organisation, circulars, days and seed give the same answers to anybody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from policy.engine import decide
from policy.model import Arrangement, Circular, Facts, Turn, Verdict
from policy.org import Org
from policy.simulation_counts import Count, Trouble, counts_of

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


def simulate(org: Org, circulars: Iterable[Circular], *, first: date, last: date) -> Iterator[SimulatedDay]:
    """Every day from `first` to `last`, in order."""
    given = tuple(sorted(circulars, key=lambda each: (each.signed or date.min, each.id)))
    for days in range((last - first).days + 1):
        on = first + timedelta(days=days)
        yield _day(on, org.facts(on, _as_of(on), given), {}, ())


def _as_of(on: date) -> datetime:
    """The moment the facts were read: a file knows no other than the day itself."""
    return datetime.combine(on, time.min, tzinfo=UTC)


def _day(on: date, people: Day, turns: Mapping[str, Turn], troubles: tuple[Trouble, ...]) -> SimulatedDay:
    facts = _with_turns(people, turns)
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
        counts=tuple(counts_of(on, facts, verdicts)),
        proposed=frozenset(turns),
        troubles=troubles,
    )


def _with_turns(people: Day, turns: Mapping[str, Turn]) -> Day:
    """The facts with the turns in them; colleagues with equal facts and turns go on sharing one value."""
    if not turns:
        return people
    shared: dict[tuple[int, Arrangement, str | None], Facts] = {}
    found = dict(people)
    for person, turn in turns.items():
        key = (id(people[person]), turn.arrangement, turn.shift)
        if key not in shared:
            shared[key] = replace(people[person], turn=turn)
        found[person] = shared[key]
    return found
