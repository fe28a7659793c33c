"""Asking for a report as a PDF: made after the commit, and then sent to this chat alone."""

from db import work
from handlers.flow import Context
from handlers.periodic.service import Opened

PERIODIC = "periodic"  # the kind of work


async def pdf(ctx: Context, opened: Opened) -> None:
    """Have the report made as whoever opened it may read it: with everybody in it, or as it was sent."""
    task = {
        "report": opened.report.id,
        "side": "head" if opened.is_heads else "pyb",
        "person": ctx.me.id,
        "channel": ctx.sender.channel,
        "address": ctx.sender.address,
        "locale": ctx.locale,
    }
    once = f"{PERIODIC}:{ctx.me.id}:{opened.report.id}:{task['side']}:{ctx.now:%Y%m%d%H%M}"
    await work.add(ctx.db, ctx.seal, kind=PERIODIC, task=task, once=once, now=ctx.now)
