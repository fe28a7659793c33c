"""A tiny Bot API server on loopback that answers as told, well or badly."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]
MESSAGE = {"message_id": 77, "date": 1592178300, "chat": {"id": 7, "type": "private"}, "text": "x"}


def ok(result: Any = MESSAGE) -> Reply:
    return raw(json.dumps({"ok": True, "result": result}))


def refused(code: int, description: str, *, status: int | None = None, **parameters: Any) -> Reply:
    body = {"ok": False, "error_code": code, "description": description}
    return raw(json.dumps(body | ({"parameters": parameters} if parameters else {})), status=status or code)


def raw(body: str, *, status: int = 200, kind: str = "application/json", **headers: str) -> Reply:
    async def reply(_: web.Request) -> web.Response:
        return web.Response(text=body, status=status, content_type=kind, headers=headers)

    return reply


async def cut(request: web.Request) -> web.StreamResponse:
    """Take the request and say nothing: the connection ends."""
    await request.read()
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def cut_in_the_middle(request: web.Request) -> web.StreamResponse:
    """Promise an answer and give half of it."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"ok": true, "resu')
    assert request.transport is not None
    request.transport.close()
    return response


async def silence(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


class FakeApi:
    """Answers each call by the next of `replies`, then by yes; remembers method and parameters."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.replies: list[Reply] = []
        self.usual = ok()
        self.url = ""
        self._server: TestServer | None = None

    async def start(self, **more: Any) -> None:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        self._server = TestServer(app, scheme="https" if more else "http")
        await self._server.start_server(shutdown_timeout=0.01, access_log=None, **more)
        self.url = str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        is_json = request.content_type == "application/json"
        given = {
            name: str(value)
            for name, value in (await (request.json() if is_json else request.post())).items()
        }
        self.calls.append((request.match_info["method"], given))
        reply = self.replies.pop(0) if self.replies else self.usual
        return await reply(request)
