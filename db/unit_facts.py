"""What is said of a unit from day to day, and so of all below it: urgent need, sector, function, a cluster, a stage."""

from datetime import date, datetime

from db import regions, two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks
from policy.model import Fact

FACTS = Table(name="unit_facts", series=("unit_code", "name"), values=("value", "source"), owner="units")


async def record(
    tx: Tx,
    *,
    unit_code: str,
    name: str,
    value: str,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
    source: str | None = None,
) -> str:
    """Record what is said of a unit on these days; return the record's key. `name` is a key of policy.conditions."""
    return await two_clocks.record(
        tx,
        FACTS,
        of={"unit_code": unit_code, "name": name},
        values={"value": value, "source": source},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def withdraw(
    tx: Tx, *, unit_code: str, name: str, first: date, by: str, now: datetime, last: date | None = None
) -> int:
    """Let nothing be said of it from `first` on (to `last`). Return how many records gave way."""
    of = {"unit_code": unit_code, "name": name}
    return await two_clocks.end(tx, FACTS, of=of, first=first, last=last, by=by, now=now)


async def fact(tx: Tx, *, unit_code: str, name: str, on: date, as_known_at: datetime) -> Fact | None:
    """Return what was known of this very unit for that day at that moment, and since when it held."""
    rows = await tx.all(
        _HISTORY, unit_code=unit_code, name=name, on=on.isoformat(), known=to_micros(as_known_at)
    )
    return regions.standing(rows, on=on)


_HISTORY = with_clocks("""
SELECT f.value, f.source, f.valid_from, f.valid_until FROM unit_facts f
WHERE f.unit_code = :unit_code AND f.name = :name AND f.valid_from <= :on AND KNOWN(f)
ORDER BY f.valid_from
""")
