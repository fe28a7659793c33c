"""How python-telegram-bot's Bot speaks HTTP here: over aiohttp, with errors as facts, never showing the token."""

import asyncio
import json
import logging
import ssl
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import aiohttp
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram_errors import (
    MaybeSent,
    NotSent,
    Refusal,
    TooLarge,
    Untrusted,
    refusal_in,
    seconds_of,
)

TOTAL_SECONDS = 35.0
CONNECT_SECONDS = 10.0
IDLE_SECONDS = 20.0  # shorter than any server or firewall keeps a silent connection
CONNECTIONS = 100
PIECE = 64 * 1024
_JSON = {"Content-Type": "application/json"}


class TelegramHttp(BaseRequest):
    """Requests over one pool of connections. Open it inside the running loop, by `initialize` or the first call."""

    def __init__(self, *, total: float = TOTAL_SECONDS, trust_env: bool = False) -> None:
        self._total = total
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._total

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            trace = aiohttp.TraceConfig()
            trace.on_request_headers_sent.append(_note_written)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS, ttl_dns_cache=60
                ),
                cookie_jar=aiohttp.DummyCookieJar(),  # the Bot API sets none
                trace_configs=[trace],
                trust_env=self._trust_env,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of a good answer. Raises NotSent, MaybeSent or Refusal for every other."""
        del write_timeout, connect_timeout, pool_timeout  # one deadline covers all (fault N04)
        total = self._total if read_timeout is BaseRequest.DEFAULT_NONE else float(read_timeout)
        status, body, _ = await self._checked(method, url, _body(request_data), total)
        return status, body

    async def call(self, url: str, parameters: Mapping[str, str], *, seconds: float | None = None) -> Any:
        """Return the result of one call as the Bot API gives it. Raises as `do_request`."""
        body = json.dumps(parameters).encode()
        _, _, answer = await self._checked("POST", url, body, seconds or self._total)
        return answer["result"]

    async def download(self, url: str, *, most: int) -> bytes:
        """Return what is at `url`. Raises TooLarge as soon as it is over `most` bytes, else as `do_request`."""
        try:
            return await self._read(url, most=most)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _failure(error, is_written=True) from None

    async def _read(self, url: str, *, most: int) -> bytes:
        await self.initialize()
        assert self._session is not None
        limits = aiohttp.ClientTimeout(total=self._total, sock_connect=CONNECT_SECONDS)
        async with self._session.get(
            url, timeout=limits, allow_redirects=False, trace_request_ctx=SimpleNamespace()
        ) as response:
            if response.status != 200:
                raise Refusal(response.status, "the file was not handed out")
            if (response.content_length or 0) > most:
                raise TooLarge("larger than is taken")
            body = bytearray()
            async for piece in response.content.iter_chunked(PIECE):
                body += piece
                if len(body) > most:
                    raise TooLarge("larger than is taken")
            return bytes(body)

    async def _checked(
        self, method: str, url: str, data: Any, total: float
    ) -> tuple[int, bytes, Mapping[str, Any]]:
        progress = SimpleNamespace(is_written=False)
        try:
            status, headers, body = await self._ask(method, url, data, total, progress)
        except (aiohttp.ClientSSLError, ssl.SSLError) as error:
            raise _tls_failure(error, is_written=progress.is_written) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _failure(error, is_written=progress.is_written) from None
        return status, body, _check(status, headers, body)

    async def _ask(
        self, method: str, url: str, data: Any, total: float, progress: SimpleNamespace
    ) -> tuple[int, Any, bytes]:
        await self.initialize()
        assert self._session is not None
        async with self._session.request(
            method,
            url,
            data=data,
            headers=_JSON if isinstance(data, bytes) else None,
            timeout=aiohttp.ClientTimeout(total=total, sock_connect=CONNECT_SECONDS),
            allow_redirects=False,  # the token is in the address, and for nobody else
            trace_request_ctx=progress,
        ) as response:
            return response.status, response.headers, await response.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer that was checked before; the library's own way writes bad ones into the log."""
        answer: dict[str, Any] = json.loads(payload)
        return answer


class SilentLogger(logging.Logger):
    """Says nothing at any level: the library's Bot logs its address with the token, and every text it sends."""

    def __init__(self) -> None:
        super().__init__("silent", level=logging.CRITICAL + 1)

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802, ARG002  the name is the library's
        return False


async def _note_written(_session: Any, context: Any, _params: Any) -> None:
    context.trace_request_ctx.is_written = True


def _body(data: RequestData | None) -> Any:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _check(status: int, headers: Any, body: bytes) -> Mapping[str, Any]:
    """Return the answer if it is a yes in the Bot API's own form; raise what any other means."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    refusal = refusal_in(answer, status=status, retry_after=headers.get("Retry-After", ""))
    if refusal is not None:
        raise refusal
    if 200 <= status <= 299:
        if isinstance(answer, dict) and answer.get("ok") is True and "result" in answer:
            return answer
        raise MaybeSent(f"HTTP {status} with an answer that is not the Bot API's")
    if status == 429:
        raise Refusal(429, "too many requests", seconds=seconds_of(headers.get("Retry-After", "")))
    if status >= 500:
        raise MaybeSent(f"HTTP {status}, not from the Bot API itself")
    raise NotSent(f"HTTP {status}, not from the Bot API: something between answers for it")


def _failure(error: BaseException, *, is_written: bool) -> NotSent | MaybeSent:
    """Say what failed without the error's own words: they may hold the address, and that holds the token."""
    what = "timed out" if isinstance(error, TimeoutError | asyncio.TimeoutError) else type(error).__name__
    if is_written:
        return MaybeSent(f"no answer: {what}")
    return NotSent(f"not connected: {what}")


def _tls_failure(error: BaseException, *, is_written: bool) -> NotSent | MaybeSent:
    if is_written:
        return MaybeSent(f"no answer: {type(error).__name__}")
    if isinstance(error, aiohttp.ClientConnectorCertificateError | ssl.SSLCertVerificationError):
        return Untrusted(
            "The certificate of Telegram's server is not trusted. Check this machine's clock and roots."
        )
    return NotSent(f"not connected: {type(error).__name__}")
