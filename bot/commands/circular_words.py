"""A circular in readable form: its head, its rules by paragraph, its duties, and what it leaves open."""

from collections.abc import Iterable, Iterator

from bot.commands.words import count
from policy.model import (
    Amount,
    Change,
    Circular,
    Condition,
    Counted,
    Effect,
    Extension,
    Outcome,
    Period,
    Quota,
    Rule,
    Shift,
    Shifts,
    Silence,
)

_OPEN = "not stated"


def readable(circular: Circular) -> Iterator[str]:
    """The lines of it, for a terminal."""
    yield f"{circular.form} {circular.number}: {circular.title}"
    yield f"{circular.issuer} ({circular.rank}), signed {circular.signed or _OPEN}, in force {_span(circular.in_force)}"
    yield from _if_any("  only while", when(circular.lasts_while))
    yield f"  binds {when(circular.binds) or 'everybody for whom it is switched on'}"
    where = f" (paragraph {circular.asks_paragraph})" if circular.asks_paragraph else ""
    yield from _if_any("  only asks", when(circular.asks) + where if circular.asks else "")
    yield from _if_any("  based on", "; ".join(circular.based_on))
    for source in circular.sources:
        yield f"  source: {source.title}, {source.url} (looked at on {source.checked_on})"
    yield from _part("RULES", (line for rule in circular.rules for line in _rule(rule)))
    yield from _part("DUTIES", (f"  {each.paragraph}  {each.says} [{each.who}]" for each in circular.duties))
    judged = (f"  {each.paragraph}  {each.says} [{each.who}]" for each in circular.not_automated)
    yield from _part("FOR A PERSON TO JUDGE", judged)
    yield from _part(
        "LEFT OPEN BY THE TEXT",
        (line for each in circular.not_stated for line in _silence(each)),
    )
    yield ""
    yield f"{len(circular.cases) + len(circular.unit_cases)} worked cases stand beside it."


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield title
        yield from found


def _if_any(title: str, words: str) -> Iterator[str]:
    if words:
        yield f"{title} {words}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"  {rule.paragraph}  {rule.says}"
    if rule.when or rule.unless:
        unless = f", unless {when(rule.unless)}" if rule.unless else ""
        yield f"      where {when(rule.when) or 'anything'}{unless}"
    if rule.during is not None:
        yield f"      {_span(rule.during)}"
    if rule.lasts is not None:
        yield f"      for {rule.lasts.days} days after {rule.lasts.after}"
    yield f"      -> {_effect(rule.then)}"
    yield from _if_any("      instead of", ", ".join(rule.excepts))
    yield from _if_any("      contradicts", ", ".join(rule.conflicts_with))


def _silence(each: Silence) -> Iterator[str]:
    yield f"  {each.note.about}"
    if each.note.reading:
        yield f"      read as: {each.note.reading}"
    else:
        yield f"      not guessed{', where no rule decides' if each.yields else ''}: ask {each.note.ask}"


def _effect(effect: Effect) -> str:
    match effect:
        case Outcome():
            return f"{effect.arrangement} ({effect.modality})"
        case Quota():
            return _quota(effect)
        case Shifts():
            return "; ".join(_shift(each) for each in effect.shifts)
        case Extension():
            until = effect.until or _OPEN
            return f"{effect.circular} goes on until {until}"
        case Change():
            paragraphs = ", ".join(effect.paragraphs) or "the whole of it"
            return f"{effect.kind} {effect.circular}: {paragraphs}"


def _quota(quota: Quota) -> str:
    limits = [f"at most {_amount(quota.at_most, quota.counted)}" if quota.at_most else ""]
    limits += [f"at least {_amount(quota.at_least, quota.counted)}" if quota.at_least else ""]
    of = " or ".join(sorted(quota.of))
    outside = f", not counting where {when(quota.outside)}" if quota.outside else ""
    counted = f"per: {quota.per}, counted: {quota.counted}, rounding: {quota.rounding}"
    return f"{of}: {' and '.join(each for each in limits if each)}, {counted}{outside} ({quota.modality})"


def _amount(amount: Amount, counted: Counted) -> str:
    if amount.number is None:
        return str(amount.share)
    return (
        count(amount.number, "day") if counted is Counted.WEEK else count(amount.number, "person", "people")
    )


def _shift(shift: Shift) -> str:
    arrive = "-".join(dict.fromkeys(f"{each:%H.%M}" for each in shift.arrive))
    leave = "-".join(dict.fromkeys(f"{each:%H.%M}" for each in shift.leave))
    return f"shift {shift.name}: from {arrive} to {leave}"


def when(conditions: Iterable[Condition]) -> str:
    """What must hold, in a line; nothing where nothing must."""
    return " and ".join(f"{each.key} is {' or '.join(sorted(each.values))}" for each in conditions)


def _span(period: Period) -> str:
    return f"from {period.start or _OPEN} until {period.until or _OPEN}"
