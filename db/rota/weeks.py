"""A unit's week as it stands: who is in it, what the rules leave to the rota, and what the rota says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from db import units
from db.engine import Tx
from db.rota import days as rota_days
from db.rota import ground as rota_ground
from db.rota import rotas
from db.rota import units as rota_units
from db.rota.days import Day
from db.rota.rotas import Rota
from db.sealed import Seal
from db.units import Unit
from policy.book import Book
from policy.roster import Assignment, Order, Slot


@dataclass(frozen=True, kw_only=True)
class Week:
    """`said` is what the proposal says, or else what is published; `rota` is that proposal or published rota."""

    unit: Unit
    monday: date
    names: Mapping[str, str]
    order: Order
    rota: Rota | None
    said: Mapping[tuple[str, date], Day]

    @property
    def days(self) -> tuple[date, ...]:
        return self.order.days

    def slot(self, person_id: str, day: date) -> Slot:
        """What the rules leave to the rota of a person and day."""
        return self.slots.get(person_id, {}).get(day, Slot.FREE)

    @property
    def needs_rota(self) -> bool:
        """Whether a limit holds, or somebody may work elsewhere on some days of the week."""
        return bool(self.order.limits) or any(member.elsewhere_most for member in self.order.members)

    @property
    def places(self) -> dict[tuple[str, date], Assignment]:
        """What the rota says, as the planner knows it."""
        return {key: rota_ground.place(day) for key, day in self.said.items()}

    @cached_property
    def slots(self) -> Mapping[str, Mapping[date, Slot]]:
        return {member.id: member.slots for member in self.order.members}


async def read(tx: Tx, seal: Seal, book: Book, *, unit_code: str, monday: date, now: datetime) -> Week | None:
    """Return a unit's week as known now; None if there is no such unit."""
    unit = await units.by_code(tx, code=unit_code)
    if unit is None:
        return None
    order = await rota_ground.order_of(tx, seal, book, unit_code=unit_code, monday=monday, now=now)
    rota = await rotas.proposed(tx, seal, unit_code=unit_code, week=monday)
    if rota is not None:
        said = {(day.person_id, day.on): day for day in await rota_days.days_of(tx, rota_id=rota.id)}
    else:
        rota = await rotas.published(tx, seal, unit_code=unit_code, week=monday)
        last = monday + timedelta(days=6)
        said = await rota_days.standing(tx, unit_code=unit_code, first=monday, last=last, as_known_at=now)
    names = await rota_units.names(tx, unit_code=unit_code, on=monday, now=now)
    return Week(unit=unit, monday=monday, names=names, order=order, rota=rota, said=said)
