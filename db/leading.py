"""Who leads a unit at this moment and can be reached: alerts, digests and reports all follow this, by themselves.

Somebody leads by appointment (Plh, Plt, head) and by the powers of their letter. Who cannot be reached (left, no
chat that answers, away on leave all day) is stood in for by the nearest level above that can.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from db import absences, appointments, identities, people, units
from db.appointments import Post, Power
from db.engine import Tx
from db.people import Person
from policy.model import AbsenceKind


class Why(StrEnum):
    """Why nobody of a unit itself can be reached."""

    VACANT = "vacant"  # nobody is appointed, or nobody whose letter gives the power
    LEFT = "left"
    NO_CHAT = "no_chat"
    AWAY = "away"  # on leave all day, and nobody acts for them


@dataclass(frozen=True, kw_only=True)
class Leading:
    """Who is to be told for a unit."""

    person: Person
    unit_code: str  # the unit that they lead: the one asked for, or one above it
    capacity: Post
    is_of_unit: bool  # False: nobody of the unit itself can be reached


async def reachable(
    tx: Tx,
    *,
    unit_code: str,
    on: date,
    now: datetime,
    power: Power | None = None,
    but: Collection[str] = (),
) -> Leading | None:
    """Return who leads the unit that day and can be reached now, else the nearest level above; none of `but`.

    None where no level can be reached: then the admins are told.
    """
    for code in await units.chain(tx, code=unit_code):
        found = await of_unit(tx, unit_code=code, on=on, now=now, power=power)
        if isinstance(found, Leading) and found.person.id not in but:
            return replace(found, is_of_unit=code == unit_code)
    return None


async def above(
    tx: Tx,
    *,
    unit_code: str,
    on: date,
    now: datetime,
    power: Power | None = None,
    but: Collection[str] = (),
) -> Leading | None:
    """Return the nearest level above the unit that can be reached, without the unit's own; none of `but`."""
    for code in (await units.chain(tx, code=unit_code))[1:]:
        found = await of_unit(tx, unit_code=code, on=on, now=now, power=power)
        if isinstance(found, Leading) and found.person.id not in but:
            return replace(found, is_of_unit=False)
    return None


async def of_unit(
    tx: Tx, *, unit_code: str, on: date, now: datetime, power: Power | None = None
) -> Leading | Why:
    """Return who leads this very unit that day and can be reached, or why nobody can."""
    post = await appointments.leading(tx, unit_code=unit_code, on=on, as_known_at=now, power=power)
    if post is None:
        return Why.VACANT
    person = await reachable_person(tx, person_id=post.person_id, on=on, now=now)
    if not isinstance(person, Person):
        return person
    return Leading(person=person, unit_code=unit_code, capacity=post.post, is_of_unit=True)


async def reachable_person(tx: Tx, *, person_id: str, on: date, now: datetime) -> Person | Why:
    """Return somebody who works here, has a chat that answers and is not away all day; or why they cannot be told."""
    person = await people.by_id(tx, person_id=person_id, now=now)
    if person is None:
        return Why.LEFT
    chats = await identities.linked(tx, person_id=person.id)
    if all(chat.unreachable_since is not None for chat in chats):
        return Why.NO_CHAT
    if await is_away(tx, person_id=person.id, on=on, now=now):
        return Why.AWAY
    return person


async def is_away(tx: Tx, *, person_id: str, on: date, now: datetime) -> bool:
    """Whether somebody is away all day; who travels on duty works, and hears us."""
    found = await absences.of(tx, person_id=person_id, on=on, as_known_at=now)
    return found is not None and found.part is None and found.kind is not AbsenceKind.TRAVEL


async def leads(
    tx: Tx, *, person_id: str, unit_code: str, on: date, now: datetime, power: Power | None = None
) -> bool:
    """Whether this person, and nobody above them in rank, leads this very unit that day, with the power."""
    leader = await appointments.leader(tx, unit_code=unit_code, on=on, as_known_at=now, power=power)
    return leader == person_id


async def stands_in_for(tx: Tx, *, person_id: str, on: date, now: datetime, power: Power) -> str | None:
    """Return who acts for somebody who is a head, as Plh or Plt with this power on that day; None if nobody does."""
    for held in await appointments.of_person(tx, person_id=person_id, on=on, as_known_at=now):
        leader = await appointments.leader(tx, unit_code=held.unit_code, on=on, as_known_at=now, power=power)
        if held.post is Post.HEAD and leader is not None and leader != person_id:
            return leader
    return None


async def heads_stood_in_for(tx: Tx, *, person_id: str, on: date, now: datetime, power: Power) -> list[str]:
    """Return the heads for whom somebody acts on that day with this power."""
    found = []
    for held in await appointments.of_person(tx, person_id=person_id, on=on, as_known_at=now):
        all_ = await appointments.of_unit(tx, unit_code=held.unit_code, on=on, as_known_at=now)
        leads_it = next((each.person_id for each in all_ if each.gives(power)), None) == person_id
        found += [each.person_id for each in all_ if leads_it and each.post is Post.HEAD]
    return [each for each in dict.fromkeys(found) if each != person_id]
