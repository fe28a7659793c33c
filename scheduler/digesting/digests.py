"""Digests by the clock: what heads of units are told in the morning and evening, on Fridays, and after a month.

When each is due is in policy/digest_moments.py; it goes out even when nobody reported. What is made is a row for
each unit that somebody leads, sealed, and then one message a head, whatever units they lead: a kill between the two
is made good at the next look. Behind every digest that was not made there is a reason in `skipped`.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from db import calendars, reporting, skipped
from db.digesting import digests
from db.digesting import rounds as digest_rounds
from db.digesting import units as digest_units
from db.digesting.units import Led
from db.engine import Db, Tx, transact
from db.sealed import Seal
from policy.book import Book
from policy.calendar import AgencyCalendar, local_date, zone_named
from policy.deadlines import Deadlines
from policy.digest_moments import Due, due_between
from policy.figures import Kind
from scheduler import rows
from scheduler.digesting.reading import Read, Reading, read
from scheduler.digesting.telling import owe
from scheduler.rows import Errand

log = logging.getLogger("piket.digests")

BATCH = 20  # units read at a time
KEPT_AT_ONCE = (
    5  # units written at a time: neither the loop nor SQLite's one writer is held for more than a moment
)
TOO_LATE, NO_HEAD, FAILED = "too_late", "no_reachable_head", "failed"
_REACH = timedelta(days=45)  # of the agency's own days: a month before and the first working day after it
_DAY = timedelta(days=1)
_WESTERNMOST = zone_named("WIB")


@dataclass(frozen=True, kw_only=True)
class Place:
    """An agency in one of its zones, and until which day each kind of digest is settled: made, or skipped."""

    agency: str
    zone: ZoneInfo
    calendar: AgencyCalendar
    deadlines: Deadlines
    settled: Mapping[Kind, date]
    is_new: bool = False

    def due(self, now: datetime) -> list[Due]:
        """What is due and not settled, the oldest first."""
        today = local_date(now, self.zone)
        found = [
            each
            for kind in Kind
            for each in due_between(
                kind,
                after=self.settled[kind],
                today=today,
                calendar=self.calendar,
                deadlines=self.deadlines,
                zone=self.zone,
            )
        ]
        return sorted((each for each in found if each.at <= now), key=lambda each: (each.at, each.kind))


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Make every digest that is due; return how many heads are told."""
    async with db.reading() as tx:
        places = await places_now(tx, book, now=now)
    told = 0
    for place in places:
        if place.is_new:
            await transact(db, partial(_begin, place=place))
        for due in place.due(now):
            if now > due.until:
                await _skip(db, place, due, now)
            else:
                told += await _make(db, seal, place, due, now)
            await transact(db, partial(_settle, place=place, due=due))
    return told


async def places_now(tx: Tx, book: Book, *, now: datetime) -> list[Place]:
    """Return every agency in each of its zones, with what its digests go by. New to us, it begins with today's."""
    asked = await reporting.of_agencies(tx, on=local_date(now, _WESTERNMOST), now=now)
    settled = await digest_rounds.settled(tx)
    found = []
    for agency, timezone in await digest_units.agencies(tx):
        zone = zone_named(timezone)
        today = local_date(now, zone)
        days = await calendars.laid_over(
            tx, book.calendars["default"], unit_code=agency, around=today, now=now, reach=_REACH
        )
        keys = {kind: (agency, zone.key, kind) for kind in Kind}
        place = Place(
            agency=agency,
            zone=zone,
            calendar=days,
            deadlines=asked.get(agency, reporting.NOTHING).deadlines,
            settled={kind: settled.get(key, today - _DAY) for kind, key in keys.items()},
            is_new=not settled.keys() >= set(keys.values()),
        )
        found.append(place)
    return found


async def _begin(tx: Tx, *, place: Place) -> None:
    """From now on each digest that does not come has its reason."""
    for kind, on in place.settled.items():
        await digest_rounds.settle(tx, agency=place.agency, zone=place.zone.key, kind=kind, on=on)


async def _settle(tx: Tx, *, place: Place, due: Due) -> None:
    await digest_rounds.settle(tx, agency=place.agency, zone=place.zone.key, kind=due.kind, on=due.on)


async def led_here(tx: Tx, place: Place, now: datetime) -> list[Led]:
    """Return the units of the place that are led today, whoever is below first."""
    found = await digest_units.led(tx, agency_code=place.agency, on=local_date(now, place.zone), now=now)
    return [each for each in found if zone_named(each.timezone).key == place.zone.key]


async def _make(db: Db, seal: Seal, place: Place, due: Due, now: datetime) -> int:
    """Keep the figures of every unit, then owe each head one message. Done again from its start, it does the rest."""
    reading = Reading(due=due, zone=place.zone, calendar=place.calendar, now=now)
    async with db.reading() as tx:
        units = await led_here(tx, place, now)

    async def keep(some: Sequence[Led]) -> int:
        async with db.reading() as tx:
            made = await digests.made(tx, units=[each.code for each in some], kind=due.kind, on=due.on)
            new = await read(tx, seal, reading, [each for each in some if each.code not in made])
        for first in range(0, len(new), KEPT_AT_ONCE):
            few = new[first : first + KEPT_AT_ONCE]
            await transact(db, partial(_keep, seal=seal, due=due, new=few, now=now))
            await asyncio.sleep(0)  # people who write meanwhile are answered
        return len(new)

    errand = Errand[Led](
        job="digests",
        key=lambda each: f"{each.code}:{due.kind}:{due.on}",
        do=keep,
        push_on=lambda tx, each: _note(tx, due, each.code, FAILED, now),
        most_tries=1,  # the other units have theirs in time
    )
    for batch in batches(units):
        await rows.run(db, seal, errand, batch, now=now)
    told = await owe(db, seal, due=due, timezone=place.zone.key, units=units, now=now)
    log.info(
        "digests_made", extra={"action": "digests_made", "kind": due.kind, "units": len(units), "told": told}
    )
    return told


def batches(units: Sequence[Led]) -> list[Sequence[Led]]:
    return [units[first : first + BATCH] for first in range(0, len(units), BATCH)]


async def _keep(tx: Tx, *, seal: Seal, due: Due, new: Sequence[Read], now: datetime) -> None:
    for each in new:
        head = each.told.person.id if each.told else None
        key = await digests.keep(tx, seal, each.figures, unit_code=each.led.code, told_id=head)
        if key and head is None:
            await _note(tx, due, each.led.code, NO_HEAD, now)


async def _skip(db: Db, place: Place, due: Due, now: datetime) -> None:
    """It is too late for this one: say so for each unit that has none."""
    async with db.reading() as tx:
        units = await led_here(tx, place, now)
        made = set[str]()
        for batch in batches(units):
            made |= await digests.made(tx, units=[each.code for each in batch], kind=due.kind, on=due.on)
    for batch in batches([each for each in units if each.code not in made]):

        async def work(tx: Tx, batch: Sequence[Led] = batch) -> None:
            for each in batch:
                await _note(tx, due, each.code, TOO_LATE, now)

        await transact(db, work)
    log.warning(
        "digests_skipped", extra={"action": "digests_skipped", "kind": due.kind, "on": due.on.isoformat()}
    )


async def _note(tx: Tx, due: Due, unit_code: str, because: str, now: datetime) -> None:
    await skipped.note(
        tx,
        what=f"digest/{due.kind}",
        subject=unit_code,
        once=f"digest:{due.kind}:{due.on.isoformat()}:{unit_code}",
        due_at=due.at,
        because=because,
        now=now,
    )
