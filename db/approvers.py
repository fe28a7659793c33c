"""Who decides about somebody's absence: the direct superior, else whoever leads their unit or one above it.

Where the superior is a head for whom somebody acts (Plt, Plh) with the power, it comes to that one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db import appointments, leading, memberships, people, superiors, units
from db.appointments import Power
from db.engine import Tx


@dataclass(frozen=True, kw_only=True)
class Approver:
    """Who decides, and by what right (a role of db/people.py)."""

    person_id: str
    capacity: Literal["superior", "head"]


async def of(tx: Tx, *, person_id: str, on: date, now: datetime) -> Approver | None:
    """Return who decides on that day, as known now; None where nobody stands above: then the admins do.

    Nobody decides about themself, and nobody who works here no more decides at all.
    """
    superior = await superiors.of(tx, person_id=person_id, on=on, as_known_at=now)
    if superior is not None and superior != person_id and await people.by_id(tx, person_id=superior, now=now):
        acting = await leading.stands_in_for(tx, person_id=superior, on=on, now=now, power=Power.ABSENCES)
        if acting not in (None, person_id) and await people.by_id(tx, person_id=str(acting), now=now):
            return Approver(person_id=str(acting), capacity="head")
        return Approver(person_id=superior, capacity="superior")
    place = await memberships.of(tx, person_id=person_id, on=on, as_known_at=now)
    for code in await units.chain(tx, code=place.unit_code) if place else ():
        leader = await appointments.leader(tx, unit_code=code, on=on, as_known_at=now, power=Power.ABSENCES)
        if leader is not None and leader != person_id and await people.by_id(tx, person_id=leader, now=now):
            return Approver(person_id=leader, capacity="head")
    return None
