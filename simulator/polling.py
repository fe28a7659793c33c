"""getUpdates: one long poll at a time; a newer one ends the older with 409."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from simulator.errors import SimulatorError, conflict
from simulator.faults import Faults
from simulator.updates import Update, Updates

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
TIMEOUT_LIMIT = 50


class Polling:
    """The one long poll that may wait for updates."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._waiting: asyncio.Future[None] | None = None
        self._again: list[Update] = []
        updates.on_new.append(self._wake)

    def interrupt(self, error: SimulatorError) -> None:
        """End the waiting poll, if there is one, with this error."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)

    def _wake(self, _: Update) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def get(self, *, offset: int, limit: int, seconds: int, faults: Faults) -> list[dict[str, Any]]:
        """The next updates, waiting up to so many real seconds for one; the offset confirms those below."""
        self.interrupt(conflict(OTHER_POLLER))
        if offset > 0:
            self._updates.acknowledge_below(offset)
        elif offset < 0:
            self._updates.keep_last(-offset)
        count = limit if 1 <= limit <= 100 else 100
        batch = self._batch(count, faults)
        if not batch and seconds > 0:
            await self._wait(min(seconds, TIMEOUT_LIMIT))
            batch = self._batch(count, faults)
        return [update.payload for update in batch]

    async def _wait(self, seconds: float) -> None:
        waiting = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _batch(self, count: int, faults: Faults) -> list[Update]:
        again, self._again = self._again, []
        fresh = self._updates.first(count)
        for update in fresh:
            if faults.duplicate_updates and random.random() < faults.duplicate_updates:
                (again if random.random() < 0.5 else self._again).append(update)
        batch = fresh + again
        if faults.reorder_updates:
            random.shuffle(batch)
        for update in batch:
            update.row.deliveries += 1
        return batch

    def forget(self) -> None:
        self._again.clear()
