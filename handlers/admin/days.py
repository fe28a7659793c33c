"""The days that an agency's calendar names itself: a local holiday, joint leave, a Saturday that is worked."""

from datetime import date, datetime

from db import audit, calendars, changes
from db.changes import ChangeKind
from db.engine import Tx
from db.units import Unit
from handlers.admin.finding import agency_named, in_order
from handlers.admin.refusal import AdminRefused
from policy.words import DayKind


async def name_day(
    tx: Tx, *, agency_code: str, kind: DayKind, name: str, on: date, until: date, by: str, now: datetime
) -> Unit:
    """Record what these days are for an agency, the last included; return the agency. Raises AdminRefused."""
    agency = await agency_named(tx, agency_code, what="the calendar")
    if kind is DayKind.WEEKEND:
        raise AdminRefused("A weekend follows from the week. Say holiday, joint_leave or working.")
    if not name.strip():
        raise AdminRefused("A day of the agency's own needs its name, such as: Hari jadi provinsi.")
    in_order(on, until)
    name = " ".join(name.split())
    await calendars.name_day(
        tx, unit_code=agency_code, kind=kind, name=name, on=on, until=until, by=by, now=now
    )
    detail = {"kind": kind.value, "name": name, "from": on.isoformat(), "until": until.isoformat()}
    await _note(tx, "day_named", agency_code, detail, on, by=by, now=now)
    return agency


async def unname_day(tx: Tx, *, agency_code: str, on: date, by: str, now: datetime) -> Unit:
    """Let a day be what the shipped calendar says. Raises AdminRefused if the agency had not named it."""
    agency = await agency_named(tx, agency_code, what="the calendar")
    if not await calendars.unname_day(tx, unit_code=agency_code, on=on, by=by, now=now):
        raise AdminRefused(f"{agency_code} has not named {on} itself; nothing has changed.")
    await _note(tx, "day_unnamed", agency_code, {"on": on.isoformat()}, on, by=by, now=now)
    return agency


async def _note(
    tx: Tx, action: str, agency_code: str, detail: dict[str, str], on: date, *, by: str, now: datetime
) -> None:
    await audit.note(tx, actor=by, action=action, subject=agency_code, detail=detail, now=now)
    await changes.note(tx, kind=ChangeKind.CALENDAR, subject=agency_code, first_day=on, by=by, now=now)
