"""Piket in the rush: `piket run` on a fresh database, by polling and by webhook in turn."""

import json
import re
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.render import REPEATED, Renderer
from db.engine import Tx
from db.items import from_text
from db.moments import to_micros
from db.opening import open_db
from db.sealed import new_key
from db.sending import outbox
from handlers.notice import VERSION
from tests import factories
from tests.kill.contender import Books
from tests.kill.personas import Line, Script, named_in
from tests.kill.rush import TOKEN, RushWorld

CHANNEL = "telegram"
LAST_SECONDS = timedelta(seconds=30)
_CODE = re.compile(r"^(?:Rencana (?:tercatat|diperbarui)|Sudah tercatat)[^\0]*\bKode (\w-\w{4}-\w{2})\b")


def receipt(text: str) -> str:
    """Return the code of the receipt in `text`, "" when it is none."""
    found = _CODE.search(text)
    return found[1] if found else ""


SCRIPT = Script(
    lines=(
        Line(says="Rencana baru", is_answer=lambda text, _item: text.startswith("Apa rencana kerja Anda?")),
        Line(
            says="{item}",
            is_answer=lambda text, item: text.startswith("Simpan rencana ini?") and named_in(text) == item,
        ),
        Line(says="Simpan", is_answer=lambda text, _item: receipt(text) != ""),
    ),
    patience=20.0,
    mark=Renderer().word(REPEATED, {}, locale="id", markup="plain"),
)


@dataclass(eq=False)
class Piket:
    """The bot of this project on one database, which must be migrated and empty."""

    database: str
    name: str = "Piket"
    script: Script = SCRIPT
    modes: Sequence[str] = ("polling", "polling", "webhook", "webhook")
    key: str = field(default_factory=new_key)
    _api: str = ""
    _port: int = 0

    @property
    def command(self) -> Sequence[str]:
        return (sys.executable, "-c", "from bot.cli import main; main()", "run")

    def receipt(self, text: str) -> str:
        return receipt(text)

    async def prepare(self, world: RushWorld, *, folder: Path, api: str) -> None:
        self.aims_at(api)
        now = datetime.now(UTC)
        db = await open_db(self.database)
        try:
            async with db.transaction() as tx:
                await factories.found_agency(tx, now=now - timedelta(days=1))
                people = {await _hire(tx, chat): str(chat) for chat in world.people}
            await factories.link_chats(db, people, channel=CHANNEL, version=VERSION, now=now)
        finally:
            await db.close()

    def aims_at(self, api: str) -> None:
        """Talk with the platform at this address."""
        self._api, self._port = api, _free_port()

    def env(self, mode: str) -> Mapping[str, str]:
        here = f"127.0.0.1:{self._port}"
        reached = {"PIKET_PUBLIC_URL": f"http://{here}"} if mode == "webhook" else {}
        return {
            "PIKET_DATABASE": self.database,
            "PIKET_KEY": self.key,
            "PIKET_TELEGRAM_TOKEN": TOKEN,
            "PIKET_TELEGRAM_API": self._api,
            "PIKET_LISTEN": here,
            "PIKET_LOG_LEVEL": "warning",
            **reached,
        }

    async def written_down(self) -> frozenset[int]:
        sql = "SELECT platform_keys FROM outbox WHERE state = 'sent' AND ended_at >= :since"
        async with self._reading() as tx:
            rows = await tx.all(sql, since=to_micros(datetime.now(UTC) - LAST_SECONDS))
        return frozenset(int(key) for row in rows for key in json.loads(row["platform_keys"]))

    async def owes_nothing(self) -> bool:
        async with self._reading() as tx:
            return not await outbox.waiting(tx)

    async def books(self) -> Books:
        async with self._reading() as tx:
            return await _books(tx)

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[Tx]:
        db = await open_db(self.database)
        try:
            async with db.reading() as tx:
                yield tx
        finally:
            await db.close()


async def _books(tx: Tx) -> Books:
    reports = await tx.all("SELECT code, items FROM reports")
    items = {row["code"]: ", ".join(item.activity for item in from_text(row["items"])) for row in reports}
    seen = await tx.all("SELECT update_key FROM seen WHERE channel = :channel", channel=CHANNEL)
    # In flight at two kills is given up after two copies; whether one arrived, the people themselves say.
    unsent = await tx.all(
        "SELECT state, ended_because FROM outbox WHERE state <> 'sent'"
        " AND NOT (state = 'failed' AND ended_because LIKE 'fate unknown twice%')"
    )
    aside = await tx.all("SELECT error FROM quarantine")
    troubles = [f"an answer was {row['state']}, not sent: {row['ended_because']}" for row in unsent]
    troubles += [f"an update was set aside: {row['error']}" for row in aside]
    return Books(
        saved=list(items.values()),
        items=items,
        handled=frozenset(int(row["update_key"]) for row in seen),
        troubles=Counter(troubles),
    )


async def _hire(tx: Tx, chat: int) -> str:
    who = factories.Cast(name=f"Orang {chat}", nip=f"19920315201503{chat:04d}", phone=f"+62812{chat:08d}")
    return await factories.hire(tx, who, now=datetime.now(UTC) - timedelta(days=1))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
