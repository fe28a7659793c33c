"""A whole bot beside a pretend Telegram, in one process, for tests of starting, running and stopping."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import build
from bot.running import App
from bot.settings import Settings, settings_from
from db.sealed import new_key
from simulator.server import create_app
from simulator.world import World

PAGE = "page-key"
PERSON = 1001


class Telegram:
    """The pretend platform, spoken to through its page's own API."""

    def __init__(self, world: World, url: str, client: aiohttp.ClientSession) -> None:
        self.world = world
        self.url = url
        self._client = client

    async def post(self, what: str, **body: Any) -> None:
        """Do something on the page: `say`, `start`, `faults`, …"""
        async with self._client.post(f"{self.url}/{PAGE}/api/{what}", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def texts(self) -> list[str]:
        """Return what the bot has written to the person so far."""
        async with self._client.get(f"{self.url}/{PAGE}/api/chats/{PERSON}") as answer:
            messages = (await answer.json())["messages"]
        return [message["text"] for message in messages if message["from"] == "bot"]

    async def answered(self, count: int = 1) -> list[str]:
        """Wait until the bot has written so often."""
        for _ in range(200):
            if len(texts := await self.texts()) >= count:
                return texts
            await asyncio.sleep(0.05)
        raise AssertionError(f"The bot has written {len(texts)} times, not {count}.")


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    """Run a pretend Telegram."""
    world = World(bot_token="test:ABC", key=PAGE)
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as client:
        yield Telegram(world, f"http://127.0.0.1:{runner.addresses[0][1]}", client)
    await runner.cleanup()


def settings_for(platform: Telegram, database: str, *, key: str = "", **more: str) -> Settings:
    """Return the settings of a bot that talks with `platform`."""
    environment = {
        "PIKET_DATABASE": database,
        "PIKET_KEY": key or new_key(),
        "PIKET_TELEGRAM_TOKEN": "test:ABC",
        "PIKET_TELEGRAM_API": platform.url,
        "PIKET_LISTEN": "127.0.0.1:0",
    }
    return settings_from(environment | more)


def renewed(settings: Settings, **changes: Any) -> Settings:
    """Return the same settings but for some."""
    return dataclasses.replace(settings, **changes)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[App]:
    """Run a bot until the block ends; then stop it in order."""
    app = await build(settings)
    try:
        await app.start()
        yield app
    finally:
        await app.stop()
