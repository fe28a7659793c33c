"""Telling others something that they must hear; the right of who holds a role is checked again before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db import appointments, identities, people, roles, superiors, units
from db.people import Person
from db.roles import Role
from handlers.flow import Context
from handlers.update import Choice, Class, Look, Say


@dataclass(frozen=True, kw_only=True)
class Word:
    """What is told. `once` is a key under which each person hears it only once, ever."""

    message: str
    params: Mapping[str, Any]
    once: str
    choices: tuple[Choice, ...] = ()  # buttons that open something


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
    word = Word(message=message, params=params, once=once, choices=choices)
    return tuple([say for each in ids for say in await one(ctx, each, word, role_needed=role.value)])


async def one(
    ctx: Context,
    person_id: str,
    word: Word,
    *,
    role_needed: str | None = None,
    urgency: Class = Class.ALERT,
    kept: timedelta | None = None,
) -> tuple[Say, ...]:
    """Return `word` as an alert to every chat of somebody; to none of who works here no more.

    `role_needed`: a right of db/rights.py, looked at again before it is sent; `kept`: for how long it means something.
    """
    known = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
    chats = await identities.linked(ctx.db, person_id=person_id) if known else ()
    return tuple(
        Say(
            message=word.message,
            params=word.params,
            choices=word.choices,
            look=Look.BUTTONS,
            urgency=urgency,
            expires_at=ctx.now + kept if kept else None,
            locale=known.locale if known else "id",
            to=(chat.channel, chat.address),
            to_person=person_id,
            role_needed=role_needed,
            once=f"{word.once}:{person_id}:{chat.channel}",
        )
        for chat in chats
    )


async def those_above(ctx: Context, person: Person, word: Word) -> tuple[Say, ...]:
    """Return `word` as an alert to somebody's direct superior and to who leads their unit.

    Where they lead it themself, it goes to the leader of the unit above.
    """
    says: list[Say] = []
    for person_id, role in (await _above(ctx, person)).items():
        says += await one(ctx, person_id, word, role_needed=role)
    return tuple(says)


async def _above(ctx: Context, person: Person) -> dict[str, str]:
    """Who they are, and the role by which each may hear it."""
    when: dict[str, Any] = {"on": ctx.day, "as_known_at": ctx.now}
    above: dict[str, str] = {}
    superior = await superiors.of(ctx.db, person_id=person.id, **when)
    if superior is not None and superior != person.id:
        above[superior] = "superior"
    for code in await units.chain(ctx.db, code=person.unit_code):
        leader = await appointments.leader(ctx.db, unit_code=code, **when)
        if leader is not None and leader != person.id:
            above.setdefault(leader, "head")
            break
    return above
