"""Working days are opened the evening before, for everybody who works, and kept to what their verdict says.

What is owed on a day, and when the clock looks at it first, are rows. Opening is done in short batches that may be
done again from their start, by any number of processes: what is there already stays. A service that slept opens
what it missed until the day is over.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from db import days_opened, reporting, skipped, workdays
from db.days_opened import Place
from db.engine import Db, Tx, transact
from db.facts import UnitFacts, facts_for_some, units_for_all
from db.reporting import Reporting
from db.sealed import Seal
from db.workdays import Workday
from policy.book import Book
from policy.calendar import local_date
from policy.engine import decide
from policy.model import Facts
from scheduler import rows
from scheduler.days.planning import Planned
from scheduler.days.planning import gist_of as gist_of
from scheduler.days.planning import opening_for as opening_for
from scheduler.days.writing import Judged, agree, write_openings
from scheduler.days.writing import Refreshed as Refreshed
from scheduler.rows import Errand

log = logging.getLogger("piket.scheduler")

OPENS = time(18, 0)  # of the evening before
BATCH = 50  # people at a time: neither the loop nor SQLite's one writer is held for longer than a moment
LOOKS_BACK = 15  # so many days back a day that was missed is still named as skipped
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What everybody shares whose day is opened."""

    on: date
    now: datetime
    units: UnitFacts
    asked: Mapping[str, Reporting]
    size: int = 0  # how many have their day opened together


