"""The pretend platform: posts what people tap to the bot's webhook, takes its answers, and looks at the clock."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from benchmarks.checkin.wire import Caller, Serving

PATIENCE = 30.0  # seconds in which an answer must come, or the check-in counts as failed
# In a form, in JSON, or in a part of a message with a file.
_CHAT = re.compile(rb"""chat_id(?:=|": ?"?|"\r\n(?:[^\r\n]+\r\n)*\r\n)(\d+)""")
_SENDS = {"sendmessage", "sendphoto"}
_HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    "X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {length}\r\n\r\n"
)
_ME = {"id": 7000000001, "is_bot": True, "first_name": "Piket", "username": "piket_bench_bot"}
_RESULTS = {
    "getme": _ME,
    "getwebhookinfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}


@dataclass(frozen=True)
class Tapped:
    """What became of one tap, in seconds from the post: until the bot's 2xx, and until its answer arrived."""

    stored: float
    answered: float
    at: float  # when, by time.perf_counter


@dataclass(eq=False)
class Platform:
    """One platform for one life of a bot."""

    latency: float = 0.0  # seconds it takes for every answer to the bot
    ahead: float = 0.0  # seconds by which its clock differs from ours
    port: int = 0
    is_called: asyncio.Event = field(default_factory=asyncio.Event)  # the bot has named its webhook
    messages: int = 0
    _caller: Caller | None = None
    _host: str = ""
    _path: str = ""
    _secret: str = ""
    _updates: int = 0
    _waiting: dict[int, asyncio.Future[float]] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def tap(self, chat: int, text: str) -> Tapped:
        """Let somebody say `text`, and wait for both. Raises TimeoutError, or ConnectionError for no 2xx."""
        assert self._caller is not None, "The bot has not named its webhook yet."
        answer = self._waiting[chat] = asyncio.get_running_loop().create_future()
        request = self._request(chat, text)
        begun = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            status = await self._caller.ask(request)
            stored = time.perf_counter()
            if not 200 <= status < 300:
                raise ConnectionError(f"The bot answered {status}.")
            return Tapped(stored=stored - begun, answered=await answer - begun, at=begun)

    def _request(self, chat: int, text: str) -> bytes:
        self._updates += 1
        person = {"id": chat, "is_bot": False, "first_name": f"Orang {chat}", "language_code": "id"}
        message = {
            "message_id": self._updates,
            "from": person,
            "chat": {"id": chat, "type": "private", "first_name": person["first_name"]},
            "date": int(time.time() + self.ahead),
            "text": text,
        }
        body = json.dumps({"update_id": self._updates, "message": message}).encode()
        head = _HEAD.format(path=self._path, host=self._host, secret=self._secret, length=len(body))
        return head.encode() + body

    def answer(self, path: bytes, body: bytes) -> bytes:
        """Answer one call of the Bot API; a message that somebody waits for is heard."""
        method = path.rpartition(b"/")[2].lower().decode()
        if method in _SENDS:
            return self._heard(body)
        if method == "setwebhook":
            self._take_webhook(body)
        return json.dumps({"ok": True, "result": _RESULTS.get(method, True)}).encode()

    def _heard(self, body: bytes) -> bytes:
        found = _CHAT.search(body)
        assert found is not None, "A message without a chat."
        self.messages += 1
        waiting = self._waiting.pop(int(found[1]), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())
        return (
            b'{"ok":true,"result":{"message_id":%d,"date":1700000000,"chat":{"id":%s,"type":"private"},"text":"-"}}'
            % (self.messages, found[1])
        )

    def _take_webhook(self, body: bytes) -> None:
        given = parse_qs(body.decode())
        url = urlsplit(given["url"][0])
        self._host, self._path = url.netloc, url.path
        self._secret = given.get("secret_token", [""])[0]
        self._caller = Caller(host=url.hostname or "", port=url.port or 80)
        self.is_called.set()

    def close(self) -> None:
        if self._caller is not None:
            self._caller.close()


@asynccontextmanager
async def serving(*, latency: float = 0.0) -> AsyncIterator[Platform]:
    """Serve a platform on a free port."""
    platform = Platform(latency=latency)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Serving(platform.answer, latency=latency), "127.0.0.1", 0)
    platform.port = server.sockets[0].getsockname()[1]
    try:
        yield platform
    finally:
        platform.close()
        server.close()
