"""Who administers: the first admin is made on the machine itself, by whoever runs it; the others by admins."""

from dataclasses import dataclass
from datetime import datetime

from db import audit, enrol, memberships, people, regions, roles, units
from db.engine import Tx
from db.people import Person
from db.roles import Role
from db.sealed import Seal
from handlers.admin.codes import VALID_FOR
from handlers.admin.refusal import AdminRefused
from policy.calendar import local_date, zone_named
from policy.words import AgencyKind, JobLevel


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """Where the first admin works, when nothing was imported yet: an agency and its region."""

    unit_code: str
    unit_name: str
    kind: AgencyKind
    region_code: str
    region_name: str
    timezone: str


async def all_admins(tx: Tx, *, now: datetime) -> list[Person]:
    """Return everybody who is an admin today, in the order of their names."""
    on = local_date(now, zone_named("WIB"))
    ids = await roles.holders(tx, role=Role.ADMIN, on=on, as_known_at=now)
    found = [await people.by_id(tx, person_id=each, now=now) for each in ids]
    return sorted((person for person in found if person is not None), key=lambda person: person.name)


async def refuse_second(tx: Tx, *, now: datetime) -> None:
    """Raise AdminRefused if there is an admin already."""
    admins = await all_admins(tx, now=now)
    if admins:
        names = ", ".join(person.name for person in admins)
        raise AdminRefused(f"There is an admin already: {names}. Only they can make others.")


async def hire(
    tx: Tx, *, nip: str, name: str, employment: str, unit_code: str, by: str, now: datetime
) -> Person:
    """Take in somebody who was not imported, so that they can be admin. A later import puts the rest right."""
    if await units.by_code(tx, code=unit_code) is None:
        raise AdminRefused(f"There is no unit {unit_code}. `piket agency list` shows the agencies.")
    person_id = await people.add(tx, nip=nip, name=name, employment=employment, now=now)
    await memberships.assign(
        tx,
        person_id=person_id,
        unit_code=unit_code,
        position="",
        job_level=JobLevel.PELAKSANA,
        valid_from=local_date(now, zone_named("WIB")),
        by=by,
        now=now,
    )
    person = await people.by_id(tx, person_id=person_id, now=now)
    if person is None:
        raise AdminRefused(f"{name} could not be taken in: the unit {unit_code} has no agency above it.")
    return person


async def found(tx: Tx, place: Workplace, *, now: datetime) -> None:
    """Record the agency and the region where the first admin works."""
    await regions.add(
        tx, code=place.region_code, name=place.region_name, kind="kabupaten/kota", timezone=place.timezone
    )
    await units.add(
        tx,
        code=place.unit_code,
        name=place.unit_name,
        kind=place.kind.value,
        region_code=place.region_code,
        now=now,
    )


async def make_first(tx: Tx, seal: Seal, *, person: Person, by: str, now: datetime) -> str:
    """Make somebody the first admin; return the one-time code by which they link their chat.

    Raises AdminRefused if there is an admin already.
    """
    await refuse_second(tx, now=now)
    on = local_date(now, zone_named("WIB"))
    await roles.grant(tx, person_id=person.id, role=Role.ADMIN, valid_from=on, by=by, now=now)
    await audit.note(tx, actor=by, action="first_admin", subject=person.id, detail={}, now=now)
    return await enrol.issue_code(tx, seal, person_id=person.id, issued_by=by, now=now, valid_for=VALID_FOR)
