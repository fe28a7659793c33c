"""Which circulars are switched on for which unit, and so for everything below it."""

from collections.abc import Collection
from datetime import date, datetime

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks

ADOPTIONS = Table(name="adoptions", series=("unit_code", "circular"), values=(), owner="units")


async def adopt(tx: Tx, *, circular: str, unit_code: str, valid_from: date, by: str, now: datetime) -> str:
    """Switch a circular on for a unit from a day on; return the record's key."""
    of = {"unit_code": unit_code, "circular": circular}
    return await two_clocks.record(tx, ADOPTIONS, of=of, values={}, valid_from=valid_from, by=by, now=now)


async def drop(tx: Tx, *, circular: str, unit_code: str, first: date, by: str, now: datetime) -> int:
    """Switch a circular off for a unit from `first` on. Return how many records gave way."""
    of = {"unit_code": unit_code, "circular": circular}
    return await two_clocks.end(tx, ADOPTIONS, of=of, first=first, by=by, now=now)


async def in_force(tx: Tx, *, unit_chain: Collection[str], on: date, now: datetime) -> list[str]:
    """Return the ids of the circulars switched on, that day, for any unit of the chain."""
    rows = await tx.all(_ON_THAT_DAY, on=on.isoformat(), known=to_micros(now))
    return sorted({row["circular"] for row in rows if row["unit_code"] in unit_chain})


async def ever_adopted(tx: Tx) -> list[str]:
    """Return the ids of all circulars that anybody has ever switched on: a release must still know them."""
    rows = await tx.all("SELECT DISTINCT circular FROM adoptions ORDER BY circular")
    return [row["circular"] for row in rows]


_ON_THAT_DAY = with_clocks("SELECT a.unit_code, a.circular FROM adoptions a WHERE HOLDS(a)")
