"""The worked cases beside a circular: each is decided by the engine, and compared."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from policy.conditions import example
from policy.engine import decide
from policy.model import Arrangement, CalendarDay, Case, Circular, DayKind, Facts, Verdict


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case whose verdict is not the one expected, and the difference in a sentence."""

    case: Case
    sentence: str


def check_cases(circular: Circular) -> list[CaseFailure]:
    """The cases that fail; an empty list is a pass. Every case is a working day: it is about the circular."""
    failures = []
    for case in circular.cases:
        sentence = difference(case, circular)
        if sentence is not None:
            failures.append(CaseFailure(case, sentence))
    return failures


def difference(case: Case, circular: Circular) -> str | None:
    """What differs between the case and the verdict, or None."""
    try:
        verdict = decide(_facts(case, circular))
    except ValueError as problem:
        return str(problem)
    covered = not any(reason.key == "no_circular" for reason in verdict.reasons)
    if case.expect is None:
        return f"it is covered, with {verdict.arrangement}." if covered else None
    if not covered:
        return f"{case.expect} is expected, but the circular does not cover it."
    return _compare(case, verdict)


def _compare(case: Case, verdict: Verdict) -> str | None:
    if verdict.arrangement != case.expect:
        return f"{case.expect} is expected, but the rules give {verdict.arrangement}."
    cited = {
        reason.citation.paragraph
        for reason in verdict.reasons
        if reason.key in ("rule", "permitted") and reason.citation is not None
    }
    for paragraph in case.because:
        if paragraph not in cited:
            return f"paragraph {paragraph} should decide it, but {_list(cited)} does."
    noted = {note.id for note in verdict.not_stated}
    for name in case.not_stated:
        if name not in noted:
            return f"`{name}` should be shown as not stated, but {_list(noted)} is."
    if case.expect is Arrangement.UNDECIDED and case.because and not cited:
        return "no paragraph decides it."
    return None


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _facts(case: Case, circular: Circular) -> Facts:
    day = CalendarDay(case.on, DayKind.WORKING)
    bare = Facts(
        on=case.on,
        as_of=datetime.combine(case.on, time(7), tzinfo=UTC),
        day=day,
        circulars=(circular,),
        unit_code="unit",
    )
    return example(circular.binds, case.given, day, bare)
