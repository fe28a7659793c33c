"""What is overdue, by the clock: an alert to the head, again after a while, then up; closed when nothing is missing.

Whatever process looks, and however often: an alert is a row, moved on by a guarded update, and each telling has a key
of its own. What could not be told for a day is skipped, with the reason.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from db import skipped, units
from db.alerting import alerts, escalations
from db.alerting import found as alerts_found
from db.alerting import people as alert_people
from db.alerting import readers as alert_readers
from db.alerting.alerts import KINDS, TOLD, TOLD_OF, Alert
from db.alerting.escalations import hours_in, hours_of
from db.alerting.found import Ripe
from db.engine import Db, Tx, transact
from db.rota import units as rota_units
from db.sealed import Seal
from policy.book import Book
from policy.calendar import local_date
from policy.escalating import Level
from scheduler import rows
from scheduler.alerting.steps import LOOKS_BACK, Telling, telling
from scheduler.alerting.words import finished_word
from scheduler.days.workday import refresh
from scheduler.rows import Errand
from scheduler.telling import tell

log = logging.getLogger("piket.alerts")
BATCH = 50
_OPENS_BACK = timedelta(days=3)  # what is older was opened long ago, or slept through


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Open, close and tell what is due; return how many alerts were told."""
    await _open(db, book, now)
    await _close(db, seal, book, now)
    async with db.reading() as tx:
        due = [each for each in await alerts.due(tx, now=now) if each.part in TOLD_OF]
    errand = Errand[Alert](
        job="overdue",
        key=lambda alert: alert.id,
        do=lambda some: _tell(db, seal, book, some, now),
        push_on=lambda tx, alert: alerts.move(tx, alert, look_at=None, now=now),
    )
    batches = [due[n : n + BATCH] for n in range(0, len(due), BATCH)]
    return sum([await rows.run(db, seal, errand, some, now=now) for some in batches])


async def _open(db: Db, book: Book, now: datetime) -> None:
    """Open an alert for every unit in which somebody is overdue for long enough: it waits for working hours."""
    async with db.reading() as tx:
        ripe = await _ripe(tx, now)
        moments = await _moments(tx, book, ripe, now)
    for n in range(0, len(ripe), BATCH):
        await transact(db, partial(_open_these, ripe=ripe[n : n + BATCH], moments=moments, now=now))


async def _ripe(tx: Tx, now: datetime) -> list[Ripe]:
    """What is to be opened: agencies that wait equally long after a deadline are looked at together."""
    alike: dict[timedelta, list[str]] = defaultdict(list)
    for unit in await units.all_units(tx):
        if unit.parent_code is None:
            stated = await escalations.of_agency(tx, agency_code=unit.code, on=now.date(), now=now)
            alike[stated.after].append(unit.code)
    first = now.date() - _OPENS_BACK
    return [
        each
        for after, agencies in alike.items()
        for each in await alerts_found.ripe(tx, agencies=agencies, first=first, after=after, now=now)
    ]


async def _moments(tx: Tx, book: Book, ripe: Sequence[Ripe], now: datetime) -> dict[str, datetime]:
    """By unit, the first moment at which somebody may be told."""
    known: dict[tuple[str, ZoneInfo], datetime] = {}
    moments: dict[str, datetime] = {}
    for each in ripe:
        zone = await rota_units.zone_of(tx, unit_code=each.unit_code)
        place = (each.agency_code, zone)
        if place not in known:
            hours = await hours_in(tx, book, agency_code=each.agency_code, zone=zone, now=now)
            known[place] = hours.next(now)
        moments[each.unit_code] = known[place]
    return moments


async def _open_these(tx: Tx, *, ripe: Sequence[Ripe], moments: dict[str, datetime], now: datetime) -> None:
    for each in ripe:
        await alerts.open_one(
            tx, unit_code=each.unit_code, on=each.on, part=each.part, look_at=moments[each.unit_code], now=now
        )


async def _close(db: Db, seal: Seal, book: Book, now: datetime) -> None:
    async with db.reading() as tx:
        done = await alerts_found.finished(tx, first=now.date() - LOOKS_BACK)

    async def close(some: Sequence[Alert]) -> int:
        for alert in some:
            await transact(db, partial(close_one, seal=seal, book=book, alert=alert, now=now))
        return len(some)

    errand = Errand[Alert](job="overdue", key=lambda alert: f"{alert.id}:close", do=close)
    await rows.apart(db, seal, errand, done, now=now)


async def close_one(tx: Tx, *, seal: Seal, book: Book, alert: Alert, now: datetime) -> None:
    """Close what nothing is missing of; a level above that was troubled hears it."""
    if not await alerts.close(tx, alert, now=now, because="nothing is missing"):
        return
    if alert.level == Level.HEAD:
        return
    hours = await hours_of(tx, book, unit_code=alert.unit_code, now=now)
    on = local_date(now, hours.zone)
    for reader in await alert_readers.at_level(tx, alert, Level(alert.level), on=on, now=now):
        word = await finished_word(tx, alert, reader, not_before=hours.next(now), now=now)
        await tell(tx, seal, reader.person, word, now=now)


async def _tell(db: Db, seal: Seal, book: Book, due: Sequence[Alert], now: datetime) -> int:
    """Tell these alerts, after the days of whom they are about were judged again; return how many were told."""
    await _judge_again(db, seal, book, due, now)
    async with db.reading() as tx:
        tellings = [await telling(tx, book, each, now) for each in due]
    return await transact(db, partial(_tell_these, seal=seal, tellings=tellings, now=now))


async def _judge_again(db: Db, seal: Seal, book: Book, due: Sequence[Alert], now: datetime) -> None:
    """A holiday or an absence announced a second ago is heard (T05)."""
    people: dict[date, set[str]] = defaultdict(set)
    async with db.reading() as tx:
        for alert in (each for each in due if each.part in KINDS):
            people[alert.on] |= {each.person_id for each in await alert_people.missing(tx, alert)}
    for on, these in people.items():
        if these:
            await refresh(db, seal, book, people=sorted(these), day=on, now=now)


async def _tell_these(tx: Tx, *, seal: Seal, tellings: Sequence[Telling], now: datetime) -> int:
    return sum([await _tell_one(tx, seal, each, now) for each in tellings])


async def _tell_one(tx: Tx, seal: Seal, telling: Telling, now: datetime) -> int:
    """Move an alert on, and tell its readers. 0 if nobody is told, or another process was faster."""
    alert, step = telling.alert, telling.step
    if step is None:
        moved = await alerts.move(tx, alert, look_at=telling.look_at, now=now, note=telling.because)
        if moved and telling.because:
            await _skip(tx, alert, telling.because, now)
        return 0
    to = [reader.person.id for reader, _ in telling.words]
    moved = await alerts.move(
        tx,
        alert,
        look_at=telling.look_at,
        now=now,
        level=step.level,
        times=step.times,
        told_id=to[0],
        note=TOLD,
        to=to,
        step=[step.level, step.times],
    )
    if not moved:
        return 0
    for reader, word in telling.words:
        await tell(tx, seal, reader.person, word, now=now)
    return 1


async def _skip(tx: Tx, alert: Alert, because: str, now: datetime) -> None:
    await skipped.note(
        tx,
        what=f"alert/{alert.part}",
        subject=alert.unit_code,
        once=f"alert:{alert.id}:{alert.turn}:{alert.level}:{alert.times}",
        due_at=alert.look_at or now,
        because=because,
        now=now,
    )
    log.warning("alert_skipped", extra={"action": "alert_skipped", "alert": alert.id, "because": because})
