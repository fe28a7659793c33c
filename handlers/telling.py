"""Telling others something that they must hear: the holders of a role, whose right is checked again, or one person."""

from collections.abc import Mapping
from typing import Any

from db import identities, people, roles
from db.roles import Role
from handlers.flow import Context
from handlers.update import Choice, Class, Look, Say


async def holders(
    ctx: Context,
    *,
    role: Role,
    message: str,
    params: Mapping[str, Any],
    once: str,
    unit_code: str | None = None,
    choices: tuple[Choice, ...] = (),
) -> tuple[Say, ...]:
    """Return `message` as an alert to every chat of those who have `role` now, for `unit_code` or for all."""
    ids = await roles.holders(ctx.db, role=role, on=ctx.day, as_known_at=ctx.now, unit_code=unit_code)
    says: list[Say] = []
    for person_id in ids:
        says += await one(
            ctx,
            person_id=person_id,
            message=message,
            params=params,
            once=once,
            choices=choices,
            role_needed=role.value,
        )
    return tuple(says)


async def one(
    ctx: Context,
    *,
    person_id: str,
    message: str,
    params: Mapping[str, Any],
    once: str,
    choices: tuple[Choice, ...] = (),
    role_needed: str | None = None,
) -> tuple[Say, ...]:
    """Return `message` as an alert to every chat of one person; nothing for who has none, or works here no more."""
    person = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
    chats = await identities.linked(ctx.db, person_id=person_id) if person else ()
    return tuple(
        Say(
            message=message,
            params=params,
            choices=choices,
            look=Look.BUTTONS,
            urgency=Class.ALERT,
            locale=person.locale if person else "id",
            to=(chat.channel, chat.address),
            to_person=person_id,
            role_needed=role_needed,
            once=f"{once}:{person_id}:{chat.channel}",
        )
        for chat in chats
    )
