"""Keeps Telegram in touch with us: who we are, our commands, and whether it calls us or is asked."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.certificate import WARNED_FROM, CertificateExpired, certificate_ends
from bot.channels.telegram_errors import ChannelAway, ChannelDown, Conflict
from bot.clock import Clock
from bot.metrics import Metrics
from bot.reach import Reach

log = logging.getLogger(__name__)
CHECK_SECONDS = 300.0
RETRY_SECONDS = 10.0
CERTIFICATE_SECONDS = 6 * 3600.0
_STRANGER = "401"  # our answer to a call without our secret, as Telegram quotes it
_SETTLES = timedelta(seconds=30)  # a call that was under way when we set it
Alarm = Callable[[str, Mapping[str, Any], str], Awaitable[None]]


async def _unheard(_message: str, _params: Mapping[str, Any], _once: str) -> None:
    """Nobody is there to be told."""


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

    @property
    def last_error_at(self) -> datetime | None: ...


@dataclass(kw_only=True)
class Link:
    """The bot's own settings at Telegram. Without `url` there is no webhook, and polling may begin."""

    profile: Profile
    metrics: Metrics
    clock: Clock
    commands: Mapping[str | None, Mapping[str, str]]
    url: str = ""
    secret: str = ""
    reach: Reach | None = None
    certificate: Callable[[str], Awaitable[datetime | None]] = certificate_ends
    alarm: Alarm = _unheard  # tells the admins: message, parameters, and a key under which they hear it once
    check_seconds: float = CHECK_SECONDS
    retry_seconds: float = RETRY_SECONDS
    introduced: asyncio.Event = field(default_factory=asyncio.Event)
    _has_shown_commands: bool = False
    _set_at: datetime | None = None
    _certificate_at: float | None = None

    async def introduce(self) -> None:
        """Tell Telegram everything once. Raises ChannelDown for a wrong token, ChannelAway when it is away."""
        await self.profile.me()
        if self.url:
            await self._set_webhook()
        else:
            await self.profile.delete_webhook()
        self.introduced.set()
        await self._show_commands()

    async def _set_webhook(self) -> None:
        await self.profile.set_webhook(self.url, secret=self.secret)
        self._set_at = self.clock.real()

    async def _show_commands(self) -> None:
        for locale, commands in self.commands.items():
            await self.profile.set_commands(commands, locale=locale)
        self._has_shown_commands = True

    async def keep(self, stop: asyncio.Event) -> None:
        """Introduce ourselves as soon as Telegram answers, then see to it that the webhook stays ours."""
        while not stop.is_set():
            try:
                await (self._check() if self.introduced.is_set() else self.introduce())
                self._reached(True)
            except (
                ChannelDown,
                ChannelAway,
                Conflict,
            ) as trouble:  # a conflict: another service introduced itself
                self._reached(isinstance(trouble, Conflict))
                log.warning("link_waits", extra={"says": str(trouble)})
            self.metrics.beat("link", at=self.clock.seconds())
            is_well = self._has_shown_commands and (self.reach is None or self.reach.is_well or not self.url)
            wait = self.check_seconds if is_well else self.retry_seconds
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
        if why := self._changed(known):
            log.error("webhook_was_changed", extra={"what": why})
            self.metrics.count("webhook_changed", what=why)
            await self._set_webhook()
            await self.alarm("alarm/webhook", {"what": why}, f"webhook:{why}:{self.clock.now():%Y%m%d%H}")
        await self._look_at_certificate()

    def _changed(self, known: Known) -> str:
        """What is not as we set it: the url, or the secret, of which only refused calls tell; "" if nothing."""
        if known.url != self.url:
            return "url"
        is_new = known.last_error_at is not None and (
            self._set_at is None or known.last_error_at > self._set_at + _SETTLES
        )
        return "secret" if is_new and _STRANGER in known.last_error else ""

    async def _look_at_certificate(self) -> None:
        """Warn before the certificate ends by which platforms know us, where it can be seen from here."""
        now = self.clock.seconds()
        if self._certificate_at is not None and now < self._certificate_at + CERTIFICATE_SECONDS:
            return
        self._certificate_at, real = now, self.clock.real()
        try:
            ends = await self.certificate(self.url)
        except CertificateExpired:
            ends = real
        if ends is None:
            return
        days = max(0, (ends - real).days)
        self.metrics.gauge("certificate_days_left", days)
        if ends - real <= WARNED_FROM:
            log.error("certificate_ends", extra={"days": days})
            await self.alarm("alarm/certificate", {"days": days}, f"certificate:{self.clock.now():%Y%m%d}")

    def _reached(self, is_reached: bool) -> None:
        if self.reach is not None and (self.url or not is_reached):  # by polling, polls tell
            self.reach.note(is_reached)
