"""decide(facts): the verdict for one person and day, and every reason for it.

The steps, in their order: the calendar, an absence, the circulars in force, the health gate. Nothing is
guessed: a gap or a contradiction is `undecided`, with its reason and whom to ask.
"""

from dataclasses import replace

from policy import applying, health
from policy.applying import Reading
from policy.model import (
    EVERYONE,
    Absence,
    AbsenceKind,
    Arrangement,
    Ask,
    Audience,
    DayKind,
    Duty,
    Facts,
    HealthGate,
    Part,
    Reason,
    Step,
    Verdict,
)
from policy.words import HEAD_ONLY, SELF_AND_HEALTH

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
_EITHER_PLACE = frozenset({Arrangement.WFO, Arrangement.WFH})


def decide(facts: Facts) -> Verdict:
    """The verdict by what the facts say, with at least one reason for every reader."""
    if not facts.day.is_working:
        return _off(facts, _calendar_reason(facts))
    absence = facts.absence
    is_away = absence is not None and _lasts(absence, facts)
    if absence is not None and is_away and absence.part is None:
        return _away(facts, absence)
    verdict = _by_circulars(facts)
    if absence is not None and is_away and absence.part is not None:
        verdict = _half_away(verdict, absence, absence.part)
    gate = facts.health_gate
    if gate is not None and _lasts(gate, facts):
        return _behind_gate(verdict, gate)
    return verdict


def _lasts(span: Absence | HealthGate, facts: Facts) -> bool:
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


def _until(span: Absence | HealthGate) -> dict[str, str]:
    return {"until": span.until.isoformat()} if span.until is not None else {}


def _by_circulars(facts: Facts) -> Verdict:
    readings = [applying.read(circular, facts) for circular in facts.circulars]
    speaking = [reading for reading in readings if reading.arrangement is not None]
    if not speaking:
        return _uncovered(facts, readings)
    uncertain = [
        reading
        for reading in speaking
        if reading.arrangement is Arrangement.UNDECIDED and not reading.is_silent
    ]
    if uncertain:
        return _verdict(facts, Arrangement.UNDECIDED, speaking, ask=uncertain[0].ask)
    decided = [reading for reading in speaking if reading.arrangement is not Arrangement.UNDECIDED]
    if not decided:
        return _verdict(facts, Arrangement.UNDECIDED, speaking, ask=speaking[0].ask)
    return _from_decided(facts, decided, silent=[each for each in speaking if each.is_silent])


def _from_decided(facts: Facts, decided: list[Reading], *, silent: list[Reading]) -> Verdict:
    arrangement = decided[0].arrangement
    if arrangement is None or any(reading.arrangement != arrangement for reading in decided):
        clash = applying.conflict({reading.arrangement for reading in decided if reading.arrangement})
        return _verdict(facts, Arrangement.UNDECIDED, decided + silent, first=(clash,), ask=Ask.ADMIN)
    return _verdict(facts, arrangement, decided + silent, ask=None)


def _uncovered(facts: Facts, readings: list[Reading]) -> Verdict:
    gap = Reason("no_circular", Step.CIRCULAR, {"on": facts.on.isoformat()})
    reasons = (gap, *(reason for reading in readings for reason in reading.reasons))
    return Verdict(facts.on, facts.as_of, Arrangement.UNDECIDED, reasons, hours=facts.day.hours, ask=Ask.HEAD)


def _verdict(
    facts: Facts,
    arrangement: Arrangement,
    readings: list[Reading],
    *,
    ask: Ask | None,
    first: tuple[Reason, ...] = (),
) -> Verdict:
    return Verdict(
        on=facts.on,
        as_of=facts.as_of,
        arrangement=arrangement,
        reasons=first + tuple(reason for reading in readings for reason in reading.reasons),
        not_stated=tuple(note for reading in readings for note in reading.not_stated),
        duties=_duties(readings, arrangement),
        modality=readings[0].modality if ask is None else None,
        hours=facts.day.hours,
        ask=ask,
    )


def _duties(readings: list[Reading], arrangement: Arrangement) -> tuple[Duty, ...]:
    """While the place is undecided, only what is asked in the office and at home alike."""
    wanted = _EITHER_PLACE if arrangement is Arrangement.UNDECIDED else frozenset({arrangement})
    return tuple(
        duty for reading in readings for duty in reading.circular.duties if wanted <= duty.arrangements
    )


def _behind_gate(verdict: Verdict, gate: HealthGate) -> Verdict:
    """The gate says only "not into the office"; where the person works instead, nobody has stated."""
    until = _until(gate)
    known = {"code": gate.code, "since": gate.since.isoformat()} | until
    reasons = (
        *verdict.reasons,
        Reason("health_barred", Step.HEALTH, known, health.citation_for(gate.code), SELF_AND_HEALTH),
        Reason("barred_from_office", Step.HEALTH, until, audience=HEAD_ONLY),
    )
    barred = replace(verdict, reasons=reasons, barred_from_office=True, barred_until=gate.until)
    if verdict.arrangement is not Arrangement.WFO:
        return barred
    duties = tuple(duty for duty in verdict.duties if duty.arrangements >= _EITHER_PLACE)
    return replace(barred, arrangement=Arrangement.UNDECIDED, modality=None, ask=Ask.HEAD, duties=duties)
