"""The page's API, its events, and the guard at the door."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestServer

from simulator.cast import Happening
from tests.simulator.conftest import ANA, KEY, TOKEN, Play, until


@asynccontextmanager
async def _events(play: Play) -> AsyncIterator[ClientResponse]:
    async with play.session.get(f"{play.address}/{KEY}/api/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        yield stream


async def _next(stream: ClientResponse, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(3):
        while True:
            line = (await stream.content.readuntil(b"\n\n")).decode()
            event: dict[str, Any] = json.loads(line.removeprefix("data: "))
            if event["type"] == kind:
                return event


async def test_the_state_names_people_as_data(play: Play) -> None:
    state = await play.shown("state")
    ana = state["people"][0]
    assert (ana["name"], ana["started"], ana["blocked"]) == ("Ana <b>Lestari</b>", True, False)
    assert state["bot"] == {"username": "piket_demo_bot", "name": "Piket"}
    assert state["moments"] == [{"label": "Pagi", "at": "06:45"}]
    assert datetime.fromisoformat(state["now"]).utcoffset() is not None


async def test_a_chat_shows_both_sides(play: Play) -> None:
    await play.page("say", user=ANA, text="halo")
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}
    await play.sends("<b>hai</b>", parse_mode="HTML", reply_markup=markup)
    hers, ours = (await play.shown(f"chats/{ANA}"))["messages"]
    assert (hers["from"], hers["status"], ours["from"], ours["kind"]) == ("person", "sent", "bot", "text")
    assert ours["inline"] == [[{"text": "Ya", "data": "y"}]]
    assert ours["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    updates = await play.updates()
    await play.updates(offset=updates[-1]["update_id"] + 1)
    assert (await play.shown(f"chats/{ANA}"))["messages"][0]["status"] == "delivered"


async def test_events_tell_the_page_at_once(play: Play) -> None:
    async with _events(play) as stream:
        sent = await play.sends("pilih", reply_markup={"keyboard": [["a"]]})
        message = await _next(stream, "message")
        assert (message["chat"], message["message"]["text"]) == (ANA, "pilih")
        assert (await _next(stream, "keyboard"))["keyboard"]["rows"][0][0]["text"] == "a"
        pressed = await play.page("press", user=ANA, message_id=sent["message_id"], data="x")
        await play.bot("answerCallbackQuery", callback_query_id=pressed["callback_id"], text="ok")
        toast = await _next(stream, "toast")
        assert (toast["text"], toast["alert"], toast["callback_id"]) == ("ok", False, pressed["callback_id"])
        await play.bot("sendChatAction", chat_id=ANA, action="typing")
        assert (await _next(stream, "typing"))["chat"] == ANA
        await play.bot("deleteMessage", chat_id=ANA, message_id=sent["message_id"])
        assert (await _next(stream, "delete"))["message_id"] == sent["message_id"]


async def test_a_moved_clock_is_shown_and_told_to_the_bot(play: Play) -> None:
    heard: list[tuple[str | None, dict[str, Any]]] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append((request.headers.get("X-Piket-Demo"), await request.json()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/demo/clock", hear)
    async with TestServer(app) as server:
        play.world.clock_url, play.world.clock_secret = str(server.make_url("/demo/clock")), "s3"
        async with _events(play) as stream:
            moved = await play.page("clock", now="2020-06-15T06:45:00+07:00")
            assert (await _next(stream, "clock"))["now"] == moved["now"]
    assert moved["now"].startswith("2020-06-15T06:45:00")
    assert "warning" not in moved
    assert heard == [("s3", {name: moved[name] for name in ("now", "offset_seconds", "speed")})]
    assert moved["speed"] == 1
    await play.page("say", user=ANA, text="halo")
    assert datetime.fromtimestamp((await play.updates())[0]["message"]["date"]).year == 2020  # noqa: DTZ006


async def test_the_clock_runs_as_fast_as_the_page_says(play: Play) -> None:
    before = await play.page("clock", speed=600)
    await asyncio.sleep(0.1)
    after = await play.page("clock", speed=1)
    assert after["offset_seconds"] - before["offset_seconds"] > 0.09 * 599
    assert (await play.page("clock", speed=0))["status"] == 400
    assert (await play.page("clock", speed=1e9))["status"] == 400


async def test_a_bot_that_does_not_hear_of_the_clock_is_reported(play: Play) -> None:
    play.world.clock_url = "http://127.0.0.1:9/demo/clock"
    assert "Bot" in (await play.page("clock", add_seconds=60))["warning"]
    assert (await play.page("clock", now="besok"))["status"] == 400


async def test_what_the_bot_keeps_is_asked_of_the_bot(play: Play) -> None:
    asked: list[tuple[str | None, dict[str, str]]] = []

    async def tell(request: web.Request) -> web.Response:
        asked.append((request.headers.get("X-Piket-Demo"), dict(request.query)))
        return web.json_response({"stored": [{"id": "1"}], "sent": []})

    assert await play.shown(f"stored?user={ANA}") == {"stored": [], "sent": []}
    app = web.Application()
    app.router.add_get("/demo/stored", tell)
    async with TestServer(app) as server:
        play.world.stored_url, play.world.clock_secret = str(server.make_url("/demo/stored")), "s3"
        assert (await play.shown(f"stored?user={ANA}"))["stored"] == [{"id": "1"}]
    assert asked == [("s3", {"channel": "telegram", "address": str(ANA)})]
    assert (await play.shown(f"stored?user={ANA}")) == {"error": "Bot tidak menjawab."}


async def test_what_the_office_decides_is_carried_out_by_the_bot(play: Play) -> None:
    heard: list[tuple[str | None, dict[str, Any]]] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append((request.headers.get("X-Piket-Demo"), await request.json()))
        return web.Response(status=503 if len(heard) > 1 else 200)

    assert (await play.shown("state"))["happenings"] == []
    assert (await play.page("happen", id="merah"))["status"] == 404
    play.world.cast = replace(play.world.cast, happenings=(Happening("merah", "Zona merah mulai besok"),))
    app = web.Application()
    app.router.add_post("/demo/happen", hear)
    async with TestServer(app) as server:
        play.world.happen_url, play.world.clock_secret = str(server.make_url("/demo/happen")), "s3"
        offered = [{"id": "merah", "label": "Zona merah mulai besok"}]
        assert (await play.shown("state"))["happenings"] == offered
        assert (await play.page("happen", id="merah"))["status"] == 200
        assert (await play.page("happen", id="merah"))["status"] == 502
        assert (await play.page("happen", id="biru"))["status"] == 404
    assert heard == [("s3", {"happening": "merah"})] * 2
    assert (await play.page("happen", id="merah"))["status"] == 502


async def test_a_wrong_key_finds_nothing(play: Play) -> None:
    for path in ("/WRONG/", "/WRONG/api/state", "/WRONG/static/app.js", f"/{KEY}/static/../../server.py"):
        async with play.session.get(play.address + path) as answer:
            assert answer.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
@pytest.mark.parametrize("path", [f"/{KEY}/api/state", f"/bot{TOKEN}/getMe"])
async def test_foreign_hosts_and_origins_are_turned_away(
    play: Play, headers: dict[str, str], path: str
) -> None:
    async with play.session.get(play.address + path, headers=headers) as answer:
        assert answer.status == 403


async def test_the_pages_own_origin_is_welcome_and_headers_are_strict(play: Play) -> None:
    headers = {"Origin": play.address, "Sec-Fetch-Site": "same-origin"}
    async with play.session.get(f"{play.address}/{KEY}/api/state", headers=headers) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_large_or_strange_bodies_are_refused(play: Play) -> None:
    assert (await play.page("say", user=ANA, text="x" * 300_000))["status"] == 413
    async with play.session.post(f"{play.address}/{KEY}/api/say", data="user=1") as answer:
        assert answer.status == 415
    async with play.session.post(f"{play.address}/{KEY}/api/say", json=[1]) as answer:
        assert answer.status == 400


async def test_documents_are_only_offered_for_download(play: Play) -> None:
    await play.page("other", user=ANA, kind="document")
    (message,) = (await play.shown(f"chats/{ANA}"))["messages"]
    async with play.session.get(play.address + message["document"]["url"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_a_pdf_opens_only_when_asked_for_and_only_if_it_is_one(play: Play) -> None:
    form = FormData({"user": str(ANA), "caption": "surat"})
    form.add_field("file", b"<script>alert(1)</script>", filename="surat.pdf", content_type="application/pdf")
    async with play.session.post(f"{play.address}/{KEY}/api/document", data=form) as answer:
        assert answer.status == 200
    await play.page("other", user=ANA, kind="document")
    false, true = (await play.shown(f"chats/{ANA}"))["messages"]
    assert (false["document"]["name"], false["text"]) == ("surat.pdf", "surat")
    kinds = []
    for message in (false, true):
        async with play.session.get(play.address + message["document"]["url"] + "?open") as answer:
            kinds.append(answer.content_type)
    assert kinds == ["application/octet-stream", "application/pdf"]


async def test_an_empty_document_is_refused(play: Play) -> None:
    form = FormData({"user": str(ANA)})
    form.add_field("file", b"", filename="kosong.pdf")
    async with play.session.post(f"{play.address}/{KEY}/api/document", data=form) as answer:
        assert answer.status == 400


async def test_the_stream_ends_with_the_simulator(play: Play) -> None:
    async with _events(play) as stream:
        await until(lambda: play.world.events.has_listeners)
        await play.world.close()
        assert await stream.content.read() == b""
