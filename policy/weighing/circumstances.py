"""What the circulars look at in somebody's facts: people of the same circumstances stand alike under them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from policy.keys import KEYS, Value
from policy.model import Circular, Condition, Facts, Lasts
from policy.weighing import meeting

Circumstances = tuple[object, ...]
Looks = tuple[tuple[Callable[[Facts], Value | None], ...], tuple[str, ...]]
_KEPT = 256
_looks: dict[tuple[int, ...], tuple[Sequence[Circular], Looks]] = {}


def circumstances(facts: Facts) -> Circumstances:
    """The circulars by identity, the day, what the agency took on, and every condition that a circular names."""
    ids = tuple(map(id, facts.circulars))
    kept = _looks.get(ids)
    if kept is None:
        if len(_looks) >= _KEPT:
            _looks.clear()
        kept = _looks[ids] = (facts.circulars, _looks_of(facts.circulars))
    reads, dated = kept[1]
    values = [read(facts) for read in reads]
    if dated:
        return (ids, facts.on, facts.taken_on, *values, *(_since(name, facts) for name in dated))
    return (ids, facts.on, facts.taken_on, *values)


def _since(name: str, facts: Facts) -> date | None:
    fact = meeting.fact_of(name, facts)
    return None if fact is None else fact.since


def _looks_of(circulars: Sequence[Circular]) -> Looks:
    names = {condition.key for circular in circulars for condition in _conditions(circular)}
    dated = {lasts.after for circular in circulars for lasts in _lasting(circular) if lasts is not None}
    return tuple(KEYS[name].read for name in sorted(names | dated)), tuple(sorted(dated))


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
