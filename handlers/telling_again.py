"""What was I told? Everything that somebody was told for a day, or what stood at one moment of it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db import verdicts
from db.verdicts import Told
from handlers.flow import Context
from handlers.judging import today
from handlers.text import folded
from handlers.understand import day_named
from handlers.update import Answer, Choice, Look, Say, Turn, done
from policy.card import brief

MOST_SHOWN = 5
_ALWAYS = datetime.max.replace(tzinfo=UTC)
_CLOCK = re.compile(r"\b(?:jam|pukul|at) ?(\d{1,2})(?:[.:](\d{2}))?\b")
_MENU = Choice(value="menu", label="menu", opens="menu:start")


async def told(ctx: Context, answer: Answer) -> Turn:
    """Tell what was told for a day; "jam 7" asks for what stood at that hour of that day."""
    day = _day(ctx, answer)
    at = _moment(answer.text, day, ZoneInfo(ctx.me.timezone))
    found = await verdicts.versions(ctx.db, ctx.seal, person_id=ctx.me.id, on=day)
    if at is not None:
        found = [
            each
            for each in found
            if each.told_at <= at and (each.superseded_at is None or at < each.superseded_at)
        ]
    params = {
        "day": day.isoformat(),
        "at": at.isoformat() if at else None,
        "versions": [_version(each) for each in found[-MOST_SHOWN:]],
        "timezone": ctx.me.timezone,
    }
    return done(Say(message="today/told", params=params, choices=(_MENU,), look=Look.KEYBOARD))


def _day(ctx: Context, answer: Answer) -> date:
    if "day" in answer.args:
        return date.fromisoformat(answer.args["day"])
    return day_named(answer.text, today=today(ctx)) or today(ctx)


def _moment(text: str, day: date, zone: ZoneInfo) -> datetime | None:
    """Return the end of the minute that a text names on that day; None for none, or for no time of any day."""
    found = _CLOCK.search(folded(text))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    clock = time(int(found[1]), int(found[2] or 0), tzinfo=zone)
    return datetime.combine(day, clock) + timedelta(seconds=59)


def _version(each: Told) -> dict[str, Any]:
    said = brief(each.verdict)
    return {
        "told_at": each.told_at.isoformat(),
        "until": each.superseded_at.isoformat() if each.superseded_at else None,
        "shift": each.verdict.shift,
        **{name: said[name] for name in ("arrangement", "cause", "citation")},
    }
