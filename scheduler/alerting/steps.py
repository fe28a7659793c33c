"""What an alert comes to now: who is told at which step, or that it waits, or that nobody can be told and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import units
from db.alerting import escalations
from db.alerting import people as alert_people
from db.alerting import readers as alert_readers
from db.alerting.alerts import Alert
from db.alerting.escalations import hours_of
from db.alerting.readers import Reader
from db.alerting.shown import shown
from db.engine import Tx
from policy.book import Book
from policy.calendar import local_date
from policy.escalating import Escalation, Step, WorkingHours
from scheduler.alerting.words import overdue_word
from scheduler.telling import Word

CATCH_UP = timedelta(hours=24)
LOOKS_BACK = timedelta(days=7)
_SOON = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The step and its readers with their words; without a step it waits or ends."""

    alert: Alert
    look_at: datetime | None
    step: Step | None = None
    words: Sequence[tuple[Reader, Word]] = ()
    because: str = ""  # why nobody is told


async def telling(tx: Tx, book: Book, alert: Alert, now: datetime) -> Telling:
    """Return what a due alert comes to at this moment."""
    hours = await hours_of(tx, book, unit_code=alert.unit_code, now=now)
    if alert.look_at is not None and now - alert.look_at > CATCH_UP:
        return Telling(alert=alert, look_at=None, because="too_late")
    if not hours.is_inside(now):
        return Telling(alert=alert, look_at=hours.next(now))
    if not await alert_people.missing(tx, alert):
        return Telling(alert=alert, look_at=now + _SOON)  # it is closed at the next look
    on = local_date(now, hours.zone)
    agency = (await units.chain(tx, code=alert.unit_code))[-1]
    stated = await escalations.of_agency(tx, agency_code=agency, on=on, now=now)
    return await _next(tx, alert, stated, hours, on=on, now=now)


async def _next(
    tx: Tx, alert: Alert, stated: Escalation, hours: WorkingHours, *, on: date, now: datetime
) -> Telling:
    """Return the next step that somebody can be told at."""
    step = stated.next_step(alert.level, alert.times)
    while step is not None:
        readers = await alert_readers.at_level(tx, alert, step.level, on=on, now=now)
        if readers:
            is_last = stated.next_step(step.level, step.times) is None
            look_at = None if is_last else hours.after(now, stated.repeat)
            words = [
                (each, overdue_word(alert, await shown(tx, alert, each, now=now), each, step, now=now))
                for each in readers
            ]
            return Telling(alert=alert, look_at=look_at, step=step, words=words)
        step = stated.step_up(step.level)
    is_old = now - alert.opened_at > LOOKS_BACK
    again = None if is_old else hours.after(now, stated.repeat)  # somebody may be reached by then
    return Telling(alert=alert, look_at=again, because="nobody_to_tell")
