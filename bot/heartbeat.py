"""Notes every half minute that the service lives, so that the next start knows for how long nobody was heard."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta

from bot.opening import Office
from db import meta, outages
from db.errors import DbError
from db.moments import from_micros, to_micros
from handlers.offering import NOTICED_AFTER, offer_again

log = logging.getLogger(__name__)
EVERY = 30.0


class Heartbeat:
    """The sign of life of one service, by the real clock."""

    def __init__(self, office: Office, *, channel: str, service: str) -> None:
        self._office = office
        self._channel = channel
        self._service = service

    async def take_up(self) -> None:
        """Record the time in which nobody was heard, and ask again what was asked shortly before it."""
        office = self._office
        real, now = office.clock.real(), office.clock.now()
        async with office.db.reading() as tx:
            last = await meta.last_alive(tx)
        gap = real - from_micros(last) if last is not None else timedelta()
        if gap < NOTICED_AFTER:
            await self.beat()
            return
        offered = await offer_again(office.db, office.seal, channel=self._channel, began=now - gap, ended=now)
        # With the beat, and not before the offers: whoever is killed until here finds the same gap again.
        async with office.db.transaction() as tx:
            await outages.record(tx, cause="service was down", began_at=now - gap, ended_at=now, now=now)
            await meta.note_alive(tx, service=self._service, at=to_micros(real))
        log.warning("was_down", extra={"seconds": round(gap.total_seconds()), "offered_again": offered})

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

    async def beat(self) -> datetime:
        """Note that the service lives now."""
        real = self._office.clock.real()
        async with self._office.db.transaction() as tx:
            await meta.note_alive(tx, service=self._service, at=to_micros(real))
        return real
