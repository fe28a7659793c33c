"""What is known of one person and day, before the rota: where they are, who comes first, what they may ask for."""

from datetime import date

from policy.model import (
    Absence,
    Arrangement,
    Counted,
    Facts,
    HealthGate,
    Modality,
    Outcome,
    Override,
    Per,
    Quota,
    Trait,
)
from policy.roster_words import Slot
from policy.standing import Held, Stand

VULNERABLE = frozenset({Trait.HAMIL, Trait.MENYUSUI, Trait.KOMORBID, Trait.RENTAN})
_ELSEWHERE = frozenset({Arrangement.WFH, Arrangement.WFA})
_OFFICE = frozenset({Arrangement.WFO})
_PREFERS = frozenset({Modality.DAPAT, Modality.DIPRIORITASKAN})


def slot_of(facts: Facts, standing: Stand) -> Slot:
    """What is known of a person and day before the rota; the health gate stands above all that calls them in."""
    absence = facts.absence
    if not facts.day.is_working or (
        absence is not None and absence.part is None and _lasts(absence, facts.on)
    ):
        return Slot.AWAY
    if facts.health_gate is not None and _lasts(facts.health_gate, facts.on):
        return Slot.HOME
    settled = standing.arrangement
    if facts.override is not None and _lasts(facts.override, facts.on):
        settled = facts.override.arrangement
    if settled is None:
        return Slot.FREE
    if settled is Arrangement.OFF or settled is Arrangement.UNDECIDED:
        return Slot.AWAY
    return Slot.OFFICE if settled is Arrangement.WFO else Slot.HOME


def _lasts(span: Absence | HealthGate | Override, on: date) -> bool:
    return span.since <= on and (span.until is None or on <= span.until)


def is_home_first(facts: Facts, standing: Stand) -> bool:
    """By what is recorded of them, or by a rule that lets or prefers them to work elsewhere, such as over 50."""
    is_vulnerable = any(trait in VULNERABLE and since <= facts.on for trait, since in facts.traits.items())
    return (
        is_vulnerable
        or any(_gives(held, _ELSEWHERE) and _modality(held) in _PREFERS for held in standing.preferences)
        or any(_gives(held, _OFFICE) for held in standing.others_only)
    )


def is_office_first(standing: Stand) -> bool:
    """By a rule that puts them first in the office, or keeps working elsewhere for other people."""
    return any(
        _gives(held, _OFFICE) and _modality(held) is Modality.DIPRIORITASKAN for held in standing.preferences
    ) or any(_gives(held, _ELSEWHERE) for held in standing.others_only)


def _gives(held: Held, arrangements: frozenset[Arrangement]) -> bool:
    return isinstance(held.rule.then, Outcome) and held.rule.then.arrangement in arrangements


def _modality(held: Held) -> Modality | None:
    return held.rule.then.modality if isinstance(held.rule.then, Outcome) else None


def _quotas(standing: Stand) -> list[Quota]:
    return [held.rule.then for held in standing.quotas if isinstance(held.rule.then, Quota)]


def elsewhere_most(standing: Stand) -> int | None:
    """Days a week elsewhere that the lowest quota of days per person leaves."""
    days = [
        quota.at_most.number
        for quota in _quotas(standing)
        if _is_weekly(quota) and quota.at_most is not None and quota.at_most.number is not None
    ]
    return min(days, default=None)


def _is_weekly(quota: Quota) -> bool:
    is_personal = quota.per is Per.PERSON and quota.counted is Counted.WEEK
    return is_personal and Arrangement.WFO not in quota.of


def may_wish(standing: Stand) -> bool:
    """Only where a rule opens a way to work elsewhere, and keeps it for nobody else; else the office is the rule."""
    is_kept_for_others = any(_gives(held, _ELSEWHERE) for held in standing.others_only)
    return bool(standing.quotas or standing.preferences) and not is_kept_for_others
