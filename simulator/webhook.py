"""Webhook delivery: each queue in order, one at a time, repeated until done or expired."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from simulator.clock import Clock
from simulator.faults import Faults
from simulator.updates import Update, Updates

LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 3600
DOWN_PAUSE = 0.2
MOST_JITTER = 0.2

Execute = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class Settings:
    """What setWebhook was told, and the last thing that went wrong."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: float | None = None
    last_error: str = ""


@dataclass(slots=True, eq=False)
class Delivery:
    """Delivers to one URL until it is stopped."""

    updates: Updates
    clock: Clock
    settings: Settings
    faults: Callable[[], Faults]
    execute: Execute
    first_delay: float = 1.0
    _lanes: dict[Hashable, deque[Update]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _session: ClientSession | None = None
    _places: asyncio.Semaphore | None = None

    def start(self) -> None:
        """Begin with everything that waits, and go on with whatever comes."""
        connector = TCPConnector(limit=self.settings.max_connections)
        self._session = ClientSession(
            connector=connector, timeout=ClientTimeout(total=60), cookie_jar=DummyCookieJar()
        )
        self._places = asyncio.Semaphore(self.settings.max_connections)
        self.updates.on_new.append(self._enter)
        for update in self.updates.all():
            self._enter(update)

    async def stop(self) -> None:
        """Stop at once; what was not acknowledged stays in the queue of updates."""
        if self._enter in self.updates.on_new:
            self.updates.on_new.remove(self._enter)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _enter(self, update: Update) -> None:
        key = update.update_id if self.faults().reorder_updates else update.queue
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[key] = deque([update])
        self._spawn(self._run(key))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, key: Hashable) -> None:
        lane = self._lanes[key]
        while lane:
            if self.faults().reorder_updates:
                await asyncio.sleep(random.uniform(0, MOST_JITTER))
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[key]

    async def _deliver(self, update: Update) -> None:
        failures = 0
        while update in self.updates:
            if self.updates.is_expired(update):
                self.updates.drop(update)
                return
            retry_after = await self._attempt(update)
            if retry_after is None:
                self._done(update)
                return
            failures += 1
            delay = retry_after or min(LONGEST_DELAY, self.first_delay * 2 ** (failures - 1))
            if self.updates.is_expired(update, after=delay):
                self.updates.drop(update)
                return
            await self._pause(update, delay)

    async def _pause(self, update: Update, delay: float) -> None:
        """Wait, but notice soon when the clock was moved past the update's end."""
        end = self.clock.steady() + delay
        while (left := end - self.clock.steady()) > 0 and not self.updates.is_expired(update):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), min(left, 1.0))

    def _done(self, update: Update) -> None:
        self.updates.acknowledge(update)
        chance = self.faults().duplicate_updates
        if chance and random.random() < chance:
            self._spawn(self._repeat(update))

    async def _repeat(self, update: Update) -> None:
        await self._attempt(update)

    async def _attempt(self, update: Update) -> float | None:
        """None when the bot took it, else the seconds it asks to wait (0: it names none)."""
        assert self._session is not None
        assert self._places is not None
        async with self._places:
            if self.faults().platform_down:
                return DOWN_PAUSE
            update.row.deliveries += 1
            try:
                return await self._post(update)
            except (ClientError, OSError, TimeoutError) as error:
                self._note(f"Connection failed: {type(error).__name__}")
                return 0

    async def _post(self, update: Update) -> float | None:
        assert self._session is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.settings.secret} if self.settings.secret else {}
        async with self._session.post(
            self.settings.url, json=update.payload, headers=headers, allow_redirects=False
        ) as answer:
            body = await answer.read()
            if 200 <= answer.status <= 299:
                await self._obey(body, answer.content_type)
                return None
            self._note(f"Wrong response from the webhook: {answer.status} {answer.reason or ''}".strip())
            asked = answer.headers.get("Retry-After", "")
            return min(float(asked), LONGEST_RETRY_AFTER) if asked.isdigit() else 0

    async def _obey(self, body: bytes, content_type: str) -> None:
        """A method in the answer is executed as a call, as the real platform does."""
        call = read_call(body, content_type)
        if call is not None:
            await self.execute(call)

    def _note(self, words: str) -> None:
        self.settings.last_error_at, self.settings.last_error = self.clock.unix(), words


def read_call(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The API call hidden in a webhook's answer, None when there is none."""
    try:
        values = json.loads(body) if "json" in content_type else dict(parse_qsl(body.decode()))
    except ValueError:
        return None
    return values if isinstance(values, dict) and values.get("method") else None
