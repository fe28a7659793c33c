"""The worked cases beside a circular: each is decided by the engine, and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from policy.conditions import example
from policy.engine import decide
from policy.model import (
    Arrangement,
    CalendarDay,
    Case,
    Change,
    Circular,
    Citation,
    Condition,
    DayKind,
    Extension,
    Fact,
    Facts,
    Rule,
    Turn,
    UnitCase,
    Verdict,
)
from policy.numbers import normalised

# Reasons whose citation gives way to another: it does not decide.
_LOSING = frozenset({"set_aside", "replaced", "outranked", "override_departs", "health_barred"})
_ALONE: Mapping[str, Circular] = {}
_UNIT = "unit"


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case whose outcome is not the one expected, and the difference in a sentence."""

    case: Case | UnitCase
    sentence: str


def check_cases(circular: Circular, known: Mapping[str, Circular] = _ALONE) -> list[CaseFailure]:
    """The cases that fail; an empty list is a pass. Every case is a working day: it is about the circular.

    `known` are the circulars, by id, that a case may stand `beside`.
    """
    told = [(case, difference(case, circular, known)) for case in circular.cases]
    return [CaseFailure(case, sentence) for case, sentence in told if sentence is not None]


def difference(case: Case, circular: Circular, known: Mapping[str, Circular] = _ALONE) -> str | None:
    """What differs between the case and the verdict, or None."""
    try:
        verdict = decide(case_facts(case, circular, known))
    except ValueError as problem:
        return str(problem)
    covered = not any(reason.key == "no_circular" for reason in verdict.reasons)
    if case.expect is None:
        return f"it is covered, with {verdict.arrangement}." if covered else None
    if not covered:
        return f"{case.expect} is expected, but the circular does not cover it."
    return _compare(case, verdict)


def uncovered(circular: Circular, known: Mapping[str, Circular] = _ALONE) -> list[Rule]:
    """The rules that no case shows: none that passes cites one, and none that fails cites its paragraph.

    A change or extension of a circular that is not at hand cannot be shown, so it is not asked for.
    """
    shown = {case.rule for case in circular.unit_cases}
    for case in circular.cases:
        shown |= _shown_by(case, circular, known)
    numbers = {normalised(each.number) for each in known.values()}
    return [rule for rule in circular.rules if rule.id not in shown and _can_be_shown(rule, numbers)]


def _can_be_shown(rule: Rule, numbers: set[str]) -> bool:
    return not isinstance(rule.then, Change | Extension) or normalised(rule.then.circular) in numbers


def _shown_by(case: Case, circular: Circular, known: Mapping[str, Circular]) -> set[str]:
    if difference(case, circular, known) is not None:
        return {rule.id for rule in circular.rules if rule.paragraph in case.because}
    verdict = decide(case_facts(case, circular, known))
    extending = {rule.id for rule in circular.rules if isinstance(rule.then, Extension)}
    shown = {
        cited.rule
        for cited in _citations(verdict)
        if cited.circular == circular.number and (cited.paragraph in case.because or cited.rule in extending)
    }
    changing = {paragraph for by, paragraph in _changing(verdict) if by == circular.number}
    changing &= set(case.because)
    return shown | {
        rule.id for rule in circular.rules if isinstance(rule.then, Change) and rule.paragraph in changing
    }


def _compare(case: Case, verdict: Verdict) -> str | None:
    cited = _paragraphs(verdict)
    if verdict.arrangement != case.expect:
        return (
            f"{case.expect} is expected, but the rules give {verdict.arrangement} ({_why(verdict, cited)})."
        )
    for paragraph in case.because:
        if paragraph not in cited:
            return f"paragraph {paragraph} should decide it, but {_list(cited)} does."
    noted = {note.id for note in verdict.not_stated}
    for name in case.not_stated:
        if name not in noted:
            return f"`{name}` should be shown as not stated, but {_list(noted)} is."
    return None


def _why(verdict: Verdict, cited: set[str]) -> str:
    """What the verdict rests on, for whoever looks for the mistake."""
    unknown = {reason.params["fact"] for reason in verdict.reasons if reason.key == "fact_missing"}
    keys = {reason.key for reason in verdict.reasons}
    open_ = _left_open(verdict)
    parts = [f"cited: {_list(cited)}"]
    parts += [f"not known, and not in `given`: {_list(unknown)}"] if unknown else []
    parts += [f"left open by your entry {_list({f'`{name}`' for name in open_})}"] if open_ else []
    parts += ["no `rota` is given"] if "no_turn" in keys else []
    parts += ["the circular only asks these people"] if "only_asked" in keys else []
    return "; ".join(parts)


def _left_open(verdict: Verdict) -> set[str]:
    """The entries under `not_stated` that leave it undecided."""
    if verdict.arrangement is not Arrangement.UNDECIDED:
        return set()
    return {note.id for note in verdict.not_stated if note.reading is None}


def _paragraphs(verdict: Verdict) -> set[str]:
    """The paragraphs that decide or stand beside what decides; also those that change another circular."""
    return {cited.paragraph for cited in _citations(verdict)} | {
        paragraph for _, paragraph in _changing(verdict)
    }


def _citations(verdict: Verdict) -> list[Citation]:
    return [
        reason.citation
        for reason in verdict.reasons
        if reason.key not in _LOSING and reason.citation is not None
    ]


def _changing(verdict: Verdict) -> set[tuple[str, str]]:
    """Number and paragraph of what made another circular's paragraph give way."""
    return {
        (reason.params["by"], reason.params["paragraph"])
        for reason in verdict.reasons
        if reason.key == "replaced"
    }


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def case_facts(case: Case, circular: Circular, known: Mapping[str, Circular]) -> Facts:
    """The person and day of a case: as given, and where it says nothing, somebody whom the circular binds."""
    beside = tuple(known[id] for id in case.beside)
    facts = _dated(given_facts(circular, case.given, on=case.on, beside=beside), case.since)
    if case.is_taken_on:
        facts = replace(facts, taken_on=frozenset({circular.id}))
    if case.rota is None:
        return facts
    turn = Turn(arrangement=case.rota, rota=case.name, published_at=facts.as_of, shift=case.shift)
    return replace(facts, turn=turn)


def _dated(facts: Facts, since: Mapping[str, date]) -> Facts:
    """The same facts, those of region and unit with the first days that the case states."""
    return replace(
        facts,
        region_facts=_with_days(facts.region_facts, since),
        unit_facts=_with_days(facts.unit_facts, since),
    )


def _with_days(known: Mapping[str, Fact], since: Mapping[str, date]) -> dict[str, Fact]:
    return {name: replace(fact, since=since.get(name, fact.since)) for name, fact in known.items()}


def given_facts(
    circular: Circular,
    given: Mapping[str, tuple[str, ...]],
    *,
    on: date,
    beside: tuple[Circular, ...] = (),
) -> Facts:
    """A working day of somebody in the one unit of a worked case, whom the circular binds."""
    day = CalendarDay(on, DayKind.WORKING)
    bare = Facts(
        on=on,
        as_of=datetime.combine(on, time(7), tzinfo=UTC),
        day=day,
        circulars=(circular, *beside),
        unit_code=_UNIT,
        office_code=_UNIT,
    )
    return example((*_bound(circular), *circular.lasts_while), given, day, bare)


def _bound(circular: Circular) -> list[Condition]:
    """What the circular binds by, as far as it can without the values of those whom it only asks."""
    asked = {condition.key: condition.values for condition in circular.asks}
    return [
        replace(each, values=each.values - asked.get(each.key, frozenset()) or each.values)
        for each in circular.binds
    ]
