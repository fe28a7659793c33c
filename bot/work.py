"""The loop that does the heavy work which steps and jobs asked for: outside transactions, under a lease.

A piece of work is done at least once. What it comes to is written in the transaction that ends it, so that a
worker whose lease ran out writes nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from db import work as works
from db.engine import Db, Tx
from db.errors import DbError
from db.ids import new_id
from db.moments import to_micros
from db.sealed import Seal
from db.work import Work

log = logging.getLogger("piket.work")

MOST_AT_ONCE = 4
LOOK_EVERY = 2.0
SHORTEST_REST = 0.2  # a rush wakes us a hundred times a second; looking so often would be in its way
LONGEST = 60.0  # seconds for one piece of work
LEASE = timedelta(seconds=90)  # longer than LONGEST and writing it down together
FINISH_WITHIN = 10.0
MOST_FAILURES = 3  # of our own: an exception that comes three times comes always
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
UNKNOWN_PAUSE = timedelta(minutes=10)  # a newer release asked for it, and may come back
STEP_BACK = timedelta(seconds=1)


async def _nothing(_tx: Tx, _now: datetime) -> None:
    """There is nothing to write."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The work is over; `write` is called in the transaction that ends it."""

    because: str
    write: Callable[[Tx, datetime], Awaitable[None]] = _nothing


@dataclass(frozen=True, kw_only=True)
class Later:
    """It cannot be done now; `seconds` when somebody told how long to wait."""

    says: str
    seconds: float = 0.0


class Trade(Protocol):
    """Knows how to do one kind of work."""

    most_tries: int

    async def do(self, work: Work) -> Ended | Later:
        """Do the work, outside any transaction. It may be done again: nothing but `Ended.write` may last."""

    def give_up(self, work: Work, *, because: str) -> Ended:
        """Return how the work ends when trying on makes no sense: whoever waits for it is told."""


