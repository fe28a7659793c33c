"""Who holds a role for an agency or a unit and all below it.

The health role: without one nobody could clear a case. The authorised official (PyB): without one nobody receives
what unit heads report.
"""

from datetime import date, datetime

from db import audit, roles
from db.engine import Tx
from db.people import Person
from db.roles import Role
from handlers.admin.finding import person_with, unit_named
from handlers.admin.refusal import AdminRefused

CALLED = {Role.HEALTH: "health officer", Role.PYB: "authorised official (PyB)"}
_NAMED = {Role.HEALTH: "officer_named", Role.PYB: "authority_named"}
_DISMISSED = {Role.HEALTH: "officer_dismissed", Role.PYB: "authority_dismissed"}


async def name_officer(
    tx: Tx,
    *,
    unit_code: str,
    nip: str,
    valid_from: date,
    by: str,
    now: datetime,
    role: Role = Role.HEALTH,
) -> Person:
    """Give somebody a role for a unit from a day on; return who it is. Raises AdminRefused."""
    await unit_named(tx, unit_code)
    person = await person_with(tx, nip, now=now)
    await roles.grant(
        tx,
        person_id=person.id,
        role=role,
        unit_code=unit_code,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    await _note(tx, _NAMED[role], person, unit_code=unit_code, on=valid_from, by=by, now=now)
    return person


async def dismiss_officer(
    tx: Tx,
    *,
    unit_code: str,
    nip: str,
    first: date,
    by: str,
    now: datetime,
    role: Role = Role.HEALTH,
) -> Person:
    """Take a role for a unit away from a day on. Raises AdminRefused if they do not have it there."""
    await unit_named(tx, unit_code)
    person = await person_with(tx, nip, now=now)
    given_way = await roles.revoke(
        tx, person_id=person.id, role=role, unit_code=unit_code, first=first, by=by, now=now
    )
    if not given_way:
        raise AdminRefused(f"{person.name} is no {CALLED[role]} of {unit_code} itself; nothing has changed.")
    await _note(tx, _DISMISSED[role], person, unit_code=unit_code, on=first, by=by, now=now)
    return person


async def _note(
    tx: Tx, action: str, person: Person, *, unit_code: str, on: date, by: str, now: datetime
) -> None:
    detail = {"unit": unit_code, "from": on.isoformat()}
    await audit.note(tx, actor=by, action=action, subject=person.id, detail=detail, now=now)
