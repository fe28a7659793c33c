"""The figures of a few dozen units, read beside the writers: counts, what changed, and what the units below had."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db import leading, verifications
from db.digesting import changes as digest_changes
from db.digesting import digests
from db.digesting import figures as digest_figures
from db.digesting import seats as digest_seats
from db.digesting.digests import OPENED_AT_ONCE, Digest
from db.digesting.figures import Asked, Own
from db.digesting.units import Led
from db.engine import Tx
from db.leading import Leading, Why
from db.sealed import Seal
from policy.calendar import WEEK, AgencyCalendar, local_date, monday_of
from policy.deadlines import Owed
from policy.digest_moments import Due
from policy.figures import Changes, Figures, Kind, Seats
from policy.figures_added import rolled_up

_DAY = timedelta(days=1)
_VERIFIES_BACK = timedelta(days=31)
_STREAK_OF = {Kind.MORNING: Owed.PLAN.value, Kind.EVENING: Owed.OUTPUT.value}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One digest of an agency in one zone: what is due, and what all its units share."""

    due: Due
    zone: ZoneInfo
    calendar: AgencyCalendar
    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @property
    def midnight(self) -> datetime:
        return datetime.combine(self.today, time(0), tzinfo=self.zone)


@dataclass(frozen=True, kw_only=True)
class Read:
    """A unit's figures, and who is told of them; None: nobody of the unit can be reached."""

    led: Led
    figures: Figures
    told: Leading | None


async def read(tx: Tx, seal: Seal, reading: Reading, units: Sequence[Led]) -> list[Read]:
    """Read the digests of these units, a few dozen, in the order given: whoever is below comes first."""
    if not units:
        return []
    asked = Asked(kind=reading.due.kind, first=reading.due.first, on=reading.due.on, as_of=reading.now)
    names = {each.code: each.name for each in units}
    own = await digest_figures.own_of(tx, names=names, on=reading.today, now=reading.now)
    figures = await digest_figures.counted(tx, seal, own, asked)
    await asyncio.sleep(0)  # people who write meanwhile are answered
    figures = await _changed(tx, seal, reading, own, figures)
    found: dict[str, Read] = {}
    for led in units:
        told = await leading.of_unit(tx, unit_code=led.code, on=reading.today, now=reading.now)
        below, headless = await _below(tx, seal, reading, led, found)
        whole = replace(
            figures[led.code],
            waiting=0 if isinstance(told, Why) else await _waiting(tx, told.person.id, reading),
            below=rolled_up(below, pending=len(led.below) - len(below), headless=headless),
        )
        found[led.code] = Read(led=led, figures=whole, told=None if isinstance(told, Why) else told)
    return list(found.values())


async def _waiting(tx: Tx, head_id: str, reading: Reading) -> int:
    since = reading.today - _VERIFIES_BACK
    return len(await verifications.waiting(tx, by_id=head_id, since=since, on=reading.today, now=reading.now))


async def _below(
    tx: Tx, seal: Seal, reading: Reading, led: Led, found: Mapping[str, Read]
) -> tuple[list[Figures], int]:
    """What the heads directly below were told of, and how many of them could not be told."""
    here = [found[code] for code in led.below if code in found]
    elsewhere = [code for code in led.below if code not in found]
    made: list[Digest] = []
    for first in range(0, len(elsewhere), OPENED_AT_ONCE):
        some = elsewhere[first : first + OPENED_AT_ONCE]
        kept = await digests.last(tx, seal, units=some, kind=reading.due.kind, on=reading.due.on)
        made += kept.values()
        await asyncio.sleep(0)
    headless = sum(each.told is None for each in here) + sum(each.told_id is None for each in made)
    return [each.figures for each in here] + [each.figures for each in made], headless


async def _changed(
    tx: Tx, seal: Seal, reading: Reading, own: Own, figures: Mapping[str, Figures]
) -> dict[str, Figures]:
    """The same figures with what is other than at the digest before."""
    units, kind, today, now = list(figures), reading.due.kind, reading.today, reading.now
    before = await digests.as_of_before(tx, units=units, now=now)
    since = {code: max(before.get(code, reading.midnight), reading.midnight - WEEK) for code in units}
    absences = await digest_changes.absences(tx, own, since=since, on=today, now=now)
    streak_of = _STREAK_OF.get(kind)
    ended = (
        await digest_changes.streaks(tx, list(figures.values()), kind=streak_of, on=today)
        if streak_of
        else {}
    )
    outages = await digest_changes.outages_of(tx, start=reading.midnight, end=now)
    forgiven = await digest_changes.forgiven(tx, own, on=today) if outages else {}
    seats = await _seats(tx, seal, reading, own)
    return {
        code: replace(
            each,
            changes=Changes(
                absences=absences.get(code, ()),
                streaks=digest_changes.broken(each.missing, ended),
                seats=tuple(seats.get(code, ())),
                outages=outages,
                forgiven=forgiven.get(code, 0),
            ),
        )
        for code, each in figures.items()
    }


async def _seats(tx: Tx, seal: Seal, reading: Reading, own: Own) -> dict[str, list[Seats]]:
    """By unit where tomorrow is over a cap, or next week under a floor, as far as rotas are published."""
    found: dict[str, list[Seats]] = {}
    for days, is_next_week in _days_ahead(reading):
        for code in await digest_seats.with_rota(tx, units=list(own.root_of), week=monday_of(days[0])):
            risks = await digest_seats.at_risk(
                tx, seal, unit_code=code, unit=own.unit_names[code], days=days, now=reading.now
            )
            await asyncio.sleep(0)
            wanted = [each for each in risks if each.is_under or not is_next_week]
            found.setdefault(own.root_of[code], []).extend(wanted)
    return found


def _days_ahead(reading: Reading) -> list[tuple[list[date], bool]]:
    """The next working day, and the working days of the week after this one (without that day)."""
    tomorrow = reading.calendar.next_working_day(reading.today).on
    monday = monday_of(reading.today) + WEEK
    week = [monday + number * _DAY for number in range(7)]
    worked = [day for day in week if reading.calendar.day(day).is_working and day != tomorrow]
    return [([tomorrow], False), *([(worked, True)] if worked else [])]
