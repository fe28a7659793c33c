"""Notes every few seconds that the service lives, so that it is known for how long nobody was heard.

It is known at the next start, and also after a machine that slept or a database that stored nothing. Beside it
stands since when the platform is out of reach, and how far the database's clock is from ours.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta

from bot.clock_guard import ClockGuard
from bot.metrics import Metrics
from bot.opening import Office
from bot.reach import Reach
from db import leases, meta, outages
from db.engine import Tx
from db.errors import DbError
from db.moments import from_micros, to_micros
from handlers.offering import NOTICED_AFTER, offer_again

log = logging.getLogger(__name__)
EVERY = 10.0
RECORDED_AFTER = timedelta(seconds=30)  # also what a process loses that is ended because its loop was blocked
CLOCKS_DIFFER = 2.0  # seconds between the database's clock and ours that are worth an alarm (fault T10)


class Heartbeat:
    """The sign of life of one service, by the real clock, as far as that can be trusted."""

    def __init__(
        self,
        office: Office,
        *,
        channel: str,
        service: str,
        guard: ClockGuard | None = None,
        reach: Reach | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self._office = office
        self._channel = channel
        self._service = service
        self._guard = guard
        self._reach = reach or Reach(channel, office.clock)
        self._metrics = metrics or Metrics()
        self._differs = False

    async def take_up(self) -> None:
        """Record the time in which nobody was heard, and ask again what was asked shortly before it."""
        async with self._office.db.reading() as tx:
            await self._reach.take_up(tx)
        await self.beat()

    async def run(self, stop: asyncio.Event) -> None:
        """Beat until `stop`."""
        while not stop.is_set():
            with suppress(DbError):  # a beat that is missed makes the gap longer, which is the truth
                await self.beat()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EVERY)

    async def end(self) -> None:
        """Note the last moment of a service that stops in order."""
        with suppress(DbError):
            await self.beat()

    async def beat(self) -> None:
        """Note that the service lives now, and for how long none did before."""
        error = self._guard.error() if self._guard else timedelta()
        if error is None:
            return
        office = self._office
        real, now = office.clock.real() - error, office.clock.now() - error
        async with office.db.reading() as tx:
            gap = await _silence(tx, real)
        if gap >= NOTICED_AFTER:
            offered = await offer_again(
                office.db, office.seal, channel=self._channel, began=now - gap, ended=now
            )
            log.warning("was_down", extra={"seconds": round(gap.total_seconds()), "offered_again": offered})
        # With the beat, and not before the offers: whoever is killed until here finds the same gap again.
        async with office.db.transaction() as tx:
            if await _silence(tx, real) >= RECORDED_AFTER:
                await outages.record(tx, cause=outages.DOWN, began_at=now - gap, ended_at=now, now=now)
            await meta.note_alive(tx, service=self._service, at=to_micros(real))
            await self._reach.write_down(tx, now=now)
            difference = await _difference(tx, office.clock.real())
        self._reach.written()
        self._show(difference)

    def _show(self, difference: float) -> None:
        missing = self._reach.missing_for().total_seconds()
        self._metrics.gauge("unreachable_seconds", missing, channel=self._channel)
        self._metrics.gauge("database_clock_ahead_seconds", difference)
        differs = abs(difference) > CLOCKS_DIFFER
        if differs and not self._differs:
            log.error("clocks_differ", extra={"seconds": round(difference, 1)})
        self._differs = differs


async def _silence(tx: Tx, real: datetime) -> timedelta:
    """How long ago any service lived last; nothing if none ever did."""
    last = await meta.last_alive(tx)
    return real - from_micros(last) if last is not None else timedelta()


async def _difference(tx: Tx, real: datetime) -> float:
    """By how many seconds the database's clock is ahead of ours; 0 where it is the same."""
    theirs = await leases.server_now(tx)
    return 0.0 if theirs is None else (theirs - to_micros(real)) / 1_000_000
