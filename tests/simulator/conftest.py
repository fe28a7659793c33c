"""A simulator in this process, its page's API, and its Bot API over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from simulator.server import create_app
from simulator.world import World

TOKEN, KEY, ANA, BORIS = "test:ABC", "PAGEKEY", 1001, 1002
GROUP, BASIC_GROUP = -1001234567890, -4321
CAST: dict[str, Any] = {
    "people": [
        {
            "id": ANA,
            "first_name": "Ana",
            "last_name": "<b>Lestari</b>",
            "phone": "+6281200001001",
            "started": True,
        },
        {"id": BORIS, "first_name": "Boris", "phone": "+6281200001002", "role": "Kepala"},
    ],
    "groups": [
        {"id": GROUP, "title": "Bidang I", "members": [ANA, BORIS], "has_bot": True},
        {"id": BASIC_GROUP, "title": "Bidang II", "members": [ANA]},
    ],
    "moments": [{"label": "Pagi", "at": "06:45"}],
}


class Play:
    """Both sides of one simulator: `page` acts as the page, `bot` calls the Bot API."""

    def __init__(self, world: World, session: ClientSession, address: str) -> None:
        self.world, self.session, self.address = world, session, address

    async def page(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.address}/{KEY}/api/{path}", json=body) as answer:
            return {"status": answer.status, **await answer.json()}

    async def shown(self, path: str) -> dict[str, Any]:
        async with self.session.get(f"{self.address}/{KEY}/api/{path}") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def bot(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.address}/bot{TOKEN}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert body["ok"] is (answer.status == 200) or answer.status == 200
            return body

    async def sends(self, text: str, chat: int = ANA, **params: Any) -> Any:
        answer = await self.bot("sendMessage", chat_id=chat, text=text, **params)
        return answer["result"] if answer["ok"] else answer["description"]

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.bot("getUpdates", **params))["result"]
        return found


async def until(condition: Callable[[], Any], *, seconds: float = 3) -> None:
    """Wait for something that another task does."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for signals nothing
            await asyncio.sleep(0.005)


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    world = World(bot_token=TOKEN, key=KEY, cast=CAST, first_delay=0.02)
    server = TestServer(create_app(world))
    await server.start_server()
    async with ClientSession() as session:
        yield Play(world, session, str(server.make_url("")).rstrip("/"))
    await server.close()
