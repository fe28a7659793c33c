"""What can go wrong with one file on a disk that others use too."""

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db.errors import Refused, Unavailable
from db.sqlite import SqliteDb, open_sqlite
from tests.engines import SqliteMaker

PUT = "INSERT INTO meta (name, value) VALUES (:name, '1')"
NOBODY = 65534


@pytest.fixture
def path(sqlite_maker: SqliteMaker) -> Path:
    return Path(sqlite_maker.fresh().removeprefix("sqlite:"))


@pytest.fixture
async def db(path: Path) -> AsyncIterator[SqliteDb]:
    """A database that waits for others only a moment."""
    opened = await open_sqlite(str(path), busy_seconds=0.2)
    yield opened
    await opened.close()


async def names(db: SqliteDb) -> list[str]:
    async with db.reading() as tx:
        return [row["name"] for row in await tx.all("SELECT name FROM meta ORDER BY name")]


async def put(db: SqliteDb, *names: str) -> None:
    async with db.transaction() as tx:
        for name in names:
            await tx.run(PUT, name=name)


async def test_d01_while_another_program_holds_the_lock_nothing_is_stored_and_it_says_so(
    db: SqliteDb, path: Path
) -> None:
    browser = sqlite3.connect(path, isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(Unavailable, match="locked"):
        await put(db, "a")
    assert 0.1 < time.monotonic() - began < 2
    browser.execute("ROLLBACK")
    browser.close()
    await put(db, "b")
    assert await names(db) == ["b"]


async def test_d01_a_lock_that_is_soon_released_is_waited_for(path: Path) -> None:
    db = await open_sqlite(str(path), busy_seconds=5)
    browser = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    browser.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.2, browser.execute, "ROLLBACK")
    await put(db, "a")
    assert await names(db) == ["a"]
    browser.close()
    await db.close()


async def test_d02_a_transaction_that_may_write_takes_the_lock_before_it_reads(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    connect = sqlite3.connect

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    db = await open_sqlite(str(path))
    asked.clear()
    async with db.transaction() as tx:
        await tx.one("SELECT 1 FROM meta")
        await tx.run(PUT, name="a")
    await db.close()
    assert asked[0] == "BEGIN IMMEDIATE"
    assert asked[-1] == "COMMIT"


async def test_d03_when_the_disk_is_full_nothing_is_half_stored_and_it_goes_on_after(db: SqliteDb) -> None:
    await put(db, "a")
    async with db.transaction() as tx:
        pages = await tx.one("PRAGMA page_count")
        assert pages is not None
        await tx.all(f"PRAGMA max_page_count = {pages['page_count']}")
    with pytest.raises(Unavailable, match="full"):
        await put(db, "b", "c" * 100_000)
    assert await names(db) == ["a"]
    async with db.transaction() as tx:
        await tx.all("PRAGMA max_page_count = 1000000")
    await put(db, "d")
    assert await names(db) == ["a", "d"]


async def test_d04_a_missing_folder_is_refused_with_its_path_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"missing.*does not exist.*PIKET_DATABASE"):
        await open_sqlite(str(tmp_path / "missing" / "piket.db"))


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """Root may write anything: step down while it lasts."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture(params=[(0o444, 0o777), (0o666, 0o555)], ids=["file", "folder"])
def read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database that an ordinary user may not write, because of the file or of its folder."""
    monkeypatch.chdir(tmp_path)  # where root's folders lie, an ordinary user may not enter by the full name
    file_mode, folder_mode = request.param
    Path("piket.db").touch()
    Path("piket.db").chmod(file_mode)
    tmp_path.chmod(folder_mode)
    yield "piket.db"
    tmp_path.chmod(0o700)


async def test_d04_what_cannot_be_written_is_refused_with_its_path_and_the_remedy(read_only: str) -> None:
    with an_ordinary_user(), pytest.raises(Refused, match=r"piket\.db cannot be written.*Change the owner"):
        await open_sqlite(read_only)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.db"
    path.write_text("Yth. Kepala Dinas, " * 100)
    return path


async def test_d04_a_file_that_is_no_database_is_refused_and_no_thread_stays(letter: Path) -> None:
    before = threading.enumerate()
    with pytest.raises(Refused, match=r"letter\.db cannot be opened"):
        await open_sqlite(str(letter))
    ours = [thread for thread in threading.enumerate() if thread not in before]
    for thread in ours:
        thread.join(1)
    assert not any(thread.is_alive() for thread in ours)


def damage(path: Path) -> None:
    """Overwrite the pages written last."""
    raw = path.read_bytes()
    path.write_bytes(raw[:-40_000] + os.urandom(40_000))


async def test_d05_a_damaged_page_is_unavailable_not_an_answer(path: Path) -> None:
    db = await open_sqlite(str(path))
    for number in range(200):
        await put(db, f"{number:04}" * 100)
    await db.close()
    damage(path)
    db = await open_sqlite(str(path))
    with pytest.raises(Unavailable, match="damaged"):
        await names(db)
    await db.close()


async def test_a_mistake_of_ours_is_not_taken_for_a_damaged_file(db: SqliteDb) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        async with db.transaction() as tx:
            await tx.run(PUT)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        async with db.transaction() as tx:
            await tx.run("DELETE FROM nowhere")
    await put(db, "a")
    with pytest.raises(sqlite3.IntegrityError):
        await put(db, "a")


async def test_what_is_cancelled_while_it_waits_for_the_lock_holds_nobody_up_after(
    db: SqliteDb, path: Path
) -> None:
    browser = sqlite3.connect(path, isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(put(db, "a"))
    await asyncio.sleep(0.05)
    waiting.cancel()
    browser.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    browser.execute("INSERT INTO meta (name, value) VALUES ('browser', '1')")
    browser.close()
    await put(db, "b")
    assert await names(db) == ["b", "browser"]


async def test_a_reader_cannot_write(db: SqliteDb) -> None:
    with pytest.raises((Unavailable, sqlite3.OperationalError), match="readonly"):
        async with db.reading() as tx:
            await tx.run(PUT, name="a")
    assert await names(db) == []


async def test_readers_do_not_wait_for_a_writer_nor_see_what_is_not_committed(db: SqliteDb) -> None:
    async with db.transaction() as tx:
        await tx.run(PUT, name="a")
        assert await asyncio.wait_for(names(db), 1) == []
    assert await names(db) == ["a"]
