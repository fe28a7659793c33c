"""The page's controls: the clock, faults, the ledger, raw updates, reset, files and the stream of events."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from simulator.botapi import WORLD
from simulator.errors import CutError, PlayError
from simulator.faults import read_faults
from simulator.files import picture_mime
from simulator.inject import inject
from simulator.page_api import read_body
from simulator.world import World

RAW_BYTES = 16 * 1024 * 1024
KEEP_ALIVE = 15.0
PDF = b"%PDF-"
TEN_YEARS = 10 * 366 * 24 * 3600
FASTEST = 600.0


async def move_clock(request: web.Request) -> web.Response:
    """Move the played clock or run it faster, tell the bot, and say so if the bot did not hear it."""
    world, body = request.app[WORLD], await read_body(request)
    if "now" in body:
        world.clock.move_to(_moment(body["now"]))
    elif _is_sane(body.get("add_seconds")):
        world.clock.move_by(float(body["add_seconds"]))
    elif isinstance(body.get("speed"), (int, float)) and 1 <= body["speed"] <= FASTEST:
        world.clock.run(float(body["speed"]))
    else:
        raise PlayError(
            'Give {"now": a moment in ISO form}, {"add_seconds": a number, at most ten years} or {"speed": 1 to 600}.'
        )
    facts = world.clock.described()
    world.events.publish("clock", **facts)
    warning = await _tell_bot(world, facts)
    return web.json_response(facts | ({"warning": warning} if warning else {}))


def _is_sane(seconds: Any) -> bool:
    return isinstance(seconds, (int, float)) and abs(seconds) <= TEN_YEARS


def _moment(given: Any) -> datetime:
    try:
        return datetime.fromisoformat(str(given))
    except ValueError:
        raise PlayError(f"{given} is not a moment in ISO form, such as 2020-06-15T06:45:00+07:00.") from None


async def _tell_bot(world: World, facts: dict[str, Any]) -> str:
    if not world.clock_url:
        return ""
    status = await _post(world, world.clock_url, facts)
    if status is None:
        return "Bot tidak menerima waktu yang baru karena tidak dapat dihubungi."
    return "" if status < 300 else f"Bot tidak menerima waktu yang baru; jawabannya {status}."


async def happen(request: web.Request) -> web.Response:
    """Let the bot's office decide something of the cast's happenings, named by {"id": ...}."""
    world, name = request.app[WORLD], str((await read_body(request)).get("id", ""))
    if not world.happen_url or all(each.id != name for each in world.cast.happenings):
        raise PlayError("Keputusan itu tidak ada di contoh ini.", status=404)
    status = await _post(world, world.happen_url, {"happening": name})
    if status is None or status >= 300:
        raise PlayError("Bot tidak menerima keputusan itu. Coba sekali lagi.", status=502)
    return web.json_response({})


async def _post(world: World, url: str, body: dict[str, Any]) -> int | None:
    """Tell the bot something; return its answer's status, or None when it cannot be reached."""
    headers = {"X-Piket-Demo": world.clock_secret}
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=5)) as session,
            session.post(url, json=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except (ClientError, OSError, TimeoutError):
        return None


async def stored(request: web.Request) -> web.Response:
    """What the bot says it keeps of a person and sent them; empty when there is nobody to ask."""
    world, given = request.app[WORLD], request.query.get("user", "")
    if not world.stored_url or not given.isdecimal():
        return web.json_response({"stored": [], "sent": []})
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=3)) as session,
            session.get(
                world.stored_url,
                params={"channel": "telegram", "address": given},
                headers={"X-Piket-Demo": world.clock_secret},
                allow_redirects=False,
            ) as answer,
        ):
            if answer.status != 200:
                raise PlayError("Bot tidak menunjukkan catatannya.", status=502)
            return web.json_response(await answer.json())
    except (ClientError, OSError, TimeoutError):
        raise PlayError("Bot tidak menjawab.", status=502) from None


async def set_faults(request: web.Request) -> web.Response:
    """Replace all faults by those given; what is not named goes well again."""
    world = request.app[WORLD]
    world.set_faults(read_faults(await read_body(request)))
    if world.faults.platform_down:
        world.polling.interrupt(CutError("the platform is down"))
    return web.json_response(world.faults.described())


async def get_faults(request: web.Request) -> web.Response:
    return web.json_response(request.app[WORLD].faults.described())


async def ledger(request: web.Request) -> web.Response:
    since = request.query.get("since", "0")
    return web.json_response(
        request.app[WORLD].ledger.described(since=int(since) if since.isdecimal() else 0)
    )


async def put_in(request: web.Request) -> web.Response:
    body = await read_body(request, limit=RAW_BYTES)
    return web.json_response({"update_ids": inject(request.app[WORLD], body.get("updates"))})


async def reset(request: web.Request) -> web.Response:
    request.app[WORLD].reset()
    return web.json_response({})


async def file(request: web.Request) -> web.Response:
    """A file of a chat: pictures are shown, a PDF when asked for, everything else is only offered."""
    stored = request.app[WORLD].files.by_id(request.match_info["file_id"])
    if stored is None:
        raise PlayError("Berkas itu tidak ada.", status=404)
    mime = picture_mime(stored.data)
    if mime is not None:
        return web.Response(body=stored.data, content_type=mime)
    if "open" in request.query and stored.data.startswith(PDF):
        return web.Response(body=stored.data, content_type="application/pdf")
    headers = {"Content-Disposition": "attachment"}
    return web.Response(body=stored.data, content_type="application/octet-stream", headers=headers)


async def events(request: web.Request) -> web.StreamResponse:
    """The stream of events, until the page goes or the simulator ends."""
    world = request.app[WORLD]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    async with world.events.listening() as lines:
        with suppress(ConnectionResetError):  # the page is closed: nobody is left to tell
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            while not world.closing.is_set() and (said := await _next_words(lines)):
                await response.write(said)
    return response


async def _next_words(lines: asyncio.Queue[str | None]) -> bytes:
    """The next event as it goes over the line, a sign of life when there is none for long, nothing at the end."""
    try:
        async with asyncio.timeout(KEEP_ALIVE):
            line = await lines.get()
    except TimeoutError:
        return b": still here\n\n"
    return b"" if line is None else f"data: {line}\n\n".encode()
