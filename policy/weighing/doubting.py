"""What is not known and would change the answer: the rules that may meet somebody, and the facts they want."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policy import conditions
from policy.model import Audience, Condition, Counted, Facts, Modality, Outcome, Quota, Rule, Silence
from policy.weighing import meeting
from policy.weighing.changing import Lift


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that nobody has recorded, though the circular needs it here."""

    fact: str
    audience: frozenset[Audience]


def is_wajib(rule: Rule) -> bool:
    return isinstance(rule.then, Outcome) and rule.then.modality is Modality.WAJIB


def doubtful(
    settling: Sequence[Rule], quotas: Sequence[Rule], unsure: Sequence[Rule], replaced: set[str]
) -> list[Rule]:
    """The rules that may meet the person for all we know, and would then change the answer."""
    holding = {rule.id: rule for rule in (*settling, *quotas)}
    return [
        rule
        for rule in unsure
        if rule.id not in replaced
        and (
            any(name in holding and holding[name].then != rule.then for name in rule.excepts)
            or (_could_decide(rule, quotas) and not settling)
        )
    ]


def _could_decide(rule: Rule, quotas: Sequence[Rule]) -> bool:
    if isinstance(rule.then, Quota):
        return all(_is_of_days(each) for each in quotas) and not (quotas and _is_of_days(rule))
    return is_wajib(rule)


def _is_of_days(rule: Rule) -> bool:
    return isinstance(rule.then, Quota) and rule.then.counted is Counted.WEEK


def lift_of(paragraph: str, lifts: Sequence[Lift]) -> Lift | None:
    """What lifts the paragraph: one that certainly does before one that may."""
    found = [lift for lift in lifts if lift.covers(paragraph)]
    return max(found, key=lambda lift: lift.is_sure, default=None)


def missing(rules: Iterable[Rule], facts: Facts, lifts: Sequence[Lift]) -> tuple[Missing, ...]:
    """Every fact that is wanted, once; whoever may read one of the rules that want it may read that."""
    audiences: dict[str, frozenset[Audience]] = {}
    for rule in rules:
        for name in _unknown(rule, facts, lifts):
            audiences[name] = audiences.get(name, frozenset()) | meeting.readers(rule)
    return tuple(Missing(name, audience) for name, audience in audiences.items())


def _unknown(rule: Rule, facts: Facts, lifts: Sequence[Lift]) -> Iterable[str]:
    """What would have to be known of the rule itself, and of what may lift it."""
    yield from meeting.unknown(rule, facts)
    lift = lift_of(rule.paragraph, lifts)
    if lift is not None:
        circular = lift.by.circular
        yield from (each.fact for each in missing_of((*circular.lasts_while, *circular.binds), facts))
        yield from meeting.unknown(lift.by.rule, facts)


def missing_of(wanted: Sequence[Condition], facts: Facts) -> tuple[Missing, ...]:
    """Of a circle of people or a status: whoever may read all of it may read what is not known of it."""
    names = dict.fromkeys(each.key for each in wanted if conditions.holds(each, facts) is None)
    return tuple(Missing(name, conditions.readers(wanted)) for name in names)


def with_silences(
    found: tuple[Missing, ...], silences: Iterable[Silence], facts: Facts
) -> tuple[Missing, ...]:
    """What is missing, and of each fact once what is not known of whom the text leaves undecided."""
    names = {each.fact: each for silence in silences for each in missing_of(silence.when, facts)}
    return tuple((names | {each.fact: each for each in found}).values())
