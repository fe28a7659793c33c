"""What must be true of a circular as a whole: its names lead somewhere, and its rules do not fight unseen."""

from collections.abc import Sequence
from itertools import combinations

from policy.conditions import overlap
from policy.model import Circular, Outcome, Rule, Silence
from policy.strict_yaml import LoaderError


def check_whole(circular: Circular) -> None:
    """Raises LoaderError at the first thing that does not hold together."""
    _names_lead_to_rules(circular)
    _silences_can_be_met(circular)
    _conflicts_are_read(circular)
    _overlaps_have_precedence(circular)


def _wrong(circular: Circular, line: int, sentence: str) -> LoaderError:
    return LoaderError(circular.path, line, sentence)


def _names_lead_to_rules(circular: Circular) -> None:
    ids = {rule.id for rule in circular.rules}
    for rule in circular.rules:
        for key in ("excepts", "beside", "conflicts_with"):
            _lead(circular, getattr(rule, key), ids - {rule.id}, f"`{key}` of `{rule.id}`", rule.line)
        if rule.beside and isinstance(rule.then, Outcome):
            raise _wrong(
                circular, rule.line, f"`{rule.id}` decides by itself, so it cannot stand `beside` another."
            )
    for silence in circular.not_stated:
        _lead(circular, silence.rules, ids, f"`rules` of `{silence.note.id}`", silence.line)
    silences = {silence.note.id for silence in circular.not_stated}
    for case in circular.cases:
        for name in case.not_stated:
            if name not in silences:
                raise _wrong(
                    circular, case.line, f"The case `{case.name}` names `{name}`, not in `not_stated`."
                )


def _lead(circular: Circular, names: Sequence[str], ids: set[str], where: str, line: int) -> None:
    for name in names:
        if name not in ids:
            raise _wrong(circular, line, f"{where} names `{name}`, which is not another rule here.")


def _silences_can_be_met(circular: Circular) -> None:
    """An undecided answer without a condition would silence the whole circular."""
    for silence in circular.not_stated:
        if silence.leaves_undecided and not silence.when and not silence.rules:
            raise _wrong(
                circular,
                silence.line,
                f"`{silence.note.id}` leaves everybody undecided; say `when` it applies.",
            )


def _conflicts_are_read(circular: Circular) -> None:
    for rule in circular.rules:
        for other in rule.conflicts_with:
            if not any(_speaks_of(silence, rule.id, other) for silence in circular.not_stated):
                raise _wrong(
                    circular,
                    rule.line,
                    f"`{rule.id}` conflicts with `{other}`, but no `rules` under `not_stated` names both.",
                )


def _speaks_of(silence: Silence, first: str, second: str) -> bool:
    return {first, second} <= set(silence.rules)


def _overlaps_have_precedence(circular: Circular) -> None:
    outcomes = [rule for rule in circular.rules if isinstance(rule.then, Outcome)]
    for first, second in combinations(outcomes, 2):
        if first.id in second.excepts and second.id in first.excepts:
            raise _wrong(circular, second.line, f"`{first.id}` and `{second.id}` each except the other.")
        if first.then != second.then and not _ordered(first, second) and overlap(first.when, second.when):
            raise _wrong(
                circular,
                second.line,
                f"`{first.id}` and `{second.id}` can both meet one person and say different things; "
                "let one name the other in `excepts`.",
            )


def _ordered(first: Rule, second: Rule) -> bool:
    return first.id in second.excepts or second.id in first.excepts
