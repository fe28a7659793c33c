"""What is known of one person and day, before the rota: where they are, who comes first, what they may ask for."""

from dataclasses import dataclass
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
from policy.rota.words import Slot
from policy.weighing.standing import Held, Stand

VULNERABLE = frozenset({Trait.HAMIL, Trait.MENYUSUI, Trait.KOMORBID, Trait.RENTAN})
_ELSEWHERE = frozenset({Arrangement.WFH, Arrangement.WFA})
_OFFICE = frozenset({Arrangement.WFO})
_FIRST = Modality.DIPRIORITASKAN
_PREFERS = frozenset({Modality.DAPAT, _FIRST})
_PERSONAL = frozenset({"age", "trait"})


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


def is_vulnerable(facts: Facts) -> bool:
    """By what is recorded of their health."""
    return any(trait in VULNERABLE and since <= facts.on for trait, since in facts.traits.items())


@dataclass(frozen=True, slots=True)
class Steer:
    """How the circulars steer a person's rota without settling their day.

    `elsewhere_most`: days a week elsewhere that the lowest quota of days per person leaves; None: there is no such
    quota. `may_wish`: a rule opens a way to work elsewhere, and keeps it for nobody else; else the office is the rule.
    """

    home_first: bool
    office_first: bool
    elsewhere_most: int | None
    may_wish: bool


def steer(standing: Stand) -> Steer:
    """By rules that let or prefer an arrangement, such as home over 50, or keep one for other people."""
    is_kept = any(_gives(held, _ELSEWHERE) for held in standing.others_only)
    preferences = [(held, _modality(held)) for held in standing.preferences]
    is_home = any(
        _gives(held, _ELSEWHERE) and modality in _PREFERS and _is_personal(held)
        for held, modality in preferences
    )
    is_office = any(_gives(held, _OFFICE) and modality is _FIRST for held, modality in preferences)
    return Steer(
        home_first=is_home or any(_gives(held, _OFFICE) for held in standing.others_only),
        office_first=is_office or is_kept,
        elsewhere_most=_elsewhere_most(standing),
        may_wish=bool(standing.quotas or standing.preferences) and not is_kept,
    )


def _is_personal(held: Held) -> bool:
    """Whether the rule singles people out; one that lets the whole unit stay home puts nobody first."""
    return any(condition.key in _PERSONAL for condition in held.rule.when)


def _gives(held: Held, arrangements: frozenset[Arrangement]) -> bool:
    return isinstance(held.rule.then, Outcome) and held.rule.then.arrangement in arrangements


def _modality(held: Held) -> Modality | None:
    return held.rule.then.modality if isinstance(held.rule.then, Outcome) else None


def _elsewhere_most(standing: Stand) -> int | None:
    quotas = [held.rule.then for held in standing.quotas if isinstance(held.rule.then, Quota)]
    amounts = [quota.at_most for quota in quotas if _is_weekly(quota)]
    return min(
        (each.number for each in amounts if each is not None and each.number is not None), default=None
    )


def _is_weekly(quota: Quota) -> bool:
    is_personal = quota.per is Per.PERSON and quota.counted is Counted.WEEK
    return is_personal and Arrangement.WFO not in quota.of
