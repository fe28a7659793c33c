"""Who is told of an alert, and so may act on it: always by who leads at this moment, never by who was told before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db import leading, people, rights, roles, superiors, unverified
from db import units as units_of
from db.alerting import alerts
from db.alerting.alerts import Alert, Part
from db.appointments import Power
from db.engine import Tx
from db.leading import Leading
from db.people import Person
from db.roles import Role
from db.rota import units as rota_units
from policy.calendar import local_date
from policy.escalating import Level

# stand_in: nobody of the unit itself can be reached; above: told because the head has not answered.
Capacity = Literal["head", "stand_in", "delegate", "above", "office"]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody to be told. `right` (db/rights.py) is looked at again before it is sent."""

    person: Person
    capacity: Capacity
    right: str

    @property
    def sees_names(self) -> bool:
        """Whether they lead those people, or were given the alert by who does; the others see counts."""
        return self.capacity in ("head", "stand_in", "delegate")


async def at_level(tx: Tx, alert: Alert, level: Level, *, on: date, now: datetime) -> list[Reader]:
    """Return whom an alert is told to at a level on that day, as known now; none where nobody can be reached."""
    if level is Level.OFFICE:
        return await _office(tx, alert, on=on, now=now)
    if alert.part is Part.VERIFICATION:
        return await _of_judges(tx, alert, level, on=on, now=now)
    lead = await leading.reachable(tx, unit_code=alert.unit_code, on=on, now=now, power=Power.ALERTS)
    if level is Level.ABOVE:
        return await _above(tx, lead.person, unit_code=lead.unit_code, on=on, now=now) if lead else []
    if lead is None:
        return []
    given = await _delegate(tx, alert, lead, now=now)
    return [_leader(lead), *([given] if given else [])]


async def standing(tx: Tx, alert: Alert, *, person_id: str, on: date, now: datetime) -> Reader | None:
    """Return as what somebody may act on an alert at this moment; None if they may not (any more) (V05)."""
    for level in Level:
        if level > max(alert.level, Level.HEAD):
            break
        for reader in await at_level(tx, alert, level, on=on, now=now):
            if reader.person.id == person_id:
                return reader
    return None


def _leader(lead: Leading) -> Reader:
    return Reader(
        person=lead.person,
        capacity="head" if lead.is_of_unit else "stand_in",
        right=rights.to_lead(lead.unit_code, power=Power.ALERTS),
    )


async def _delegate(tx: Tx, alert: Alert, lead: Leading, *, now: datetime) -> Reader | None:
    """Whom it was given to, while they still work under whoever leads (V05)."""
    if alert.delegated_to in (None, lead.person.id):
        return None
    person = await people.by_id(tx, person_id=str(alert.delegated_to), now=now)
    if person is None or person.unit_code not in await units_of.under(tx, code=lead.unit_code):
        return None
    return Reader(person=person, capacity="delegate", right=rights.to_handle(alert.id))


async def _of_judges(tx: Tx, alert: Alert, level: Level, *, on: date, now: datetime) -> list[Reader]:
    """Who owes the judging of what waits, or each one's next above; each once."""
    waiting = await unverified.waiting(tx, alert)
    owing = await unverified.by_judge(tx, waiting, on=on, now=now)
    if level is Level.HEAD:
        return [Reader(person=each.person, capacity="head", right=each.right) for each, _ in owing]
    above: dict[str, Reader] = {}
    if len(waiting) > sum(len(theirs) for _, theirs in owing):  # some superior cannot be reached
        for reader in await _nearest(tx, unit_code=alert.unit_code, but="", on=on, now=now):
            above[reader.person.id] = reader
    for each, _ in owing:
        for reader in await _above(tx, each.person, unit_code=each.person.unit_code, on=on, now=now):
            above.setdefault(reader.person.id, reader)
    return list(above.values())


async def _above(tx: Tx, person: Person, *, unit_code: str, on: date, now: datetime) -> list[Reader]:
    """The person's direct superior; else the nearest level, from that unit up, that can be reached."""
    superior = await superiors.of(tx, person_id=person.id, on=on, as_known_at=now)
    if superior is not None and superior != person.id:
        found = await leading.reachable_person(tx, person_id=superior, on=on, now=now)
        if isinstance(found, Person):
            return [Reader(person=found, capacity="above", right=rights.to_be_over(person.id))]
    return await _nearest(tx, unit_code=unit_code, but=person.id, on=on, now=now)


async def _nearest(tx: Tx, *, unit_code: str, but: str, on: date, now: datetime) -> list[Reader]:
    """The nearest level, from that unit up, that can be reached."""
    lead = await leading.reachable(tx, unit_code=unit_code, on=on, now=now, power=Power.ALERTS, but={but})
    if lead is None:
        return []
    right = rights.to_lead(lead.unit_code, power=Power.ALERTS)
    return [Reader(person=lead.person, capacity="above", right=right)]


async def _office(tx: Tx, alert: Alert, *, on: date, now: datetime) -> list[Reader]:
    ids = await roles.holders(tx, role=Role.ADMIN, on=on, as_known_at=now, unit_code=alert.unit_code)
    found = [await people.by_id(tx, person_id=each, now=now) for each in ids]
    right = rights.to_administer(alert.unit_code)
    return [Reader(person=person, capacity="office", right=right) for person in found if person is not None]


async def follow(tx: Tx, *, units: Sequence[str], now: datetime) -> None:
    """Let the open alerts of these units be told to who leads now, where that is somebody else than was told."""
    for alert in await alerts.open_of(tx, units=units):
        on = local_date(now, await rota_units.zone_of(tx, unit_code=alert.unit_code))
        readers = await at_level(tx, alert, Level.HEAD, on=on, now=now)
        told = {each for what, _, detail in alert.log if what == alerts.TOLD for each in detail["to"]}
        if readers and readers[0].person.id not in told:
            await alerts.start_over(tx, alert, now=now)
