"""SQLite through aiosqlite: one writer, readers apart, every commit on the disk before it is believed."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

import aiosqlite

from db.engine import Dialect, Tx
from db.errors import Refused
from db.sqlite_group import Group
from db.sqlite_transaction import SqliteTx, within

T = TypeVar("T")

BUSY_SECONDS = 5.0
READERS = 2
# FULL: a commit we have told somebody about must outlive a power cut.
# secure_delete: erased health answers are zeroed.
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA temp_store = MEMORY",
)
_REMEDY = "Check its owner, that it is a database, and that the disk is not read-only."


class SqliteDb:
    """One SQLite file: one connection that writes, a few that read."""

    dialect: Dialect = "sqlite"

    def __init__(
        self,
        writer: aiosqlite.Connection,
        readers: Sequence[aiosqlite.Connection],
        *,
        direct: sqlite3.Connection,
    ) -> None:
        """`direct` is the writer's own connection, without the way through its thread."""
        self._writer = writer
        self._writing = asyncio.Lock()
        self._group = Group(direct, self.transaction)
        self._connections = (writer, *readers)
        self._idle: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._idle.put_nowait(reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqliteTx]:
        async with self._writing, within(self._writer, "BEGIN IMMEDIATE") as tx:
            yield tx

    async def together(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return await self._group.join(work)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteTx]:
        connection = await self._idle.get()
        try:
            async with within(connection, "BEGIN") as tx:
                yield tx
        finally:
            self._idle.put_nowait(connection)

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()


async def open_sqlite(path: str, *, busy_seconds: float = BUSY_SECONDS) -> SqliteDb:
    """Open or create the file at `path`; wait up to `busy_seconds` for others who write.

    Raises Refused, with the path and the remedy, when its folder is missing or it cannot be written.
    """
    check_place(path)
    _make_private(path)
    connections: list[aiosqlite.Connection] = []
    try:
        direct = _connected(path, busy_seconds)
        for number in range(1 + READERS):
            opened = _connected(path, busy_seconds) if number else direct
            connections.append(await _with_thread(opened))
            await _prepare(connections[-1])
        for reader in connections[1:]:
            await reader.execute("PRAGMA query_only = ON")
    except BaseException as error:
        for connection in connections:  # each holds a thread, which would keep the process alive
            await connection.close()
        if isinstance(error, sqlite3.Error):
            raise Refused(f"The database {path} cannot be opened: {error}. {_REMEDY}") from error
        raise
    return SqliteDb(connections[0], connections[1:], direct=direct)


def check_place(path: str | Path) -> None:
    """Raise Refused, with the remedy, when there can be no database at `path`."""
    path = Path(path)
    shown = path.absolute()
    if not os.path.isdir(path.parent):  # a folder that may not even be looked at counts as missing
        raise Refused(
            f"The folder {shown.parent} for the database does not exist, or this user may not enter it."
            " Make it, or set PIKET_DATABASE to another place."
        )
    # The folder too: SQLite keeps its journal beside the file.
    for target in (path, path.parent):
        if target.exists() and not os.access(target, os.W_OK, effective_ids=True):
            raise Refused(
                f"The database {shown} cannot be written by this user: {target.absolute()} is read-only for them."
                f" Change the owner of {target.absolute()}, or set PIKET_DATABASE to another place."
            )


def _make_private(path: str) -> None:
    """Let a new file, and SQLite's journals beside it, be read by its owner only: it holds people's data."""
    with suppress(OSError):  # SQLite says it with more words
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _connected(path: str, busy_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        path,
        isolation_level=None,
        timeout=busy_seconds,
        cached_statements=256,
        check_same_thread=False,  # a connection is used by one at a time, but the writer's by two threads in turn
    )


def _with_thread(connection: sqlite3.Connection) -> aiosqlite.Connection:
    return aiosqlite.Connection(lambda: connection, iter_chunk_size=64)


async def _prepare(connection: aiosqlite.Connection) -> None:
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        await _patiently(connection, pragma)


async def _patiently(connection: aiosqlite.Connection, pragma: str) -> None:
    # The first to open a new file switches it to WAL, and SQLite does not let others wait for that by itself.
    for _ in range(100):
        try:
            await connection.execute(pragma)
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            await asyncio.sleep(0.03)
    await connection.execute(pragma)
