"""PostgreSQL through asyncpg, for an agency that has outgrown one file."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache
from typing import Any, TypeVar, cast

import asyncpg

from db.engine import Dialect, Row, Tx, Value
from db.errors import Refused, Unavailable

T = TypeVar("T")
_PLACEHOLDER = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
CLOSE_SECONDS = 1.0  # a stop may take 25 seconds in all; whatever still runs then is undone
# OSError: also no route, a name that does not resolve, no more files.
_CUT_OFF = (asyncpg.PostgresConnectionError, asyncpg.InternalClientError, OSError)
_AWAY = (
    *_CUT_OFF,
    asyncpg.InterfaceError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.LockNotAvailableError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,  # the server we still talk to is a standby now
    TimeoutError,
)


@contextmanager
def _told_apart(what: str) -> Iterator[None]:
    """Make it Unavailable when the server is away or busy; our own mistakes stay what they are."""
    try:
        yield
    except _AWAY as error:
        if isinstance(error, ValueError):  # asyncpg's word for a value that the column cannot hold
            raise
        raise Unavailable(f"The database cannot {what} now: {error}.") from error


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}"

    return _PLACEHOLDER.sub(number, sql), tuple(names)


class PostgresTx:
    """A transaction on one PostgreSQL connection."""

    dialect: Dialect = "postgresql"

    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        self._connection = connection

    async def all(self, sql: str, /, **values: Value) -> Sequence[Row]:
        numbered, names = _numbered(sql)
        return cast(Sequence[Row], await self._connection.fetch(numbered, *(values[name] for name in names)))

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        numbered, names = _numbered(sql)
        return cast(Row | None, await self._connection.fetchrow(numbered, *(values[name] for name in names)))

    async def run(self, sql: str, /, **values: Value) -> int:
        numbered, names = _numbered(sql)
        status = await self._connection.execute(numbered, *(values[name] for name in names))
        last = status.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def run_many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        numbered, names = _numbered(sql)
        await self._connection.executemany(numbered, [tuple(row[name] for name in names) for row in rows])


class PostgresDb:
    """A pool of connections to one PostgreSQL database."""

    dialect: Dialect = "postgresql"

    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PostgresTx]:
        with _told_apart("store anything"):
            async with self._borrowed(readonly=False) as tx:
                yield tx

    async def together(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        async with self.transaction() as tx:  # the server commits together what comes together
            return await work(tx)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[PostgresTx]:
        with _told_apart("be read"):
            async with self._borrowed(readonly=True) as tx:
                yield tx

    @asynccontextmanager
    async def _borrowed(self, *, readonly: bool) -> AsyncIterator[PostgresTx]:
        async with self._pool.acquire() as connection:
            try:
                async with connection.transaction(readonly=readonly):
                    yield PostgresTx(connection)
            except _CUT_OFF:
                connection.terminate()  # asyncpg may take it for usable still, in the middle of an answer
                raise

    async def close(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()


async def open_postgresql(url: str) -> PostgresDb:
    """Open the database at `url`. Raises Refused when it does not answer."""
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=10,
            command_timeout=30,
            timeout=10,
            server_settings={
                "lock_timeout": "10000",
                "statement_timeout": "30000",
                "application_name": "piket",
            },
        )
    except (OSError, asyncpg.PostgresError, TimeoutError, ValueError) as error:
        raise Refused(
            f"PostgreSQL cannot be used at the address in PIKET_DATABASE: {_reason(error)}. Check that it runs, "
            "and the address, user, password and name of the database."
        ) from error
    return PostgresDb(pool)


def _reason(error: Exception) -> str:
    """Why a connection failed, without numbers that only programs know."""
    if isinstance(error, TimeoutError):
        return "it does not answer"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    return str(getattr(error, "strerror", None) or error).rstrip(".")
