"""What a person's working day asks of them, by the verdict and the agency's data: no rows are read or written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.obligations import Owing
from db.reporting import Reporting
from db.workdays import Opening
from policy.deadlines import Owed, State
from policy.model import Arrangement, Duty, Facts, Hours, Obligation, Verdict
from policy.reminder_stages import Day, Todo
from policy.reminding import first_look

_DUTIES = {Owed.HEALTH: Obligation.HEALTH, Owed.PLAN: Obligation.PLAN, Owed.OUTPUT: Obligation.REPORT}


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A day that is worked, and what is owed on it."""

    opening: Opening
    owing: tuple[Owing, ...]


def gist_of(verdict: Verdict) -> str:
    """Return what makes a day another one for the clock: the arrangement, the shift and the hours."""
    hours = verdict.hours
    times = f"{hours.start:%H:%M}-{hours.end:%H:%M}" if hours is not None else ""
    return f"{verdict.arrangement.value}|{verdict.shift or ''}|{times}"


def opening_for(
    facts: Facts,
    verdict: Verdict,
    reporting: Reporting,
    *,
    person_id: str,
    timezone: str = "",
    people: int = 0,
) -> Planned | None:
    """Return what a day asks of somebody; None if they do not work. `timezone`: else that of their unit.

    `people` have their day opened together: so wide are the moments spread at which the clock looks at it first.
    Health, plan and output are owed wherever they work, also while the place is undecided or health keeps them
    out of the office.
    """
    hours = verdict.hours
    if verdict.arrangement is Arrangement.OFF or hours is None:
        return None
    zone = ZoneInfo(timezone or facts.timezone)
    owing = tuple(
        Owing(kind=kind, basis=_duty(facts, verdict, kind) or reporting.bases[kind], span=span)
        for kind, span in reporting.spans(facts.day, hours=hours, zone=zone).items()
    )
    opening = Opening(
        person_id=person_id,
        on=facts.on,
        unit_code=facts.unit_code,
        agency_code=facts.unit_chain[-1],
        timezone=zone.key,
        arrangement=verdict.arrangement,
        shift=verdict.shift,
        gist=gist_of(verdict),
        starts_at=_at(facts, hours.start, zone),
        ends_at=_end(facts, hours, zone),
        look_at=None,
    )
    return Planned(opening=replace(opening, look_at=_first_look(opening, owing, people)), owing=owing)


def _first_look(opening: Opening, owing: Iterable[Owing], people: int) -> datetime | None:
    """When there is something to say or to mark first; None if nothing is owed and nobody comes to the office."""
    day = Day(
        person_id=opening.person_id,
        on=opening.on,
        zone=ZoneInfo(opening.timezone),
        is_in_office=opening.arrangement is Arrangement.WFO,
        starts=opening.starts_at,
        ends=opening.ends_at,
        owed=tuple(Todo(each.kind, each.span, State.OPEN) for each in owing),
        people=people,
    )
    found = first_look(day)
    return found and found.astimezone(UTC)


def _duty(facts: Facts, verdict: Verdict, kind: Owed) -> str:
    """The paragraph of a circular in force that asks it of this person, as it is cited; or nothing."""
    asked = next((each for each in verdict.duties if each.obligation is _DUTIES[kind]), None)
    return _cited(facts, asked) if asked is not None else ""


def _cited(facts: Facts, duty: Duty) -> str:
    form = next((each.form for each in facts.circulars if each.number == duty.circular), "")
    paragraph = f"angka {duty.paragraph}" if duty.paragraph[:1].isdigit() else duty.paragraph
    return f"{form} {duty.circular}, {paragraph}".strip()


def _at(facts: Facts, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(facts.on, clock, tzinfo=zone).astimezone(UTC)


def _end(facts: Facts, hours: Hours, zone: ZoneInfo) -> datetime:
    past_midnight = timedelta(days=hours.end <= hours.start)
    return _at(facts, hours.end, zone) + past_midnight
