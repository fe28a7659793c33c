"""The simulator as one web application: the pretend Bot API, the page, and the page's API."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator import botapi, control_api, page_api
from simulator.botapi import WORLD
from simulator.errors import ApiError, PlayError
from simulator.guard import add_headers, guard, same
from simulator.world import World

PAGE = Path(__file__).parent / "page"
LARGEST_BODY = 55 * 1024 * 1024


def create_app(world: World) -> web.Application:
    """An application that plays this world; it may be served on 127.0.0.1 only."""
    app = web.Application(middlewares=[guard, sentences], client_max_size=LARGEST_BODY)
    app[WORLD] = world
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_close)
    app.router.add_route("*", "/bot{token}/{method}", botapi.handle)
    app.router.add_get("/file/bot{token}/{path:.+}", botapi.download)
    app.router.add_routes(_page_routes())
    return app


async def _close(app: web.Application) -> None:
    await app[WORLD].close()


def _page_routes() -> list[web.RouteDef]:
    shown = {
        "/": index,
        "/static/{path:.+}": static,
        "/files/{file_id}": control_api.file,
        "/api/state": page_api.state,
        "/api/chats/{id}": page_api.chat,
        "/api/events": control_api.events,
        "/api/ledger": control_api.ledger,
        "/api/faults": control_api.get_faults,
        "/api/stored": control_api.stored,
    }
    deeds = {
        "say": page_api.deed(page_api.say),
        "edit": page_api.deed(page_api.edit),
        "press": page_api.deed(page_api.press),
        "contact": page_api.deed(page_api.contact),
        "other": page_api.deed(page_api.other),
        "start": page_api.deed(page_api.start),
        "block": page_api.deed(page_api.block),
        "group": page_api.deed(page_api.group),
        "photo": page_api.photo,
        "document": page_api.document,
        "clock": control_api.move_clock,
        "happen": control_api.happen,
        "faults": control_api.set_faults,
        "inject": control_api.put_in,
        "reset": control_api.reset,
    }
    gets = [web.get("/{key}" + path, handler) for path, handler in shown.items()]
    return gets + [web.post("/{key}/api/" + name, handler) for name, handler in deeds.items()]


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Hold the key, and answer what cannot be done with a sentence."""
    key = request.match_info.get("key")
    if key is not None and not same(key, request.app[WORLD].key):
        return web.json_response({"error": "Not found."}, status=404)
    try:
        return await handler(request)
    except PlayError as error:
        return web.json_response({"error": str(error)}, status=error.status)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response(ApiError(413, "Request Entity Too Large").body(), status=413)


async def index(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def static(request: web.Request) -> web.StreamResponse:
    """An asset of the page; nothing outside its folder."""
    folder = (PAGE / "static").resolve()
    path = (folder / request.match_info["path"]).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise PlayError("Not found.", status=404)
    return web.FileResponse(path)
