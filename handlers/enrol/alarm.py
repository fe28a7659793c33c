"""Many chats may share the guessing: then the admins are told, once an hour (fault A01)."""

from datetime import timedelta

from db import enrol
from db.roles import Role
from handlers import telling
from handlers.flow import Context
from handlers.update import Say

MOST_WRONG_TRIES = 50
WITHIN = timedelta(hours=1)


async def says(ctx: Context) -> tuple[Say, ...]:
    """Return what the admins must hear of wrong tries everywhere; nothing while they are few."""
    tries = await enrol.tries_everywhere_since(ctx.db, since=ctx.now - WITHIN)
    if tries < MOST_WRONG_TRIES:
        return ()
    once = f"guessing:{ctx.now:%Y%m%d%H}"
    return await telling.holders(
        ctx, role=Role.ADMIN, message="enrol/alarm", params={"tries": tries}, once=once
    )
