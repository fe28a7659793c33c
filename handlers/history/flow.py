"""One's own days: a month at a glance, a day whole, and both as documents."""

from dataclasses import replace
from datetime import date, timedelta

from db import files, overview
from handlers.flow import Context, Flow
from handlers.history import asking, showing
from handlers.history.days import Day, days_between
from handlers.history.reading import day_in, month_in
from handlers.judging import today
from handlers.text import folded
from handlers.understand import meaning
from handlers.update import STAY, Answer, Choice, Say, Turn, again, ask
from handlers.vocabulary import MENU_WORDS

flow = Flow("history", is_aside=True, is_of_a_day=False)

_BEFORE = Choice(value="before", label="month_before")
_AFTER = Choice(value="after", label="month_after")
_PICTURE = Choice(value="calendar", label="calendar_picture")
_PDF_MONTH = Choice(value="month", label="pdf_month")
_PDF_DAY = Choice(value="day", label="pdf_day")
_EKINERJA = Choice(value="ekinerja", label="ekinerja_text")
_BACK = Choice(value="back", label="back")
_MENU = Choice(value="menu", label="menu")


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """Show this month, or the day or month that the person named."""
    now = today(ctx)
    if answer.text and (day := day_in(answer.text, month=now, today=now)):
        return await _day_or_reason(ctx, day)
    month = month_in(answer.text, today=now) if answer.text else None
    return await _month(ctx, month or now)


@flow.action("calendar")
async def calendar(ctx: Context, _answer: Answer) -> Turn:
    """Show this month, and make its picture at once."""
    return await _at_once(ctx, "calendar")


@flow.action("pdf")
async def pdf(ctx: Context, _answer: Answer) -> Turn:
    """Show this month, and make its PDF at once."""
    return await _at_once(ctx, "month")


@flow.action("ekinerja")
async def ekinerja(ctx: Context, _answer: Answer) -> Turn:
    """Give today's text for e-Kinerja."""
    shown = await _day(ctx, today(ctx))
    return replace(shown, says=(await _text(ctx, today(ctx)), *shown.says))


@flow.step("month", wants_text=True)
async def month(ctx: Context, answer: Answer) -> Turn:
    shown, now = date.fromisoformat(ctx.draft["day"]), today(ctx)
    match answer.value:
        case "before":
            return await _month_or_reason(ctx, (shown - timedelta(days=1)).replace(day=1))
        case "after":
            return await _month_or_reason(ctx, _next(shown))
        case "calendar":
            return await _prepare(ctx, "calendar", shown)
        case "month":
            return await _prepare(ctx, "month", shown)
    if found := day_in(answer.text, month=shown, today=now):
        return await _day_or_reason(ctx, found)
    if named := month_in(answer.text, today=now):
        return await _month_or_reason(ctx, named)
    return _elsewhere(ctx, answer)


@flow.step("day", wants_text=True)
async def day(ctx: Context, answer: Answer) -> Turn:
    shown = date.fromisoformat(ctx.draft["day"])
    match answer.value:
        case "day":
            return await _prepare(ctx, "day", shown)
        case "ekinerja":
            return Turn(says=(await _text(ctx, shown),), step=STAY)
        case "back":
            return await _month(ctx, shown)
    if found := day_in(answer.text, month=shown.replace(day=1), today=today(ctx)):
        return await _day_or_reason(ctx, found)
    if named := month_in(answer.text, today=today(ctx)):
        return await _month_or_reason(ctx, named)
    return _elsewhere(ctx, answer)


def _elsewhere(ctx: Context, answer: Answer) -> Turn:
    """Let somebody leave by saying what else they want."""
    if answer.value == "menu" or folded(answer.text) in MENU_WORDS:
        return Turn(opens="menu:start")
    wanted = meaning(answer.text, today=today(ctx)).intents
    return Turn(opens=wanted[0]) if len(wanted) == 1 else again("history/which_day")


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


async def _month_or_reason(ctx: Context, month: date) -> Turn:
    """Show a month, or say why there is nothing to show."""
    now, begun = today(ctx), await overview.since(ctx.db, person_id=ctx.me.id)
    if month > now:
        return again("history/ahead", is_month=True)
    if month < (begun or now).replace(day=1):
        return again("history/no_earlier", since=(begun or now).isoformat())
    return await _month(ctx, month)


async def _day_or_reason(ctx: Context, day: date) -> Turn:
    if day > today(ctx):
        return again("history/ahead", is_month=False)
    return await _day(ctx, day)


async def _month(ctx: Context, within: date) -> Turn:
    first, now = within.replace(day=1), today(ctx)
    days = await _days(ctx, first, _next(first) - timedelta(days=1))
    begun = await overview.since(ctx.db, person_id=ctx.me.id)
    moves = (
        *((_BEFORE,) if begun and begun < first else ()),
        *((_AFTER,) if _next(first) <= now else ()),
    )
    return ask(
        "history/month",
        step="month",
        choices=(*moves, _PICTURE, _PDF_MONTH, _MENU),
        draft={"day": first.isoformat()},
        month=first.isoformat(),
        lines=showing.lines(days),
        counts=showing.counts(days),
        as_of=ctx.now.isoformat(),
        timezone=ctx.me.timezone,
    )


async def _day(ctx: Context, day: date) -> Turn:
    [found] = await _days(ctx, day, day)
    named = await files.named(ctx.db, ids=showing.file_ids(found.plan, found.output))
    has_items = bool(found.plan or found.output)
    return ask(
        "history/day",
        step="day",
        choices=(*((_PDF_DAY, _EKINERJA) if has_items else (_PDF_DAY,)), _BACK, _MENU),
        draft={"day": day.isoformat()},
        **showing.whole(found, files=named, timezone=ctx.me.timezone, today=today(ctx)),
    )


async def _text(ctx: Context, day: date) -> Say:
    """Return the day's lines to be copied whole: those of the output report, or of the plan while there is none."""
    [found] = await _days(ctx, day, day)
    report = found.output or found.plan
    named = await files.named(ctx.db, ids=showing.file_ids(report))
    items = [showing.item_params(item, named) for item in report.items] if report else []
    params = {"day": day.isoformat(), "items": items}
    return Say(message="history/ekinerja", params=params)


async def _at_once(ctx: Context, form: asking.Form) -> Turn:
    prepared = await _prepare(ctx, form, today(ctx).replace(day=1))
    shown = await _month(ctx, today(ctx))
    return replace(shown, says=(*prepared.says, *shown.says))


async def _prepare(ctx: Context, form: asking.Form, day: date) -> Turn:
    await asking.ask_for(ctx, form=form, day=day)
    return again("history/preparing", form=form, day=day.isoformat())


async def _days(ctx: Context, first: date, last: date) -> list[Day]:
    return await days_between(
        ctx.db,
        ctx.seal,
        person_id=ctx.me.id,
        first=first,
        last=last,
        today=today(ctx),
        now=ctx.now,
        book=ctx.policy,
    )
