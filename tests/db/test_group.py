"""Group commit on SQLite: what waits together is committed together, and fails apart."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from db.engine import Tx
from db.errors import Unavailable
from db.sqlite import SqliteDb, open_sqlite
from tests.engines import SqliteMaker

PUT = "INSERT INTO meta (name, value) VALUES (:name, '1')"


@pytest.fixture
def path(sqlite_maker: SqliteMaker) -> Path:
    return Path(sqlite_maker.fresh().removeprefix("sqlite:"))


@pytest.fixture
async def db(path: Path) -> AsyncIterator[SqliteDb]:
    opened = await open_sqlite(str(path), busy_seconds=0.2)
    yield opened
    await opened.close()


@pytest.fixture
def commits(db: SqliteDb) -> list[str]:
    """The statements that begin and end transactions, as SQLite gets them."""
    asked: list[str] = []
    db._group._tx._connection.set_trace_callback(
        lambda sql: sql in ("BEGIN IMMEDIATE", "COMMIT") and asked.append(sql)
    )
    return asked


def put(name: str) -> Callable[[Tx], Awaitable[str]]:
    async def work(tx: Tx) -> str:
        await tx.run(PUT, name=name)
        return name

    return work


def put_and_break(name: str) -> Callable[[Tx], Awaitable[str]]:
    async def work(tx: Tx) -> str:
        await tx.run(PUT, name=name)
        raise KeyError(name)

    return work


async def names(db: SqliteDb) -> list[str]:
    async with db.reading() as tx:
        return [row["name"] for row in await tx.all("SELECT name FROM meta ORDER BY name")]


async def test_what_waits_together_is_committed_once(db: SqliteDb, commits: list[str]) -> None:
    done = await asyncio.gather(*(db.together(put(name)) for name in "abc"))
    assert done == ["a", "b", "c"]
    assert commits == ["BEGIN IMMEDIATE", "COMMIT"]
    assert await names(db) == ["a", "b", "c"]


async def test_what_fails_undoes_only_itself(db: SqliteDb, commits: list[str]) -> None:
    works = (put("a"), put_and_break("b"), put("c"))
    done = await asyncio.gather(*map(db.together, works), return_exceptions=True)
    assert [done[0], repr(done[1]), done[2]] == ["a", "KeyError('b')", "c"]
    assert await names(db) == ["a", "c"]
    assert commits == ["BEGIN IMMEDIATE", "COMMIT"]


async def test_nobody_hears_of_success_before_the_commit(db: SqliteDb, path: Path) -> None:
    """Looked at from outside, as the next start would see it."""

    async def stored(name: str) -> int:
        await db.together(put(name))
        with sqlite3.connect(path) as outside:
            found = outside.execute("SELECT COUNT(*) FROM meta WHERE name = ?", (name,)).fetchone()[0]
        outside.close()
        return int(found)

    assert await asyncio.gather(*map(stored, "abcdefgh")) == [1] * 8


async def test_d12_who_breaks_a_rule_of_the_schema_hears_it_alone(db: SqliteDb) -> None:
    done = await asyncio.gather(*(db.together(put(name)) for name in "aab"), return_exceptions=True)
    assert isinstance(done[1], sqlite3.IntegrityError)
    assert await names(db) == ["a", "b"]


async def test_d03_who_fills_the_disk_does_not_take_the_others_with_them(db: SqliteDb) -> None:
    pages = await db.together(lambda tx: tx.one("PRAGMA page_count"))
    assert pages is not None
    await db.together(lambda tx: tx.all(f"PRAGMA max_page_count = {pages['page_count'] + 4}"))
    works = (put("a"), put("b" * 100_000), put("c"))
    done = await asyncio.gather(*map(db.together, works), return_exceptions=True)
    assert [done[0], type(done[1]), done[2]] == ["a", Unavailable, "c"]
    assert await names(db) == ["a", "c"]


async def test_d01_a_locked_file_is_unavailable_for_all_and_only_once_waited_for(
    db: SqliteDb, path: Path
) -> None:
    browser = sqlite3.connect(path, isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")
    async with asyncio.timeout(2):
        done = await asyncio.gather(*(db.together(put(name)) for name in "abcdef"), return_exceptions=True)
    assert {type(each) for each in done} == {Unavailable}
    browser.execute("ROLLBACK")
    browser.close()
    assert await db.together(put("g")) == "g"
    assert await names(db) == ["g"]


async def test_p09_what_is_given_up_is_undone_and_holds_nobody_up(db: SqliteDb) -> None:
    async def hang(tx: Tx) -> None:
        await tx.run(PUT, name="a")
        await asyncio.sleep(60)

    hanging = asyncio.create_task(db.together(hang))
    after = asyncio.create_task(db.together(put("b")))
    await asyncio.sleep(0.05)
    hanging.cancel()
    assert await asyncio.wait_for(after, 1) == "b"
    assert hanging.cancelled()
    assert await names(db) == ["b"]


async def test_what_was_given_up_before_its_turn_is_never_begun(db: SqliteDb) -> None:
    async with db.transaction() as tx:
        waiting = asyncio.create_task(db.together(put("a")))
        await asyncio.sleep(0)
        waiting.cancel()
        await tx.run(PUT, name="b")
    assert await db.together(put("c")) == "c"
    assert await names(db) == ["b", "c"]
