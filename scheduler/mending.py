"""What was decided may move published rotas: each unit it touches is planned again, in a transaction of its own."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from db import changes
from db.changes import Change
from db.engine import Db, Tx, transact
from db.sealed import Seal
from policy.book import Book
from policy.calendar import local_date, zone_named
from scheduler import rotas

_WESTERNMOST = zone_named("WIB")


async def mend_for(db: Db, seal: Seal, book: Book, found: Sequence[Change], *, now: datetime) -> set[str]:
    """Mend every rota that these changes may move; return the people who were told.

    Done again after a kill, what was mended is found to stand.
    """
    first_of: dict[str, date] = {}
    async with db.reading() as tx:
        today = local_date(now, _WESTERNMOST)
        for change in found:
            for unit in await changes.rotas_touched(tx, change, since=max(change.first_day, today)):
                first_of[unit] = min(change.first_day, first_of.get(unit, change.first_day))
    told: set[str] = set()
    for unit, first in sorted(first_of.items()):
        told |= await transact(db, partial(_mend, seal=seal, book=book, unit=unit, first=first, now=now))
    return told


async def _mend(tx: Tx, seal: Seal, book: Book, unit: str, first: date, now: datetime) -> set[str]:
    return await rotas.mend(tx, seal, book, unit_code=unit, first_day=first, now=now)
