"""Where do I work today, tomorrow, on a given day, this week? With the rule behind it, as of now."""

from datetime import date, timedelta
from typing import Any

from handlers import menu, telling_again
from handlers.flow import Context, Flow
from handlers.judging import could_change, judge, next_working_day, today
from handlers.text import folded
from handlers.understand import day_named
from handlers.update import Answer, Choice, Look, Say, Turn, done, say
from policy.calendar import WEEK, monday_of
from policy.card import card, citation, duties, line, notes, rest
from policy.model import Arrangement, DayKind, Verdict

flow = Flow("today", is_aside=True)
flow.action("told")(telling_again.told)

_MENU = Choice(value="menu", label="menu", opens="menu:start")

MOST_DAYS_AHEAD = 60  # zones and circulars change: further ahead an answer would only look like one
_WEEK_WORDS = ("minggu ini", "pekan ini", "seminggu", "this week")
_NEXT_WEEK_WORDS = ("minggu depan", "pekan depan", "next week")


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    plain, day = folded(answer.text), _day(ctx, answer)
    if any(words in plain for words in _NEXT_WEEK_WORDS) and day == today(
        ctx
    ):  # "Senin minggu depan" is a day
        return await _tell_week(ctx, _monday_after(day))
    if any(words in plain for words in _WEEK_WORDS):
        return await week(ctx, answer)
    return await _tell(ctx, day)


@flow.action("tomorrow")
async def tomorrow(ctx: Context, _answer: Answer) -> Turn:
    return await _tell(ctx, today(ctx) + timedelta(days=1))


@flow.action("week")
async def week(ctx: Context, _answer: Answer) -> Turn:
    """Tell the working days that are left of this week; those of the next one when none is left, or they have turns."""
    return await _tell_week(ctx, today(ctx), with_next=True)


async def _tell_week(ctx: Context, first: date, *, with_next: bool = False) -> Turn:
    lines, after = await _lines(ctx, first), await _lines(ctx, _monday_after(first))
    if not lines or (with_next and any(map(_is_turn, after))):
        lines += after
    params: dict[str, Any] = {"days": lines, "as_of": ctx.now.isoformat(), "timezone": ctx.me.timezone}
    first_turn = next(filter(_is_turn, lines), None)
    if first_turn is None:
        return done(say("today/week", **params))
    args = {"week": monday_of(date.fromisoformat(first_turn["day"])).isoformat()}
    choices = (
        Choice(value="picture", label="rota_picture", opens="rota:picture", args=args),
        Choice(value="swap", label="swap", hint="swap_hint", opens="swap:start"),
        Choice(value="list", label="rota_list", opens="rota:list", args=args),
        _MENU,
    )
    return done(Say(message="today/week", params=params, choices=choices, look=Look.KEYBOARD))


def _is_turn(line: dict[str, Any]) -> bool:
    return line["why"] is not None and line["why"]["key"] in ("turn", "swapped")


def _monday_after(day: date) -> date:
    return monday_of(day) + WEEK


@flow.action("grounds")
async def grounds(ctx: Context, answer: Answer) -> Turn:
    """Tell what the card leaves out: what the circulars leave open and how we read it, and the day's duties."""
    day = _day(ctx, answer)
    verdict = await judge(ctx, day=day)
    if verdict is None:
        return done(say("today/before_records", day=day.isoformat()))
    params = {"notes": notes(verdict), "duties": duties(verdict), "rest": rest(verdict)}
    return _with_more(day, "today/grounds", **params)


@flow.action("what_if")
async def what_if(ctx: Context, answer: Answer) -> Turn:
    """Tell which single change would give another answer: the zone, the rota, a swap, a head's letter."""
    day = _day(ctx, answer)
    flips = [
        {
            "key": each.key,
            "value": each.value,
            "arrangement": each.arrangement.value,
            "citation": citation(each.citation),
        }
        for each in await could_change(ctx, day=day)
    ]
    return _with_more(day, "today/what_if", flips=flips)


def _with_more(day: date, message: str, **params: Any) -> Turn:
    """Say something of a day, and offer what else there is to read of it."""
    args = {"day": day.isoformat()}
    choices = (
        Choice(value="what_if", label="what_if", opens="today:what_if", args=args),
        Choice(value="told", label="told", opens="today:told", args=args),
        _MENU,
    )
    return done(
        Say(message=message, params={"day": day.isoformat(), **params}, choices=choices, look=Look.KEYBOARD)
    )


def _day(ctx: Context, answer: Answer) -> date:
    if "day" in answer.args:
        return date.fromisoformat(answer.args["day"])
    return day_named(answer.text, today=today(ctx)) or today(ctx)


async def _tell(ctx: Context, day: date) -> Turn:
    last = today(ctx) + timedelta(days=MOST_DAYS_AHEAD)
    if day > last:
        return done(say("today/too_far", day=day.isoformat(), last=last.isoformat()))
    verdict = await judge(ctx, day=day)
    if verdict is None:
        return done(say("today/before_records", day=day.isoformat()))
    rests = verdict.arrangement is Arrangement.OFF
    next_day = await next_working_day(ctx, after=day) if rests and day >= today(ctx) else None
    params = card(verdict, today=today(ctx), timezone=ctx.me.timezone, next_day=next_day)
    return done(await _with_grounds(ctx, verdict, say("today/verdict", **params)))


async def _with_grounds(ctx: Context, verdict: Verdict, told: Say) -> Say:
    """Offer the rest among the home choices, so that one question gives one message."""
    if verdict.arrangement is Arrangement.OFF:
        return told
    args = {"day": verdict.on.isoformat()}
    more = Choice(value="grounds", label="grounds", hint="grounds_hint", opens="today:grounds", args=args)
    home = await menu.home(ctx)
    return Say(
        message=told.message,
        params=told.params,
        choices=(*(choice for choice in home.choices if choice is not menu.HELP), more),
        look=Look.KEYBOARD,
    )


async def _lines(ctx: Context, first: date) -> list[dict[str, Any]]:
    """Return a line for each day from `first` to Sunday, without the weekends."""
    lines = []
    for days in range(7 - first.weekday()):
        verdict = await judge(ctx, day=first + timedelta(days=days))
        if verdict is not None and not _is_weekend(verdict):
            lines.append(line(verdict))
    return lines


def _is_weekend(verdict: Verdict) -> bool:
    return any(reason.key == DayKind.WEEKEND for reason in verdict.reasons)
