"""SQLite through aiosqlite: one writer, readers apart, every commit on the disk before it is believed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import cast

import aiosqlite

from db.engine import Dialect, Row, Value
from db.errors import DbError, Refused, Unavailable

BUSY_SECONDS = 5.0
READERS = 2
# FULL: a commit we have told somebody about must outlive a power cut. secure_delete: erased health answers are zeroed.
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA temp_store = MEMORY",
)


class SqliteTx:
    """A transaction on one SQLite connection."""

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


class SqliteDb:
    """One SQLite file: one connection that writes, a few that read."""

    dialect: Dialect = "sqlite"

    def __init__(self, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection]) -> None:
        self._writer = writer
        self._writing = asyncio.Lock()
        self._connections = (writer, *readers)
        self._idle: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._idle.put_nowait(reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqliteTx]:
        async with self._writing, _within(self._writer, "BEGIN IMMEDIATE") as tx:
            yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteTx]:
        connection = await self._idle.get()
        try:
            async with _within(connection, "BEGIN") as tx:
                yield tx
        finally:
            self._idle.put_nowait(connection)

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()


@asynccontextmanager
async def _within(connection: aiosqlite.Connection, begin: str) -> AsyncIterator[SqliteTx]:
    try:
        await connection.execute(begin)
        try:
            yield SqliteTx(connection)
            await connection.execute("COMMIT")
        except BaseException:
            await asyncio.shield(_roll_back(connection))
            raise
    except sqlite3.OperationalError as error:
        raise _explained(error) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise Unavailable(f"The database file is damaged or cannot be read: {error}.") from error


async def _roll_back(connection: aiosqlite.Connection) -> None:
    with suppress(sqlite3.Error):   # a full disk or a lost lock has already rolled it back
        if connection.in_transaction:
            await connection.execute("ROLLBACK")


def _explained(error: sqlite3.OperationalError) -> DbError | sqlite3.OperationalError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return Unavailable(f"The database cannot store anything now: {error}.")
    return error


async def open_sqlite(path: str) -> SqliteDb:
    """Open or create the file at `path`. Raises Refused when its folder is missing or it cannot be written."""
    _check_place(Path(path))
    try:
        writer = await _connect(path)
        readers = [await _connect(path) for _ in range(READERS)]
    except sqlite3.Error as error:
        raise Refused(f"The database {path} cannot be opened: {error}. Check its owner and that the disk is not read-only.") from error
    for reader in readers:
        await reader.execute("PRAGMA query_only = ON")
    return SqliteDb(writer, readers)


def _check_place(path: Path) -> None:
    import os

    if not path.parent.is_dir():
        raise Refused(f"The folder {path.parent} for the database does not exist. Make it, or set PIKET_DATABASE to another place.")
    target = path if path.exists() else path.parent
    if not os.access(target, os.W_OK):
        raise Refused(f"The database {path} cannot be written by this user. Change the owner of {target}, or set PIKET_DATABASE.")


async def _connect(path: str) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256)
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        await connection.execute(pragma)
    return connection
