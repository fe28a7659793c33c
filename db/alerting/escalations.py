"""How an agency lets what is overdue go up: the setting `escalation`, and the hours in which its units are told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from db import calendars, settings, units
from db.engine import Tx
from db.rota import units as rota_units
from policy.book import Book
from policy.calendar import local_date
from policy.escalating import Escalation, WorkingHours, escalation_kept

NAME = "escalation"


async def of_agency(tx: Tx, *, agency_code: str, on: date, now: datetime) -> Escalation:
    """Return what this agency stated for that day; what it did not state is as by default."""
    setting = await settings.value(tx, unit_code=agency_code, name=NAME, on=on, now=now)
    return escalation_kept(setting.value if setting else None)


async def state(
    tx: Tx,
    *,
    agency_code: str,
    escalation: Escalation,
    basis: str | None,
    valid_from: date,
    by: str,
    now: datetime,
) -> None:
    """Record how an agency lets it go up from a day on."""
    await settings.set_value(
        tx,
        unit_code=agency_code,
        name=NAME,
        value=escalation.written(),
        basis=basis,
        valid_from=valid_from,
        by=by,
        now=now,
    )


async def hours_of(tx: Tx, book: Book, *, unit_code: str, now: datetime) -> WorkingHours:
    """Return the working hours of a unit around this moment: its agency's calendar, in its own zone."""
    zone = await rota_units.zone_of(tx, unit_code=unit_code)
    agency = (await units.chain(tx, code=unit_code))[-1]
    return await hours_in(tx, book, agency_code=agency, zone=zone, now=now)


async def hours_in(tx: Tx, book: Book, *, agency_code: str, zone: ZoneInfo, now: datetime) -> WorkingHours:
    """Return the working hours of an agency's units in this zone."""
    calendar = await calendars.laid_over(
        tx, book.calendars["default"], unit_code=agency_code, around=local_date(now, zone), now=now
    )
    return WorkingHours(calendar=calendar, zone=zone)
