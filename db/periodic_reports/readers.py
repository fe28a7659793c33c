"""Who may read, send and receive a unit's periodic report: looked at anew at every step, by what holds now."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal

from db import appointments, identities, leading, people, roles
from db.appointments import Post, Power
from db.engine import Tx
from db.leading import Leading
from db.people import Person
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report
from db.roles import Role

Right = Literal["head", "plt", "plh", "above"]
_OF_POST: dict[Post, Right] = {Post.HEAD: "head", Post.PLT: "plt", Post.PLH: "plh"}


async def to_ask(
    tx: Tx, *, unit_code: str, on: date, now: datetime, named: Collection[str] = ()
) -> Leading | None:
    """Return who is to send the unit's report: its leader with the power to report, else the nearest level above.

    Nobody sends what names themselves: whoever is among `named` is passed over.
    """
    return await leading.reachable(
        tx, unit_code=unit_code, on=on, now=now, power=Power.REPORT, but=tuple(named)
    )


async def right_of(
    tx: Tx, *, person_id: str, unit_code: str, on: date, now: datetime, named: Collection[str] = ()
) -> Right | None:
    """Return by what right somebody reads and sends the unit's report; None: not at all (V05).

    The level above has it only while nobody of the unit itself can be reached.
    """
    if person_id in named:
        return None
    post = await appointments.leading(tx, unit_code=unit_code, on=on, as_known_at=now, power=Power.REPORT)
    if post is not None and post.person_id == person_id:
        return _OF_POST[post.post]
    stands_in = await to_ask(tx, unit_code=unit_code, on=on, now=now, named=named)
    return "above" if stands_in is not None and stands_in.person.id == person_id else None


async def side_of(
    tx: Tx,
    report: Report,
    *,
    person_id: str,
    is_heads: bool,
    on: date,
    now: datetime,
    lines: Collection[Line] = (),
) -> Right | Literal["pyb"] | None:
    """Return by what right somebody reads a report on the side they ask from; None: not at all."""
    if is_heads:
        named = [line.person_id for line in lines]
        return await right_of(
            tx, person_id=person_id, unit_code=report.unit_code, on=on, now=now, named=named
        )
    theirs = await received_units(tx, person_id=person_id, on=on, now=now)
    may = report.is_sent and (theirs is None or report.unit_code in theirs)
    return "pyb" if may else None


async def units_led(tx: Tx, *, person_id: str, on: date, now: datetime) -> frozenset[str]:
    """Return the units whose reports are somebody's to send."""
    held = await appointments.of_person(tx, person_id=person_id, on=on, as_known_at=now)
    return frozenset(
        [
            each.unit_code
            for each in held
            if await leading.leads(
                tx, person_id=person_id, unit_code=each.unit_code, on=on, now=now, power=Power.REPORT
            )
        ]
    )


async def received_units(tx: Tx, *, person_id: str, on: date, now: datetime) -> frozenset[str] | None:
    """Return the units whose reports somebody receives as the authorised official; None: all there are."""
    return await roles.units_of(tx, person_id=person_id, role=Role.PYB, on=on, as_known_at=now)


async def receivers(tx: Tx, *, unit_code: str, on: date, now: datetime) -> list[Person]:
    """Return the authorised officials of a unit whom a message reaches."""
    found: list[Person] = []
    for person_id in await roles.holders(tx, role=Role.PYB, on=on, as_known_at=now, unit_code=unit_code):
        person = await people.by_id(tx, person_id=person_id, now=now)
        if person is not None and await is_reached(tx, person_id=person_id):
            found.append(person)
    return found


async def is_reached(tx: Tx, *, person_id: str) -> bool:
    """Whether somebody has a chat in which messages arrive."""
    chats = await identities.linked(tx, person_id=person_id)
    return any(chat.unreachable_since is None for chat in chats)
