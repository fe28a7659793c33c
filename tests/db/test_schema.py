"""One schema on both engines, made once, whoever else makes it at the same moment."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from db import migrate
from db.engine import Db
from db.errors import Refused
from db.opening import open_db
from tests.engines import PostgresMaker, SqliteMaker

KINDS = {"TEXT": "text", "BIGINT": "big", "INTEGER": "int", "BLOB": "bytes", "BYTEA": "bytes"}


def default(column: Any) -> str | None:
    """What a column holds when nothing is said; PostgreSQL writes a type behind it, SQLite quotes around it."""
    said = column["default"]
    return said and str(said).split("::")[0].strip("'")


def schema(connection: sa.Connection) -> dict[str, Any]:
    """Everything of the schema that both engines can say in the same words."""
    inspected = sa.inspect(connection)
    tables = (name for name in inspected.get_table_names() if name != "alembic_version")
    return {
        table: {
            "columns": [
                (column["name"], KINDS[str(column["type"])], column["nullable"], default(column))
                for column in inspected.get_columns(table)
            ],
            "key": inspected.get_pk_constraint(table)["constrained_columns"],
            "refers": sorted(
                (each["constrained_columns"], each["referred_table"])
                for each in inspected.get_foreign_keys(table)
            ),
            "unique": sorted(each["column_names"] for each in inspected.get_unique_constraints(table)),
            "indexes": {
                (each["name"], tuple(each["column_names"]), bool(each["unique"]))
                for each in inspected.get_indexes(table)
                if "duplicates_constraint" not in each
            },
        }
        for table in sorted(tables)
    }


async def postgres_schema(url: str) -> dict[str, Any]:
    engine = create_async_engine(sa.make_url(url).set(drivername="postgresql+asyncpg"))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(schema)
    finally:
        await engine.dispose()


def sqlite_schema(url: str) -> dict[str, Any]:
    engine = sa.create_engine(f"sqlite:///{url.removeprefix('sqlite:')}")
    with engine.connect() as connection:
        found = schema(connection)
    engine.dispose()
    return found


async def test_both_engines_have_the_same_schema(
    sqlite_maker: SqliteMaker, postgres_maker: PostgresMaker
) -> None:
    ours, theirs = sqlite_schema(sqlite_maker.fresh()), await postgres_schema(postgres_maker.fresh())
    assert ours.keys() == theirs.keys()
    assert {table: (ours[table], theirs[table]) for table in ours if ours[table] != theirs[table]} == {}


async def test_d07_migrating_again_changes_nothing(db: Db, db_url: str) -> None:
    async with db.transaction() as tx:
        await tx.run("INSERT INTO meta (name, value) VALUES (:name, :value)", name="a", value="1")
    await migrate.upgrade(db, db_url)
    assert await migrate.schema_version(db) == migrate.HEAD
    async with db.reading() as tx:
        assert await tx.one("SELECT value FROM meta WHERE name = 'a'")


@pytest.fixture
def empty_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A database without any table."""
    if engine_name == "sqlite":
        return f"sqlite:{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_maker").empty())


async def test_d07_of_two_who_migrate_at_once_one_does_and_the_other_finds_it_done(empty_url: str) -> None:
    async def start() -> str | None:
        db = await open_db(empty_url)
        try:
            await migrate.upgrade(db, empty_url)
            return await migrate.schema_version(db)
        finally:
            await db.close()

    assert await asyncio.gather(start(), start(), start()) == [migrate.HEAD] * 3


async def test_d07_a_migration_that_stops_half_way_leaves_nothing_and_can_be_run_again(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    def power_cut(*_: object) -> None:
        raise RuntimeError("power cut")

    db = await open_db(empty_url)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(op, "create_index", power_cut)
            with pytest.raises(RuntimeError, match="power cut"):
                await migrate.upgrade(db, empty_url)
        assert await migrate.schema_version(db) is None
        await migrate.upgrade(db, empty_url)
        assert await migrate.schema_version(db) == migrate.HEAD
    finally:
        await db.close()


async def test_d07_a_schema_of_a_newer_release_is_refused(db: Db, db_url: str) -> None:
    async with db.transaction() as tx:
        await tx.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="made by a newer release"):
        await migrate.check(db)
    with pytest.raises(Refused, match="made by a newer release"):
        await migrate.upgrade(db, db_url)


async def test_an_empty_database_is_refused_with_the_command_that_fills_it(empty_url: str) -> None:
    db = await open_db(empty_url)
    try:
        with pytest.raises(Refused, match="piket migrate"):
            await migrate.check(db)
    finally:
        await db.close()