async def open_due(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Open every day whose moment has come and that is not over; return for how many people."""
    async with db.reading() as tx:
        due = await _due(tx, now)
        missed = await _missed(tx, due, now)
    for on, places in sorted(missed.items()):
        await _skip(db, book, on, places, now)
    return sum([await _open(db, seal, book, on, places, now) for on, places in sorted(due.items())])


def days_open(now: datetime, zone: ZoneInfo) -> list[date]:
    """The days that may be opened in this zone at that moment: today, and in the evening tomorrow."""
    local = now.astimezone(zone)
    return [local.date(), *([local.date() + _DAY] if local.time() >= OPENS else [])]


async def _due(tx: Tx, now: datetime) -> dict[date, list[Place]]:
    """By day, whose days nobody has opened yet."""
    wanted = [
        (place, on)
        for place in await days_opened.places(tx)
        for on in days_open(now, ZoneInfo(place.timezone))
    ]
    opened = await days_opened.opened(tx, days=wanted)
    due: dict[date, list[Place]] = defaultdict(list)
    for place, on in wanted:
        if place.key(on) not in opened:
            due[on].append(place)
    return due


async def _missed(tx: Tx, due: Mapping[date, Sequence[Place]], now: datetime) -> dict[date, list[Place]]:
    """The days since the last one opened that passed without anybody looking, of places of which today is due."""
    missed: dict[date, list[Place]] = defaultdict(list)
    for place in sorted({place for places in due.values() for place in places}):
        today = local_date(now, ZoneInfo(place.timezone))
        if place not in due.get(today, ()):
            continue  # today was opened yesterday evening: nothing was missed
        past = [today - _DAY * days for days in range(1, LOOKS_BACK)]
        opened = await days_opened.opened(tx, days=[(place, on) for on in past])
        last = max((on for on in past if place.key(on) in opened), default=today)
        for on in past:
            if on > last:
                missed[on].append(place)
    return missed


async def _skip(db: Db, book: Book, on: date, places: Sequence[Place], now: datetime) -> None:
    """Say that a day is over which nobody opened, if it was worked: on it nobody owed anything."""
    async with db.reading() as tx:
        units = await units_for_all(tx, on=on, now=now, book=book)
        people = await days_opened.people(tx, on=on, now=now)
    for place in places:
        is_worked = any(units[unit, on].day.is_working for unit, _ in people.get(place, ()))
        await transact(db, partial(_note_skipped, place=place, on=on, is_worked=is_worked, now=now))


async def _note_skipped(tx: Tx, place: Place, on: date, is_worked: bool, now: datetime) -> None:
    if await days_opened.note(tx, place=place, on=on, people=0, now=now) and is_worked:
        due_at = datetime.combine(on - _DAY, OPENS, tzinfo=ZoneInfo(place.timezone))
        await skipped.note(
            tx, what="workday", subject=place.agency_code, once=f"workday:{place.key(on)}", due_at=due_at,
            because="too_late", now=now,
        )  # fmt: skip


async def _open(db: Db, seal: Seal, book: Book, on: date, places: Sequence[Place], now: datetime) -> int:
    """Open one day for everybody of these places; return for how many."""
    async with db.reading() as tx:
        units = await units_for_all(tx, on=on, now=now, book=book)
        asked = await reporting.of_agencies(tx, on=on, now=now)
        people = await days_opened.people(tx, on=on, now=now)
    ground = _Ground(on=on, now=now, units=units, asked=asked)
    found = 0
    for place in places:
        working = [person for unit, person in people.get(place, ()) if units[unit, on].day.is_working]
        here = _opening(db, seal, replace(ground, size=len(working)))
        count = sum([await rows.run(db, seal, here, some, now=now) for some in batches(working, BATCH)])
        is_first = await transact(db, partial(days_opened.note, place=place, on=on, people=count, now=now))
        if is_first and count:
            _tell_log(place, on, count)
        found += count
    return found


def _opening(db: Db, seal: Seal, ground: _Ground) -> Errand[str]:
    return Errand(
        job="workday",
        key=lambda person: f"{person}:{ground.on}",
        do=lambda some: _open_batch(db, seal, ground, some),
        push_on=lambda tx, person: _leave_out(tx, person, ground),
        most_tries=1,  # the day of all others is open then, and is not opened again
    )


async def _leave_out(tx: Tx, person: str, ground: _Ground) -> None:
    """There is no row yet: whoever's day cannot be opened has none."""
    await skipped.note(
        tx, what="workday", subject=person, once=f"workday:{person}:{ground.on}", due_at=ground.now,
        because="failed", now=ground.now,
    )  # fmt: skip


def batches(people: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The people a few at a time."""
    for first in range(0, len(people), size):
        yield people[first : first + size]


async def _open_batch(db: Db, seal: Seal, ground: _Ground, people: Sequence[str]) -> int:
    """Judge beside the writers, write in a short transaction; return how many of them work."""
    async with db.reading() as tx:
        known = await facts_for_some(
            tx, seal, people=people, on=ground.on, now=ground.now, units=ground.units
        )
    planned = [each for person, facts in known.items() if (each := _planned(ground, person, facts))]
    await asyncio.sleep(0)  # people who write meanwhile are answered
    if planned:
        await transact(db, partial(write_openings, planned=planned, on=ground.on, now=ground.now))
    return len(planned)


def _planned(ground: _Ground, person: str, facts: Facts) -> Planned | None:
    asked = ground.asked.get(facts.unit_chain[-1], reporting.NOTHING)
    return opening_for(facts, decide(facts), asked, person_id=person, people=ground.size)


def _tell_log(place: Place, on: date, count: int) -> None:
    opened = {"agency": place.agency_code, "zone": place.timezone, "day": on.isoformat(), "people": count}
    log.info("day_opened", extra={"action": "day_opened", **opened})


async def refresh(
    db: Db,
    seal: Seal,
    book: Book,
    *,
    people: Sequence[str],
    day: date,
    now: datetime,
    units: UnitFacts | None = None,
) -> Refreshed:
    """Judge these people's day again, and let its rows say what the verdict says now.

    A day that is not worked any more is closed and nobody is overdue on it; hours and deadlines that moved are moved
    for what is not done; who comes new gets their day, if it has come. Who was reminded is told of it, once.
    `units`: its `units_for_all`, where the caller has read them already.
    """
    async with db.reading() as tx:
        units = await units_for_all(tx, on=day, now=now, book=book) if units is None else units
        ground = _Ground(on=day, now=now, units=units, asked=await reporting.of_agencies(tx, on=day, now=now))
    done = Refreshed()

    async def judge(some: Sequence[str]) -> int:
        nonlocal done
        async with db.reading() as tx:
            judged = await _judged(tx, seal, ground, some)
        await asyncio.sleep(0)  # people who write meanwhile are answered
        done += await transact(db, partial(agree, seal=seal, judged=judged, on=day, now=now))
        return len(some)

    errand = Errand[str](job="workday", key=lambda person: f"{person}:{day}", do=judge)
    for batch in batches(people, BATCH):
        await rows.run(db, seal, errand, batch, now=now)
    return done


async def _judged(tx: Tx, seal: Seal, ground: _Ground, people: Sequence[str]) -> list[Judged]:
    known = await facts_for_some(tx, seal, people=people, on=ground.on, now=ground.now, units=ground.units)
    held = await workdays.of_people(tx, people=people, on=ground.on)
    return [_judge(ground, person, known.get(person), held.get(person)) for person in people]


def _judge(ground: _Ground, person: str, facts: Facts | None, held: Workday | None) -> Judged:
    """A day that has begun keeps the zone in which it began."""
    if facts is None:
        return Judged(person_id=person, planned=None, because="left", may_open=False)
    has_begun = held is not None and local_date(ground.now, ZoneInfo(held.timezone)) >= ground.on
    timezone = held.timezone if held is not None and has_begun else facts.timezone
    asked = ground.asked.get(facts.unit_chain[-1], reporting.NOTHING)
    planned = opening_for(facts, decide(facts), asked, person_id=person, timezone=timezone)
    may_open = (
        planned is not None
        and ground.on in days_open(ground.now, ZoneInfo(timezone))
        and ground.now < planned.opening.ends_at
    )
    because = "absence" if facts.day.is_working else facts.day.kind.value
    return Judged(person_id=person, planned=planned, because=because, may_open=may_open)
