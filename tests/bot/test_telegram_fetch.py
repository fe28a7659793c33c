"""What people hand in on Telegram: which size is kept, how its bytes come, and what keeps them from coming."""

import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.base import FetchFailure, Unfetched
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import parse
from handlers.update import Attached
from tests.bot.fakeapi import Reply, cut, ok, raw, refused, silence
from tests.bot.test_telegram_http import TOKEN, channel_at, closed_port
from tests.platforms import MEDIA

BODY = b"%PDF-1.4" + b"x" * 1000
FOUND = {"file_id": "F1", "file_unique_id": "U1", "file_size": len(BODY), "file_path": "documents/file 0.pdf"}


class Shelf:
    """A Bot API that hands out one file; `asked` are the paths, `replies` answer getFile, `hands` the download."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.reply: Reply = ok(FOUND)
        self.hands: Reply = self._body

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/bot{token}/getFile", self._get_file)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self.server = TestServer(app)
        await self.server.start_server(shutdown_timeout=0.01, access_log=None)
        return str(self.server.make_url("")).rstrip("/")

    async def _get_file(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((await request.json())["file_id"])
        return await self.reply(request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.match_info["path"])
        return await self.hands(request)

    async def _body(self, _: web.Request) -> web.Response:
        return web.Response(body=BODY)


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    opened = Shelf()
    opened.url = await opened.start()
    yield opened
    await opened.server.close()


@pytest.fixture
async def channel(shelf: Any) -> AsyncIterator[TelegramChannel]:
    opened = channel_at(shelf.url, deadline=0.4)
    yield opened
    await opened.close()


def read(content: dict[str, Any]) -> Attached | None:
    ana = {"id": 7, "is_bot": False, "first_name": "Ana"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": ana, **content}
    [update] = parse(json.dumps({"update_id": 1, "message": message}).encode())
    return update.file


def photo(*sides: int) -> dict[str, Any]:
    sizes = [
        {"file_id": f"P{side}", "file_unique_id": f"U{side}", "width": 9, "height": side} for side in sides
    ]
    return {"photo": sizes}


@pytest.mark.parametrize(
    ("sides", "kept"), [((90, 1280, 2560), "P1280"), ((90, 1600), "P1600"), ((2560, 5000), "P2560")]
)
def test_of_a_photo_the_largest_size_that_is_not_too_large_is_kept(sides: tuple[int, ...], kept: str) -> None:
    assert read(photo(*sides)) == Attached(key=kept, type="image/jpeg")


def test_a_document_comes_with_the_name_and_the_kind_that_its_sender_gave() -> None:
    given = {
        "file_id": "D1",
        "file_unique_id": "U1",
        "file_name": "nota\ud83d.pdf",
        "mime_type": "text/x",
        "file_size": 9,
    }
    assert read({"document": given}) == Attached(key="D1", name="nota?.pdf", type="text/x", size=9)


@pytest.mark.parametrize("kind", sorted(MEDIA.keys() - {"photo", "document"}))
def test_nothing_else_is_a_file(kind: str) -> None:
    assert read(MEDIA[kind]) is None


async def test_the_bytes_come_as_they_are(shelf: Shelf, channel: TelegramChannel) -> None:
    assert await channel.fetch("F1", most=len(BODY)) == BODY
    assert shelf.asked == ["F1", "documents/file 0.pdf"]


async def test_what_says_that_it_is_too_large_is_not_even_asked_for(
    shelf: Shelf, channel: TelegramChannel
) -> None:
    failure = await channel.fetch("F1", most=len(BODY) - 1)
    assert isinstance(failure, FetchFailure)
    assert (failure.why, shelf.asked) == (Unfetched.TOO_LARGE, ["F1"])


async def test_what_turns_out_to_be_too_large_is_left_off_in_the_middle(
    shelf: Shelf, channel: TelegramChannel
) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x" * 100_000)
        return response

    shelf.hands = endless
    failure = await channel.fetch("F1", most=300_000)
    assert isinstance(failure, FetchFailure)
    assert failure.why is Unfetched.TOO_LARGE


async def moved(_: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": "http://127.0.0.1:1/elsewhere"})


@pytest.mark.parametrize(
    ("reply", "hands", "why"),
    [
        (refused(400, "Bad Request: file is too big"), None, Unfetched.TOO_LARGE),
        (refused(400, "Bad Request: invalid file_id"), None, Unfetched.GONE),
        (
            refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
            None,
            Unfetched.RETRY,
        ),
        (refused(401, "Unauthorized"), None, Unfetched.RETRY),
        (refused(502, "Bad Gateway"), None, Unfetched.RETRY),
        (raw("<html>", status=502), None, Unfetched.RETRY),
        (ok({"file_id": "F1"}), None, Unfetched.RETRY),
        (ok([]), None, Unfetched.RETRY),
        (cut, None, Unfetched.RETRY),
        (silence, None, Unfetched.RETRY),
        (ok(FOUND), raw("no", status=404), Unfetched.RETRY),
        (ok(FOUND), cut, Unfetched.RETRY),
        (ok(FOUND), silence, Unfetched.RETRY),
        (ok(FOUND), moved, Unfetched.RETRY),
    ],
)
async def test_n03_whatever_keeps_a_file_from_coming_is_a_fact_without_the_token(
    shelf: Shelf,
    channel: TelegramChannel,
    caplog: pytest.LogCaptureFixture,
    reply: Reply,
    hands: Reply | None,
    why: Unfetched,
) -> None:
    caplog.set_level(logging.DEBUG)
    shelf.reply, shelf.hands = reply, hands or shelf.hands
    failure = await channel.fetch("F1", most=5000)
    assert isinstance(failure, FetchFailure)
    assert failure.why is why
    assert TOKEN not in failure.says + caplog.text


async def test_c08_the_seconds_to_wait_come_through(shelf: Shelf, channel: TelegramChannel) -> None:
    shelf.reply = refused(429, "Too Many Requests: retry after 9", retry_after=9)
    failure = await channel.fetch("F1", most=5000)
    assert failure == FetchFailure(why=Unfetched.RETRY, says=failure.says, seconds=9.0)


async def test_n01_nobody_there_is_tried_again() -> None:
    channel = channel_at(f"http://127.0.0.1:{closed_port()}")
    failure = await channel.fetch("F1", most=5000)
    await channel.close()
    assert isinstance(failure, FetchFailure)
    assert failure.why is Unfetched.RETRY
