"""The hours of an agency: a calendar of its own, and the days on which a season such as Ramadan has its hours."""

from datetime import date, datetime

from db import audit, calendars, changes, settings
from db.changes import ChangeKind
from db.engine import Tx
from db.units import Unit
from handlers.admin.finding import agency_named, in_order
from handlers.admin.refusal import AdminRefused
from policy.calendar import AgencyCalendar
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
    await _set(tx, calendars.CALENDAR, text, agency_code, valid_from, None, by=by, now=now)
    detail = {"file": file, "from": valid_from.isoformat()}
    await _note(tx, "calendar_set", agency_code, detail, valid_from, by=by, now=now)
    return agency


async def set_season(
    tx: Tx,
    shipped: AgencyCalendar,
    *,
    agency_code: str,
    name: str,
    first: date,
    last: date,
    by: str,
    now: datetime,
) -> Unit:
    """Let the hours of a season hold on these days, the last included. Raises AdminRefused."""
    agency = await agency_named(tx, agency_code, what=_WHAT)
    in_order(first, last)
    calendar = await calendars.laid_over(tx, shipped, unit_code=agency_code, around=first, now=now)
    if name not in calendar.season_weeks:
        known = ", ".join(calendar.season_weeks) or "none"
        raise AdminRefused(f"The calendar of {agency_code} has no season {name}; it has: {known}.")
    await _set(tx, calendars.SEASON, name, agency_code, first, last, by=by, now=now)
    detail = {"season": name, "from": first.isoformat(), "until": last.isoformat()}
    await _note(tx, "season_set", agency_code, detail, first, by=by, now=now)
    return agency


async def end_season(tx: Tx, *, agency_code: str, first: date, by: str, now: datetime) -> Unit:
    """Let no season hold from a day on. Raises AdminRefused if none does."""
    agency = await agency_named(tx, agency_code, what=_WHAT)
    if not await settings.end(tx, unit_code=agency_code, name=calendars.SEASON, first=first, by=by, now=now):
        raise AdminRefused(f"No season holds for {agency_code} from {first} on; nothing has changed.")
    await _note(tx, "season_ended", agency_code, {"from": first.isoformat()}, first, by=by, now=now)
    return agency


async def _set(
    tx: Tx, name: str, value: str, agency_code: str, first: date, last: date | None, *, by: str, now: datetime
) -> None:
    await settings.set_value(
        tx,
        unit_code=agency_code,
        name=name,
        value=value,
        basis=None,
        valid_from=first,
        valid_until=last,
        by=by,
        now=now,
    )


async def _note(
    tx: Tx, action: str, agency_code: str, detail: dict[str, str], first: date, *, by: str, now: datetime
) -> None:
    await audit.note(tx, actor=by, action=action, subject=agency_code, detail=detail, now=now)
    await changes.note(tx, kind=ChangeKind.CALENDAR, subject=agency_code, first_day=first, by=by, now=now)
