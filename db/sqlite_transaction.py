"""One transaction on one SQLite connection: begun, committed or undone in the connection's own thread."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import cast

import aiosqlite

from db.engine import Dialect, Row, Value
from db.errors import Unavailable

_CANNOT_NOW = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
)
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class SqliteTx:
    """A transaction whose statements run in the connection's thread, however long they take."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def all(self, sql: str, /, **values: Value) -> Sequence[Row]:
        return cast(Sequence[Row], await self._connection.execute_fetchall(sql, values))

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def run(self, sql: str, /, **values: Value) -> int:
        cursor = await self._connection.execute(sql, values)
        return cursor.rowcount

    async def run_many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        await self._connection.executemany(sql, rows)


@asynccontextmanager
async def within(connection: aiosqlite.Connection, begin: str) -> AsyncIterator[SqliteTx]:
    """Begin a transaction; commit it when the block ends, undo it when the block raises. Raises Unavailable."""
    try:
        try:
            await connection.execute(begin)
            yield SqliteTx(connection)
            await connection.execute("COMMIT")
        except BaseException:
            await asyncio.shield(_roll_back(connection))
            raise
    except sqlite3.DatabaseError as error:
        unavailable = unavailable_for(error)
        if unavailable is None:  # our own mistake, or a rule of the schema: repeating changes nothing
            raise
        raise unavailable from error


async def _roll_back(connection: aiosqlite.Connection) -> None:
    # Asked without looking first: what was cancelled may still be on its way through the connection's thread,
    # and the rollback follows it there. Where nothing is begun, or a full disk has undone it, it is an error.
    with suppress(sqlite3.Error):
        await connection.execute("ROLLBACK")


def unavailable_for(error: BaseException | None) -> Unavailable | None:
    """Return what an error of SQLite means when the database itself is at fault; None for any other."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_CANNOT_NOW):
        return Unavailable(f"The database cannot store anything now: {error}.")
    if name.startswith(_DAMAGED):
        return Unavailable(f"The database file is damaged or cannot be read: {error}.")
    return None
