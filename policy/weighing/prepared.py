"""What can be said of a circular once and for all: who may read what, and its duties as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from policy import conditions
from policy.model import Audience, Circular, Duty, NotStated
from policy.weighing import meeting

_KEPT = 512


@dataclass(frozen=True, slots=True)
class Prepared:
    """The parts of one circular, ready to be shown; a duty keeps beside it when it is asked."""

    circle: frozenset[Audience]  # who may know whether the circular is about somebody
    readers: Mapping[str, frozenset[Audience]]  # by id of the rule
    notes: Mapping[str, NotStated]  # by id of the silence
    duties: tuple[tuple[Duty, Duty], ...]  # as it is shown, and as it is written


_prepared: dict[int, tuple[Circular, Prepared]] = {}


def prepared(circular: Circular) -> Prepared:
    """Prepare the circular, or remember it: the circular is kept too, so that its identity stays its own."""
    kept = _prepared.get(id(circular))
    if kept is None:
        if len(_prepared) >= _KEPT:
            _prepared.clear()
        kept = _prepared[id(circular)] = (circular, _prepare(circular))
    return kept[1]


def _prepare(circular: Circular) -> Prepared:
    circle = conditions.readers((*circular.lasts_while, *circular.binds, *circular.asks))
    readers = {rule.id: circle & meeting.readers(rule) for rule in circular.rules}
    notes = {}
    for silence in circular.not_stated:
        allowed = circle & conditions.readers(silence.when)
        for name in silence.rules:
            allowed &= readers[name]
        notes[silence.note.id] = replace(silence.note, audience=allowed)
    return Prepared(circle, readers, notes, tuple(_duty(each, circle) for each in circular.duties))


def _duty(duty: Duty, circle: frozenset[Audience]) -> tuple[Duty, Duty]:
    return replace(duty, when=(), lasts=None, audience=circle & conditions.readers(duty.when)), duty
