"""Whether an absence may be asked for on some days: worked, not long past, not too far, and not excused already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db import absence_requests, absences, calendars
from handlers.flow import Context
from handlers.judging import today
from handlers.spans import Span
from policy.calendar import AgencyCalendar
from policy.workdays import may_report

MOST_DAYS_AHEAD = 366
_LONGEST = 366


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of an absence, both included: how many of them are worked, and whether some are not."""

    first: date
    last: date
    worked: int

    @property
    def has_rest(self) -> bool:
        return self.worked <= (self.last - self.first).days


@dataclass(frozen=True, kw_only=True)
class Objection:
    """Why it cannot be asked like this: a message and its parameters. Nothing was stored."""

    message: str
    params: Mapping[str, Any]


async def days_of(ctx: Context, span: Span) -> Days | Objection:
    """Return the days that are meant, counted by the agency's calendar, or what speaks against them."""
    last_possible = today(ctx) + timedelta(days=MOST_DAYS_AHEAD)
    if not may_report(span.first, sent=ctx.sent_at, zone=ZoneInfo(ctx.me.timezone)) and span.first < today(
        ctx
    ):
        return _objection("absence/past", day=span.first)
    if span.first > last_possible:
        return _objection("absence/too_far", last=last_possible)
    calendar = await _calendar(ctx, span.first)
    last = _last(span, calendar)
    if last < span.first:
        return _objection("absence/backwards", first=span.first, last=last)
    if last > last_possible:
        return _objection("absence/too_far", last=last_possible)
    worked = sum(calendar.day(day).is_working for day in _row(span.first, last))
    if not worked:
        return _objection("absence/rests", first=span.first, last=last)
    return Days(first=span.first, last=last, worked=worked)


async def overlap(ctx: Context, *, first: date, last: date) -> Objection | None:
    """Return what the person is excused or has asked for on one of these days already."""
    asked = await absence_requests.meeting(ctx.db, ctx.seal, person_id=ctx.me.id, first=first, last=last)
    if asked:
        wanted = asked[0].wanted
        return _overlap(asked[0].code, wanted.kind.value, wanted.first, wanted.last)
    known = await absences.between(ctx.db, person_id=ctx.me.id, first=first, last=last, as_known_at=ctx.now)
    return _overlap(None, known[0].kind.value, known[0].since, known[0].until) if known else None


def _overlap(code: str | None, kind: str, first: date, last: date | None) -> Objection:
    params = {"code": code, "kind": kind, "first": first.isoformat(), "last": last and last.isoformat()}
    return Objection(message="absence/overlap", params=params)


def _objection(message: str, **days: date) -> Objection:
    return Objection(message=message, params={name: day.isoformat() for name, day in days.items()})


async def _calendar(ctx: Context, first: date) -> AgencyCalendar:
    return await calendars.laid_over(
        ctx.db,
        ctx.policy.calendars["default"],
        unit_code=ctx.me.agency_code,
        around=first,
        now=ctx.now,
        reach=timedelta(days=2 * _LONGEST),
    )


def _last(span: Span, calendar: AgencyCalendar) -> date:
    """Return the last day; a number of days counts those that are worked, weeks and months all of them."""
    if span.unit == "day":
        return _after_worked(span.first, span.count, calendar)
    if span.unit == "week":
        return span.first + timedelta(days=7 * span.count - 1)
    if span.unit == "month":
        return _months_later(span.first, span.count) - timedelta(days=1)
    return span.last or span.first


def _after_worked(first: date, count: int, calendar: AgencyCalendar) -> date:
    left, day = count, first
    for day in _row(first, first + timedelta(days=2 * _LONGEST)):
        left -= calendar.day(day).is_working
        if not left:
            break
    return day


def _months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the first after a month that is too short for it."""
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        return day.replace(year=day.year + year, month=month + 2, day=1)


def _row(first: date, last: date) -> list[date]:
    return [first + timedelta(days=days) for days in range((last - first).days + 1)]
