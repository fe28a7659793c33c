"""HTTP: the webhook, by whose fault it is; whether we are ready; figures; and in a demo the clock and what is kept.

Answers have no body: Telegram would carry out one that names a method (fault A07).
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.intake import Intake
from bot.settings_readers import is_loopback
from handlers.dispatch import NotStored

log = logging.getLogger(__name__)
LONGEST_BODY = 1024 * 1024
BODY_SECONDS = 10.0
RETRY_AFTER = {"Retry-After": "5"}
SECRET = "X-Telegram-Bot-Api-Secret-Token"
DEMO_SECRET = "X-Piket-Demo"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the web server shows, and to whom. Without a secret there is no webhook, or no clock to move."""

    is_ready: Callable[[], Awaitable[bool]]
    figures: Callable[[], Awaitable[str]]
    clock: Clock
    intake: Intake | None = None
    secret: str = ""
    clock_secret: str = ""
    # The demo's clock stood at this moment, stands elsewhere now, and runs at this speed.
    moved: Callable[[datetime, float], None] = lambda _, __: None
    body_seconds: float = BODY_SECONDS
    beside_chat: Callable[[str, str], Awaitable[dict[str, Any]]] | None = None  # of a channel and address
    happen: Callable[[str], Awaitable[bool]] | None = None  # what the demo's office decides, by its name


def application(site: Site) -> web.Application:
    """Return the web application."""
    app = web.Application(middlewares=[_empty_bodies], client_max_size=LONGEST_BODY)
    app.router.add_get("/healthz", _Health(site).answer)
    app.router.add_get("/metrics", _Figures(site).answer)
    if site.intake is not None and site.secret:
        app.router.add_post("/telegram", _Webhook(site, site.intake).answer)
    if site.clock_secret:
        app.router.add_post("/demo/clock", _MoveClock(site).answer)
        app.router.add_get("/demo/stored", _Stored(site).answer)
        app.router.add_post("/demo/happen", _Happen(site).answer)
    return app


@web.middleware
async def _empty_bodies(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        allowed = {"Allow": refusal.headers["Allow"]} if "Allow" in refusal.headers else None
        return web.Response(status=refusal.status, headers=allowed)
    except Exception:  # the web loop: whatever broke, the platform keeps the update and tries again
        log.exception("web_failed", extra={"path": request.path})
        return web.Response(status=503, headers=RETRY_AFTER)


@dataclass(frozen=True)
class _Webhook:
    """Takes an update: 401 for a stranger before anything is read, 200 only for what is on the disk."""

    site: Site
    intake: Intake

    async def answer(self, request: web.Request) -> web.Response:
        if not _knows(request, SECRET, self.site.secret):
            self.intake.metrics.count("webhook_refused", channel=self.intake.channel.name)
            return _closing(401)
        if request.content_type != "application/json" or "Content-Encoding" in request.headers:
            return _closing(415)
        body = await self._body(request)
        if isinstance(body, web.Response):
            return body
        try:
            await self.intake.take_bodies([body])
        except NotStored:
            log.warning("not_stored", extra={"channel": self.intake.channel.name})
            return web.Response(status=503, headers=RETRY_AFTER)
        return web.Response()

    async def _body(self, request: web.Request) -> bytes | web.Response:
        if (request.content_length or 0) > LONGEST_BODY:
            return _closing(413)
        try:
            async with asyncio.timeout(self.site.body_seconds):
                return await request.read()
        except TimeoutError:
            return _closing(408)
        except web.HTTPRequestEntityTooLarge:
            return _closing(413)


@dataclass(frozen=True)
class _Health:
    site: Site

    async def answer(self, _: web.Request) -> web.Response:
        return web.Response(status=200 if await self.site.is_ready() else 503)


@dataclass(frozen=True)
class _Figures:
    site: Site

    async def answer(self, _: web.Request) -> web.Response:
        return web.Response(text=await self.site.figures(), content_type="text/plain")


@dataclass(frozen=True)
class _MoveClock:
    """Moves the demo's clock: only for who sits at this machine and knows the word."""

    site: Site

    async def answer(self, request: web.Request) -> web.Response:
        if not _may_play(request, self.site):
            return _closing(401)
        try:
            given = json.loads(await request.read())
            offset, speed = timedelta(seconds=float(given["offset_seconds"])), float(given.get("speed", 1.0))
            before = self.site.clock.now()
            self.site.clock.move(offset, speed=max(1.0, speed))
        except (ValueError, KeyError, TypeError, OverflowError):
            return web.Response(status=400)
        self.site.moved(before, speed)
        return web.Response()


@dataclass(frozen=True)
class _Stored:
    """Shows a demo's page what is kept and sent beside a chat; to the same as may move its clock."""

    site: Site

    async def answer(self, request: web.Request) -> web.Response:
        if not _may_play(request, self.site):
            return _closing(401)
        if self.site.beside_chat is None or not {"channel", "address"} <= request.query.keys():
            return web.Response(status=404)
        return web.json_response(
            await self.site.beside_chat(request.query["channel"], request.query["address"])
        )


@dataclass(frozen=True)
class _Happen:
    """Lets the demo's office decide something; for the same."""

    site: Site

    async def answer(self, request: web.Request) -> web.Response:
        if not _may_play(request, self.site):
            return _closing(401)
        try:
            name = str(json.loads(await request.read())["happening"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        is_known = self.site.happen is not None and await self.site.happen(name)
        return web.Response(status=200 if is_known else 404)


def _may_play(request: web.Request, site: Site) -> bool:
    return _is_here(request) and _knows(request, DEMO_SECRET, site.clock_secret)


def _knows(request: web.Request, header: str, secret: str) -> bool:
    """Whether the caller knows the word, found out in the same time whatever it said."""
    said = request.headers.get(header, "")
    return hmac.compare_digest(said.encode("utf-8", "surrogateescape"), secret.encode())


def _is_here(request: web.Request) -> bool:
    """Whether the caller is on this machine, and not somebody behind a proxy on it."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return peer is not None and is_loopback(str(peer[0])) and "X-Forwarded-For" not in request.headers


def _closing(status: int) -> web.Response:
    response = web.Response(status=status)
    response.force_close()
    return response
