"""Telling those who hold a role something that they must hear; their right is checked again before it is sent."""

from collections.abc import Mapping
from typing import Any

from db import identities, people, roles
from db.roles import Role
from handlers.flow import Context
from handlers.update import Class, Say


async def holders(
    ctx: Context,
    *,
    role: Role,
    message: str,
    params: Mapping[str, Any],
    once: str,
    unit_code: str | None = None,
) -> tuple[Say, ...]:
    """Return `message` as an alert to every chat of those who have `role` now, for `unit_code` or for all."""
    ids = await roles.holders(ctx.db, role=role, on=ctx.day, as_known_at=ctx.now, unit_code=unit_code)
    says: list[Say] = []
    for person_id in ids:
        holder = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
        for chat in await identities.linked(ctx.db, person_id=person_id) if holder else ():
            says.append(
                Say(
                    message=message,
                    params=params,
                    urgency=Class.ALERT,
                    locale=holder.locale if holder else "id",
                    to=(chat.channel, chat.address),
                    to_person=person_id,
                    role_needed=role.value,
                    once=f"{once}:{person_id}:{chat.channel}",
                )
            )
    return tuple(says)
