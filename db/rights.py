"""The right by which somebody is told something, as the outbox keeps it, looked at again before it is sent (V05).

`head` or `admin` is a role of the person's, wherever. `leads:UNIT` and `leads:UNIT:power` is leading this very unit,
`over:PERSON` being somebody's direct superior, `admin:UNIT` the personnel office of a unit, and `alert:KEY` having been
given an alert.
"""

from datetime import date, datetime

from db import leading, people, roles, superiors
from db.appointments import Power
from db.engine import Tx
from db.people import Person
from db.roles import Role
from db.rota import units as rota_units
from policy.calendar import local_date, zone_named


def to_lead(unit_code: str, *, power: Power | None = None) -> str:
    """The right of who leads a unit (with this power) at the moment of sending."""
    return f"leads:{unit_code}:{power.value}" if power else f"leads:{unit_code}"


def to_be_over(person_id: str) -> str:
    """The right of somebody's direct superior at the moment of sending."""
    return f"over:{person_id}"


def to_administer(unit_code: str) -> str:
    """The right of the admins of a unit at the moment of sending."""
    return f"admin:{unit_code}"


def to_handle(alert_id: str) -> str:
    """The right of whom an alert was given to."""
    return f"alert:{alert_id}"


async def holds(tx: Tx, *, person_id: str, right: str, now: datetime) -> bool:
    """Whether somebody who works here has this right at this moment."""
    person = await people.by_id(tx, person_id=person_id, now=now)
    if person is None:
        return False
    kind, _, of = right.partition(":")
    match kind:
        case "leads":
            return await _leads(tx, person, of, now)
        case "over":
            on = local_date(now, zone_named(person.timezone))
            return await superiors.of(tx, person_id=of, on=on, as_known_at=now) == person.id
        case "admin" if of:
            holders = await roles.holders(
                tx, role=Role.ADMIN, on=await _today(tx, of, now), as_known_at=now, unit_code=of
            )
            return person.id in holders
        case "alert":
            row = await tx.one("SELECT delegated_to FROM alerts WHERE id = :id", id=of)
            return row is not None and row["delegated_to"] == person.id
        case _:
            return right in person.roles


async def _leads(tx: Tx, person: Person, of: str, now: datetime) -> bool:
    unit_code, _, power = of.partition(":")
    return await leading.leads(
        tx,
        person_id=person.id,
        unit_code=unit_code,
        on=await _today(tx, unit_code, now),
        now=now,
        power=Power(power) if power else None,
    )


async def _today(tx: Tx, unit_code: str, now: datetime) -> date:
    return local_date(now, await rota_units.zone_of(tx, unit_code=unit_code))
