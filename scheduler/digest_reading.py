"""The figures of a few dozen units, read beside the writers: counts, what changed, and what the units below had."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db import digest_changes, digest_figures, digest_seats, digests, leading, verifications
from db.digest_figures import Asked
from db.digest_units import Led
from db.engine import Tx
from db.leading import Leading
from db.sealed import Seal
from policy.calendar import WEEK, AgencyCalendar, local_date, monday_of
from policy.deadlines import Owed
from policy.digest_moments import Due
from policy.figures import Changes, Figures, Kind, Seats
from policy.figures_added import rolled_up

_DAY = timedelta(days=1)
_VERIFIES_BACK = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One digest of an agency in one zone: what is due, and what all its units share."""

    due: Due
    zone: ZoneInfo
    calendar: AgencyCalendar
    now: datetime
    names: Mapping[str, Led]  # every unit of the agency that is led, in whatever zone

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)


@dataclass(frozen=True, kw_only=True)
class Read:
    """A unit's figures, and who is told of them; None: nobody of the unit can be reached."""

    led: Led
    figures: Figures
    told: Leading | None


async def read(
    tx: Tx, seal: Seal, reading: Reading, units: Sequence[Led], done: Mapping[str, Read]
) -> list[Read]:
    """Read the digests of these units; `done` are those below them that this look has made already."""
    due, names = reading.due, {each.code: each.name for each in units}
    asked = Asked(kind=due.kind, first=due.first, on=due.on, as_of=reading.now)
    figures = await digest_figures.own(tx, seal, units=names, asked=asked)
    await asyncio.sleep(0)  # people who write meanwhile are answered
    figures = await _changed(tx, seal, reading, figures)
    found = []
    for led in units:
        told = await _told(tx, led, reading)
        waiting = await _waiting(tx, told, reading)
        below = await _below(tx, seal, reading, led, done)
        whole = replace(figures[led.code], waiting=waiting, below=below)
        done = {**done, led.code: Read(led=led, figures=whole, told=told)}
        found.append(done[led.code])
    return found
