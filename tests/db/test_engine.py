"""The small interface keeps its promises on both engines."""

import pytest

from db.engine import Db, Tx, transact


async def test_what_a_block_wrote_is_there_after_it_ended_well(db: Db) -> None:
    async with db.transaction() as tx:
        await tx.run("INSERT INTO meta (name, value) VALUES (:name, :value)", name="a", value="1")
    async with db.reading() as tx:
        row = await tx.one("SELECT value FROM meta WHERE name = :name", name="a")
    assert row is not None
    assert row["value"] == "1"


async def test_nothing_of_a_block_that_raised_is_there(db: Db) -> None:
    async def work(tx: Tx) -> None:
        await tx.run("INSERT INTO meta (name, value) VALUES (:name, :value)", name="a", value="1")
        raise RuntimeError("kaput")

    with pytest.raises(RuntimeError, match="kaput"):
        await transact(db, work)
    async with db.reading() as tx:
        assert await tx.one("SELECT value FROM meta WHERE name = :name", name="a") is None
