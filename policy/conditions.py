"""Whether a rule's conditions hold for somebody, what they looked at, and who may know."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from policy.keys import KEYS, Key
from policy.looking import AGES, WEEKDAYS, age_on
from policy.model import Audience, CalendarDay, Condition, Facts, FactUsed
from policy.words import EVERYONE

__all__ = [
    "AGES", "KEYS", "WEEKDAYS", "Key", "age_on", "all_hold", "example", "facts_used", "holds", "readers",
]  # fmt: skip
_READERS = {key.name: key.read for key in KEYS.values()}  # one look-up less on the way of every verdict


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition is met; None while the fact it looks at is not known."""
    return all_hold((condition,), facts)


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool | None:
    """False if one is not met, else None if one is not known, else True."""
    answer: bool | None = True
    for condition in conditions:
        value = _READERS[condition.key](facts)
        if value is None:
            answer = None
        elif isinstance(value, str):
            if value not in condition.values:
                return False
        elif condition.values.isdisjoint(value):
            return False
    return answer


def facts_used(conditions: Iterable[Condition], facts: Facts) -> tuple[FactUsed, ...]:
    """What the conditions looked at, for the citation."""
    return tuple(_used(condition, facts) for condition in conditions)


def _used(condition: Condition, facts: Facts) -> FactUsed:
    key = KEYS[condition.key]
    value = key.read(facts)
    if value is not None and not isinstance(value, str):
        fitting = sorted(condition.values.intersection(value)) or sorted(condition.values)
        value = fitting[0]
    if key.regional is None:
        return FactUsed(condition.key, value or "")
    fact = facts.region_facts.get(key.regional)
    where = facts.region_name or facts.region_code
    return FactUsed(condition.key, value or "", where=where, since=fact.since if fact else None)


def readers(conditions: Iterable[Condition]) -> frozenset[Audience]:
    """Who may read a reason that rests on these conditions."""
    allowed = EVERYONE
    for condition in conditions:
        allowed &= KEYS[condition.key].readers_of(condition.values)
    return allowed


def example(
    conditions: Iterable[Condition], given: Mapping[str, tuple[str, ...]], day: CalendarDay, base: Facts
) -> Facts:
    """Facts for a worked example: as given, and where it says nothing, someone who meets `conditions`."""
    values = {condition.key: (min(condition.values),) for condition in conditions} | dict(given)
    facts = replace(base, on=day.on, day=day)
    for name in KEYS:  # in the order of KEYS, since zone_since dates the zone
        for value in values.get(name, ()):
            facts = KEYS[name].give(facts, value)
    return facts
