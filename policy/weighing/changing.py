"""What circulars do to each other on a day: one lifts paragraphs of another, or lets its period go on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policy import conditions
from policy.model import Change, ChangeKind, Circular, Extension, Facts, Rule
from policy.numbers import normalised
from policy.weighing import meeting, precedence
from policy.weighing.precedence import Held

_FAR = date.max
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Lift:
    """Paragraphs that another circular's rule lifts; all of them where none is named. `is_sure`: it meets."""

    by: Held
    paragraphs: tuple[str, ...]
    is_sure: bool

    def covers(self, paragraph: str) -> bool:
        """Whether this paragraph is lifted: it is named, or a part of one that is ("1" names "1 (a)" too)."""
        return not self.paragraphs or any(
            paragraph == named or paragraph.startswith(named + " ") for named in self.paragraphs
        )


@dataclass(slots=True, eq=False)
class Changes:
    """By id of the circular that is changed: what is lifted in it, and until when it goes on."""

    lifts: dict[str, list[Lift]] = field(default_factory=dict)
    goes_on: dict[str, tuple[date, Held]] = field(default_factory=dict)
    refused: list[tuple[Held, Circular]] = field(
        default_factory=list
    )  # a lower issuer cannot change a higher


NONE = Changes()
_links: dict[tuple[int, ...], tuple[Sequence[Circular], tuple[tuple[Held, Circular], ...]]] = {}


def changes(facts: Facts) -> Changes:
    """What the circulars of these facts do to each other for this person and day."""
    links = _linked(facts.circulars)
    if not links:
        return NONE
    found = Changes()
    for held, target in links:  # the newest first: what it lifts can no longer change an older one
        met = _acts(held, facts, found)
        if met is not False:
            _note(found, held, target, is_sure=met is True)
    return found


def is_running(circular: Circular, facts: Facts, found: Changes) -> bool:
    """Whether the day lies in the circular's period, or in one that another circular has added to it."""
    if not _has_begun(circular, facts):
        return False
    added = found.goes_on.get(circular.id)
    return circular.in_force.covers(facts.on) or (added is not None and facts.on <= added[0])


def _has_begun(circular: Circular, facts: Facts) -> bool:
    first = circular.first_day
    return first is None or first <= facts.on


def _acts(held: Held, facts: Facts, found: Changes) -> bool | None:
    circular, rule = held.circular, held.rule
    is_final = _is_final(rule)
    if any(
        lift.is_sure and lift.covers(rule.paragraph) and not (is_final and _was_before(circular, lift))
        for lift in found.lifts.get(circular.id, ())
    ):
        return False
    if not _is_said(held, facts, found):
        return False
    binds = conditions.all_hold(circular.binds, facts) if is_final else meeting.in_force(circular, facts)
    met = meeting.meets(rule, facts)
    if binds is False or met is False:
        return False
    return True if binds and met else None


def _is_final(rule: Rule) -> bool:
    """What has been revoked does not come back: neither when the revoking circular or its status ends, nor with it."""
    return isinstance(rule.then, Change) and rule.then.kind is ChangeKind.REVOKES


def _was_before(circular: Circular, lift: Lift) -> bool:
    """Whether the circular had a day in force before it was itself lifted."""
    return (circular.first_day or date.min) < (lift.by.circular.first_day or date.min)


def _is_said(held: Held, facts: Facts, found: Changes) -> bool:
    """A revocation, and an extension to a stated day, outlast the circular that says them; else all ends with it."""
    effect = held.rule.then
    if _is_final(held.rule) or (isinstance(effect, Extension) and effect.until is not None):
        return _has_begun(held.circular, facts)
    return is_running(held.circular, facts, found)


def _note(found: Changes, held: Held, target: Circular, *, is_sure: bool) -> None:
    effect = held.rule.then
    if isinstance(effect, Extension):
        until = effect.until or _FAR
        if is_sure and (target.id not in found.goes_on or found.goes_on[target.id][0] < until):
            found.goes_on[target.id] = (until, held)
    elif isinstance(effect, Change):
        if effect.kind is not ChangeKind.SETS_ASIDE and _is_lower(held.circular, target):
            found.refused.append((held, target))
        else:
            found.lifts.setdefault(target.id, []).append(Lift(held, effect.paragraphs, is_sure))


def _is_lower(circular: Circular, target: Circular) -> bool:
    return precedence.over(target, circular) is precedence.Because.RANK


def _linked(circulars: Sequence[Circular]) -> tuple[tuple[Held, Circular], ...]:
    """Every rule that changes or extends another circular at hand; looked for once for the same circulars."""
    key = tuple(map(id, circulars))
    kept = _links.get(key)
    if kept is None:
        if len(_links) >= _KEPT:
            _links.clear()
        kept = _links[key] = (circulars, _find_links(circulars))
    return kept[1]


def _find_links(circulars: Sequence[Circular]) -> tuple[tuple[Held, Circular], ...]:
    at_hand = {normalised(circular.number): circular for circular in circulars}
    newest = sorted(circulars, key=lambda each: each.signed or date.min, reverse=True)
    found = []
    for circular in newest:
        for rule in circular.rules:
            target = _target(rule)
            other = at_hand.get(normalised(target)) if target else None
            if other is not None and other is not circular:
                found.append((Held(circular, rule), other))
    return tuple(found)


def _target(rule: Rule) -> str | None:
    return rule.then.circular if isinstance(rule.then, Change | Extension) else None
