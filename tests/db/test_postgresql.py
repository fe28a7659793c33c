"""What can go wrong with a server somewhere else."""

import asyncio
import errno
from collections.abc import AsyncIterator

import asyncpg
import pytest

from db import migrate
from db.engine import Db, Tx, transact
from db.errors import Refused, Unavailable
from db.opening import open_db
from tests.engines import PostgresMaker

PUT = "INSERT INTO meta (name, value) VALUES (:name, '1')"


@pytest.fixture
async def db(postgres_maker: PostgresMaker) -> AsyncIterator[Db]:
    opened = await open_db(postgres_maker.fresh())
    yield opened
    await opened.close()


async def names(db: Db) -> list[str]:
    async with db.reading() as tx:
        return [row["name"] for row in await tx.all("SELECT name FROM meta ORDER BY name")]


async def kill_backend_of(tx: Tx, db: Db) -> None:
    backend = await tx.one("SELECT pg_backend_pid() AS pid")
    assert backend is not None
    async with db.transaction() as other:
        await other.one("SELECT pg_terminate_backend(CAST(:pid AS INTEGER))", pid=backend["pid"])


async def test_d06_a_transaction_whose_backend_dies_is_run_again_as_a_whole(db: Db) -> None:
    tries = 0

    async def work(tx: Tx) -> str:
        nonlocal tries
        tries += 1
        await tx.run(PUT, name=f"first of try {tries}")
        if tries == 1:
            await kill_backend_of(tx, db)
        await tx.run(PUT, name=f"second of try {tries}")
        return "done"

    assert await transact(db, work) == "done"
    assert await names(db) == ["first of try 2", "second of try 2"]


async def test_d06_a_backend_that_dies_before_the_commit_has_stored_nothing(db: Db) -> None:
    async def work(tx: Tx) -> None:
        await tx.run(PUT, name="a")
        await kill_backend_of(tx, db)

    with pytest.raises(Unavailable):
        await transact(db, work, tries=1)
    assert await names(db) == []


async def test_d06_a_server_that_stays_away_is_given_up_after_some_tries(db: Db) -> None:
    tries = 0

    async def work(tx: Tx) -> None:
        nonlocal tries
        tries += 1
        await kill_backend_of(tx, db)

    with pytest.raises(Unavailable, match="cannot store anything now"):
        await transact(db, work, tries=3)
    assert tries == 3


async def test_d06_of_two_that_wait_for_each_other_both_get_done(db: Db) -> None:
    async with db.transaction() as tx:
        await tx.run_many(PUT, [{"name": "a"}, {"name": "b"}])
    both = asyncio.Barrier(2)

    async def touch(first: str, second: str) -> None:
        met = False

        async def work(tx: Tx) -> None:
            nonlocal met
            await tx.run("UPDATE meta SET value = '2' WHERE name = :name", name=first)
            if not met:
                met = True
                await both.wait()
            await tx.run("UPDATE meta SET value = '2' WHERE name = :name", name=second)

        await transact(db, work)

    await asyncio.gather(touch("a", "b"), touch("b", "a"))


async def test_a_value_that_no_column_holds_is_our_mistake_not_an_outage(db: Db) -> None:
    with pytest.raises(asyncpg.DataError):
        async with db.transaction() as tx:
            await tx.run("INSERT INTO seen (channel, update_key, seen_at) VALUES ('t', '1', :at)", at="soon")


async def test_a_server_that_does_not_answer_is_refused_with_the_setting(tmp_path: object) -> None:
    with pytest.raises(Refused, match="PIKET_DATABASE"):
        await open_db(f"postgresql:///piket?host={tmp_path}")


async def test_d06_a_server_whose_host_is_gone_is_away_too(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_route(*_: object) -> None:
        raise OSError(errno.EHOSTUNREACH, "No route to host")

    monkeypatch.setattr(asyncpg.Pool, "acquire", no_route)
    with pytest.raises(Unavailable, match="No route to host"):
        async with db.transaction():
            pass


async def test_p02_closing_does_not_wait_for_a_transaction_that_hangs(postgres_maker: PostgresMaker) -> None:
    db = await open_db(postgres_maker.fresh())

    async def hang() -> None:
        async with db.transaction() as tx:
            await tx.one("SELECT pg_sleep(20)")

    hanging = asyncio.create_task(hang())
    await asyncio.sleep(0.2)
    await asyncio.wait_for(db.close(), 4)
    assert isinstance((await asyncio.gather(hanging, return_exceptions=True))[0], Unavailable)


async def test_an_address_with_a_demand_for_tls_can_be_migrated(postgres_maker: PostgresMaker) -> None:
    url = f"{postgres_maker.empty()}&sslmode=disable"
    db = await open_db(url)
    try:
        await migrate.upgrade(db, url)
        assert await migrate.schema_version(db) == migrate.HEAD
    finally:
        await db.close()
