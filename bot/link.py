"""Keeps Telegram in touch with us: who we are, our commands, and whether it calls us or is asked."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from bot.channels.telegram_errors import ChannelAway, ChannelDown, Conflict
from bot.clock import Clock
from bot.metrics import Metrics

log = logging.getLogger(__name__)
CHECK_SECONDS = 300.0
RETRY_SECONDS = 10.0


class Profile(Protocol):
    """What can be asked of Telegram about the bot itself. Raises ChannelDown, ChannelAway or Conflict."""

    async def me(self) -> object: ...

    async def set_commands(self, commands: Mapping[str, str], *, locale: str | None = None) -> None: ...

    async def set_webhook(self, url: str, *, secret: str) -> None: ...

    async def delete_webhook(self) -> None: ...

    async def webhook_info(self) -> "Known": ...


class Known(Protocol):
    """What Telegram knows of our webhook."""

    @property
    def url(self) -> str: ...

    @property
    def waiting(self) -> int: ...

    @property
    def last_error(self) -> str: ...


@dataclass(kw_only=True)
class Link:
    """The bot's own settings at Telegram. Without `url` there is no webhook, and polling may begin."""

    profile: Profile
    metrics: Metrics
    clock: Clock
    commands: Mapping[str | None, Mapping[str, str]]
    url: str = ""
    secret: str = ""
    check_seconds: float = CHECK_SECONDS
    retry_seconds: float = RETRY_SECONDS
    introduced: asyncio.Event = field(default_factory=asyncio.Event)
    _has_shown_commands: bool = False

    async def introduce(self) -> None:
        """Tell Telegram everything once. Raises ChannelDown for a wrong token, ChannelAway when it is away."""
        await self.profile.me()
        if self.url:
            await self.profile.set_webhook(self.url, secret=self.secret)
        else:
            await self.profile.delete_webhook()
        self.introduced.set()
        await self._show_commands()

    async def _show_commands(self) -> None:
        for locale, commands in self.commands.items():
            await self.profile.set_commands(commands, locale=locale)
        self._has_shown_commands = True

    async def keep(self, stop: asyncio.Event) -> None:
        """Introduce ourselves as soon as Telegram answers, then see to it that the webhook stays ours."""
        while not stop.is_set():
            try:
                await (self._check() if self.introduced.is_set() else self.introduce())
            except (
                ChannelDown,
                ChannelAway,
                Conflict,
            ) as trouble:  # a conflict: another service introduced itself
                log.warning("link_waits", extra={"says": str(trouble)})
            self.metrics.beat("link", at=self.clock.seconds())
            wait = self.check_seconds if self._has_shown_commands else self.retry_seconds
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)

    async def _check(self) -> None:
        """Compare the webhook with what it should be, and set it again when somebody changed it (fault C16)."""
        if not self._has_shown_commands:
            await self._show_commands()
        if not self.url:
            return
        known = await self.profile.webhook_info()
        self.metrics.gauge("webhook_waiting", known.waiting)
        self.metrics.gauge("webhook_is_ours", float(known.url == self.url))
        if known.last_error:
            log.warning("webhook_trouble", extra={"says": known.last_error, "waiting": known.waiting})
        if known.url != self.url:
            log.error("webhook_was_changed")
            await self.profile.set_webhook(self.url, secret=self.secret)
