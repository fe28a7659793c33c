"""Records with two clocks: from when to when something is true, and from when to when we held it for true.

Rows are never changed, but for `superseded_at`: what gives way is superseded, and what remains true of it is
recorded anew. So "what did we know of that day at that moment?" always has an answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import to_micros
from db.sealed import Seal

_KNOWN = r"(\1.recorded_at <= :known AND (\1.superseded_at IS NULL OR \1.superseded_at > :known))"
_TRUE = r"\1.valid_from <= :on AND (\1.valid_until IS NULL OR \1.valid_until >= :on)"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with two clocks. Of a series (rows equal in these columns) at most one row is true on a day."""

    name: str
    series: tuple[str, ...]  # the first refers to the owner
    values: tuple[str, ...]
    owner: str  # people, units or regions: its row is held while the series is changed
    sealed: str | None = None  # a column whose content is a mapping, sealed for each row anew
    sealed_series: str | None = None  # a word of that mapping by which series are told apart too

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row says, beside its clocks."""
        return self.series + self.values + ((self.sealed,) if self.sealed else ())

    def place(self, key: str) -> str:
        """Where the sealed content of a row belongs."""
        return f"{self.name}.{self.sealed}:{key}"


def with_clocks(sql: str) -> str:
    """Write out HOLDS(row), true on :on as known at :known, and KNOWN(row), known then whatever its days."""
    sql = re.sub(r"HOLDS\((\w+)\)", rf"({_TRUE} AND KNOWN(\1))", sql)
    return re.sub(r"KNOWN\((\w+)\)", _KNOWN, sql)


# Names of tables and columns below come from Table constants alone, never from anybody outside.
_OWNERS = {
    "people": "SELECT id FROM people WHERE id = :key",
    "units": "SELECT code FROM units WHERE code = :key",
    "regions": "SELECT code FROM regions WHERE code = :key",
}


async def hold(tx: Tx, owner: str, *, key: Value) -> None:
    """Let nobody else change this owner's records until the transaction ends; they may still refer to it."""
    if tx.dialect == "postgresql":  # SQLite's writer already holds everything
        await tx.one(_OWNERS[owner] + " FOR NO KEY UPDATE", key=key)


async def hold_many(tx: Tx, owner: str, *, keys: Sequence[Value]) -> None:
    """Hold several owners at once, in the order of their keys. A hundred at a time or so."""
    if tx.dialect == "postgresql" and keys:
        of: dict[str, Value] = {f"k{number}": key for number, key in enumerate(keys)}
        these = f"IN ({', '.join(f':{name}' for name in of)}) ORDER BY 1 FOR NO KEY UPDATE"
        await tx.all(_OWNERS[owner].replace("= :key", these), **of)


async def record(
    tx: Tx,
    table: Table,
    *,
    of: Mapping[str, Value],
    values: Mapping[str, Any],
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
    seal: Seal | None = None,
) -> str:
    """Record what is true of a series on these days; what was recorded for them gives way. Return its key.

    Without an end it lasts until the next row that is already recorded begins. What is recorded already is
    not recorded again. A table with a sealed column needs the `seal`. Raises ValueError if it ends before it begins.
    """
    if valid_until is not None and valid_until < valid_from:
        raise ValueError(f"A record cannot end on {valid_until}, before it begins on {valid_from}.")
    await hold(tx, table.owner, key=of[table.series[0]])
    standing = await _standing(tx, table, of, seal)
    first, last = (
        valid_from.isoformat(),
        valid_until.isoformat() if valid_until else _next_start(standing, valid_from),
    )
    for row in standing:
        if _covers(row, first, last) and all(row[name] == values[name] for name in values):
            return str(row["id"])
    writing = _Writing(tx=tx, table=table, by=by, now=now, seal=seal)
    await _give_way(writing, standing, first=first, last=last)
    return await _insert(writing, {**of, **values}, first=first, last=last)


async def end(
    tx: Tx,
    table: Table,
    *,
    of: Mapping[str, Value],
    first: date,
    by: str,
    now: datetime,
    last: date | None = None,
    seal: Seal | None = None,
) -> int:
    """Let nothing of a series be true from `first` on (to `last`, if given). Return how many gave way."""
    await hold(tx, table.owner, key=of[table.series[0]])
    until = last.isoformat() if last else None
    standing = await _standing(tx, table, of, seal)
    writing = _Writing(tx=tx, table=table, by=by, now=now, seal=seal)
    return await _give_way(writing, standing, first=first.isoformat(), last=until)


@dataclass(frozen=True, kw_only=True)
class _Writing:
    """Where, by whom and when rows are written, and with what their sealed column is closed."""

    tx: Tx
    table: Table
    by: str
    now: datetime
    seal: Seal | None


async def _standing(tx: Tx, table: Table, of: Mapping[str, Value], seal: Seal | None) -> Sequence[Row]:
    same = " AND ".join(
        f"{name} IS NULL" if of[name] is None else f"{name} = :{name}" for name in table.series
    )
    rows = await tx.all(
        f"SELECT * FROM {table.name} WHERE {same} AND superseded_at IS NULL",
        **{name: of[name] for name in table.series},
    )
    if table.sealed is None or seal is None:
        return rows
    word = table.sealed_series
    opened = [
        dict(row) | {table.sealed: seal.open(row[table.sealed], place=table.place(row["id"]))} for row in rows
    ]
    return [row for row in opened if word is None or row[table.sealed][word] == of[word]]


async def _give_way(writing: _Writing, rows: Sequence[Row], *, first: str, last: str | None) -> int:
    giving = [row for row in rows if _meets(row, first, last)]
    for row in giving:
        await writing.tx.run(
            f"UPDATE {writing.table.name} SET superseded_at = :now WHERE id = :id",
            id=row["id"],
            now=to_micros(writing.now),
        )
        if row["valid_from"] < first:
            await _insert(writing, row, first=row["valid_from"], last=_beside(first, -1))
        if last is not None and _ends_after(row, last):
            await _insert(writing, row, first=_beside(last, 1), last=row["valid_until"])
    return len(giving)


async def _insert(writing: _Writing, content: Mapping[str, Any], *, first: str, last: str | None) -> str:
    table, key = writing.table, new_id()
    row: dict[str, Value] = {"id": key, **{name: content[name] for name in table.columns}}
    if table.sealed is not None and writing.seal is not None:
        row[table.sealed] = writing.seal.close(content[table.sealed], place=table.place(key))
    row |= {"valid_from": first, "valid_until": last}
    row |= {"recorded_at": to_micros(writing.now), "recorded_by": writing.by}
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    await writing.tx.run(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", **row)
    return key


def _next_start(rows: Sequence[Row], valid_from: date) -> str | None:
    later = [row["valid_from"] for row in rows if row["valid_from"] > valid_from.isoformat()]
    return _beside(min(later), -1) if later else None


def _meets(row: Row, first: str, last: str | None) -> bool:
    return (last is None or row["valid_from"] <= last) and (
        row["valid_until"] is None or row["valid_until"] >= first
    )


def _covers(row: Row, first: str, last: str | None) -> bool:
    return bool(row["valid_from"] <= first) and (
        row["valid_until"] is None or (last is not None and row["valid_until"] >= last)
    )


def _ends_after(row: Row, last: str) -> bool:
    return row["valid_until"] is None or row["valid_until"] > last


def _beside(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
