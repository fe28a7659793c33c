"""A circular as what any rules engine understands: lines of conditions, the first that fits answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from policy.model import Arrangement, Circular, Condition, Lasts, Modality, Outcome, Quota, Rule, Verdict

Answer = tuple[str, str]  # the arrangement, and the rule that gives it ("" for none)
NOTHING: Answer = (Arrangement.UNDECIDED.value, "")
_GIVING = (
    "rule",
    "quota",
    "permitted",
)  # whose citation is the rule that answers, the first of them that is there


@dataclass(frozen=True, kw_only=True)
class Line:
    """Fits if every one of `when` holds, none of `unless`, and the day lies between the two (ordinal numbers).

    With `lasts`, only so many days after the fact that it names.
    """

    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    first: int
    last: int
    answer: Answer
    lasts: Lasts | None = None


def lines(circular: Circular) -> list[Line]:
    """Return the circular's lines.

    In this order: whom it only asks; what it leaves open; exceptions before what they except; what only allows.
    """
    return [*_asked(circular), *_open(circular), *(_line(circular, rule) for rule in _in_order(circular))]


def answer_of(verdict: Verdict) -> Answer:
    """Return what of our verdict the others are asked for too."""
    given = {each.key: each.citation.rule for each in reversed(verdict.reasons) if each.citation}
    return verdict.arrangement.value, next((given[key] for key in _GIVING if key in given), "")


def _asked(circular: Circular) -> Iterator[Line]:
    """Whom the circular only asks is put nowhere by it, and its rules are still named."""
    if circular.asks:
        for rule in _in_order(circular):
            if isinstance(rule.then, Outcome):
                both = (*circular.asks, *rule.when)
                yield _between(circular, both, rule.unless, (NOTHING[0], rule.id))
        yield _between(circular, circular.asks, (), NOTHING)


def _open(circular: Circular) -> Iterator[Line]:
    """What a rule allows is still named where the circular leaves the day open."""
    by_id = {rule.id: rule for rule in circular.rules}
    for silence in circular.not_stated:
        if silence.leaves_undecided:
            for rule in [by_id[name] for name in silence.rules] or [None]:
                when, unless = (rule.when, rule.unless) if rule else ((), ())
                for soft in filter(_is_soft, circular.rules):
                    both = (*silence.when, *when, *soft.when)
                    yield _between(circular, both, (*unless, *soft.unless), (NOTHING[0], soft.id))
                yield _between(circular, (*silence.when, *when), unless, NOTHING)


def _in_order(circular: Circular) -> list[Rule]:
    rules = [rule for rule in circular.rules if isinstance(rule.then, Outcome | Quota)]
    excepted = {rule.id: rule.excepts for rule in rules}

    def depth(name: str) -> int:
        return 1 + max((depth(each) for each in excepted.get(name, ())), default=0)

    return sorted(rules, key=lambda rule: (_is_soft(rule), -depth(rule.id)))


def _line(circular: Circular, rule: Rule) -> Line:
    settles = isinstance(rule.then, Outcome) and not _is_soft(rule)
    arrangement = rule.then.arrangement.value if settles else NOTHING[0]
    return replace(_between(circular, rule.when, rule.unless, (arrangement, rule.id)), lasts=rule.lasts)


def _is_soft(rule: Rule) -> bool:
    return isinstance(rule.then, Outcome) and rule.then.modality is not Modality.WAJIB


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