class Worker:
    """Does what is due. Run one in each process; the leases keep them apart."""

    def __init__(
        self,
        db: Db,
        seal: Seal,
        trades: Mapping[str, Trade],
        clock: Clock,
        *,
        service: str = "",
        told: Callable[[], None] = lambda: None,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._seal = seal
        self._trades = trades
        self._clock = clock
        self._told = told  # called when something may have been put into the outbox
        self._beat = beat
        # Only one process at a time can be this service: its leases of before are a dead one's.
        self._service = f"{service}/" if service else ""
        self._owner = f"{self._service}{new_id()}"
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._has_begun = False
        self._latest = clock.now()

    def wake(self) -> None:
        """Look soon: something may have been asked for."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`; then finish what is under way within 10 seconds and give back the rest."""
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self._woken.set())
        try:
            while not stop.is_set():
                self._woken.clear()
                self._beat()
                await self._look()
                await self._rest(stop)
        finally:
            stopping.cancel()
            await self._finish()

    async def drain_once(self) -> int:
        """Do everything that is due now; return how many pieces had their turn."""
        count = 0
        while begun := await self._claim_more():
            count += begun
            await asyncio.gather(*self._flights.values())
        return count

    async def _rest(self, stop: asyncio.Event) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SHORTEST_REST)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)

    async def _look(self) -> None:
        try:
            await self._claim_more()
        except DbError as error:
            log.warning("work_waits", extra={"action": "work_waits", "says": str(error)})
        except Exception:  # the loop outlives every mistake
            log.exception("work_failed", extra={"action": "work_failed"})

    async def _claim_more(self) -> int:
        """Begin what is due and has room; return how many pieces."""
        begun = 0
        while len(self._flights) < MOST_AT_ONCE and (claimed := await self._claim()):
            self._flights[claimed.id] = asyncio.create_task(self._fly(claimed))
            begun += 1
        return begun

    async def _claim(self) -> Work | None:
        now, real = self._clock.now(), to_micros(self._clock.real())
        async with self._db.reading() as tx:
            is_due = await works.is_due(tx, now=now, real_now=real, known=[*self._flights])
        if not is_due and self._has_begun and now >= self._latest - STEP_BACK:
            self._latest = now
            return None
        async with self._db.transaction() as tx:
            if not self._has_begun and self._service:
                await works.release(tx, service=self._service)
            if now < self._latest - STEP_BACK:
                await works.bring_forward(tx, now=now)
            claimed = await self._taken(tx, now)
        self._has_begun, self._latest = True, now
        return claimed

    async def _taken(self, tx: Tx, now: datetime) -> Work | None:
        return await works.claim(
            tx,
            self._seal,
            owner=self._owner,
            now=now,
            real_now=to_micros(self._clock.real()),
            lease=LEASE // timedelta(microseconds=1),
            known=[*self._flights],
        )

    async def _fly(self, work: Work) -> None:
        try:
            await self._record(work, await self._done(work))
        except asyncio.CancelledError:
            with suppress(DbError):
                await self._record(work, Later(says="stopped", seconds=0.001))
        finally:
            del self._flights[work.id]
            self._woken.set()

    async def _done(self, work: Work) -> Ended | Later:
        trade = self._trades.get(work.kind)
        if not work.is_readable:
            return Ended(because="its task does not open with this installation's key")
        if trade is None:
            return Later(says="unknown kind", seconds=UNKNOWN_PAUSE.total_seconds())
        if work.tries > trade.most_tries:
            return self._given_up(trade, work, "it ended every process that tried")
        outcome, most = await self._tried(trade, work)
        if isinstance(outcome, Later) and work.tries >= most:
            return self._given_up(trade, work, f"gave up after {work.tries} tries: {outcome.says}")
        return outcome

    async def _tried(self, trade: Trade, work: Work) -> tuple[Ended | Later, int]:
        """Do it once; return what it came to, and how many tries it is worth."""
        try:
            async with asyncio.timeout(LONGEST):
                return await trade.do(work), trade.most_tries
        except TimeoutError:
            return Later(says="it took too long"), MOST_FAILURES
        except DbError as error:
            return Later(says=str(error)), trade.most_tries
        except Exception as error:  # a piece of work may fail in any way, and must not stop the others
            log.exception("work_broke", extra={"action": "work_broke", "work": work.id, "kind": work.kind})
            return Later(says=type(error).__name__), MOST_FAILURES

    def _given_up(self, trade: Trade, work: Work, because: str) -> Ended:
        log.error("work_given_up", extra={"action": "work_given_up", "work": work.id, "kind": work.kind})
        try:
            return trade.give_up(work, because=because)
        except Exception as error:  # its task may be what is wrong with it
            return Ended(because=f"{because}; nobody was told: {type(error).__name__}")

    async def _record(self, work: Work, outcome: Ended | Later) -> None:
        try:
            await self._written(work, outcome)
        except DbError as error:  # its lease runs out, and then it is done again
            log.warning("work_not_recorded", extra={"action": "work_not_recorded", "says": str(error)})
        except Exception:  # what it wanted to write cannot be written
            log.exception("work_not_written", extra={"action": "work_not_written", "work": work.id})
            is_over = work.tries >= MOST_FAILURES
            bare = Ended(because="it cannot be written down") if is_over else Later(says="not written")
            with suppress(DbError):
                await self._written(work, bare)
        self._told()

    async def _written(self, work: Work, outcome: Ended | Later) -> None:
        now = self._clock.now()
        async with self._db.transaction() as tx:
            if isinstance(outcome, Later):
                seconds = outcome.seconds or pause_after(work.tries)
                await works.put_off(tx, work, until=now + timedelta(seconds=seconds))
            elif await works.end(tx, work, because=outcome.because, now=now):
                await outcome.write(tx, now)

    async def _finish(self) -> None:
        flights = list(self._flights.values())
        if flights:
            await asyncio.wait(flights, timeout=FINISH_WITHIN)
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)


def pause_after(tries: int) -> float:
    """Return the seconds until the next try: 5, 10, 20 … 600."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tries - 1, 10))
