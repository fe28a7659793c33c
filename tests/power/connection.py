"""apsw in the dress that db.sqlite wears, so that the product's own transactions run on the lossy disk."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import apsw

from db.sqlite import PRAGMAS, SqliteDb


class Row(dict[str, Any]):
    """A row read by name."""


class ApswConnection:
    """The few calls that db.sqlite makes, on an apsw connection. `rowcount` is that of the last statement."""

    def __init__(self, path: str, vfs: str) -> None:
        self._connection = apsw.Connection(path, vfs=vfs)
        self._connection.set_row_trace(_named)
        self.rowcount = 0

    @property
    def in_transaction(self) -> bool:
        return not self._connection.get_autocommit()

    async def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> "ApswConnection":
        await self.execute_fetchall(sql, values)
        return self

    async def execute_fetchall(self, sql: str, values: Mapping[str, Any] | None = None) -> Sequence[Row]:
        try:
            rows = list(self._connection.execute(sql, values or {}))
        except apsw.Error as error:
            raise _as_sqlite_says(error) from error
        self.rowcount = self._connection.changes()
        return rows

    async def executemany(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self._connection.executemany(sql, rows)

    async def close(self) -> None:
        self._connection.close()


def _as_sqlite_says(error: apsw.Error) -> sqlite3.OperationalError:
    told = sqlite3.OperationalError(str(error))
    told.sqlite_errorname = "SQLITE_IOERR" if isinstance(error, apsw.IOError) else "SQLITE_ERROR"
    return told


def _named(cursor: apsw.Cursor, row: tuple[Any, ...]) -> Row:
    return Row(zip((column[0] for column in cursor.get_description()), row, strict=True))


class OneConnectionDb(SqliteDb):
    """The product's SQLite database on one connection; it reads where it writes (a lossy disk has no shared memory)."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, ())

    def reading(self) -> Any:
        return self.transaction()


async def open_on(path: str, vfs: str) -> OneConnectionDb:
    """Open `path` on a disk with the product's own pragmas."""
    connection = ApswConnection(path, vfs)
    await connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    for pragma in PRAGMAS:
        await connection.execute(pragma)
    return OneConnectionDb(connection)
