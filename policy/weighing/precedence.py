"""Which of two circulars gives way, where both would settle the same day: the written order.

1. What is said outright. A rule that amends, revokes or sets aside paragraphs of another circular lifts them, while
   its own circular is in force and it meets the person. Only an equal or higher issuer amends or revokes; local
   non-application (`sets_aside`) is open to every issuer. Inside one circular `excepts` says it: the section's
   rule beats that of the whole office.
2. `rank`: the higher issuer, in the order of `policy.words.Rank`.
3. `newer`: of issuers of one rank, the circular signed later; one whose day of signing is not stated is the oldest.
4. `specific`: else the rule that is for fewer people: whoever meets it certainly meets the other one too.

What this order cannot decide is a conflict: it is said, and nobody guesses. Only `wajib` outcomes and quotas of
people take part; a permission or a preference never outweighs anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policy.model import Circular, Condition, Rank, Rule

_RANKS = {rank: place for place, rank in enumerate(reversed(Rank))}


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds for a person and day, with its circular."""

    circular: Circular
    rule: Rule


class Because(StrEnum):
    """Which order decided between two circulars."""

    RANK = "rank"
    NEWER = "newer"
    SPECIFIC = "specific"


@dataclass(frozen=True, slots=True)
class Outweighed:
    """What gives way, to what, and by which order."""

    held: Held
    by: Held
    because: Because


def height(circular: Circular) -> tuple[int, int]:
    """Sorts circulars by rank, then by the day of signing: the one that wins is greater."""
    return _RANKS[circular.rank], circular.signed.toordinal() if circular.signed else 0


def over(first: Circular, second: Circular) -> Because | None:
    """By which order the first circular stands over the second; None where it does not."""
    higher, lower = height(first), height(second)
    if higher[0] != lower[0]:
        return Because.RANK if higher[0] > lower[0] else None
    return Because.NEWER if higher[1] > lower[1] else None


def outweighs(first: Held, second: Held) -> Because | None:
    """By which order the first rule wins over the second; None where it does not."""
    by_circular = over(first.circular, second.circular)
    if by_circular is not None or height(first.circular) != height(second.circular):
        return by_circular
    return Because.SPECIFIC if is_narrower(first, second) else None


def is_narrower(first: Held, second: Held) -> bool:
    """Whether whoever meets the first certainly meets the second, and not the other way about."""
    return _lies_in(first, second) and not _lies_in(second, first)


def _lies_in(inner: Held, outer: Held) -> bool:
    own = (*inner.circular.binds, *inner.rule.when)
    wanted = (*outer.circular.binds, *outer.rule.when)
    return all(any(_implies(one, each) for one in own) for each in wanted) and all(
        _is_kept_out(each, own, inner.rule.unless) for each in outer.rule.unless
    )


def _implies(narrow: Condition, wide: Condition) -> bool:
    return narrow.key == wide.key and narrow.values <= wide.values


def _is_kept_out(barred: Condition, own: Iterable[Condition], unless: Iterable[Condition]) -> bool:
    return any(_implies(barred, each) for each in unless) or any(
        each.key == barred.key and each.values.isdisjoint(barred.values) for each in own
    )
