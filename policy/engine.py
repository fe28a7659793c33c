"""decide(facts): the verdict for one person and day, and every reason for it.

The steps, in their order: the calendar, an absence, the circulars in force, the unit's published rota, a head's
letter, the health gate. Nothing is guessed: a gap or a contradiction is `undecided`, with its reason and whom to
ask. How circulars are weighed against each other is written in `policy.weighing.precedence`.
"""

from dataclasses import replace

from policy.model import (
    EVERYONE,
    Absence,
    AbsenceKind,
    Arrangement,
    Audience,
    DayKind,
    Facts,
    HealthGate,
    Hours,
    Override,
    Part,
    Reason,
    Shift,
    Shifts,
    Step,
    Verdict,
)
from policy.weighing.explaining import cited
from policy.weighing.placing import Placed, behind_gate, overridden, place
from policy.weighing.plain_sight import in_plain_sight
from policy.weighing.standing import Stand, stand
from policy.words import SELF_AND_HEALTH

# The name of these absences is itself sensitive: the head learns that the person is away, and until when.
_PRIVATE = {
    AbsenceKind.SICK_LEAVE: SELF_AND_HEALTH,
    AbsenceKind.MATERNITY_LEAVE: SELF_AND_HEALTH,
    AbsenceKind.SUSPENDED: frozenset({Audience.SELF}),
}
_CALENDAR_KEYS = {
    DayKind.WEEKEND: "weekend",
    DayKind.HOLIDAY: "holiday",
    DayKind.JOINT_LEAVE: "joint_leave",
}


def decide(facts: Facts) -> Verdict:
    """The verdict by what the facts say, with at least one reason for every reader."""
    verdict = _decided(facts)
    return in_plain_sight(verdict, facts, _decided) if facts.traits else verdict


def _decided(facts: Facts) -> Verdict:
    if not facts.day.is_working:
        return _off(facts, _calendar_reason(facts))
    absence = facts.absence
    is_away = absence is not None and _lasts(absence, facts)
    if absence is not None and is_away and absence.part is None:
        return _away(facts, absence)
    verdict = _at_work(facts)
    if absence is not None and is_away and absence.part is not None:
        return _half_away(verdict, absence, absence.part)
    return verdict


def _at_work(facts: Facts) -> Verdict:
    held = stand(facts)
    placed = place(held, facts)
    if facts.override is not None and _lasts(facts.override, facts):
        placed = overridden(placed, held, facts.override)
    gate = facts.health_gate
    if gate is None or not _lasts(gate, facts):
        return _verdict(facts, held, placed)
    barred = _verdict(facts, held, behind_gate(placed, gate))
    return replace(barred, barred_from_office=True, barred_until=gate.until)


def _lasts(span: Absence | HealthGate | Override, facts: Facts) -> bool:
    return span.since <= facts.on and (span.until is None or facts.on <= span.until)


def _off(facts: Facts, *reasons: Reason) -> Verdict:
    return Verdict(facts.on, facts.as_of, Arrangement.OFF, reasons)


def _calendar_reason(facts: Facts) -> Reason:
    key = _CALENDAR_KEYS[facts.day.kind]
    return Reason(key, Step.CALENDAR, {} if key == "weekend" else {"name": facts.day.name or ""})


def _away(facts: Facts, absence: Absence) -> Verdict:
    until = _until(absence)
    params = {"kind": absence.kind.value, "since": absence.since.isoformat()} | until
    readers = _PRIVATE.get(absence.kind, EVERYONE)
    reasons = [Reason("absence", Step.ABSENCE, params, audience=readers)]
    if readers != EVERYONE:
        reasons.append(Reason("absent", Step.ABSENCE, until, audience=EVERYONE - readers))
    if absence.kind is AbsenceKind.TRAVEL:
        return replace(_off(facts, *reasons), arrangement=Arrangement.TRAVEL, hours=facts.day.hours)
    return _off(facts, *reasons)


def _half_away(verdict: Verdict, absence: Absence, part: Part) -> Verdict:
    """The other half of the day stays what the circulars make of it, with the hours that are left."""
    params = {"kind": absence.kind.value, "part": part.value}
    readers = _PRIVATE.get(absence.kind, EVERYONE)
    reasons = [Reason("half_absence", Step.ABSENCE, params, audience=readers)]
    if readers != EVERYONE:
        reasons.append(Reason("half_absent", Step.ABSENCE, {"part": part.value}, audience=EVERYONE - readers))
    hours = verdict.hours and verdict.hours.without(part)
    return replace(verdict, reasons=(*reasons, *verdict.reasons), hours=hours)


def _until(span: Absence) -> dict[str, str]:
    return {"until": span.until.isoformat()} if span.until is not None else {}


def _verdict(facts: Facts, held: Stand, placed: Placed) -> Verdict:
    shift, hours, said = _shift(facts, held, placed.arrangement)
    return Verdict(
        on=facts.on,
        as_of=facts.as_of,
        arrangement=placed.arrangement,
        reasons=placed.reasons + said,
        not_stated=held.notes,
        duties=held.asked_at(placed.arrangement, leads=facts.leads_unit),
        modality=placed.modality,
        hours=hours,
        shift=shift,
        ask=placed.ask,
    )


def _shift(
    facts: Facts, held: Stand, arrangement: Arrangement
) -> tuple[str | None, Hours | None, tuple[Reason, ...]]:
    """The shift that the rota gives somebody in the office, its hours, and the paragraph that sets them.

    Where a paragraph divides them into shifts and no rota has given one, it is said that theirs is still open.
    """
    name = None if facts.turn is None else facts.turn.shift
    if arrangement is not Arrangement.WFO:
        return None, facts.day.hours, ()
    if held.shifts is None or not isinstance(held.shifts.rule.then, Shifts):
        return name, facts.day.hours, ()
    if name is None:
        waits = cited("no_shift", held.shifts.circular, held.shifts.rule, facts, step=Step.ROTA)
        return None, facts.day.hours, (waits,)
    shift = next((each for each in held.shifts.rule.then.shifts if each.name == name), None)
    if shift is None:
        return name, facts.day.hours, ()
    reason = cited("shift", held.shifts.circular, held.shifts.rule, facts, step=Step.ROTA)
    return name, _hours_of(shift, facts.day.hours), (reason,)


def _hours_of(shift: Shift, day: Hours | None) -> Hours:
    """From the latest arrival to the latest departure, with the day's break where it lies inside."""
    start, end = shift.arrive[1], shift.leave[1]
    if day is None or day.break_start is None or day.break_end is None:
        return Hours(start, end)
    has_break = start <= day.break_start and day.break_end <= end
    return Hours(start, end, day.break_start, day.break_end) if has_break else Hours(start, end)
