"""What an agency has decided for itself, with the legal basis it gave, such as how health is reported."""

from dataclasses import dataclass
from datetime import date, datetime

from db import two_clocks
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks

SETTINGS = Table(name="settings", series=("unit_code", "name"), values=("value", "basis"), owner="units")


@dataclass(frozen=True, kw_only=True)
class Setting:
    value: str
    basis: str | None


async def value(tx: Tx, *, unit_code: str, name: str, on: date, now: datetime) -> Setting | None:
    """Return what this agency decided for that day, or None if it never did."""
    row = await tx.one(_VALUE, unit_code=unit_code, name=name, on=on.isoformat(), known=to_micros(now))
    return Setting(**dict(row)) if row else None


async def set_value(
    tx: Tx,
    *,
    unit_code: str,
    name: str,
    value: str,
    basis: str | None,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
) -> str:
    """Record what an agency decided from a day on (to a last one); return the record's key."""
    return await two_clocks.record(
        tx,
        SETTINGS,
        of={"unit_code": unit_code, "name": name},
        values={"value": value, "basis": basis},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def withdraw(
    tx: Tx, *, unit_code: str, name: str, first: date, by: str, now: datetime, last: date | None = None
) -> int:
    """Let nothing be decided from `first` on (to `last`). Return how many records gave way."""
    of = {"unit_code": unit_code, "name": name}
    return await two_clocks.end(tx, SETTINGS, of=of, first=first, last=last, by=by, now=now)


_VALUE = with_clocks(
    "SELECT s.value, s.basis FROM settings s WHERE s.unit_code = :unit_code AND s.name = :name AND HOLDS(s)"
)
