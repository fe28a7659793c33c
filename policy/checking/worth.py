"""What a circular may well say, and what is yet often not meant: no error, but worth a look."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import permutations

from policy.checking.overlaps import can_meet
from policy.format.strict_yaml import LoaderError
from policy.model import Change, ChangeKind, Circular, Counted, Modality, Outcome, Quota, Rounding, Rule

_WORKING_DAYS = 5


def worth_a_look(circular: Circular) -> Iterator[LoaderError]:
    """A sentence for each such thing, at the line of its rule."""
    yield from _begins_on_no_day(circular)
    for rule in circular.rules:
        yield from _revokes_for_a_while(circular, rule)
        yield from _shares_exactly(circular, rule)
    yield from _more_days_than_a_week_allows(circular)


def _begins_on_no_day(circular: Circular) -> Iterator[LoaderError]:
    if circular.in_force.start is not None:
        return
    if circular.signed is not None:
        first = f"it is not used before it was signed, on {circular.signed}"
    else:
        first = "`signed` is not stated either, so it is used on every day, however early"
    yield _look(circular, 1, f"`in_force` does not say `from` which day: {first}.")


def _revokes_for_a_while(circular: Circular, rule: Rule) -> Iterator[LoaderError]:
    is_revoking = isinstance(rule.then, Change) and rule.then.kind is ChangeKind.REVOKES
    if is_revoking and circular.lasts_while:
        names = ", ".join(condition.key for condition in circular.lasts_while)
        sentence = f"`{rule.id}` revokes for good, but this circular is in force only `while` {names} lasts"
        yield _look(circular, rule.line, f"{sentence}: does the text mean both?")


def _shares_exactly(circular: Circular, rule: Rule) -> Iterator[LoaderError]:
    quota = rule.then
    if not isinstance(quota, Quota) or quota.at_most is None or quota.at_most != quota.at_least:
        return
    share = quota.at_most.share
    if share is not None and share.denominator > 1 and quota.rounding is Rounding.NOT_STATED:
        sentence = (
            f"`{rule.id}` wants exactly {share} of them and does not state the rounding: of a number that "
            f"{share.denominator} does not divide, the whole numbers on either side of it will both do."
        )
        yield _look(circular, rule.line, sentence)


def _more_days_than_a_week_allows(circular: Circular) -> Iterator[LoaderError]:
    for weekly, rule in permutations(circular.rules, 2):
        limit = weekly.then
        if not isinstance(limit, Quota) or limit.counted is not Counted.WEEK or limit.at_most is None:
            continue
        most = limit.at_most.number or 0
        is_over = _sends_into(rule, limit) and _days_a_week(rule) > most
        if not is_over or _is_settled_between(rule, weekly):
            continue
        if can_meet([rule, weekly], also=circular.binds, within=[circular.in_force]):
            sentence = (
                f"`{rule.id}` may put somebody there on more days of a week than the {most} of `{weekly.id}`"
            )
            yield _look(
                circular, rule.line, f"{sentence}: say which holds with `excepts`, or `beside` if both do."
            )


def _days_a_week(rule: Rule) -> int:
    """On how many working days of one week the rule may hold, by its days of the week, dates and length."""
    found = [_WORKING_DAYS]
    found += [rule.lasts.days] if rule.lasts is not None else []
    for condition in rule.when:
        if condition.key == "weekday":
            found.append(len(condition.values))
        elif condition.key == "date":
            weeks = Counter(date.fromisoformat(each).isocalendar()[:2] for each in condition.values)
            found.append(max(weeks.values()))
    return min(found)


def _sends_into(rule: Rule, limit: Quota) -> bool:
    return (
        isinstance(rule.then, Outcome)
        and rule.then.modality is Modality.WAJIB
        and rule.then.arrangement in limit.of
    )


def _is_settled_between(first: Rule, second: Rule) -> bool:
    named = (*first.excepts, *first.beside, *first.conflicts_with)
    return second.id in named or first.id in (*second.excepts, *second.beside, *second.conflicts_with)


def _look(circular: Circular, line: int, sentence: str) -> LoaderError:
    return LoaderError(circular.path, line, sentence)
