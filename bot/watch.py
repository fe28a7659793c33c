"""Sees whether the loops still turn: for /healthz at once, and to end a process that only looks alive (fault P09)."""

import asyncio
import logging
from contextlib import suppress

from bot.clock import Clock
from bot.metrics import Metrics
from bot.stopped import Stopped
from db.engine import Db
from db.errors import DbError

log = logging.getLogger(__name__)
LONGEST_ROUND = 110.0  # a long poll, a batch that is given up after a minute, and some patience
LOOK_EVERY = 5.0
ANSWER_SECONDS = 2.0


class Watch:
    """Watches over one service."""

    def __init__(
        self, db: Db, *, metrics: Metrics, clock: Clock, polls: bool, longest: float = LONGEST_ROUND
    ) -> None:
        self._db = db
        self._metrics = metrics
        self._clock = clock
        self._loops = ("poll", "work", "jobs") if polls else ("work", "jobs")
        self._longest = longest

    async def is_ready(self) -> bool:
        """Whether updates are being taken in and can be stored."""
        if self.stalled():
            return False
        with suppress(DbError, TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS), self._db.reading() as tx:
                return await tx.one("SELECT 1 AS one") is not None
        return False

    def stalled(self) -> list[str]:
        """Return the loops that began and have not turned for too long."""
        return [loop for loop in self._loops if self._age(loop) > self._longest]

    def _age(self, loop: str) -> float:
        """How long ago the loop showed that it turns, or that it is still at work on what it brought."""
        signs = (loop, "dispatch") if loop == "poll" else (loop,)
        ages = (self._metrics.age(sign, at=self._clock.seconds()) for sign in signs)
        return min((age for age in ages if age is not None), default=0.0)

    async def run(self, stop: asyncio.Event, *, every: float = LOOK_EVERY) -> None:
        """Look until `stop`. Raises Stopped when a loop hangs, so that the process ends and is started anew."""
        while not stop.is_set():
            if loops := self.stalled():
                raise Stopped(
                    f"The loop {loops[0]} has not turned for {self._longest:.0f} seconds. Start the service again."
                )
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)
