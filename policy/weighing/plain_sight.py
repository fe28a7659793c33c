"""What others read of somebody with a private matter: what they would read of anybody, while the answer is the same.

Else the mere gap in the reasons would tell: who is kept in the office by a discipline case would stand out among
colleagues who are there by the ordinary paragraph. Where the answer itself differs, it says that there is a private
matter, and no more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from policy.keys import KEYS
from policy.model import Audience, Duty, Facts, NotStated, Reason, Verdict

Shown = TypeVar("Shown", Reason, NotStated, Duty)


def in_plain_sight(verdict: Verdict, facts: Facts, decided: Callable[[Facts], Verdict]) -> Verdict:
    """The verdict with, for every reader who may not know all of the person's traits, what they may read instead."""
    for reader in Audience:
        known = _known_to(reader, facts)
        if len(known) < len(facts.traits):
            plain = decided(replace(facts, traits=known))
            if _answer(plain) == _answer(verdict):
                verdict = _read_as(verdict, plain, reader)
    return verdict


def _known_to(reader: Audience, facts: Facts) -> Mapping[str, date]:
    of_trait = KEYS["trait"].readers_of
    return {trait: since for trait, since in facts.traits.items() if reader in of_trait((trait,))}


def _answer(verdict: Verdict) -> tuple[object, ...]:
    return verdict.arrangement, verdict.shift, verdict.hours, verdict.ask, verdict.modality


def _read_as(verdict: Verdict, plain: Verdict, reader: Audience) -> Verdict:
    return replace(
        verdict,
        reasons=_instead(verdict.reasons, plain.reasons, reader),
        not_stated=_instead(verdict.not_stated, plain.not_stated, reader),
        duties=_instead(verdict.duties, plain.duties, reader),
        in_plain_sight=verdict.in_plain_sight | {reader},
    )


def _instead(own: Sequence[Shown], plain: Sequence[Shown], reader: Audience) -> tuple[Shown, ...]:
    """What is the person's own, out of this reader's sight, and then what the reader sees in its place."""
    only = frozenset({reader})
    hidden = [
        replace(each, audience=each.audience - only) if reader in each.audience else each
        for each in own
        if not each.audience <= only
    ]
    seen = [replace(each, audience=only) for each in plain if reader in each.audience]
    return tuple(chain(hidden, seen))
