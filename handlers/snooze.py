"""Pausing reminders until a moment. What is owed stays owed, and the answer says so."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db import looks, snoozes
from handlers import menu
from handlers.flow import Context, Flow
from handlers.judging import rest, today
from handlers.spans import Span, span_named
from handlers.text import folded
from handlers.update import Answer, Choice, Turn, again, ask, done, say

flow = Flow("snooze", is_of_a_day=False)

LONGEST = timedelta(days=31)
_CHOICES = (
    Choice(value="minutes", label="snooze_30"),
    Choice(value="hours", label="snooze_120"),
    Choice(value="tomorrow", label="snooze_tomorrow"),
)
_WAKE = Choice(value="wake", label="wake", opens="snooze:end")
_ABSENCE = Choice(value="absence", label="absence", opens="absence:start")
_LENGTH = re.compile(r"\b(\d{1,3}) ?(?:(menit|mnt|minutes?|min)|(jam|hours?))\b")
_THROUGH = re.compile(r"\b(?:s ?/ ?d|s\.? ?d\.?|hingga|through)(?!\w)")  # to the end of that day
_WAKE_WORDS = ("aktifkan lagi", "aktifkan pengingat", "ingatkan lagi saja", "wake", "turn on")


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """Begin with what the text says already: "ingatkan 30 menit lagi"."""
    text = answer.args.get("text") or ("" if answer.value else answer.text)
    if any(words in folded(text) for words in _WAKE_WORDS):
        return await end(ctx, answer)
    until = _moment(ctx, text)
    if until is not None and _is_possible(ctx, until):
        return await _begin(ctx, until)
    running = await snoozes.until(ctx.db, person_id=ctx.me.id, now=ctx.now)
    return ask(
        "snooze/ask",
        step="until",
        choices=(*_CHOICES, _WAKE) if running else _CHOICES,
        until=running and running.isoformat(),
        timezone=ctx.me.timezone,
    )


@flow.step("until", wants_text=True)
async def until(ctx: Context, answer: Answer) -> Turn:
    """Read until when."""
    picked = {"minutes": timedelta(minutes=30), "hours": timedelta(hours=2)}.get(answer.value or "")
    if picked is not None:
        return await _begin(ctx, ctx.now + picked)
    if answer.value == "tomorrow" or folded(answer.text) == "3":
        return await _begin(ctx, _morning(ctx, today(ctx) + timedelta(days=1)))
    if folded(answer.text) in ("1", "2"):
        return await _begin(ctx, ctx.now + timedelta(minutes=30 if folded(answer.text) == "1" else 120))
    moment = _moment(ctx, answer.text)
    if moment is None or not _is_possible(ctx, moment):
        return again("snooze/unclear", most=LONGEST.days)
    return await _begin(ctx, moment)


@flow.action("end")
async def end(ctx: Context, _answer: Answer) -> Turn:
    """Let reminders come again."""
    was_on = await snoozes.end(ctx.db, person_id=ctx.me.id, now=ctx.now)
    return done(say("snooze/ended", was_on=was_on))


async def _begin(ctx: Context, moment: datetime) -> Turn:
    await snoozes.begin(ctx.db, person_id=ctx.me.id, until_at=moment, now=ctx.now)
    await looks.by(ctx.db, person_id=ctx.me.id, on=today(ctx), at=moment)  # when it ends, one is reminded
    is_free = await rest(ctx, day=today(ctx))
    owed = [] if is_free else await menu.still_open(ctx, mode=await menu.health_mode(ctx))
    told = say(
        "snooze/begun",
        choices=(_WAKE, _ABSENCE),
        until=moment.isoformat(),
        owed=owed,
        timezone=ctx.me.timezone,
    )
    return done(told)


def _moment(ctx: Context, text: str) -> datetime | None:
    """Return the moment a text names: after a while, or the start of a day (its end, for "s.d.")."""
    plain = folded(text)
    if found := _LENGTH.search(plain):
        unit = timedelta(minutes=1) if found[2] else timedelta(hours=1)
        return ctx.now + int(found[1]) * unit
    span = span_named(text, today=today(ctx))
    if not isinstance(span, Span) or span.unit in ("week", "month"):
        return None
    last = span.last or span.first
    if last > today(ctx) + LONGEST:  # too far, and at the end of the calendar there is no day after it
        return None
    if span.count:
        return _morning(ctx, span.first + timedelta(days=span.count))
    return _morning(ctx, last + timedelta(days=bool(_THROUGH.search(plain)) or last == today(ctx)))


def _is_possible(ctx: Context, moment: datetime) -> bool:
    return ctx.now < moment <= ctx.now + LONGEST


def _morning(ctx: Context, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(ctx.me.timezone))
