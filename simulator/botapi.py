"""The door of the pretend Bot API: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from simulator.calls import method_name, refuse, run
from simulator.errors import ApiError, CutError, bad_request, too_many_requests
from simulator.faults import Failure
from simulator.guard import same
from simulator.ledger import Delivery
from simulator.params import Params, Upload
from simulator.world import World

WORLD = web.AppKey("world", World)
HANG_STEP = 0.1
_GATEWAY_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
_INTERNAL = {"500": "Internal Server Error", "502": "Bad Gateway"}


async def handle(request: web.Request) -> web.StreamResponse:
    """Answer one call as the real server would, or fail as was asked for."""
    world = request.app[WORLD]
    try:
        if world.faults.platform_down:
            raise CutError("the platform is down")
        _check_token(request, world)
        method = method_name(request.match_info["method"])
        params = await read_params(request)
        return await _to_its_end(world, _counted(request, world, method, params))
    except ApiError as error:
        return _json(error.body(), status=error.code)
    except CutError:
        return _cut(request)


async def _to_its_end(world: World, work: Coroutine[Any, Any, web.StreamResponse]) -> web.StreamResponse:
    """Finish the call even if the caller goes: what has reached the platform is done, heard or not."""
    task = asyncio.create_task(work)
    world.calls.add(task)
    task.add_done_callback(world.calls.discard)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(task)


def _check_token(request: web.Request, world: World) -> None:
    if not same(request.match_info["token"], world.bot_token):
        raise ApiError(401, "Unauthorized")


async def _counted(request: web.Request, world: World, method: str, params: Params) -> web.StreamResponse:
    """Run the call while it counts as under way; long polls are not counted, since they only wait."""
    world.ledger.calls[method] += 1
    if method == "getUpdates":
        return await _failing(request, world, method, params)
    world.ledger.in_flight[method] += 1
    try:
        return await _failing(request, world, method, params)
    finally:
        world.ledger.in_flight[method] -= 1


async def _failing(request: web.Request, world: World, method: str, params: Params) -> web.StreamResponse:
    latency = world.faults.latency_ms / 2000
    await asyncio.sleep(latency)
    failure = world.faults.take(method, params.integer("chat_id") or None)
    try:
        early = await _early(request, world, failure)
    except ApiError as error:
        refuse(world, method, params, error)
        raise
    if early is not None:
        return early
    result, rows = await run(world, method, params)
    await asyncio.sleep(latency)
    return await _late(request, world, failure, {"ok": True, "result": result}, rows)


async def _early(request: web.Request, world: World, failure: Failure | None) -> web.Response | None:
    """What goes wrong before the call is accepted; None when it goes on."""
    kind = failure.kind if failure else ""
    if failure is not None and kind == "429":
        raise too_many_requests(failure.retry_after)
    if failure is not None and kind == "error":
        raise ApiError(failure.error_code, failure.description)
    if kind in _INTERNAL:
        raise ApiError(int(kind), _INTERNAL[kind])
    if kind == "html":
        return web.Response(text=_GATEWAY_PAGE, status=502, content_type="text/html")
    if kind == "not_ok":
        return _json(bad_request("failed on demand").body())
    if kind == "hang":
        await _hang(request, world)
    if kind in {"hang", "cut_before"}:
        raise CutError("cut before accepting")
    return None


async def _late(
    request: web.Request, world: World, failure: Failure | None, answer: dict[str, Any], rows: list[Delivery]
) -> web.StreamResponse:
    """The answer to an accepted call, or what becomes of it."""
    kind = failure.kind if failure else ""
    if kind == "hang_after_accept":
        await _hang(request, world)
    if kind in {"cut_after_accept", "hang_after_accept"}:
        _note_answered(rows, is_answered=False)
        raise CutError("cut after accepting")
    _note_answered(rows, is_answered=request.transport is not None and not request.transport.is_closing())
    if kind == "truncated":
        text = json.dumps(answer)
        return web.Response(text=text[: len(text) // 2], content_type="application/json")
    return _json(answer)


def _note_answered(rows: list[Delivery], *, is_answered: bool) -> None:
    for row in rows:
        row.was_answered = is_answered


async def _hang(request: web.Request, world: World) -> None:
    """Say nothing until the caller gives up or the simulator ends."""
    while request.transport is not None and not request.transport.is_closing() and not world.closing.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(world.closing.wait(), HANG_STEP)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _json(body: dict[str, Any], *, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)


async def read_params(request: web.Request) -> Params:
    """The call's parameters from the query and the body, whatever form it has."""
    values: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return Params(values)
    if request.content_type == "application/json":
        return Params(values | await _read_json(request))
    files: dict[str, Upload] = {}
    for name, field in (await request.post()).items():
        if isinstance(field, FileField):
            files[name] = Upload(field.filename, field.content_type, field.file.read())
        else:
            values[name] = field if isinstance(field, str) else bytes(field).decode("utf-8", "replace")
    return Params(values, files)


async def _read_json(request: web.Request) -> dict[str, Any]:
    try:
        given = json.loads(await request.read() or b"{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise bad_request("can't parse JSON object")
    return given


async def download(request: web.Request) -> web.StreamResponse:
    """A file by the path that getFile named."""
    world = request.app[WORLD]
    stored = world.files.by_path(request.match_info["path"])
    if not same(request.match_info["token"], world.bot_token) or stored is None:
        return _json(ApiError(404, "Not Found").body(), status=404)
    return web.Response(body=stored.data, content_type="application/octet-stream")
