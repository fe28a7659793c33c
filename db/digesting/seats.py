"""Whether tomorrow's planned office keeps its cap, and next week's its floor, with who is away as known now."""

from collections.abc import Sequence
from datetime import date, datetime

from db.engine import Tx
from db.moments import to_micros
from db.rota import days as rota_days
from db.rota import rotas
from db.rota.days import Day
from db.sealed import Seal
from db.two_clocks import with_clocks
from policy.calendar import monday_of
from policy.figures import Seats
from policy.rota.published import order_in
from policy.rota.words import Limit, Order, Slot
from policy.words import Arrangement, Counted

_AWAY = with_clocks(
    "SELECT a.person_id FROM absences a JOIN memberships m ON m.person_id = a.person_id AND HOLDS(m)"
    " WHERE m.unit_code = :unit AND HOLDS(a) AND a.part IS NULL"
)
_WITH_ROTA = """
SELECT DISTINCT unit_code FROM rotas WHERE week = :week AND state = 'published' AND unit_code IN ({these})
"""


async def with_rota(tx: Tx, *, units: Sequence[str], week: date) -> list[str]:
    """Return those of these units that have a published rota of that week."""
    codes = {f"u{number}": code for number, code in enumerate(units)}
    sql = _WITH_ROTA.format(these=", ".join(f":{name}" for name in codes) or "NULL")
    return [row["unit_code"] for row in await tx.all(sql, week=week.isoformat(), **codes)]


async def at_risk(
    tx: Tx, seal: Seal, *, unit_code: str, unit: str, days: Sequence[date], now: datetime
) -> list[Seats]:
    """Return those of these days of one week on which the planned office is over its cap or under its floor.

    A limit on one shift or moment is for the rota itself; here the day is counted.
    """
    rota = await rotas.published(tx, seal, unit_code=unit_code, week=monday_of(days[0]))
    if rota is None or "order" not in rota.inputs:
        return []
    order = order_in(rota.inputs["order"])
    said = await rota_days.standing(tx, unit_code=unit_code, first=days[0], last=days[-1], as_known_at=now)
    found = []
    for day in days:
        rows = await tx.all(_AWAY, unit=unit_code, on=day.isoformat(), known=to_micros(now))
        inside = _inside(order, said, day, {row["person_id"] for row in rows})
        limits = [each for each in order.limits if each.on == day and each.counted in _OF_A_DAY]
        found += [_seats(unit, limit, order, inside) for limit in limits]
    return [each for each in found if each.is_over or each.is_under]


_OF_A_DAY = (Counted.DAY, Counted.NOT_STATED)


def _inside(order: Order, said: dict[tuple[str, date], Day], day: date, away: set[str]) -> set[str]:
    """Who is planned in the office: by law, or by what the rota says of them."""
    found = set()
    for member in order.members:
        slot, place = member.slots.get(day, Slot.FREE), said.get((member.id, day))
        is_free = slot not in (Slot.OFFICE, Slot.HOME, Slot.AWAY)
        is_planned = is_free and place is not None and place.arrangement is Arrangement.WFO
        if (slot is Slot.OFFICE or is_planned) and member.id not in away:
            found.add(member.id)
    return found


def _seats(unit: str, limit: Limit, order: Order, inside: set[str]) -> Seats:
    counted = sum(limit.group in member.groups for member in order.members if member.id in inside)
    return Seats(
        unit=unit, on=limit.on.isoformat(), inside=counted + limit.taken, cap=limit.cap, floor=limit.floor
    )
