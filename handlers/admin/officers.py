"""Who holds the health role, for an agency or a unit and all below it: without one nobody could clear a case."""

from datetime import date, datetime

from db import audit, people, roles, units
from db.engine import Tx
from db.people import Person
from db.roles import Role
from handlers.admin.refusal import AdminRefused
from policy import nip as nips


async def name_officer(
    tx: Tx, *, unit_code: str, nip: str, valid_from: date, by: str, now: datetime
) -> Person:
    """Give somebody the health role for a unit from a day on; return who it is. Raises AdminRefused."""
    person = await _known(tx, unit_code=unit_code, nip=nip, now=now)
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
    person = await _known(tx, unit_code=unit_code, nip=nip, now=now)
    given_way = await roles.revoke(
        tx, person_id=person.id, role=Role.HEALTH, unit_code=unit_code, first=first, by=by, now=now
    )
    if not given_way:
        raise AdminRefused(f"{person.name} is no health officer of {unit_code} itself; nothing has changed.")
    await _note(tx, "officer_dismissed", person, unit_code=unit_code, on=first, by=by, now=now)
    return person


async def _known(tx: Tx, *, unit_code: str, nip: str, now: datetime) -> Person:
    number = nips.parse(nip)
    if isinstance(number, nips.NipProblem):
        raise AdminRefused(number.sentence)
    if await units.by_code(tx, code=unit_code) is None:
        raise AdminRefused(f"There is no unit {unit_code}. `piket agency list` shows the agencies.")
    person = await people.by_nip(tx, nip=number.value, now=now)
    if person is None:
        raise AdminRefused(
            f"Nobody with the NIP {nips.grouped(number.value)} works here. People come with: piket people import FILE"
        )
    return person


async def _note(
    tx: Tx, action: str, person: Person, *, unit_code: str, on: date, by: str, now: datetime
) -> None:
    detail = {"unit": unit_code, "from": on.isoformat()}
    await audit.note(tx, actor=by, action=action, subject=person.id, detail=detail, now=now)
