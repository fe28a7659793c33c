"""The whole bot holds the whole conversation of a day with a Bot API server that we did not write."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from bot.app import build
from bot.clock import Clock
from bot.settings import settings_from
from db.opening import open_db
from db.sealed import Seal, new_key, seal_from
from tests import factories
from tests.engines import SqliteMaker

TOKEN = "test:OTHER"
CHAT = 1001
MORNING = datetime(2020, 6, 14, 23, 45, tzinfo=UTC)


class OtherServer(LoBotApiEmulator):  # type: ignore[misc]  # the package has no types
    """The server as published; we only listen to what it accepts."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted: list[dict[str, Any]] = []
        self.ids = iter(range(1, 1000))

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        result = super().validate(method, fields, uploads)
        if method == "sendMessage":
            self.accepted.append(dict(fields))
        return result

    async def hears(self, **message: Any) -> None:
        """Let Ana write, in the form in which the Bot API sends it."""
        person = {"id": CHAT, "is_bot": False, "first_name": "Ana", "language_code": "id"}
        number = next(self.ids)
        date = int((MORNING + timedelta(seconds=number)).timestamp())
        chat = {"id": CHAT, "type": "private", "first_name": "Ana"}
        whole = {"message_id": number, "from": person, "chat": chat, "date": date, **message}
        await self.enqueue_update({"update_id": number, "message": whole}, token=TOKEN)

    async def answers(self, fragment: str) -> str:
        """Wait until the bot has answered with a text that holds `fragment`; forget what came before."""
        for _ in range(200):
            for position, fields in enumerate(self.accepted):
                if fragment in fields["text"]:
                    del self.accepted[: position + 1]
                    return str(fields["text"])
            await asyncio.sleep(0.05)
        raise AssertionError(f"No answer holds {fragment!r}; there were {[f['text'] for f in self.accepted]}")


@pytest.fixture
async def other() -> AsyncIterator[tuple[OtherServer, str]]:
    server = OtherServer()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield server, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def _office(url: str, seal: Seal) -> None:
    db = await open_db(url)
    await factories.open_office(db, now=MORNING)
    await db.close()


async def test_a_whole_day_with_a_server_that_is_not_ours(
    other: tuple[OtherServer, str], sqlite_maker: SqliteMaker, tmp_path: Path
) -> None:
    server, address = other
    database, key = sqlite_maker.fresh(), new_key()
    await _office(database, seal_from(key))
    clock = Clock()
    clock.move(MORNING - clock.now())
    settings = settings_from({
        "PIKET_DATABASE": database, "PIKET_KEY": key, "PIKET_TELEGRAM_TOKEN": TOKEN,
        "PIKET_TELEGRAM_API": address, "PIKET_LISTEN": "127.0.0.1:0",
    })  # fmt: skip
    app = await build(settings, clock=clock)
    try:
        await app.start()
        await _plays_the_day(server)
    finally:
        await app.stop()
    assert {row["status"] for row in server.requests} == {200}


async def _plays_the_day(server: OtherServer) -> None:
    await server.hears(text="/start", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    await server.answers("Piket")
    await server.hears(text="Setuju")
    await server.answers("NIP")
    phone = factories.ANA.phone.lstrip("+")
    await server.hears(contact={"phone_number": phone, "first_name": "Ana", "user_id": CHAT})
    await server.answers("Ana")
    await server.hears(text="WFO hari ini?")
    assert "045.2/1656/06/2020" in await server.answers("WFO")
    for words, answer in (
        ("Lapor kesehatan", "14 hari"), ("semua tidak", "Kirim"), ("Kirim", "Kode"),
        ("Rencana kerja", "kegiatan"), ("Menyusun berita\nRapat daring", "Rapat daring"), ("Simpan", "Kode"),
        ("Lapor hasil", "hasil"), ("Berita terbit", "Berita terbit"), ("Simpan", "Kode"),
    ):  # fmt: skip
        await server.hears(text=words)
        await server.answers(answer)
