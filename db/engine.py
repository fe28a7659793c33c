"""One small interface over SQLite and PostgreSQL. One transaction is one unit of work.

SQL is the same on both: named placeholders (`:name`), BIGINT microseconds, JSON in TEXT, 0/1 for booleans.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal, Protocol, TypeVar

from db.errors import Unavailable

Dialect = Literal["sqlite", "postgresql"]
Row = Mapping[str, Any]
Value = str | int | float | bytes | None
T = TypeVar("T")


class Tx(Protocol):
    """A running transaction. Nothing of it is visible to others, or durable, before it ends well."""

    dialect: Dialect

    async def all(self, sql: str, /, **values: Value) -> Sequence[Row]:
        """Return every row that `sql` gives."""

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        """Return the first row that `sql` gives, or None."""

    async def run(self, sql: str, /, **values: Value) -> int:
        """Run `sql`; return how many rows it touched."""

    async def run_many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        """Run `sql` once for each of `rows`."""


class Db(Protocol):
    """An open database."""

    dialect: Dialect

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        """Begin a writing transaction; commit when the block ends, roll back when it raises.

        Raises Unavailable when the database is locked, full, or away; then nothing of the block was stored.
        """

    async def together(self, work: Callable[[Tx], Awaitable[T]], /) -> T:
        """Do short `work` in a writing transaction that others may share; return when it is committed.

        What raises undoes only itself. No statement of it may take long: on SQLite everybody waits for it.
        Raises Unavailable as `transaction` does.
        """

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """Begin a transaction that only reads, beside the writers."""

    async def close(self) -> None:
        """Let go of every connection."""


async def transact(db: Db, work: Callable[[Tx], Awaitable[T]], *, tries: int = 3) -> T:
    """Do short `work` durably, again from its start when the database was only briefly unable to."""
    for left in reversed(range(tries)):
        try:
            return await db.together(work)
        except Unavailable:
            if not left:
                raise
    raise AssertionError("unreachable")


def locked(tx: Tx) -> str:
    """Return what ends a SELECT that must hold its rows (SQLite's writer already holds everything)."""
    return " FOR UPDATE" if tx.dialect == "postgresql" else ""
