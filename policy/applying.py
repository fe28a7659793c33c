"""What one circular says of one person and day, before anything else is weighed against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policy import conditions
from policy.model import (
    Arrangement,
    Ask,
    Circular,
    Citation,
    Condition,
    Facts,
    Modality,
    NotStated,
    Outcome,
    Reason,
    Rule,
    Silence,
    Step,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One circular's answer. `arrangement` is None where it is not about this person or day at all.

    An undecided reading `is_silent` when the circular has no rule here, so that another circular may speak;
    else it is uncertain (a fact is missing, its rules contradict each other), and none may speak over it.
    """

    circular: Circular
    arrangement: Arrangement | None
    reasons: tuple[Reason, ...]
    not_stated: tuple[NotStated, ...] = ()
    modality: Modality | None = None
    ask: Ask | None = None
    is_silent: bool = False


def read(circular: Circular, facts: Facts) -> Reading:
    """Apply the circular's dates, its circle of people, its rules, and then what it leaves open."""
    if not circular.in_force.covers(facts.on):
        return Reading(circular, None, (_out_of_force(circular, facts),))
    bound = conditions.all_hold(circular.binds, facts)
    if bound is False:
        return Reading(circular, None, (_reason("not_bound", circular=circular.number),))
    if bound is None:
        return _missing(circular, circular.binds, facts)
    return _by_rules(circular, facts)


def _by_rules(circular: Circular, facts: Facts) -> Reading:
    met: list[Rule] = []
    unsure: list[Rule] = []
    for rule in circular.rules:
        holds = conditions.all_hold(rule.when, facts)
        if holds:
            met.append(rule)
        elif holds is None:
            unsure.append(rule)
    replaced = {name for rule in met for name in rule.excepts}
    deciding = [rule for rule in met if isinstance(rule.then, Outcome) and rule.id not in replaced]
    silences = _silences(circular, deciding, facts)
    for silence in silences:
        if silence.leaves_undecided:
            return _left_open(circular, silence, silences)
    doubtful = _doubtful(deciding, unsure)
    if doubtful:
        return _missing(circular, (each for rule in doubtful for each in rule.when), facts)
    if not deciding:
        reason = _reason("no_rule", circular=circular.number)
        return Reading(circular, Arrangement.UNDECIDED, (reason,), ask=Ask.ADMIN, is_silent=True)
    return _decided(circular, deciding, met=met, silences=silences, facts=facts)


def _doubtful(deciding: Sequence[Rule], unsure: Iterable[Rule]) -> list[Rule]:
    """The rules that may apply, for all we know, and would then give another answer."""
    outcomes = {rule.then for rule in deciding}
    names = {rule.id for rule in deciding}
    return [
        rule
        for rule in unsure
        if isinstance(rule.then, Outcome)
        and (not deciding or (rule.then not in outcomes and not names.isdisjoint(rule.excepts)))
    ]


def _decided(
    circular: Circular, deciding: list[Rule], *, met: list[Rule], silences: list[Silence], facts: Facts
) -> Reading:
    outcomes = {rule.then for rule in deciding if isinstance(rule.then, Outcome)}
    notes = tuple(silence.note for silence in silences)
    if len(outcomes) > 1:
        clash = conflict({outcome.arrangement for outcome in outcomes})
        reasons = (clash, *_cited("rule", circular, deciding, met=met, facts=facts))
        return Reading(circular, Arrangement.UNDECIDED, reasons, notes, ask=Ask.ADMIN)
    outcome = outcomes.pop()
    if outcome.modality is Modality.WAJIB:
        reasons = _cited("rule", circular, deciding, met=met, facts=facts)
        return Reading(circular, outcome.arrangement, reasons, notes, outcome.modality)
    reasons = _cited("permitted", circular, deciding, met=met, facts=facts)
    return Reading(circular, Arrangement.UNDECIDED, reasons, notes, ask=Ask.HEAD, is_silent=True)


def _cited(
    key: str, circular: Circular, deciding: list[Rule], *, met: list[Rule], facts: Facts
) -> tuple[Reason, ...]:
    names = {rule.id for rule in deciding}
    found = [_reason(key, cite(circular, rule, facts)) for rule in deciding]
    for rule in met:
        if rule.id in names:
            continue
        if not names.isdisjoint(rule.beside):
            found.append(_reason("beside", cite(circular, rule, facts)))
        elif isinstance(rule.then, Outcome):
            found.append(_reason("set_aside", cite(circular, rule, facts)))
    return tuple(found)


def _silences(circular: Circular, deciding: list[Rule], facts: Facts) -> list[Silence]:
    names = {rule.id for rule in deciding}
    return [
        silence
        for silence in circular.not_stated
        if (not silence.rules or not names.isdisjoint(silence.rules))
        and (silence.during is None or silence.during.covers(facts.on))
        and (not silence.when or conditions.all_hold(silence.when, facts))
    ]


def _left_open(circular: Circular, silence: Silence, silences: list[Silence]) -> Reading:
    note = silence.note
    reason = _reason("not_stated", circular=circular.number, id=note.id, about=note.about)
    notes = tuple(each.note for each in silences)
    return Reading(circular, Arrangement.UNDECIDED, (reason,), notes, ask=note.ask, is_silent=True)


def _missing(circular: Circular, wanted: Iterable[Condition], facts: Facts) -> Reading:
    names = dict.fromkeys(each.key for each in wanted if conditions.holds(each, facts) is None)
    reasons = tuple(
        _reason("fact_missing", circular=circular.number, fact=name, where=_where(name, facts))
        for name in names
    )
    return Reading(circular, Arrangement.UNDECIDED, reasons, ask=Ask.ADMIN)


def _where(name: str, facts: Facts) -> str:
    if conditions.KEYS[name].regional is not None:
        return facts.region_name or facts.region_code or facts.unit_name
    return facts.unit_name or facts.unit_code


def _out_of_force(circular: Circular, facts: Facts) -> Reason:
    period = circular.in_force
    if period.start is not None and facts.on < period.start:
        return _reason("not_yet_in_force", circular=circular.number, start=period.start.isoformat())
    until = period.until.isoformat() if period.until else ""
    return _reason("no_longer_in_force", circular=circular.number, until=until)


def conflict(arrangements: Iterable[Arrangement]) -> Reason:
    return _reason("conflict", arrangements=", ".join(sorted(arrangements)))


def cite(circular: Circular, rule: Rule, facts: Facts) -> Citation:
    return Citation(
        circular=circular.number,
        paragraph=rule.paragraph,
        rule=rule.id,
        says=rule.says,
        issuer=circular.issuer,
        form=circular.form,
        facts=conditions.facts_used(rule.when, facts),
    )


def _reason(key: str, citation: Citation | None = None, **params: str) -> Reason:
    return Reason(key, Step.CIRCULAR, params, citation)
