"""stand(facts): what the circulars make of one person and day, before any rota, override or health gate.

Several circulars are weighed by the written order of `precedence`. Absences and the calendar are not looked at:
who is on leave stays in the base of a quota.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policy import conditions
from policy.model import Addressee, Arrangement, Circular, Duty, Facts, NotStated
from policy.weighing import applying, changing, meeting, precedence
from policy.weighing.applying import Reading
from policy.weighing.changing import Changes
from policy.weighing.circumstances import Circumstances, circumstances
from policy.weighing.precedence import Held, Outweighed
from policy.weighing.preferring import against_quotas, place_of, winners_of, withstand
from policy.weighing.prepared import prepared

__all__ = ["Held", "Outweighed", "Stand", "stand"]

_KEPT = 4096
_EITHER_PLACE = frozenset({Arrangement.WFO, Arrangement.WFH})
_FOR_EMPLOYEE = frozenset({Addressee.EMPLOYEE})
_FOR_HEAD = frozenset({Addressee.EMPLOYEE, Addressee.HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What holds for one person and day.

    `arrangement`: settled by `settling`; UNDECIDED where the circulars contradict each other or a fact is missing,
    so that no rota may speak; None where they leave it open, to the rota under `quotas` or to the head.
    """

    arrangement: Arrangement | None
    settling: tuple[Held, ...] = ()
    quotas: tuple[Held, ...] = ()  # those in whose base the person is
    shifts: Held | None = None
    preferences: tuple[Held, ...] = ()  # outcomes that allow or prefer an arrangement for this person
    others_only: tuple[Held, ...] = ()  # outcomes that keep an arrangement for other people
    outweighed: tuple[Outweighed, ...] = ()
    conflict: tuple[Held, ...] = ()  # what contradicts each other, and the written order cannot tell
    left_open: tuple[Held, ...] = ()  # what contradicts each other inside a circular that leaves this open
    readings: tuple[Reading, ...] = ()
    lacks: bool = (
        False  # it is undecided, and a fact is missing: the reasons name the unit or region of which
    )
    speaking: tuple[Reading, ...] = ()  # of the circulars that are in force and are about this person
    changes: Changes = changing.NONE
    notes: tuple[NotStated, ...] = ()
    duties: tuple[Duty, ...] = ()  # whatever the place, and for the employee and their head alike
    _asked: dict[tuple[Arrangement, bool], tuple[Duty, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def asked_at(self, arrangement: Arrangement, *, leads: bool) -> tuple[Duty, ...]:
        """What is asked of this person there; while the place is undecided, what is asked in either place."""
        found = self._asked.get((arrangement, leads))
        if found is None:
            wanted = _EITHER_PLACE if arrangement is Arrangement.UNDECIDED else {arrangement}
            who = _FOR_HEAD if leads else _FOR_EMPLOYEE
            found = tuple(duty for duty in self.duties if duty.who in who and wanted <= duty.arrangements)
            self._asked[arrangement, leads] = found
        return found


_stands: dict[Circumstances, tuple[Sequence[Circular], Stand]] = {}


def stand(facts: Facts) -> Stand:
    """Read every circular, and weigh what they say against each other. Who lives under the same stands alike."""
    seen = circumstances(facts)
    kept = _stands.get(seen)
    if kept is None:
        if len(_stands) >= _KEPT:
            _stands.clear()
        kept = _stands[seen] = (facts.circulars, _weigh(facts))
    return kept[1]


def _weigh(facts: Facts) -> Stand:
    changes = changing.changes(facts)
    readings = tuple(applying.read(circular, facts, changes) for circular in facts.circulars)
    winners, outweighed, conflict = winners_of(_held(readings, "settling"))
    quotas = _held(readings, "quotas")
    if quotas and not conflict:
        winners, quotas, more, conflict = against_quotas(winners, quotas)
        outweighed = (*outweighed, *more)
    speaking = tuple(reading for reading in readings if reading.out is None)
    is_undecided = bool(conflict) or _is_doubtful(readings, winners)
    return Stand(
        arrangement=Arrangement.UNDECIDED if is_undecided else _arrangement(winners),
        settling=winners,
        quotas=quotas,
        shifts=_strongest(_held(readings, "shifts")),
        preferences=_held(readings, "preferences"),
        others_only=_held(readings, "others_only"),
        outweighed=outweighed,
        conflict=conflict,
        left_open=_held(readings, "contradicting"),
        readings=readings,
        lacks=is_undecided and any(reading.missing for reading in speaking),
        speaking=speaking,
        changes=changes,
        notes=tuple(note for reading in speaking for note in _notes(reading)),
        duties=tuple(duty for reading in speaking for duty in _duties(reading, facts)),
    )


def _notes(reading: Reading) -> Iterator[NotStated]:
    notes = prepared(reading.circular).notes
    return (notes[silence.note.id] for silence in reading.silences)


def _duties(reading: Reading, facts: Facts) -> Iterator[Duty]:
    for duty, written in prepared(reading.circular).duties:
        if written.when and not conditions.all_hold(written.when, facts):
            continue
        if written.lasts is not None and not meeting.still_lasts(written.lasts, facts):
            continue
        if not any(lift.is_sure and lift.covers(duty.paragraph) for lift in reading.lifts):
            yield duty


def _held(readings: Sequence[Reading], name: str) -> tuple[Held, ...]:
    return tuple(Held(reading.circular, rule) for reading in readings for rule in getattr(reading, name))


def _arrangement(winners: Sequence[Held]) -> Arrangement | None:
    return place_of(winners[0].rule) if winners else None


def _is_doubtful(readings: Sequence[Reading], winners: tuple[Held, ...]) -> bool:
    """Whether a fact that is missing could change where the winners put the person."""
    unsure = [reading for reading in readings if reading.missing]
    if not unsure:
        return False
    open_ones = [reading.circular for reading in unsure if reading.may_be_open]
    sure = tuple(each for each in winners if each.circular not in open_ones)
    return not withstand(sure, _held(unsure, "doubtful"))


def _strongest(shifts: Sequence[Held]) -> Held | None:
    return max(shifts, key=lambda each: precedence.height(each.circular), default=None)
