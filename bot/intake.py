"""What webhook and polling share: give updates to the dispatch, each chat in order, and wait for the disk."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from bot.channels.base import Channel
from bot.clock import Clock
from bot.metrics import Metrics
from bot.render import Renderer
from bot.templating import RenderError
from handlers.dispatch import NotStored, Receipt
from handlers.update import Kind, Sender, Update

log = logging.getLogger(__name__)
MOST_AT_ONCE = 40  # chats handled at the same time: as many as Telegram brings at once
LONGEST_SECONDS = 60.0  # a dispatch that hangs is given up, undone, and tried again (fault P09)
SPINNERS_AT_ONCE = 200  # acknowledgements of buttons under way; beyond it they are let go, being best effort


class Dispatching(Protocol):
    """What handles updates: handlers.dispatch.Dispatch."""

    async def receive(self, update: Update) -> Receipt: ...

    async def set_aside(self, update: Update, error: str) -> Receipt: ...


@dataclass(kw_only=True)
class Intake:
    """The way in of one channel."""

    channel: Channel
    dispatch: Dispatching
    renderer: Renderer
    metrics: Metrics
    clock: Clock
    wake: Callable[[], None]
    longest: float = LONGEST_SECONDS
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_AT_ONCE))
    _spinners: set[asyncio.Task[None]] = field(default_factory=set)

    async def take_bodies(self, bodies: Sequence[bytes]) -> None:
        """Handle payloads, durably. Raises NotStored when the platform must deliver them again."""
        updates: list[Update] = []
        for body in bodies:
            try:
                read = self.channel.parse(body)
            except Exception as error:  # Malformed, or a payload that our reading of it did not foresee
                await self._set_aside(body, error)
                continue
            if not read:
                self.metrics.count("updates", channel=self.channel.name, outcome="ignored")
            updates.extend(read)
        if updates:
            await self.take(updates)

    async def take(self, updates: Sequence[Update]) -> None:
        """Handle updates, durably: those of one chat in order, different chats side by side.

        Raises NotStored after all were tried; handling the stored ones again then has no effect.
        """
        chats: dict[str, list[Update]] = {}
        for update in updates:
            chats.setdefault(update.sender.address, []).append(update)
        outcomes = await asyncio.gather(*map(self._take_chat, chats.values()), return_exceptions=True)
        self.wake()
        failures = [outcome for outcome in outcomes if outcome is not None]
        for failure in sorted(failures, key=lambda failure: isinstance(failure, NotStored)):
            raise failure

    async def close(self) -> None:
        """Let go of the acknowledgements still under way."""
        for task in self._spinners:
            task.cancel()
        await asyncio.gather(*self._spinners, return_exceptions=True)

    async def _take_chat(self, updates: Sequence[Update]) -> None:
        async with self._room:
            for update in updates:
                await self._take_one(update)

    async def _take_one(self, update: Update) -> None:
        try:
            async with asyncio.timeout(self.longest):
                receipt = await self.dispatch.receive(update)
        except (NotStored, TimeoutError) as error:
            self.metrics.count("updates", channel=update.channel, outcome="not_stored")
            raise error if isinstance(error, NotStored) else NotStored("It took too long.") from error
        finally:  # also one that is given up is a sign of life: a long batch is not a hanging loop
            self.metrics.beat("dispatch", at=self.clock.seconds())
        self.metrics.count("updates", channel=update.channel, outcome=receipt.outcome)
        self._stop_spinner(receipt)

    async def _set_aside(self, body: bytes, error: Exception) -> None:
        """Keep what cannot be read where an admin sees it. The platform has nothing better to send."""
        log.warning("malformed", extra={"channel": self.channel.name, "bytes": len(body)})
        key = f"malformed:{hashlib.sha256(body).hexdigest()}"
        nobody = Sender(channel=self.channel.name, address="", user="")
        unreadable = Update(
            channel=self.channel.name,
            key=key,
            kind=Kind.UNKNOWN,
            sender=nobody,
            sent_at=self._now(),
            raw=body,
        )
        await self.dispatch.set_aside(unreadable, type(error).__name__)
        self.metrics.count("updates", channel=self.channel.name, outcome="malformed")

    def _now(self) -> datetime:
        return self.clock.now().astimezone(UTC)

    def _stop_spinner(self, receipt: Receipt) -> None:
        if receipt.callback is None or len(self._spinners) >= SPINNERS_AT_ONCE:
            return
        task = asyncio.create_task(self.channel.acknowledge(receipt.callback, self._toast(receipt)))
        self._spinners.add(task)
        task.add_done_callback(self._spinners.discard)

    def _toast(self, receipt: Receipt) -> str:
        if not receipt.toast:
            return ""
        try:
            return self.renderer.word(receipt.toast, {}, locale=receipt.locale, markup="plain")[:200]
        except RenderError:
            log.exception("toast_missing", extra={"message_name": receipt.toast})
            return ""
