"""What a plan or output form shows: the question, the lines to tick, the card, one line, the receipt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db.reports import Item, Kind, Report
from db.verifications import Verification
from handlers.flow import Context
from handlers.itemized import line_params
from handlers.judging import calendar_day, today
from handlers.text import fitted
from handlers.timeliness import timely
from handlers.update import Choice, Look, Say, Turn, ask, done, say
from handlers.workday.form import Form
from handlers.workday.service import MOST_CHARS, MOST_ITEMS, Openness, Outcome, TooMuch
from policy.calendar import local_date
from policy.deadlines import Owed

MOST_ROWS = 8  # lines that have a row of their own: the narrowest list has ten rows
MOST_CHANGES = 7
_CHARS_OF_A_ROW = 20
_SAVE, _ADD, _CANCEL = (Choice(value=value, label=value) for value in ("save", "add", "cancel"))
_NEXT = Choice(value="next", label="next")
_PARTS: dict[Kind, tuple[str, ...]] = {
    "plan": ("words", "result", "amount", "move", "remove", "back"),
    "output": ("words", "result", "amount", "percent", "proof", "remove", "back"),
}


def about(ctx: Context, form: Form) -> Mapping[str, Any]:
    """Return what every message of the form says: which report, and for which day."""
    return {"kind": form.kind, "day": form.day.isoformat(), "is_today": form.day == today(ctx)}


async def ask_lines(
    ctx: Context, form: Form, *, replaces: Sequence[Item] = (), code: str | None = None
) -> Turn:
    """Ask to type lines; with `replaces`, a list that takes the place of what stands."""
    return ask(
        "workday/ask",
        step="items",
        choices=_today_instead(ctx, form),
        draft=form.draft(),
        **about(ctx, form),
        is_day_off=await _is_day_off(ctx, form),
        code=code,
        standing=[item.activity for item in replaces],
        adds=len(form.items),
        most=MOST_ITEMS,
    )


async def offer(ctx: Context, form: Form) -> Turn:
    """Show the lines that can be ticked; to type adds others."""
    ticks, shown = form.ticks, form.offered
    rows = [
        {"number": number, "activity": item.activity, "on": number in ticks, "is_task": bool(item.task_id)}
        for number, item in enumerate(shown, 1)
    ]
    every = Choice(value="all", label="all_done" if form.kind == "output" else "all_lines")
    last = [_NEXT] if ticks or form.items else []
    last += [every] if len(ticks) < len(shown) else []
    return ask(
        "workday/offer",
        step="ticks",
        choices=(*_rows(form), *last, *_today_instead(ctx, form)),
        draft=form.draft(),
        **about(ctx, form),
        is_day_off=await _is_day_off(ctx, form),
        rows=rows,
        adds=len(form.items),
    )


def _today_instead(ctx: Context, form: Form) -> tuple[Choice, ...]:
    """Offer the form of today where it is for the day before, which nobody may have named."""
    if form.day == today(ctx) or form.kind == "plan" or len(form.offered) >= MOST_ROWS:
        return ()
    args = {"day": today(ctx).isoformat()}
    return (Choice(value="today", label="for_today", opens=f"{form.kind}:start", args=args),)


def _rows(form: Form) -> tuple[Choice, ...]:
    if len(form.offered) > MOST_ROWS:
        return ()  # then they are ticked by their numbers
    ticks = form.ticks
    return tuple(
        Choice(value=str(number), words=_row(number, item, is_on=number in ticks))
        for number, item in enumerate(form.offered, 1)
    )


def _row(number: int, item: Item, *, is_on: bool) -> str:
    return fitted(f"{'✓ ' if is_on else ''}{number} {item.activity}", most=_CHARS_OF_A_ROW)


async def card(ctx: Context, form: Form, *, returned: Verification | None = None) -> Turn:
    """Show the lines as they would be saved, each with its number and a button to change it."""
    if not form.items:
        return await ask_lines(ctx, form)
    changes = tuple(
        Choice(value=f"line:{number}", label=f"change_{number}") for number in range(1, len(form.items) + 1)
    )
    if len(changes) > MOST_CHANGES:
        changes = (Choice(value="change", label="change"),)
    return ask(
        "workday/confirm",
        step="card",
        choices=(_SAVE, *changes, _ADD, _CANCEL),
        draft=form.draft(),
        **about(ctx, form),
        given=[await line_params(ctx.db, item) for item in form.items],
        moved=[{"activity": item.activity, "day": day.isoformat()} for item, day in form.moved],
        returned=returned_params(ctx, returned),
    )


async def line(ctx: Context, form: Form) -> Turn:
    """Show one line whole, and what of it can be changed."""
    params: dict[str, Any] = {
        "kind": form.kind,
        "number": form.at,
        "line": await line_params(ctx.db, form.line),
    }
    parts = tuple(Choice(value=part, label=f"line_{part}") for part in _PARTS[form.kind])
    return ask("workday/line", step="line", choices=parts, draft=form.draft(), **params)


def returned_params(ctx: Context, returned: Verification | None) -> dict[str, Any] | None:
    """Return why the superior gave it back, and until when it may be put right."""
    if returned is None or returned.decision != "returned":
        return None
    due = _last_day(ctx, returned.due_at) if returned.due_at else None
    return {"by": returned.by_name, "note": returned.note or "", "due": due and due.isoformat()}


def _last_day(ctx: Context, due_at: datetime) -> date:
    """The day that ends at this moment: 24.00 reads better than 00.00 of the day after."""
    return local_date(due_at - timedelta(microseconds=1), ZoneInfo(ctx.me.timezone))


def verified_params(ctx: Context, approved: Verification) -> dict[str, Any]:
    """Return who approved which version, as what, when, and with which score."""
    return {
        "by": approved.by_name,
        "capacity": approved.capacity,
        "version": approved.version,
        "score": approved.score,
        "at": approved.decided_at.isoformat(),
        "timezone": ctx.me.timezone,
    }


def closed(ctx: Context, form: Form, found: Openness) -> Turn:
    """Say why nothing can be written: verified, over, or not begun; and who can help."""
    if found.approved is not None:
        params = {"kind": form.kind, "day": form.day.isoformat(), **verified_params(ctx, found.approved)}
        return done(Say(message="workday/verified", params=params))
    is_ahead = form.day > today(ctx)
    return done(say("workday/closed", kind=form.kind, day=form.day.isoformat(), is_ahead=is_ahead))


def refusal(beyond: TooMuch | None) -> Say:
    """Say what does not fit, with the counts; without `beyond` there was nothing to read."""
    if beyond is None:
        return say("workday/empty")
    long = [{"number": number, "chars": chars} for number, chars in beyond.long]
    return say(
        "workday/too_much", count=beyond.count, long=long, most_items=MOST_ITEMS, most_chars=MOST_CHARS
    )


async def receipt(ctx: Context, form: Form, outcome: Outcome) -> Say:
    """Return the receipt: a code, the time, whether that was in time, and what can still be done about it."""
    saved, day = outcome.saved, form.day.isoformat()
    args = {"day": day, "report": saved.id}
    change = Choice(value="change", label="change", opens=f"{form.kind}:change", args=args)
    undo = Choice(value="undo", label="undo", opens=f"{form.kind}:undo", args=args)
    params = {
        **about(ctx, form),
        "code": saved.code,
        "at": outcome.at.isoformat(),
        "timezone": ctx.me.timezone,
        "count": len(form.items),
        "already": saved.already,
        "updated": saved.version > 1,
        "left": outcome.left_open,
        "timely": await timely(ctx, kind=Owed(form.kind), day=form.day, at=ctx.sent_at),
    }
    choices = (change,) if saved.already else (change, undo)
    return Say(message="workday/saved", params=params, choices=choices, look=Look.BUTTONS)


def undone(ctx: Context, form: Form, *, code: str, again: str | None) -> Say:
    """Say that a version was withdrawn, and which one stands now."""
    params = {**about(ctx, form), "code": code, "again": again}
    change = Choice(
        value="change", label="change", opens=f"{form.kind}:change", args={"day": form.day.isoformat()}
    )
    return Say(message="workday/undone", params=params, choices=(change,), look=Look.BUTTONS)


def not_undone(form: Form, standing: Report | None, *, is_withdrawn: bool) -> Say:
    """Say that it is too late to withdraw it, or done already; what stands can still be changed."""
    params = {
        "kind": form.kind,
        "day": form.day.isoformat(),
        "code": standing.code if standing else None,
        "is_withdrawn": is_withdrawn,
    }
    return Say(message="workday/not_undone", params=params)


async def _is_day_off(ctx: Context, form: Form) -> bool:
    calendar = await calendar_day(ctx, day=form.day)
    return calendar is not None and not calendar.is_working
