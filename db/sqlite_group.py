"""Group commit: short transactions that wait at the same time run one after another and are committed together.

Each has a savepoint, so one that fails undoes only itself, and none hears that it went well before the commit is
on the disk. Their statements run in the event loop's thread: there each takes less time than the way to another
thread and back. Beginning, committing and undoing wait for the disk or for other programs; they keep their thread.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from db.engine import Dialect, Row, Tx, Value
from db.sqlite_transaction import unavailable_for

MOST_TOGETHER = 64
T = TypeVar("T")
Begin = Callable[[], AbstractAsyncContextManager[object]]


class ShortTx:
    """A transaction whose statements run here and now: for statements that look up or change a few rows."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def all(self, sql: str, /, **values: Value) -> Sequence[Row]:
        return cast(Sequence[Row], self._connection.execute(sql, values).fetchall())

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def run(self, sql: str, /, **values: Value) -> int:
        return self._connection.execute(sql, values).rowcount

    async def run_many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        self._connection.executemany(sql, rows)


@dataclass(eq=False)
class Errand:
    """Work that somebody waits for."""

    work: Callable[[Tx], Awaitable[Any]]
    outcome: asyncio.Future[Any]  # set after the commit only
    task: asyncio.Task[Any] | None = field(default=None)

    async def run(self, tx: Tx) -> None:
        """Do the work under a savepoint. Raises only what concerns the whole group: the database is at fault."""
        if self.outcome.done():  # given up by who waited for it
            return
        await tx.run("SAVEPOINT errand")
        self.task = asyncio.ensure_future(self._work(tx))
        await asyncio.wait([self.task])
        error = None if self.task.cancelled() else self.task.exception()
        if error is not None and unavailable_for(error) is not None:
            raise error
        if error is not None or self.task.cancelled():
            await tx.run("ROLLBACK TO errand")
        await tx.run("RELEASE errand")

    async def _work(self, tx: Tx) -> Any:
        return await self.work(tx)

    def give_up(self) -> None:
        """Stop what is under way: nobody waits for it any more."""
        if self.task is not None:
            self.task.cancel()

    def settle(self) -> None:
        """Say what became of the work; all of it is committed, or undone for good."""
        if self.outcome.done() or self.task is None:
            return
        if self.task.cancelled():
            self.outcome.cancel()
        elif (error := self.task.exception()) is not None:
            self.outcome.set_exception(error)
        else:
            self.outcome.set_result(self.task.result())

    def fail(self, error: BaseException) -> None:
        """Say that nothing was stored."""
        if not self.outcome.done():
            self.outcome.set_exception(error)


class Group:
    """The line of errands at one writing connection. `begin` gives a transaction on it when its turn has come."""

    def __init__(self, connection: sqlite3.Connection, begin: Begin) -> None:
        self._tx = ShortTx(connection)
        self._begin = begin
        self._waiting: deque[Errand] = deque()
        self._runner: asyncio.Task[None] | None = None

    async def join(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Do `work` in the next transaction; return after its commit. Raises Unavailable, or what `work` raises."""
        errand = Errand(work, asyncio.get_running_loop().create_future())
        self._waiting.append(errand)
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._serve(), name="group commit")
        try:
            return cast(T, await errand.outcome)
        except asyncio.CancelledError:
            errand.give_up()
            raise

    async def _serve(self) -> None:
        while self._waiting:
            begun: list[Errand] = []
            try:
                async with self._begin():
                    while self._waiting and len(begun) < MOST_TOGETHER:
                        begun.append(self._waiting.popleft())
                        await begun[-1].run(self._tx)
            except Exception as error:  # whose fault it is shows when each has the database for itself
                await self._apart(begun, error)
            for errand in begun:
                errand.settle()

    async def _apart(self, begun: Collection[Errand], error: Exception) -> None:
        """Do again, each in a transaction of its own, what was undone together."""
        if (
            len(begun) < 2
        ):  # nobody else is concerned; or not even begun, and so it is for everybody who waits
            concerned, self._waiting = (begun, self._waiting) if begun else (self._waiting, deque())
            for errand in concerned:
                errand.fail(error)
            return
        for errand in begun:
            try:
                async with self._begin():
                    await errand.run(self._tx)
            except Exception as own:
                errand.fail(own)
