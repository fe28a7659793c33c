"""apsw in the dress that db.sqlite wears, so that the product's own transactions run on the lossy disk."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import apsw

from db.sqlite import PRAGMAS, SqliteDb


class Row(dict[str, Any]):
    """A row read by name."""


class Direct:
    """The few calls of sqlite3 that db.sqlite_group makes, on an apsw connection; a result is its own cursor."""

    def __init__(self, path: str, vfs: str) -> None:
        self.connection = apsw.Connection(path, vfs=vfs)
        self.connection.set_row_trace(_named)

    def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> "Done":
        try:
            rows = list(self.connection.execute(sql, values or {}))
        except apsw.Error as error:
            raise _as_sqlite_says(error) from error
        return Done(rows, self.connection.changes())

    def executemany(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            self.execute(sql, row)


class Done:
    """A statement that has run."""

    def __init__(self, rows: Sequence[Row], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def fetchall(self) -> Sequence[Row]:
        return self._rows


class ApswConnection:
    """The few calls of aiosqlite that db.sqlite makes, on the same connection."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct

    async def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> Done:
        return self._direct.execute(sql, values)

    async def execute_fetchall(self, sql: str, values: Mapping[str, Any] | None = None) -> Sequence[Row]:
        return self._direct.execute(sql, values).fetchall()

    async def executemany(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self._direct.executemany(sql, rows)

    async def close(self) -> None:
        self._direct.connection.close()


def _as_sqlite_says(error: apsw.Error) -> sqlite3.OperationalError:
    told = sqlite3.OperationalError(str(error))
    told.sqlite_errorname = "SQLITE_IOERR" if isinstance(error, apsw.IOError) else "SQLITE_ERROR"
    return told


def _named(cursor: apsw.Cursor, row: tuple[Any, ...]) -> Row:
    return Row(zip((column[0] for column in cursor.get_description()), row, strict=True))


class OneConnectionDb(SqliteDb):
    """The product's SQLite database on one connection; it reads where it writes (a lossy disk has no shared memory)."""

    def __init__(self, connection: Any, direct: Any) -> None:
        super().__init__(connection, (), direct=direct)

    def reading(self) -> Any:
        return self.transaction()


async def open_on(path: str, vfs: str) -> OneConnectionDb:
    """Open `path` on a disk with the product's own pragmas."""
    direct = Direct(path, vfs)
    connection = ApswConnection(direct)
    await connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    for pragma in PRAGMAS:
        await connection.execute(pragma)
    return OneConnectionDb(connection, direct)
