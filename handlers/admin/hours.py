"""The hours of an agency that does not go by the shipped calendar: a whole calendar of its own, as YAML."""

from datetime import date, datetime

from db import audit, calendars, changes, settings
from db.changes import ChangeKind
from db.engine import Tx
from db.units import Unit
from handlers.admin.finding import agency_named
from handlers.admin.refusal import AdminRefused
from policy.calendar_loader import LoaderError, calendar_in

_WHAT = "the calendar"


async def set_calendar(
    tx: Tx, *, agency_code: str, text: str, file: str, valid_from: date, by: str, now: datetime
) -> Unit:
    """Let an agency go by the calendar in this YAML text from a day on. Raises AdminRefused, with file and line."""
    agency = await agency_named(tx, agency_code, what=_WHAT)
    try:
        calendar_in(text, name=calendars.CALENDAR, file=file)
    except LoaderError as problem:
        raise AdminRefused(str(problem)) from problem
    await settings.set_value(
        tx,
        unit_code=agency_code,
        name=calendars.CALENDAR,
        value=text,
        basis=None,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    detail = {"file": file, "from": valid_from.isoformat()}
    await audit.note(tx, actor=by, action="calendar_set", subject=agency_code, detail=detail, now=now)
    await changes.note(
        tx, kind=ChangeKind.CALENDAR, subject=agency_code, first_day=valid_from, by=by, now=now
    )
    return agency
