"""The folder .demo: a key of its own, a database that is made anew, the cast, and what the two processes log."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from bot.stopped import Stopped
from db import meta, migrate
from db.errors import Refused
from db.opening import open_db
from db.sealed import new_key
from db.service_lock import Held, ServiceLock


class DemoFolder:
    """One demo's files."""

    def __init__(self, home: Path) -> None:
        self._home = home.resolve()
        self._file = self._home / "demo.db"
        self.cast = self._home / "cast.json"
        self.simulator_log = self._home / "simulator.log"
        self._address = self._home / "address"

    @property
    def database(self) -> str:
        return f"sqlite:{self._file}"

    async def begin(self) -> None:
        """Make the folder, without any database. Raises Stopped if a demo runs here, or if it is not a demo's.

        The simulator forgets its chats and numbers its updates from the same beginning, so an old database
        would take new messages for ones that it has seen.
        """
        self._home.mkdir(mode=0o700, exist_ok=True)
        lock = self._locked()
        try:
            self._address.unlink(missing_ok=True)
            await self._remove_old()
        finally:
            lock.release()  # the bot takes it for itself

    def refuse_second(self) -> None:
        """Raise Stopped, with the address of its page, if a demo runs in this folder."""
        if self._home.exists():
            self._locked().release()

    def note_address(self, address: str) -> None:
        """Keep where the page is, for whoever starts the demo a second time."""
        self._address.write_text(address, encoding="ascii")

    def key(self) -> str:
        """Return the demo's key, which only its owner can read; made once."""
        path = self._home / "key"
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(file, "w", encoding="ascii") as out:
            out.write(key := new_key())
        return key

    def new_log(self) -> TextIO:
        """Open the bot's log, empty."""
        return (self._home / "bot.log").open("w", encoding="utf-8")

    def write_cast(self, cast: Mapping[str, Any]) -> None:
        """Write the people for the simulator."""
        self.cast.write_text(json.dumps(cast, ensure_ascii=False, indent=1), encoding="utf-8")

    def _locked(self) -> ServiceLock:
        lock = ServiceLock(str(self._file))
        try:
            lock.take()
        except Held:
            page = self._address.read_text(encoding="ascii") if self._address.exists() else "see its terminal"
            raise Stopped(
                f"The demo of this folder is running already. Stop it first with Ctrl-C, or use its page: {page}"
            ) from None
        return lock

    async def _remove_old(self) -> None:
        if self._file.exists():
            db = await open_db(self.database)
            try:
                if await migrate.schema_version(db) is not None:
                    async with db.transaction() as tx:
                        await meta.flag_demo(tx)  # refuses where there are people who may be real
            except Refused:
                raise Stopped(
                    f"{self._file} holds people who may be real, so the demo does not replace it. Move it away, or "
                    "start the demo in another folder."
                ) from None
            finally:
                await db.close()
        for path in self._home.glob("demo.db*"):
            if path.suffix != ".lock":
                path.unlink()
