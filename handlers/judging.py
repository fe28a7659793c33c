"""What the rules say of one person and day, told and kept; and the agency's calendar around it."""

from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from db import verdicts
from db.facts import NotInAnyUnitError, facts_for
from handlers.flow import Context
from policy.calendar import local_date
from policy.engine import decide
from policy.model import Arrangement, Audience, CalendarDay, Facts, Verdict, visible_to
from policy.what_if import WhatIf, what_if

_LONGEST_REST = 30  # days; no calendar of an office rests longer


async def judge(ctx: Context, *, day: date) -> Verdict | None:
    """Return the verdict as the person themself may read it, kept as told; None before we knew of them."""
    facts = await _facts(ctx, day)
    if facts is None:
        return None
    verdict = visible_to(decide(facts), Audience.SELF)
    await verdicts.tell(ctx.db, ctx.seal, person_id=ctx.me.id, on=day, verdict=verdict, now=ctx.now)
    return verdict


async def could_change(ctx: Context, *, day: date) -> tuple[WhatIf, ...]:
    """Return the single changes of zone, rota or letter that would move the person elsewhere that day."""
    facts = await _facts(ctx, day)
    return what_if(facts) if facts is not None else ()


async def is_kept_out(ctx: Context, *, day: date) -> bool:
    """Return whether the person may not enter the office that day, as known until now. Tells nobody."""
    facts = await _facts(ctx, day)
    return facts is not None and decide(facts).barred_from_office


async def rest(ctx: Context, *, day: date) -> Literal["", "holiday", "away"]:
    """Return why there is nothing to report for that day: it is not worked, or the person is away for all of it."""
    facts = await _facts(ctx, day)
    if facts is None or facts.day.is_working:
        is_off = facts is not None and decide(facts).arrangement is Arrangement.OFF
        return "away" if is_off else ""
    return "holiday"


def today(ctx: Context) -> date:
    """Return the local date on which the person wrote, whatever day an open form belongs to."""
    return local_date(ctx.sent_at, ZoneInfo(ctx.me.timezone))


async def calendar_day(ctx: Context, *, day: date) -> CalendarDay | None:
    """Return what the day is in the calendar of the person's agency; None before we knew of them."""
    facts = await _facts(ctx, day)
    return facts.day if facts else None


async def next_working_day(ctx: Context, *, after: date) -> date | None:
    """Return the first day after that one which the agency works; None if there is none for a month."""
    for days in range(1, _LONGEST_REST):
        found = await calendar_day(ctx, day=after + timedelta(days=days))
        if found is not None and found.is_working:
            return found.on
    return None


async def _facts(ctx: Context, day: date) -> Facts | None:
    try:
        return await facts_for(
            ctx.db, ctx.seal, person_id=ctx.me.id, on=day, now=ctx.now, book=ctx.policy, units=ctx.units
        )
    except NotInAnyUnitError:
        return None
