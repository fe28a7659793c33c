"""Units of which no head can be reached: the level above hears of it once a day, in working hours; else the admins."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from db import people, rights, roles, unled
from db import units as units_of
from db.alerting import alerts
from db.alerting.alerts import Part
from db.alerting.escalations import hours_of
from db.alerting.shown import MOST_NAMED
from db.appointments import Power
from db.engine import Db, Tx, transact
from db.people import Person
from db.roles import Role
from db.rota import units as rota_units
from db.sealed import Seal
from db.sending.outbox import Class
from db.unled import Unled
from policy.book import Book
from policy.calendar import local_date, zone_named
from scheduler.telling import Word, tell

_KEPT = timedelta(hours=12)
_Reader = tuple[str, str]  # whom to tell, and by what right


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Tell of every unit that was found and is in its working hours; return how many there were."""
    told = 0
    async with db.reading() as tx:
        by_reader = await _by_reader(tx, await _at_work(tx, book, now), now)
    for readers, units in by_reader.items():
        told += await transact(db, partial(_tell, seal=seal, readers=readers, units=units, now=now))
    return told


async def _at_work(tx: Tx, book: Book, now: datetime) -> list[Unled]:
    found = [
        each
        for timezone in await rota_units.timezones(tx)
        for each in await unled.found(
            tx, timezone=timezone, on=local_date(now, zone_named(timezone)), now=now
        )
    ]
    return [
        each for each in found if (await hours_of(tx, book, unit_code=each.unit_code, now=now)).is_inside(now)
    ]


async def _by_reader(tx: Tx, found: Sequence[Unled], now: datetime) -> dict[tuple[_Reader, ...], list[Unled]]:
    """One message to each reader, however many units there are."""
    by_reader: dict[tuple[_Reader, ...], list[Unled]] = defaultdict(list)
    for each in found:
        if each.above is not None:
            right = rights.to_lead(each.above.unit_code, power=Power.ALERTS)
            by_reader[((each.above.person.id, right),)].append(each)
        else:
            by_reader[await _admins(tx, each, now)].append(each)
    return by_reader


async def _admins(tx: Tx, each: Unled, now: datetime) -> tuple[_Reader, ...]:
    agency = (await units_of.chain(tx, code=each.unit_code))[-1]
    on = local_date(now, await rota_units.zone_of(tx, unit_code=agency))
    ids = await roles.holders(tx, role=Role.ADMIN, on=on, as_known_at=now, unit_code=agency)
    return tuple((person_id, rights.to_administer(agency)) for person_id in ids)


async def _tell(
    tx: Tx, *, seal: Seal, readers: tuple[_Reader, ...], units: Sequence[Unled], now: datetime
) -> int:
    """Write each unit down for the day, and tell of those that nobody else has; return how many."""
    fresh = []
    for each in units:
        on = local_date(now, await rota_units.zone_of(tx, unit_code=each.unit_code))
        if await alerts.open_one(
            tx, unit_code=each.unit_code, on=on, part=Part.HEADLESS, look_at=None, now=now
        ):
            fresh.append(each)
    for person_id, right in readers if fresh else ():
        person = await people.by_id(tx, person_id=person_id, now=now)
        if person is not None:
            await tell(tx, seal, person, await _word(tx, fresh, person, right, now=now), now=now)
    return len(fresh)


async def _word(tx: Tx, units: Sequence[Unled], person: Person, right: str, *, now: datetime) -> Word:
    rows = []
    for each in units[:MOST_NAMED]:
        unit = await units_of.by_code(tx, code=each.unit_code)
        rows.append({"unit": unit.name if unit else each.unit_code, "why": each.why.value})
    on = local_date(now, zone_named(person.timezone))
    return Word(
        message="alerts/unled",
        params={
            "rows": rows,
            "more": len(units) - len(rows),
            "day": on.isoformat(),
            "stands_in": units[0].above is not None,
        },
        once=f"unled:{on}:{units[0].unit_code}",
        urgency=Class.ALERT,
        expires_at=now + _KEPT,
        role_needed=right,
    )
