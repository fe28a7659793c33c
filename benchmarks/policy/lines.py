"""A circular as what any rules engine understands: lines of conditions, the first that fits answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policy.model import Arrangement, Circular, Condition, Modality, Outcome, Quota, Rule, Verdict

Answer = tuple[str, str]  # the arrangement, and the rule that gives it ("" for none)
NOTHING: Answer = (Arrangement.UNDECIDED.value, "")
_GIVING = ("rule", "quota", "permitted")  # the reasons whose citation is the rule that answers


@dataclass(frozen=True, kw_only=True)
class Line:
    """Fits if every one of `when` holds, none of `unless`, and the day lies between the two (ordinal numbers)."""

    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    first: int
    last: int
    answer: Answer


def lines(circular: Circular) -> list[Line]:
    """Return the circular's lines: what it leaves open, then an exception before what it excepts."""
    return [*_open(circular), *(_line(circular, rule) for rule in _in_order(circular))]


def answer_of(verdict: Verdict) -> Answer:
    """Return what of our verdict the others are asked for too."""
    rules = (each.citation.rule for each in verdict.reasons if each.key in _GIVING and each.citation)
    return verdict.arrangement.value, next(rules, "")


def _open(circular: Circular) -> Iterator[Line]:
    by_id = {rule.id: rule for rule in circular.rules}
    for silence in circular.not_stated:
        if silence.leaves_undecided:
            for rule in [by_id[name] for name in silence.rules] or [None]:
                when = (*silence.when, *(rule.when if rule else ()))
                yield _between(circular, when, rule.unless if rule else (), NOTHING)


def _in_order(circular: Circular) -> list[Rule]:
    rules = [rule for rule in circular.rules if isinstance(rule.then, Outcome | Quota)]
    excepted = {rule.id: rule.excepts for rule in rules}

    def depth(name: str) -> int:
        return 1 + max((depth(each) for each in excepted.get(name, ())), default=0)

    return sorted(rules, key=lambda rule: -depth(rule.id))


def _line(circular: Circular, rule: Rule) -> Line:
    settles = isinstance(rule.then, Outcome) and rule.then.modality is Modality.WAJIB
    arrangement = rule.then.arrangement.value if settles else NOTHING[0]
    return _between(circular, rule.when, rule.unless, (arrangement, rule.id))


def _between(
    circular: Circular, when: tuple[Condition, ...], unless: tuple[Condition, ...], answer: Answer
) -> Line:
    period = circular.in_force
    return Line(
        when=(*circular.binds, *circular.lasts_while, *when),
        unless=unless,
        first=(period.start or date.min).toordinal(),
        last=(period.until or date.max).toordinal(),
        answer=answer,
    )
