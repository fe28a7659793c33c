"""Asking for a document: it is made after the commit by bot/documents, and then comes into the same chat."""

from datetime import date, timedelta
from typing import Literal

from db import work
from handlers.flow import Context

DOCUMENT = "document"  # the kind of work
Form = Literal["day", "month", "calendar"]
PATIENCE = timedelta(minutes=1)  # asking again sooner gives no second one


async def ask_for(ctx: Context, *, form: Form, day: date) -> None:
    """Have a form of this day (or of the month that begins with it) made for the one who asks."""
    wanted = f"{DOCUMENT}:{ctx.me.id}:{form}:{day}"
    number = int(ctx.now.timestamp() // PATIENCE.total_seconds())
    before = await work.asked_at(ctx.db, once=f"{wanted}:{number - 1}")
    if before is not None and ctx.now - before < PATIENCE:
        return
    task = {
        "form": form,
        "day": day.isoformat(),
        "person": ctx.me.id,
        "channel": ctx.sender.channel,
        "address": ctx.sender.address,
        "locale": ctx.locale,
    }
    await work.add(ctx.db, ctx.seal, kind=DOCUMENT, task=task, once=f"{wanted}:{number}", now=ctx.now)
