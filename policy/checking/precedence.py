"""Rules of one circular that meet one person and say different things: it must be stated which one holds."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from policy.checking.overlaps import can_meet, meets_all_of
from policy.format.strict_yaml import LoaderError
from policy.model import Amount, Arrangement, Circular, Modality, Outcome, Quota, Rule, Shifts

_EXCEPTS = "let one name the other in `excepts`"
_IF_THE_TEXT = "if the text contradicts itself, say `conflicts_with`."
_TWO_PLACES = f"they say different things; {_EXCEPTS}, or keep people out with `unless`; {_IF_THE_TEXT}"
_TWO_QUOTAS = f"these are two quotas; {_EXCEPTS}, or in `beside` if both hold; {_IF_THE_TEXT}"
_SQUEEZED = (
    f"one sends everybody where the other leaves too little room; {_EXCEPTS}, or in `beside`; {_IF_THE_TEXT}"
)
_BESIDE = (
    f"they settle different places, so neither can stand `beside` the other; use `excepts`; {_IF_THE_TEXT}"
)


def check_precedence(circular: Circular) -> Iterator[LoaderError]:
    """What is left open between any two rules, and exceptions that go round in a circle."""
    yield from _exceptions_end(circular)
    for first, second in combinations(circular.rules, 2):
        open_between = _open_between(first, second)
        if open_between and can_meet([first, second], also=circular.binds, within=[circular.in_force]):
            sentence = f"`{first.id}` and `{second.id}` can both meet one person: {open_between}"
            yield LoaderError(circular.path, second.line, sentence)


def _exceptions_end(circular: Circular) -> Iterator[LoaderError]:
    """Of rules that each except another of them, nobody could say which holds."""
    try:
        TopologicalSorter({rule.id: rule.excepts for rule in circular.rules}).prepare()
    except CycleError as problem:
        names = list(dict.fromkeys(problem.args[1]))
        line = max(rule.line for rule in circular.rules if rule.id in names)
        listed = " and ".join(f"`{name}`" for name in names)
        yield LoaderError(circular.path, line, f"{listed} each except the other: say which one holds.")


def _open_between(first: Rule, second: Rule) -> str | None:
    """What the two rules leave open where they meet one person, or None if they get along."""
    if (
        first.then == second.then
        or _names(first, second, "excepts")
        or _names(first, second, "conflicts_with")
    ):
        return None
    is_beside = _names(first, second, "beside")
    match first.then, second.then:
        case Outcome() as one, Outcome() as other:
            if one.arrangement == other.arrangement or not _are_wajib(one, other):
                return None
            return _BESIDE if is_beside else _TWO_PLACES
        case Quota(), Quota():
            return None if is_beside else _TWO_QUOTAS
        case Shifts(), Shifts():
            return _TWO_PLACES
        case (Outcome(), Quota()) | (Quota(), Outcome()):
            return None if is_beside or not _is_squeezed(first, second) else _SQUEEZED
        case _:
            return None


def _names(first: Rule, second: Rule, key: str) -> bool:
    return first.id in getattr(second, key) or second.id in getattr(first, key)


def _are_wajib(*effects: Outcome | Quota) -> bool:
    return all(effect.modality is Modality.WAJIB for effect in effects)


def _is_squeezed(first: Rule, second: Rule) -> bool:
    """Whether an outcome settles everybody of a quota on the side where the quota does not let them all be.

    An outcome for some of them only, such as the officials, leaves the quota to be kept by the others.
    """
    settled, limited = (first, second) if isinstance(first.then, Outcome) else (second, first)
    outcome, quota = settled.then, limited.then
    if not isinstance(outcome, Outcome) or not isinstance(quota, Quota) or not _are_wajib(outcome, quota):
        return False
    if outcome.arrangement not in (Arrangement.WFO, Arrangement.WFH, Arrangement.WFA):
        return False
    if outcome.arrangement in quota.of:
        return _leaves_some_out(quota.at_most) and meets_all_of(settled, limited)
    return _wants_some(quota.at_least) and meets_all_of(settled, limited)


def _leaves_some_out(most: Amount | None) -> bool:
    return most is not None and (most.share is None or most.share < 1)


def _wants_some(least: Amount | None) -> bool:
    return least is not None and (least.share or least.number or 0) > 0
