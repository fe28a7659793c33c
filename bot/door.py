"""The listening socket: how many may stand in it, and for how long without saying anything (fault N07)."""

import asyncio
import os
import resource
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web

from bot.stopped import Stopped

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MOST_CONNECTIONS = 1000
IDLE_SECONDS = 65.0  # longer than the usual proxy keeps an idle connection; also the time to send all headers
LINGER_SECONDS = 1.0  # how long the rest of a refused body is read before the connection is closed
HEADER_BYTES = 8190


class Door:
    """Serves an application; when it is crowded, whoever has stood in it longest is asked to leave."""

    def __init__(self, application: web.Application, *, most: int = MOST_CONNECTIONS) -> None:
        self._most = most
        self._busy: set[web.RequestHandler] = set()
        application.middlewares.append(self._mark_busy)
        self._runner = web.AppRunner(
            application,
            access_log=None,
            shutdown_timeout=10.0,
            keepalive_timeout=IDLE_SECONDS,
            lingering_time=LINGER_SECONDS,
            auto_decompress=False,
            max_line_size=HEADER_BYTES,
            max_field_size=HEADER_BYTES,
            max_headers=64,
        )
        self._listening: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port that is really listened on."""
        assert self._listening is not None, "The door is not open."
        return int(self._listening.sockets[0].getsockname()[1])

    @property
    def standing(self) -> int:
        """How many connections there are."""
        return len(self._runner.server.connections) if self._runner.server else 0

    async def open(self, host: str, port: int) -> None:
        """Listen. Raises Stopped when the address is taken or not ours."""
        _allow_many_sockets()
        await self._runner.setup()
        try:
            loop = asyncio.get_running_loop()
            self._listening = await loop.create_server(self._admit, host, port, backlog=512)
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8080
            raise Stopped(
                f"The web server cannot listen on {host}:{port}: {os.strerror(error.errno or 0).lower()}. "
                f"Set PIKET_LISTEN to an address of this machine and a free port, such as 127.0.0.1:{other}."
            ) from error

    async def close(self) -> None:
        """Take no more requests, answer those that are under way, and go."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()

    def _admit(self) -> asyncio.Protocol:
        server = self._runner.server
        assert server is not None, "The door is not open."
        standing = server.connections
        if len(standing) >= self._most:
            for connection in [one for one in standing if one not in self._busy][:1]:
                connection.force_close()
        return server()

    @web.middleware
    async def _mark_busy(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._busy.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._busy.discard(request.protocol)


def _allow_many_sockets() -> None:
    """Raise our own limit of open files to what the system grants, so that idle callers do not use it up."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
