"""What an agency asks of its people on a working day, on what legal basis, and until when; and its seasons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from db import audit, calendars, changes, reporting, settings
from db.calendars import SEASON
from db.changes import ChangeKind
from db.engine import Tx
from db.reporting import DEADLINES, REPORTING, Reporting
from db.units import Unit
from handlers.admin.finding import agency_named, in_order, word_of
from handlers.admin.refusal import AdminRefused
from policy.book import Book
from policy.conditions import WEEKDAYS
from policy.deadlines import (
    Deadlines,
    Owed,
    Pair,
    UnreadableMomentError,
    kind_named,
    pair_named,
    to_setting,
)
from policy.words import Hours

OFF, VERIFICATION = "off", "verification"
MOST_DAYS = 14
_ASKED = (Owed.PLAN.value, Owed.OUTPUT.value)
_USUAL = Hours(time(7, 30), time(16))


async def ask_reports(
    tx: Tx, *, agency_code: str, kinds: str, basis: str, valid_from: date, by: str, now: datetime
) -> Unit:
    """Record which reports an agency's people owe from a day on: "plan,output", one of them, or "off".

    Raises AdminRefused: what is owed needs a legal basis, which the agency names.
    """
    agency = await agency_named(tx, agency_code, what="what people report")
    words = (
        [] if kinds.strip().casefold() == OFF else [each.strip() for each in kinds.split(",") if each.strip()]
    )
    asked = [kind for kind in _ASKED if kind in {word_of(_ASKED, word, what="a report") for word in words}]
    if asked and not basis.strip():
        raise AdminRefused(
            "Nobody owes a report without a legal basis, so the agency names its own: "
            '--basis "SK Kepala Dinas Nomor … tanggal …".'
        )
    value, given = ",".join(asked), basis.strip() or None
    await _decide(tx, agency, REPORTING, value, basis=given, valid_from=valid_from, by=by, now=now)
    return agency


async def state_deadline(
    tx: Tx,
    book: Book,
    *,
    agency_code: str,
    what: str,
    moments: Sequence[str],
    valid_from: date,
    by: str,
    now: datetime,
) -> Reporting:
    """Record from when until when something is asked for; return all that holds from that day on.

    `what`: health, plan or output, also with @ and a weekday or season; with no moments such a variant ends. Or
    `verification` with a number of working days. Raises AdminRefused.
    """
    agency = await agency_named(tx, agency_code, what="until when people report")
    before = await reporting.of_agency(tx, agency_code=agency.code, on=valid_from, now=now)
    try:
        after = _stated(
            before.deadlines, what, moments, seasons=tuple(book.calendars["default"].season_weeks)
        )
    except UnreadableMomentError as problem:
        raise AdminRefused(str(problem)) from problem
    value = to_setting(after)
    await _decide(tx, agency, DEADLINES, value, basis=None, valid_from=valid_from, by=by, now=now)
    return replace(before, deadlines=after)


def _stated(deadlines: Deadlines, what: str, moments: Sequence[str], *, seasons: Sequence[str]) -> Deadlines:
    if what.strip().casefold() == VERIFICATION:
        return replace(deadlines, verified_after=_days(moments))
    kind, variant = kind_named(what)
    varied = dict(deadlines.varied)
    if variant and not moments:
        if varied.pop((kind, variant), None) is None:
            raise AdminRefused(f"Nothing of its own is stated for {what}; nothing has changed.")
        return replace(deadlines, varied=varied)
    pair = _in_order(pair_named(moments))
    if variant:
        word_of((*WEEKDAYS, *seasons), variant, what="a weekday or a season")
        return replace(deadlines, varied=varied | {(kind, variant): pair})
    return replace(deadlines, of={**deadlines.of, kind: pair})


def _days(moments: Sequence[str]) -> int:
    if len(moments) == 1 and moments[0].isdecimal() and 1 <= int(moments[0]) <= MOST_DAYS:
        return int(moments[0])
    raise AdminRefused(
        f"Verification takes a number of working days from 1 to {MOST_DAYS}: until 24.00 of the last of them."
    )


def _in_order(pair: Pair) -> Pair:
    """Raises AdminRefused unless on an ordinary day it opens before it is due."""
    day, zone = date(2020, 6, 15), ZoneInfo("Asia/Jakarta")
    opens, due = (moment.on(day, _USUAL, zone) for moment in pair)
    if opens >= due:
        raise AdminRefused(
            f"On a day from 07.30 to 16.00 this would open at {opens:%H.%M} and be due at {due:%H.%M}. "
            "Give first from when it is asked for, then until when."
        )
    return pair


async def name_season(
    tx: Tx, book: Book, *, agency_code: str, name: str, first: date, last: date, by: str, now: datetime
) -> Unit:
    """Let an agency work a season's hours on these days, the last included. Raises AdminRefused."""
    agency = await agency_named(tx, agency_code, what="the calendar")
    in_order(first, last)
    calendar = await calendars.laid_over(
        tx, book.calendars["default"], unit_code=agency_code, around=first, now=now
    )
    season = word_of(tuple(calendar.season_weeks), name, what="a season")
    await settings.set_value(
        tx,
        unit_code=agency.code,
        name=SEASON,
        value=season,
        basis=None,
        valid_from=first,
        valid_until=last,
        by=by,
        now=now,
    )
    detail = {"season": season, "from": first.isoformat(), "until": last.isoformat()}
    await _note(tx, ChangeKind.CALENDAR, "season_named", agency, detail, first=first, by=by, now=now)
    return agency


