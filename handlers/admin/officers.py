"""Who holds the health role, for an agency or a unit and all below it: without one nobody could clear a case."""

from datetime import date, datetime

from db import audit, roles
from db.engine import Tx
from db.people import Person
from db.roles import Role
from handlers.admin.finding import person_with, unit_named
from handlers.admin.refusal import AdminRefused


async def name_officer(
    tx: Tx, *, unit_code: str, nip: str, valid_from: date, by: str, now: datetime
) -> Person:
    """Give somebody the health role for a unit from a day on; return who it is. Raises AdminRefused."""
    await unit_named(tx, unit_code)
    person = await person_with(tx, nip, now=now)
    await roles.grant(
        tx,
        person_id=person.id,
        role=Role.HEALTH,
        unit_code=unit_code,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    await _note(tx, "officer_named", person, unit_code=unit_code, on=valid_from, by=by, now=now)
    return person


async def dismiss_officer(tx: Tx, *, unit_code: str, nip: str, first: date, by: str, now: datetime) -> Person:
    """Take the health role for a unit away from a day on. Raises AdminRefused if they do not have it there."""
    await unit_named(tx, unit_code)
    person = await person_with(tx, nip, now=now)
    given_way = await roles.revoke(
        tx, person_id=person.id, role=Role.HEALTH, unit_code=unit_code, first=first, by=by, now=now
    )
    if not given_way:
        raise AdminRefused(f"{person.name} is no health officer of {unit_code} itself; nothing has changed.")
    await _note(tx, "officer_dismissed", person, unit_code=unit_code, on=first, by=by, now=now)
    return person


async def _note(
    tx: Tx, action: str, person: Person, *, unit_code: str, on: date, by: str, now: datetime
) -> None:
    detail = {"unit": unit_code, "from": on.isoformat()}
    await audit.note(tx, actor=by, action=action, subject=person.id, detail=detail, now=now)
