"""What can be said of a circular once and for all: who may read what, and its duties by arrangement."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from policy import conditions, meeting
from policy.model import Arrangement, Audience, Circular, Condition, Duty, NotStated

_EITHER_PLACE = frozenset({Arrangement.WFO, Arrangement.WFH})
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Prepared:
    """The parts of one circular, ready to be shown; a duty keeps beside it the conditions it is asked under."""

    readers: Mapping[str, frozenset[Audience]]  # by id of the rule
    notes: Mapping[str, NotStated]  # by id of the silence
    duties: Mapping[Arrangement, tuple[tuple[Duty, tuple[Condition, ...]], ...]]


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
    readers = {rule.id: meeting.readers(rule) for rule in circular.rules}
    notes = {}
    for silence in circular.not_stated:
        allowed = conditions.readers(silence.when)
        for name in silence.rules:
            allowed &= readers[name]
        notes[silence.note.id] = replace(silence.note, audience=allowed)
    return Prepared(readers, notes, {each: _duties(circular, each) for each in Arrangement})


def _duties(circular: Circular, arrangement: Arrangement) -> tuple[tuple[Duty, tuple[Condition, ...]], ...]:
    """While the place is undecided, only what is asked in the office and at home alike."""
    wanted = _EITHER_PLACE if arrangement is Arrangement.UNDECIDED else frozenset({arrangement})
    return tuple(
        (replace(duty, when=(), audience=conditions.readers(duty.when)), duty.when)
        for duty in circular.duties
        if wanted <= duty.arrangements
    )
