"""What messages say of a unit's day: numbers first, then names; of health only whether it was reported."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from db.obligations import Obligation
from db.team import OneDay
from handlers.board.service import Board, asked
from handlers.flow import Context
from handlers.places import cause_of, place_of

Params = dict[str, Any]
NAMES_AT_ONCE = 6


def summary(ctx: Context, board: Board, *, today: date) -> Params:
    """Return the parameters of `board/day`."""
    missing = board.missing(ctx.now)
    return {
        **_head(ctx, board),
        "is_today": board.on == today,
        "is_ahead": board.on > today,
        "total": len(board.days),
        "places": [{"place": place, "count": count} for place, count in board.places],
        "plans": sum("plan" in each.reported for each in board.days),
        "outputs": sum("output" in each.reported for each in board.days),
        "is_owed": any(each.owed for each in board.days),
        "missing": len(missing),
        "rows": [missing_row(ctx, each) for each in missing[:NAMES_AT_ONCE]],
    }


def listing(ctx: Context, board: Board, rows: Sequence[OneDay], *, first: int, count: int) -> Params:
    """Return the parameters of a page of names, the first of them with the number `first` + 1."""
    return {
        **_head(ctx, board),
        "rows": [
            {"number": number, **missing_row(ctx, each), **place(each)}
            for number, each in enumerate(rows, first + 1)
        ],
        "count": count,
    }


def missing_row(ctx: Context, day: OneDay) -> Params:
    """Return who has not reported what, and since when (or until when it is in time)."""
    return {"name": day.member.name, "items": [_missing(each, ctx.now) for each in asked(day, ctx.now)]}


def _missing(owed: Obligation, now: datetime) -> Params:
    return {"kind": owed.kind.value, "due": owed.due_at.isoformat(), "is_over": owed.due_at <= now}


def place(day: OneDay) -> Params:
    """Return where somebody is as others may know it: the word, the shift, the hours, and until when one is away."""
    verdict = day.verdict
    word = place_of(verdict, for_others=True)
    hours = verdict.hours if verdict and word in ("WFO", "WFH", "WFA", "field") else None
    return {
        "place": word,
        "shift": verdict.shift if verdict else None,
        "hours": {"start": hours.start.isoformat("minutes"), "end": hours.end.isoformat("minutes")}
        if hours
        else None,
        "until": _until(day),
    }


def _until(day: OneDay) -> str | None:
    if day.verdict is None:
        return None
    cause = cause_of(day.verdict)
    until = cause.params.get("until") if cause is not None and cause.key == "absence" else None
    if place_of(day.verdict) == "stay_out" and day.verdict.barred_until is not None:
        until = day.verdict.barred_until.isoformat()
    return until if until != day.verdict.on.isoformat() else None


def person(ctx: Context, day: OneDay, *, on: date, today: date) -> Params:
    """Return the parameters of `board/person`."""
    return {
        "name": day.member.name,
        "position": day.member.position,
        "unit": day.member.unit_name,
        "day": on.isoformat(),
        "is_today": on == today,
        **place(day),
        "items": [{**_missing(each, ctx.now), "state": _state(each, ctx.now)} for each in day.owed],
        "reported": sorted(day.reported, reverse=True),
        "timezone": ctx.me.timezone,
    }


def _state(owed: Obligation, now: datetime) -> str:
    """Return how it stands: not_yet (it opens later), awaited, missing, closed, late, excused."""
    if not owed.is_missing:
        return owed.state.value
    if owed.opens_at > now:
        return "not_yet"
    return "missing" if owed.due_at <= now else "awaited"


def _head(ctx: Context, board: Board) -> Params:
    return {
        "unit": board.group.name,
        "day": board.on.isoformat(),
        "as_of": ctx.now.isoformat(),
        "timezone": ctx.me.timezone,
    }
