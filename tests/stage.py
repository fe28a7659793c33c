"""A stage: one database, one office, one platform, the real dispatch and renderer, and a clock that tests move."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.channels.base import Capabilities, Outgoing, SendFailure, Sent
from bot.render import Renderer
from db import outbox
from db.engine import Db, transact
from db.sealed import Seal
from handlers.dispatch import Dispatch, Receipt
from handlers.enrol import NOTICE_VERSION
from policy.book import Book
from simulator.html_mode import parse_html
from tests import factories
from tests.bot.messages import TELEGRAM
from tests.chat import MovedClock, Player, Seen
from tests.narrow import NarrowChannel
from tests.platforms import NarrowPayloads, Platform, TelegramPayloads

CHANNELS = ("telegram", "narrow")
LOCAL = ZoneInfo("Asia/Jakarta")
BOOK = Book.shipped()  # read once: it never changes while tests run
RENDERER = Renderer()
LEASE = 60_000_000


class TelegramScreen:
    """The real channel's reading, and in place of the network what a Telegram chat would show."""

    name = "telegram"

    def __init__(self) -> None:
        from bot.channels.telegram import parse

        self._parse = parse
        self.capabilities: Capabilities = TELEGRAM
        self.sent: list[Outgoing] = []
        self.notes: list[tuple[str, str]] = []

    def parse(self, body: bytes):
        return self._parse(body)

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        self.sent.append(message)
        return Sent(key=str(2 * len(self.sent)))

    async def acknowledge(self, callback: str, text: str) -> None:
        self.notes.append((callback, text))

    async def close(self) -> None:
        """Nothing is open."""
