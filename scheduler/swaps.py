"""Swaps that nobody answered in time: when the first of their days comes they are over, and both hear it once."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from db import audit, people, swaps
from db.engine import Db, Tx, transact
from db.rota import units as rota_units
from db.sealed import Seal
from db.sending.outbox import Class
from db.swaps import Swap
from policy.calendar import local_date
from scheduler.telling import Word, tell

KEPT = timedelta(days=7)
_EASTERNMOST = ZoneInfo("Asia/Jayapura")  # where a day begins first


async def swaps_ended(db: Db, seal: Seal, now: datetime) -> int:
    """End every open swap of which a day has come; return how many there were."""
    async with db.reading() as tx:
        found = await swaps.open_until(tx, day=local_date(now, _EASTERNMOST))
    return sum([await transact(db, partial(_end, seal=seal, swap=swap, now=now)) for swap in found])


async def _end(tx: Tx, seal: Seal, swap: Swap, now: datetime) -> int:
    """End one swap, if its day has come where its unit is. 0 if not, or if somebody was faster."""
    if local_date(now, await rota_units.zone_of(tx, unit_code=swap.unit_code)) < swap.first_day:
        return 0
    if not await swaps.move(tx, swap=swap, state="overtaken", now=now):
        return 0
    detail = {"swap": swap.code, "unit": swap.unit_code}
    await audit.note(tx, actor="rota", action="swap_overtaken", subject=swap.asked_by, detail=detail, now=now)
    for person_id in (swap.asked_by, swap.partner_id):
        person = await people.by_id(tx, person_id=person_id, now=now)
        word = Word(
            message="swap/ended",
            params={"code": swap.code, "state": "overtaken", "by": ""},
            once=f"swap:{swap.id}:overtaken",
            urgency=Class.ALERT,
            expires_at=now + KEPT,
        )
        if person is not None:
            await tell(tx, seal, person, word, now=now)
    return 1
