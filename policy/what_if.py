"""What would change my answer? Found by deciding again with one thing different, never written down by hand.

Tried are only matters of the office that everybody may know: the region's zone, level and status, what is declared
for the unit, the rota, a swap, a head's letter. Nobody's health or discipline is ever varied, nor is an answer shown
whose deciding rule rests on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from policy.engine import decide
from policy.keys import KEYS
from policy.model import (
    EVERYONE,
    Arrangement,
    Circular,
    Citation,
    Condition,
    Fact,
    Facts,
    Outcome,
    Override,
    Quota,
    Turn,
    Verdict,
)
from policy.weighing.standing import Stand, stand

DECLARED = ("zone", "ppkm_level", "psbb", "status", "urgent", "cluster", "stage")
_A_FEW = 5
_OF_EACH = 2
_FIXED = frozenset({Arrangement.OFF, Arrangement.TRAVEL})
_DECIDING = ("rule", "office_by_default", "quota", "permitted", "force_not_stated")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change that would give another answer, and the paragraph that would then decide.

    `key` is one of DECLARED, with the `value` it would need; or "turn" (a published rota), "swap" or "override" (a
    letter of the head), whose value is the arrangement.
    """

    key: str
    value: str
    arrangement: Arrangement
    citation: Citation | None  # None where no paragraph but the rota or the head decides


def what_if(facts: Facts, *, at_most: int = _A_FEW) -> tuple[WhatIf, ...]:
    """The single changes that would move this person to another place; none on days off, on leave or travelling."""
    told = decide(facts)
    if told.arrangement in _FIXED:
        return ()
    return tuple(islice(_flips(facts, told), at_most))


def _flips(facts: Facts, told: Verdict) -> Iterator[WhatIf]:
    held = stand(facts)
    for key in DECLARED:
        found = (
            _tried(key, value, _declared(facts, key, value), told) for value in _values(key, facts, held)
        )
        yield from islice((each for each in found if each is not None), _OF_EACH)
    for place in _places(held):
        for key, changed in _changed(facts, place, held):
            flip = _tried(key, place.value, changed, told)
            if flip is not None:
                yield flip


def _tried(key: str, value: str, changed: Facts, told: Verdict) -> WhatIf | None:
    """The answer with this change, if it is another place and everybody may know why."""
    verdict = decide(changed)
    if verdict.arrangement in (told.arrangement, Arrangement.UNDECIDED):
        return None
    if key == "override":
        return WhatIf(key, value, verdict.arrangement, None)
    deciding = next((reason for reason in verdict.reasons if reason.key in _DECIDING), None)
    if deciding is not None and deciding.audience != EVERYONE:
        return None
    return WhatIf(key, value, verdict.arrangement, None if deciding is None else deciding.citation)


def _values(key: str, facts: Facts, held: Stand) -> list[str]:
    """The values that the circulars in force name for this key, but for the one that holds; in the list's order."""
    named = {
        value
        for reading in held.speaking
        for condition in _conditions(reading.circular)
        if condition.key == key
        for value in condition.values
    }
    order = KEYS[key].words or tuple(sorted(named))
    return [str(value) for value in order if value in named and value != KEYS[key].read(facts)]


def _conditions(circular: Circular) -> Iterator[Condition]:
    for rule in circular.rules:
        yield from (*rule.when, *rule.unless)


def _declared(facts: Facts, key: str, value: str) -> Facts:
    """The facts if this held from that very day on."""
    regional, fact = KEYS[key].regional, Fact(value, since=facts.on)
    if regional is not None:
        return replace(facts, region_facts={**facts.region_facts, regional: fact})
    return replace(facts, unit_facts={**facts.unit_facts, key: fact})


def _places(held: Stand) -> list[Arrangement]:
    """The office and home, and any other place that the circulars name for this person."""
    named = {Arrangement.WFO, Arrangement.WFH}
    for each in (*held.quotas, *held.preferences):
        effect = each.rule.then
        named |= effect.of if isinstance(effect, Quota) else set()
        named |= {effect.arrangement} if isinstance(effect, Outcome) else set()
    return [place for place in Arrangement if place in named]


def _changed(facts: Facts, place: Arrangement, held: Stand) -> Iterator[tuple[str, Facts]]:
    """By the rota where there is one or a quota asks for it, and by a letter."""
    if facts.turn is not None or held.quotas:
        yield _by_rota(facts, place)
    yield "override", _by_letter(facts, place)


def _by_rota(facts: Facts, place: Arrangement) -> tuple[str, Facts]:
    if facts.turn is not None:
        return "swap", replace(
            facts, turn=replace(facts.turn, arrangement=place, shift=None, is_swapped=True)
        )
    return "turn", replace(facts, turn=Turn(arrangement=place, rota="", published_at=facts.as_of))


def _by_letter(facts: Facts, place: Arrangement) -> Facts:
    letter = Override(arrangement=place, letter="", by="", since=facts.on, until=facts.on)
    return replace(facts, override=letter)
