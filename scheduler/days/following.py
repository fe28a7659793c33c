"""Open days follow what was decided: whoever a change touches has their day judged again, and past days are put right.

It is done before anybody is told of the change, so that nothing more is sent on the strength of what was.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import changes, obligations, workdays
from db.changes import Change, ChangeKind
from db.engine import Db, Tx
from db.sealed import Seal
from policy.book import Book
from policy.calendar import ZONES, local_date
from scheduler.change_days import WESTERNMOST, Shared
from scheduler.days.workday import BATCH, Refreshed, batches, days_open, refresh

BACK = timedelta(days=92)  # so far back a day is put right that was no working day after all
# What can make a day that has passed one on which nothing was owed.
_FREEING = frozenset({ChangeKind.CALENDAR, ChangeKind.PERSON, ChangeKind.MEMBERSHIP})


async def follow(
    db: Db,
    seal: Seal,
    book: Book,
    found: Sequence[Change],
    *,
    people: Collection[str],
    units: Shared,
    now: datetime,
) -> Refreshed:
    """Judge again the open days of these people, whom the changes touch, and the past ones on which they missed
    something. It may be done again from its start. `units`: what units share on the days that were read already.
    """
    read = {day for _, day in units}
    done = Refreshed()
    for day in _open_days(now):
        concerned = [change for change in found if change.first_day <= day]
        if concerned:
            async with db.reading() as tx:
                gone = await _gone(tx, concerned, day, now)
            touched = sorted({*people, *gone})
            shared = dict(units) if day in read else None
            done += await refresh(db, seal, book, people=touched, day=day, now=now, units=shared)
    for day, missing in sorted((await _missed(db, found, now)).items()):
        done += await refresh(db, seal, book, people=sorted(missing), day=day, now=now)
    return done


def _open_days(now: datetime) -> list[date]:
    """The days that are or may be open somewhere in the country."""
    return sorted({day for zone in ZONES.values() for day in days_open(now, ZoneInfo(zone))})


async def _gone(tx: Tx, found: Iterable[Change], day: date, now: datetime) -> set[str]:
    """Who has a day open in a unit that somebody left: whoever left is no member of it any more."""
    gone: set[str] = set()
    for change in found:
        if change.kind is ChangeKind.MEMBERSHIP:
            units = await changes.units_of(tx, change, since=day, now=now)
            gone |= {each.person_id for each in await workdays.of_units(tx, units=units, on=day)}
    return gone


async def _missed(db: Db, found: Iterable[Change], now: datetime) -> dict[date, set[str]]:
    """By past day, who missed something on it and may have owed nothing."""
    today = local_date(now, WESTERNMOST)
    days: dict[date, set[str]] = {}
    for change in found:
        if change.kind not in _FREEING or change.first_day >= today:
            continue
        first, last = max(change.first_day, today - BACK), today - timedelta(days=1)
        async with db.reading() as tx:
            touched = await changes.touched(tx, change, since=first, now=now)
        for people in batches(touched, BATCH):
            async with db.reading() as tx:
                missed = await obligations.unsettled(tx, people=people, first=first, last=last)
            for day, who in missed.items():
                days.setdefault(day, set()).update(who)
    return days
