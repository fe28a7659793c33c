"""The guard at the door: this machine only, the page's own origin only, strict headers."""

from __future__ import annotations

import hmac
import ipaddress

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from yarl import URL

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; font-src 'self'; media-src 'self'; manifest-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def same(given: str, expected: str) -> bool:
    """Whether two secrets are equal, compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def is_local_host(host: str) -> bool:
    """Whether a Host header names 127.0.0.1, localhost or [::1], with or without a port."""
    try:
        name = URL(f"http://{host}").host
    except ValueError:
        return False
    return name in {"127.0.0.1", "localhost", "::1"}


def is_own_origin(request: web.Request) -> bool:
    """Whether the request comes from the page itself or from no browser page at all."""
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"} or _is_navigation(
            request
        )
    return origin == f"http://{request.host}"


def _is_navigation(request: web.Request) -> bool:
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away foreign hosts and origins before anything else is looked at."""
    if not is_local_host(request.host):
        return _turned_away("This simulator answers only on 127.0.0.1, localhost and [::1].")
    if not is_own_origin(request):
        return _turned_away("This simulator answers only its own page.")
    return await handler(request)


def _turned_away(sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=403)


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put the security headers on every answer of the page's side."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
