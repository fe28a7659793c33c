"""What the circulars look at in somebody's facts: people of the same circumstances stand alike under them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policy.keys import KEYS, Value
from policy.model import Circular, Condition, Facts, Lasts
from policy.weighing import meeting

Circumstances = tuple[object, ...]
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Looks:
    """What circulars look at; of which facts the first day counts; and which facts of the region they then cite."""

    reads: tuple[Callable[[Facts], Value | None], ...]
    dated: tuple[str, ...]
    regional: tuple[str, ...]


_looks: dict[tuple[int, ...], tuple[Sequence[Circular], Looks]] = {}


def circumstances(facts: Facts) -> Circumstances:
    """The circulars by identity, the day, what the agency took on, and every condition that a circular names."""
    ids = tuple(map(id, facts.circulars))
    looks = _looks_at(ids, facts.circulars)
    values = [read(facts) for read in looks.reads]
    if looks.dated:
        return (ids, facts.on, facts.taken_on, *values, *(_since(name, facts) for name in looks.dated))
    return (ids, facts.on, facts.taken_on, *values)


def shown_beside(facts: Facts) -> tuple[object, ...]:
    """What a citation names of the region that no condition looks at: what it is called, since when its facts hold."""
    looks = _looks_at(tuple(map(id, facts.circulars)), facts.circulars)
    found = [facts.region_facts.get(name) for name in looks.regional]
    return (facts.region_name or facts.region_code, *[fact and fact.since for fact in found])


def _since(name: str, facts: Facts) -> date | None:
    fact = meeting.fact_of(name, facts)
    return None if fact is None else fact.since


def _looks_at(ids: tuple[int, ...], circulars: Sequence[Circular]) -> Looks:
    kept = _looks.get(ids)
    if kept is None:
        if len(_looks) >= _KEPT:
            _looks.clear()
        kept = _looks[ids] = (circulars, _looks_of(circulars))
    return kept[1]


def _looks_of(circulars: Sequence[Circular]) -> Looks:
    names = {condition.key for circular in circulars for condition in _conditions(circular)}
    dated = {lasts.after for circular in circulars for lasts in _lasting(circular) if lasts is not None}
    regional = {KEYS[name].regional for name in names}
    return Looks(
        reads=tuple(KEYS[name].read for name in sorted(names | dated)),
        dated=tuple(sorted(dated)),
        regional=tuple(sorted(filter(None, regional))),
    )


def _lasting(circular: Circular) -> Iterator[Lasts | None]:
    yield from (rule.lasts for rule in circular.rules)
    yield from (silence.lasts for silence in circular.not_stated)
    yield from (duty.lasts for duty in circular.duties)


def _conditions(circular: Circular) -> Iterator[Condition]:
    yield from (*circular.lasts_while, *circular.binds, *circular.asks)
    for rule in circular.rules:
        yield from meeting.looked_at(rule)
    for silence in circular.not_stated:
        yield from silence.when
    for duty in circular.duties:
        yield from duty.when
    for judgement in circular.not_automated:
        yield from judgement.when
