"""The worked cases of quotas: so many people of these kinds are counted, and the numbers compared."""

from policy.checking.cases import CaseFailure, given_facts
from policy.model import Circular, Facts, UnitCase
from policy.weighing.quotas import Group, groups


def check_unit_cases(circular: Circular) -> list[CaseFailure]:
    """The unit cases that fail; an empty list is a pass."""
    told = [(case, unit_difference(case, circular)) for case in circular.unit_cases]
    return [CaseFailure(case, sentence) for case, sentence in told if sentence is not None]


def unit_difference(case: UnitCase, circular: Circular) -> str | None:
    """What differs between the case and what is counted, or None."""
    try:
        found = [group for group in groups(_people(case, circular)) if group.rule.id == case.rule]
    except ValueError as problem:
        return str(problem)
    if len(found) > 1:
        units = ", ".join(sorted(group.scope for group in found))
        return f"`{case.rule}` counts them apart, in {units}: give each its own case."
    return _compare(case, found[0] if found else None)


def _people(case: UnitCase, circular: Circular) -> dict[str, Facts]:
    """Everybody by a running number. Who is given no unit shares one; all are of one perangkat daerah."""
    kinds = [(count, given_facts(circular, given, on=case.on)) for count, given in case.people]
    everybody = [facts for count, facts in kinds for _ in range(count)]
    return {str(number): facts for number, facts in enumerate(everybody)}


def _compare(case: UnitCase, group: Group | None) -> str | None:
    if group is None:
        if case.base == 0:
            return None
        return (
            f"base {case.base} is expected, but `{case.rule}` counts none of these people; "
            "`people` must give every fact that it looks at."
        )
    counted = (group.base, group.cap, group.floor)
    if counted == (case.base, case.cap, case.floor):
        return None
    return f"{_say(case.base, case.cap, case.floor)} is expected, but it comes to {_say(*counted)}."


def _say(base: int, cap: int | None, floor: int | None) -> str:
    return f"base {base}, cap {_or_none(cap)}, floor {_or_none(floor)}"


def _or_none(number: int | None) -> str:
    return "none" if number is None else str(number)
