"""Asking for a recap of one's people: made after the commit by bot/documents, then sent into the same chat."""

from datetime import date
from typing import Literal

from db import audit, work
from handlers.flow import Context
from handlers.judging import today

RECAP = "recap"  # the kind of work
MOST_A_DAY = 20
Form = Literal["xlsx", "pdf"]


async def ask_for(ctx: Context, *, form: Form, unit_code: str, first: date, last: date) -> bool:
    """Have a recap made of one's people in that unit ("": in all of one's units). False if it is one too many (A11).

    Each is counted by a key of its own, so that two taps at once are never one export too many.
    """
    task = {
        "form": form,
        "unit": unit_code,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "person": ctx.me.id,
        "channel": ctx.sender.channel,
        "address": ctx.sender.address,
        "locale": ctx.locale,
    }
    for number in range(1, MOST_A_DAY + 1):
        once = f"{RECAP}:{ctx.me.id}:{today(ctx)}:{number}"
        if await work.add(ctx.db, ctx.seal, kind=RECAP, task=task, once=once, now=ctx.now):
            detail = {name: task[name] for name in ("form", "unit", "first", "last")}
            await audit.note(
                ctx.db,
                actor=ctx.me.id,
                action="recap_asked",
                subject=unit_code or None,
                detail=detail,
                now=ctx.now,
            )
            return True
    return False
