"""What must be true of circulars side by side: each number is one circular's, and changes lead somewhere."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from policy.format.strict_yaml import LoaderError
from policy.model import Change, ChangeKind, Circular, Extension, Rank, Rule
from policy.numbers import normalised


def check_together(circulars: Sequence[Circular], known: Sequence[Circular]) -> Iterator[LoaderError]:
    """What is wrong with `circulars` beside each other and beside all that are `known`, themselves included."""
    yield from _numbers_differ(circulars, known)
    for circular in circulars:
        for rule in circular.rules:
            if isinstance(rule.then, Change | Extension):
                yield from _leads(circular, rule, rule.then, known)


def _numbers_differ(circulars: Sequence[Circular], known: Sequence[Circular]) -> Iterator[LoaderError]:
    """The later file of a folder is told. What comes with Piket may be written down again elsewhere."""
    for circular in circulars:
        for twin in known:
            if _is_twin(circular, twin):
                name = Path(twin.path).name
                yield LoaderError(
                    circular.path,
                    1,
                    f"The number {circular.number} is also that of {name}: each circular is one file.",
                )


def _is_twin(circular: Circular, twin: Circular) -> bool:
    mine, other = Path(circular.path), Path(twin.path)
    return (
        mine.resolve().parent == other.resolve().parent
        and other.name < mine.name
        and normalised(circular.number) == normalised(twin.number)
    )


def _leads(
    circular: Circular, rule: Rule, effect: Change | Extension, known: Sequence[Circular]
) -> Iterator[LoaderError]:
    number = normalised(effect.circular)
    if number == normalised(circular.number):
        yield LoaderError(circular.path, rule.line, f"`{rule.id}` names the number of its own circular.")
        return
    named = [each for each in known if normalised(each.number) == number]
    if not named:
        return  # not at hand: only its number is known
    if isinstance(effect, Extension):
        yield from _was_signed_then(circular, rule, effect, named)
        return
    yield from _stands_high_enough(circular, rule, effect, named)
    there = {paragraph for each in named for paragraph in _paragraphs(each)}
    for paragraph in effect.paragraphs:
        if not any(each == paragraph or each.startswith(f"{paragraph} ") for each in there):
            listed = ", ".join(sorted(there))
            sentence = (
                f"`{rule.id}` names paragraph {paragraph} of {effect.circular}, which has only {listed}."
            )
            yield LoaderError(circular.path, rule.line, sentence)


def _was_signed_then(
    circular: Circular, rule: Rule, extension: Extension, named: Sequence[Circular]
) -> Iterator[LoaderError]:
    days = {each.signed for each in named if each.signed is not None}
    if extension.signed is not None and days and extension.signed not in days:
        there = " or ".join(sorted(day.isoformat() for day in days))
        yield LoaderError(
            circular.path,
            rule.line,
            f"`{rule.id}` extends {extension.circular} as signed on {extension.signed}, "
            f"but that one's own file says {there}.",
        )


def _stands_high_enough(
    circular: Circular, rule: Rule, change: Change, named: Sequence[Circular]
) -> Iterator[LoaderError]:
    """Only an equal or higher issuer amends or revokes; not to apply it at one's own place is open to all."""
    ranks = list(Rank)
    for other in named:
        is_lower = ranks.index(circular.rank) > ranks.index(other.rank)
        if is_lower and change.kind is not ChangeKind.SETS_ASIDE:
            yield LoaderError(
                circular.path,
                rule.line,
                f"`{rule.id}` {change.kind} {other.number}, but {circular.rank} stands below {other.rank}; "
                "what it can do is not to apply it here: `sets_aside`.",
            )


def _paragraphs(circular: Circular) -> Iterator[str]:
    yield from (rule.paragraph for rule in circular.rules)
    yield from (duty.paragraph for duty in circular.duties)
    yield from (judgement.paragraph for judgement in circular.not_automated)
    yield from () if circular.asks_paragraph is None else (circular.asks_paragraph,)
