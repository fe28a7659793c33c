"""Reports that waited too long for their superior: found once a unit and day; telling goes as of what is overdue."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from db import reporting, units, unverified
from db.alerting import alerts
from db.alerting import found as alerts_found
from db.alerting.alerts import Part
from db.alerting.escalations import hours_of
from db.engine import Db, Tx, transact
from db.sealed import Seal
from policy.book import Book
from policy.calendar import AgencyCalendar, local_date
from scheduler.alerting.overdue import close_one

_DAY = timedelta(days=1)
_CATCHES_UP = 4  # days: so long a service may have been down without leaving any out
_LOOKS_BACK = timedelta(days=14)


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Open an alert for each unit and day of which a report waited too long, and close what was judged.

    Return how many were opened.
    """
    opened = 0
    async with db.reading() as tx:
        agencies = [unit.code for unit in await units.all_units(tx) if unit.parent_code is None]
    for agency in agencies:
        async with db.reading() as tx:
            found = [
                (each, await hours_of(tx, book, unit_code=each[0], now=now))
                for each in await _late(tx, book, agency, now)
            ]
        moments = [(unit_code, on, hours.next(now)) for (unit_code, on), hours in found]
        opened += await transact(db, partial(_open, moments=moments, now=now)) if moments else 0
    await _close(db, seal, book, now)
    return opened


async def _late(tx: Tx, book: Book, agency: str, now: datetime) -> list[tuple[str, date]]:
    """The units, and days, of which a report waits beyond its time."""
    hours = await hours_of(tx, book, unit_code=agency, now=now)
    today = local_date(now, hours.zone)
    asked = await reporting.of_agency(tx, agency_code=agency, on=today, now=now)
    last = last_judged(hours.calendar, today=today, after=asked.deadlines.verified_after)
    before = datetime.combine(last + _DAY, time.min, tzinfo=hours.zone)
    return [
        (unit_code, on)
        for on in _days(last)
        for unit_code in await unverified.units(tx, agency_code=agency, on=on, before=before)
    ]


def last_judged(calendar: AgencyCalendar, *, today: date, after: int) -> date:
    """Return the last day whose reports are to be judged before `today`: so many working days after it are over."""
    day = today
    for _ in range(after):
        day = next(each for each in _days(day - _DAY, most=366) if calendar.day(each).is_working)
    return day - _DAY


def _days(last: date, *, most: int = _CATCHES_UP) -> Iterator[date]:
    return (last - days * _DAY for days in range(most))


async def _open(tx: Tx, *, moments: Sequence[tuple[str, date, datetime]], now: datetime) -> int:
    return sum(
        [
            await alerts.open_one(
                tx, unit_code=unit_code, on=on, part=Part.VERIFICATION, look_at=look_at, now=now
            )
            for unit_code, on, look_at in moments
        ]
    )


async def _close(db: Db, seal: Seal, book: Book, now: datetime) -> None:
    async with db.reading() as tx:
        standing = await alerts_found.unfinished(tx, part=Part.VERIFICATION, first=now.date() - _LOOKS_BACK)
        done = [each for each in standing if not await unverified.waiting(tx, each)]
    for alert in done:
        await transact(db, partial(close_one, seal=seal, book=book, alert=alert, now=now))
