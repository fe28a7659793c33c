"""Whom a rule meets on a day, what would have to be known to say so, and who may read that it does."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from policy import conditions
from policy.model import Audience, Circular, Condition, Fact, Facts, Lasts, Quota, Rule, Silence

# Conditions that tell people of one unit apart; a rule without them is for the whole unit.
PERSONAL = frozenset({"employment", "job_level", "leads", "age", "trait", "function", "strategic"})


def meets(rule: Rule, facts: Facts) -> bool | None:
    """Whether the rule is about this person on this day; None while a fact it looks at is not known."""
    if rule.during is not None and not rule.during.covers(facts.on):
        return False
    answer = conditions.all_hold(rule.when, facts)
    if answer is not False and rule.unless:
        answer = _both(answer, none_holds(rule.unless, facts))
    if answer is not False and rule.lasts is not None:
        answer = _both(answer, still_lasts(rule.lasts, facts))
    return answer


def is_left_open(silence: Silence, facts: Facts) -> bool | None:
    """Whether the silence is about this person on this day; None while a fact it looks at is not known."""
    if silence.during is not None and not silence.during.covers(facts.on):
        return False
    answer = conditions.all_hold(silence.when, facts)
    if answer is not False and silence.lasts is not None:
        answer = _both(answer, still_lasts(silence.lasts, facts))
    return answer


def is_at_hand(rule: Rule, facts: Facts) -> bool:
    """Whether the rule is about this unit on this day, whichever of its people it meets."""
    shared = tuple(condition for condition in rule.when if condition.key not in PERSONAL)
    return meets(replace(rule, when=shared, unless=()), facts) is True


def none_holds(unless: Iterable[Condition], facts: Facts) -> bool | None:
    """Whether the person meets none of these; None while one of them is not known and none is met."""
    answer: bool | None = True
    for condition in unless:
        is_met = conditions.holds(condition, facts)
        if is_met:
            return False
        if is_met is None:
            answer = None
    return answer


def still_lasts(lasts: Lasts, facts: Facts) -> bool | None:
    """Whether the day is one of the first days of the fact; None while its first day is not known."""
    if conditions.KEYS[lasts.after].read(facts) is None:
        return None
    known = fact_of(lasts.after, facts)
    if known is None:
        return False
    if known.since is None:
        return None
    return known.since <= facts.on < known.since + timedelta(days=lasts.days)


def fact_of(name: str, facts: Facts) -> Fact | None:
    """The dated fact of the region or unit that the condition of this name looks at."""
    regional = conditions.KEYS[name].regional
    return facts.unit_facts.get(name) if regional is None else facts.region_facts.get(regional)


def _both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def is_outside(quota: Quota, facts: Facts) -> bool | None:
    """Whether the quota says nothing of this person: somebody outside is not in its base, nor counted."""
    if not quota.outside:
        return False
    is_inside = none_holds(quota.outside, facts)
    return None if is_inside is None else not is_inside


def looked_at(rule: Rule) -> tuple[Condition, ...]:
    """Every condition that decides whom the rule meets."""
    outside = rule.then.outside if isinstance(rule.then, Quota) else ()
    return (*rule.when, *rule.unless, *outside)


def unknown(rule: Rule, facts: Facts) -> Iterator[str]:
    """The names of the facts that would have to be known to say whether the rule meets this person."""
    for condition in looked_at(rule):
        if conditions.holds(condition, facts) is None:
            yield condition.key
    if rule.lasts is not None and still_lasts(rule.lasts, facts) is None:
        yield rule.lasts.after


def readers(rule: Rule) -> frozenset[Audience]:
    """Who may read that the rule meets somebody.

    Not meeting what stands under `unless` is the ordinary case, and gives nothing of a person away.
    """
    return conditions.readers(rule.when)


def in_force(circular: Circular, facts: Facts) -> bool | None:
    """Whether the circular binds this person by its status and its circle; its dates are another matter."""
    return _both(conditions.all_hold(circular.lasts_while, facts), conditions.all_hold(circular.binds, facts))
