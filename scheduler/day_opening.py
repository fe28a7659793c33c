"""What a person's working day asks of them, by the verdict and the agency's data: no rows are read or written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.obligations import Owing
from db.reporting import Reporting
from db.workdays import Opening
from policy.deadlines import Owed
from policy.model import Arrangement, Duty, Facts, Hours, Obligation, Verdict

EVE = time(19, 0)  # of the evening before an office day: its first reminder
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
    facts: Facts, verdict: Verdict, reporting: Reporting, *, person_id: str, timezone: str = ""
) -> Planned | None:
    """Return what a day asks of somebody; None if they do not work. `timezone`: else that of their unit.

    Health, plan and output are owed wherever they work, also while the place is undecided or health keeps them
    out of the office.
    """
    hours = verdict.hours
    if verdict.arrangement is Arrangement.OFF or hours is None:
        return None
    zone = ZoneInfo(timezone or facts.timezone)
    owing = tuple(
        Owing(
            kind=kind,
            basis=_duty(facts, verdict, kind) or basis,
            span=reporting.deadlines.span(
                kind, day=facts.on, hours=hours, zone=zone, usual=facts.day.hours, season=facts.day.season
            ),
        )
        for kind, basis in sorted(reporting.bases.items(), key=lambda each: list(Owed).index(each[0]))
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
        look_at=first_look(verdict.arrangement, facts, owing, zone),
    )
    return Planned(opening=opening, owing=owing)


def first_look(
    arrangement: Arrangement, facts: Facts, owing: Iterable[Owing], zone: ZoneInfo
) -> datetime | None:
    """Return when there is something to say first; None if nothing is owed and nobody comes to the office."""
    moments = [each.span.opens for each in owing]
    if arrangement is Arrangement.WFO:
        moments.append(datetime.combine(facts.on - timedelta(days=1), EVE, tzinfo=zone))
    return min(moments).astimezone(UTC) if moments else None


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
