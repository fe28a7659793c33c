"""The rotas of a simulation: where a quota leaves days open and none is published, one is proposed, week by week.

It is planned as for the bot, by `policy.rota.order` and `policy.roster`: each unit by its settings and seed, with
the ledger carried from week to week. Units that share a quota of their perangkat daerah are planned one after the
other, by code, and know the turns of those before them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from policy.model import Arrangement, Facts, Turn
from policy.org.people import Org
from policy.roster import Assignment, Because, Ledger, Rota, plan
from policy.rota.order import Settings, order_from
from policy.simulation.weeks import overruns
from policy.weighing.quotas import Group

PROPOSED = "proposed"  # stands where a published rota has its code
Week = Mapping[date, Mapping[str, Facts]]  # by day, then by person
Counted = Mapping[date, tuple[Group, ...]]  # the quotas of each day


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What a proposed rota could not meet: a key of policy.roster's PROBLEMS, with its numbers."""

    unit: str
    on: date
    group: str  # the limit or the person it is about
    key: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A unit's rota of one week. `turns` holds those only whose turn is not published."""

    unit: str
    monday: date
    seed: str
    turns: Mapping[date, Mapping[str, Turn]]
    troubles: tuple[Trouble, ...]


class Planner:
    """Plans week after week, and remembers what everybody has done."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._ledgers: dict[str, Ledger] = {}

    def plan(self, week: Week, counted: Counted) -> list[Proposal]:
        """A proposal for each unit of whom somebody is counted in a quota on some day of the week."""
        members = {on: {who for group in each for who in group.members} for on, each in counted.items()}
        known = {on: dict(people) for on, people in week.items()}
        staff = _staff(next(iter(week.values())))
        found = []
        for unit, office in _counted_units(week, counted).items():
            facts = {on: {who: people[who] for who in staff[office or unit]} for on, people in known.items()}
            proposal = self._plan_unit(unit, facts, members)
            for on, turns in proposal.turns.items():
                known[on].update(with_turns({who: known[on][who] for who in turns}, turns))
            if any(proposal.turns.values()) or proposal.troubles:
                found.append(proposal)
        return self._with_weeks(found, known)

    def _with_weeks(self, found: list[Proposal], known: Week) -> list[Proposal]:
        """The proposals, and what turns, published ones too, make of people's weeks."""
        monday = min(known)
        by_unit = {each.unit: each for each in found}
        for over in overruns(known):
            numbers = {"most": over.most, "elsewhere": over.days}
            trouble = Trouble(
                unit=over.unit, on=over.on, group=over.person, key="week_exceeded", numbers=numbers
            )
            own = by_unit.get(over.unit) or Proposal(
                unit=over.unit, monday=monday, seed=self._org.seed, turns={}, troubles=()
            )
            if trouble not in own.troubles:
                by_unit[over.unit] = replace(own, troubles=(*own.troubles, trouble))
        return list(by_unit.values())

    def _plan_unit(self, unit: str, facts: Week, members: Mapping[date, set[str]]) -> Proposal:
        settings = self._settings(unit, facts)
        rota = plan(order_from(unit, facts, settings))
        self._ledgers[unit] = rota.ledger
        turns = {
            on: {
                who: _turn(each, facts[on][who])
                for who, each in places.items()
                if _is_turn(each, is_counted=who in members[on]) and facts[on][who].turn is None
            }
            for on, places in rota.days.items()
        }
        return Proposal(
            unit=unit,
            monday=min(facts),
            seed=settings.seed,
            turns=turns,
            troubles=tuple(_troubles(rota)),
        )

    def _settings(self, unit: str, facts: Week) -> Settings:
        own = self._org.rotas.get(unit)
        published = {on: _published(unit, people) for on, people in facts.items()}
        settings = Settings(seed=self._org.seed, ledger=self._ledger(unit), published=published)
        if own is None:
            return settings
        return replace(
            settings,
            seed=own.seed or self._org.seed,
            target=own.target,
            least=own.minimum,
            needs=own.services,
            needed=own.needed,
            fixed=own.fixed,
            fixed_home=own.fixed_home,
            wishes=own.wishes,
            elsewhere=own.elsewhere,
        )

    def _ledger(self, unit: str) -> Ledger:
        if unit not in self._ledgers:
            given = self._org.ledger
            mine = {who: each for who, each in given.tallies.items() if self._org.people[who].unit == unit}
            self._ledgers[unit] = replace(given, tallies=mine)
        return self._ledgers[unit]


def _is_turn(planned: Assignment, *, is_counted: bool) -> bool:
    """Whether the rota says something of somebody: whom a rule settles in the office, it only gives a shift."""
    if planned.because is Because.SETTLED:
        return planned.shift is not None
    return is_counted and planned.because is not Because.PUBLISHED


def _staff(people: Mapping[str, Facts]) -> Mapping[str, list[str]]:
    """Who belongs to each unit, and to each perangkat daerah; one code may be both."""
    found: dict[str, list[str]] = defaultdict(list)
    for who, known in people.items():
        for code in {known.unit_code, known.office_code}:
            found[code].append(who)
    return found


def _counted_units(week: Week, counted: Counted) -> dict[str, str]:
    """The units, by code, of whom somebody is counted; with the office where they share a quota with others."""
    found: dict[str, str] = {}
    for on, quotas in counted.items():
        for group in quotas:
            units = {week[on][who].unit_code for who in group.members}
            for unit in units:
                found[unit] = group.scope if len(units) > 1 else found.get(unit, "")
    return dict(sorted(found.items()))


def with_turns(people: Mapping[str, Facts], turns: Mapping[str, Turn]) -> dict[str, Facts]:
    """The facts with the turns in them; colleagues with equal facts and turns go on sharing one value."""
    shared: dict[tuple[int, Arrangement, str | None], Facts] = {}
    found = dict(people)
    for person, turn in turns.items():
        key = (id(people[person]), turn.arrangement, turn.shift)
        if key not in shared:
            shared[key] = replace(people[person], turn=turn)
        found[person] = shared[key]
    return found


def _published(unit: str, people: Mapping[str, Facts]) -> dict[str, Assignment]:
    return {
        who: Assignment(arrangement=known.turn.arrangement, because=Because.PUBLISHED, shift=known.turn.shift)
        for who, known in people.items()
        if known.unit_code == unit and known.turn is not None
    }


def _turn(planned: Assignment, facts: Facts) -> Turn:
    return Turn(arrangement=planned.arrangement, rota=PROPOSED, published_at=facts.as_of, shift=planned.shift)


def _troubles(rota: Rota) -> Iterator[Trouble]:
    for each in rota.problems:
        yield Trouble(unit=rota.unit, on=each.on, group=each.group, key=each.key, numbers=each.numbers)
