"""Bring a database to the schema this code needs, once, whoever else tries at the same moment."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.engine import Db
from db.errors import Refused

if TYPE_CHECKING:
    import sqlalchemy as sa

HEAD = "0005"
_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 5_073_148  # any number, the same in every process


async def schema_version(db: Db) -> str | None:
    """Return the database's schema number, or None for an empty database."""
    tables = {
        "sqlite": "SELECT name FROM sqlite_master WHERE name = 'alembic_version'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE tablename = 'alembic_version'",
    }
    async with db.reading() as tx:
        if not await tx.one(tables[db.dialect]):
            return None
        row = await tx.one("SELECT version_num FROM alembic_version")
    return row["version_num"] if row else None


async def check(db: Db) -> None:
    """Raise Refused unless the schema is this code's own or one that a newer release made from it."""
    version = await schema_version(db)
    if version is None:
        raise Refused("The database has no tables yet. Make them with `piket migrate`.")
    if version < HEAD:
        raise Refused(
            f"The database has schema {version} and this release needs {HEAD}. Run `piket migrate`."
        )
    if version > HEAD:
        raise Refused(
            f"The database has schema {version}, made by a newer release; this one knows {HEAD}."
            " Start the newer release."
        )


async def upgrade(db: Db, url: str) -> None:
    """Run the migrations that are missing. Two processes at once: one does it, the other finds it done."""
    version = await schema_version(db)
    if version is None or version < HEAD:
        if url.startswith("sqlite:"):
            await asyncio.to_thread(_upgrade_sqlite, url.removeprefix("sqlite:"))
        else:
            await _upgrade_postgresql(url)
    await check(db)


# Only the rare start that has something to migrate pays for importing Alembic and SQLAlchemy: inner imports.


def _upgrade_sqlite(path: str) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 60})

    @sa.event.listens_for(engine, "connect")
    def ours_to_begin(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def begin(connection: "sa.Connection") -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            _run(connection)
    finally:
        engine.dispose()


async def _upgrade_postgresql(url: str) -> None:
    import asyncpg
    import sqlalchemy as sa
    from sqlalchemy.ext.asyncio import create_async_engine

    # The address is read by asyncpg, as everywhere else: SQLAlchemy passes on `sslmode` in a way that it refuses.
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url))
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


def _run(connection: "sa.Connection") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
