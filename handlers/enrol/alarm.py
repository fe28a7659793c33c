"""Many chats may share the guessing: then the admins are told, once an hour (fault A01)."""

from datetime import timedelta

from db import enrol, identities, people, roles
from db.roles import Role
from handlers.flow import Context
from handlers.update import Class, Say

MOST_WRONG_TRIES = 50
WITHIN = timedelta(hours=1)


async def says(ctx: Context) -> tuple[Say, ...]:
    """Return what the admins must hear of wrong tries everywhere; nothing while they are few."""
    tries = await enrol.tries_everywhere_since(ctx.db, since=ctx.now - WITHIN)
    if tries < MOST_WRONG_TRIES:
        return ()
    admins = await roles.holders(ctx.db, role=Role.ADMIN, on=ctx.day, as_known_at=ctx.now)
    return tuple([alarm for person_id in admins for alarm in await _to(ctx, person_id, tries)])


async def _to(ctx: Context, person_id: str, tries: int) -> list[Say]:
    admin = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
    if admin is None:
        return []
    return [
        Say(
            message="enrol/alarm",
            params={"tries": tries},
            urgency=Class.ALERT,
            locale=admin.locale,
            to=(chat.channel, chat.address),
            once=f"guessing:{ctx.now:%Y%m%d%H}:{person_id}:{chat.channel}",
        )
        for chat in await identities.linked(ctx.db, person_id=person_id)
    ]
