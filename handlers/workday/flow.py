"""The day's plan and the day's output: one activity a line, shown back with numbers, saved with a receipt."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from db.items import item_in, item_out
from db.reports import Item, Kind
from handlers.flow import Context, Flow
from handlers.judging import calendar_day, today
from handlers.understand import day_named
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done, say
from handlers.workday import service
from handlers.workday.service import MOST_CHARS, MOST_ITEMS, Outcome, TooMuch

_CONFIRM = (
    Choice(value="save", label="save"),
    Choice(value="change", label="change"),
    Choice(value="cancel", label="cancel"),
)


async def start(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Ask for the items of today, or of the day that the person named."""
    day = _day(ctx, answer)
    if not service.is_open(ctx, day=day):
        return _closed(ctx, kind, day)
    return await _ask(ctx, kind, day)


async def edited(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Show what an edited message would make of a report that is stored already; saving makes a new version."""
    day = _day(ctx, answer)
    if not service.is_open(ctx, day=day):
        return _closed(ctx, kind, day)
    items = service.items_in(answer.args["text"])
    beyond = service.too_much(items)
    if beyond or not items:
        return done(_refusal(beyond))
    return _confirm(ctx, kind, day, items, source=answer.message_key)


async def items(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Read the items and show them back."""
    given = service.items_in(answer.text)
    beyond = service.too_much(given)
    if beyond or not given:
        refusal = _refusal(beyond)
        return again(refusal.message, **refusal.params)
    return _confirm(ctx, kind, ctx.day, given, source=answer.message_key)


async def confirm(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Save or change."""
    if answer.value == "change":
        return await _ask(ctx, kind, ctx.day, given=[item_in(kept) for kept in ctx.draft["items"]])
    if answer.value != "save":  # nothing but the word itself saves
        return again("common/pick")
    if not service.is_open(ctx, day=ctx.day):
        return _closed(ctx, kind, ctx.day)
    given, source = [item_in(kept) for kept in ctx.draft["items"]], ctx.draft["source"]
    outcome = await service.submit(ctx, kind=kind, day=ctx.day, items=given, source_message=source)
    return done(_receipt(ctx, kind, outcome, count=len(given)))


def _flow(kind: Kind) -> Flow:
    flow = Flow(kind)
    flow.action("start")(partial(start, kind=kind))
    flow.action("change")(partial(start, kind=kind))
    flow.action("edited")(partial(edited, kind=kind))
    flow.step("items", wants_text=True)(partial(items, kind=kind))
    flow.step("confirm")(partial(confirm, kind=kind))
    return flow


plan_flow = _flow("plan")
output_flow = _flow("output")


def _day(ctx: Context, answer: Answer) -> date:
    if "day" in answer.args:
        return date.fromisoformat(answer.args["day"])
    return day_named(answer.text, today=today(ctx)) or today(ctx)


def _closed(ctx: Context, kind: Kind, day: date) -> Turn:
    is_ahead = day > today(ctx)
    return done(say("workday/closed", kind=kind, day=day.isoformat(), is_ahead=is_ahead))


async def _ask(ctx: Context, kind: Kind, day: date, *, given: Sequence[Item] = ()) -> Turn:
    standing = await service.standing_items(ctx, kind=kind, day=day)
    plan = await service.standing_items(ctx, kind="plan", day=day) if kind == "output" else None
    calendar = await calendar_day(ctx, day=day)
    return ask(
        "workday/ask",
        step="items",
        draft={"day": day.isoformat(), "items": [], "source": None},
        **_about(ctx, kind, day),
        is_day_off=calendar is not None and not calendar.is_working,
        code=standing.code if standing else None,
        standing=_activities(given or (standing.items if standing else ())),
        plan=_activities(plan.items if plan else ()),
        most=MOST_ITEMS,
    )


def _confirm(ctx: Context, kind: Kind, day: date, given: Sequence[Item], *, source: str | None) -> Turn:
    draft = {"day": day.isoformat(), "items": [item_out(item) for item in given], "source": source}
    shown = {"given": _activities(given), **_about(ctx, kind, day)}
    return ask("workday/confirm", step="confirm", choices=_CONFIRM, draft=draft, **shown)


def _activities(items: Sequence[Item]) -> list[str]:
    return [item.activity for item in items]


def _about(ctx: Context, kind: Kind, day: date) -> Mapping[str, Any]:
    return {"kind": kind, "day": day.isoformat(), "is_today": day == today(ctx)}


def _refusal(beyond: TooMuch | None) -> Say:
    """Say what does not fit, with the counts; without `beyond` there was nothing to read."""
    if beyond is None:
        return say("workday/empty")
    long = [{"number": number, "chars": chars} for number, chars in beyond.long]
    return say(
        "workday/too_much", count=beyond.count, long=long, most_items=MOST_ITEMS, most_chars=MOST_CHARS
    )


def _receipt(ctx: Context, kind: Kind, outcome: Outcome, *, count: int) -> Say:
    saved, day = outcome.saved, ctx.day.isoformat()
    button = Choice(value="change", label="change", opens=f"{kind}:change", args={"day": day})
    params = {
        **_about(ctx, kind, ctx.day),
        "code": saved.code,
        "at": outcome.at.isoformat(),
        "timezone": ctx.me.timezone,
        "count": count,
        "already": saved.already,
        "updated": saved.version > 1,
    }
    return Say(message="workday/saved", params=params, choices=(button,), look=Look.BUTTONS)