async def end_season(tx: Tx, *, agency_code: str, first: date, by: str, now: datetime) -> Unit:
    """Let an agency work its usual hours again from a day on. Raises AdminRefused if no season is named then."""
    agency = await agency_named(tx, agency_code, what="the calendar")
    if not await settings.withdraw(tx, unit_code=agency.code, name=SEASON, first=first, by=by, now=now):
        raise AdminRefused(f"{agency_code} works no season's hours from {first} on; nothing has changed.")
    detail = {"from": first.isoformat()}
    await _note(tx, ChangeKind.CALENDAR, "season_ended", agency, detail, first=first, by=by, now=now)
    return agency


async def _decide(
    tx: Tx,
    agency: Unit,
    name: str,
    value: str,
    *,
    basis: str | None,
    valid_from: date,
    by: str,
    now: datetime,
) -> None:
    await settings.set_value(
        tx, unit_code=agency.code, name=name, value=value, basis=basis, valid_from=valid_from, by=by, now=now
    )
    detail = {"value": value, "basis": basis or "", "from": valid_from.isoformat()}
    await _note(tx, ChangeKind.REPORTING, f"{name}_set", agency, detail, first=valid_from, by=by, now=now)


async def _note(
    tx: Tx,
    kind: ChangeKind,
    action: str,
    agency: Unit,
    detail: dict[str, str],
    *,
    first: date,
    by: str,
    now: datetime,
) -> None:
    await audit.note(tx, actor=by, action=action, subject=agency.code, detail=detail, now=now)
    await changes.note(tx, kind=kind, subject=agency.code, first_day=first, by=by, now=now)


def in_lines(asked: Reporting) -> list[tuple[str, str, str, str]]:
    """Return what holds as rows: what, from when, until when, on what basis."""
    deadlines = asked.deadlines
    rows = [
        (kind.value, *_words(pair), asked.bases.get(kind, "not owed: no basis is recorded"))
        for kind, pair in deadlines.of.items()
    ]
    rows += [
        (f"{kind.value}@{_cased(variant)}", *_words(pair), "")
        for (kind, variant), pair in sorted(deadlines.varied.items())
    ]
    days = deadlines.verified_after
    until = f"24.00, {'the next working day' if days == 1 else f'{days} working days later'}"
    return [*rows, (VERIFICATION, "", until, "")]


def _words(pair: Pair) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def _cased(variant: str) -> str:
    return next((day for day in WEEKDAYS if day.casefold() == variant), variant.capitalize())
