"""Compares the wall clock with one that never jumps. After a jump what time drives is held, until confirmed or undone.

Reminders, digests, broadcasts and all jobs wait; answers to people go on, and so does what they bring about. A hold
stands in the database (db/clock_holds.py): a restart does not end it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from bot.clock import Clock, boot
from bot.metrics import Metrics
from db import clock_holds, meta, outages
from db.clock_holds import ClockHold
from db.engine import Db, Tx
from db.errors import DbError
from db.moments import from_micros, to_micros
from db.sealed import Seal
from scheduler import alarms

log = logging.getLogger(__name__)
JUMP = timedelta(minutes=5)  # what is less is an ordinary correction; once-only keys make it harmless
LOOK_EVERY = 5.0
_MICROSECOND = timedelta(microseconds=1)
_MOST, _STEP = JUMP // _MICROSECOND, 1_000_000


class ClockGuard:
    """Guards the clock of one service. The demo's moved clock is no jump: it is the real one that counts."""

    def __init__(
        self,
        db: Db,
        seal: Seal,
        clock: Clock,
        *,
        service: str,
        metrics: Metrics,
        stepped: Callable[[], None] = lambda: None,
    ) -> None:
        self._db, self._seal, self._clock = db, seal, clock
        self._service, self._metrics = service, metrics
        self._stepped = stepped  # called when the clock was set, or what was held goes on
        self._boot = boot()
        self._ahead = self._tended_at = self._lead()
        self._started = clock.uptime()
        self._hold: ClockHold | None = None  # as known here; without an id: not written down yet
        self._over: ClockHold | None = None  # written down, and over: the clock is right again
        self._last_alive: int | None = None  # where nobody can tell yet for how long the service was down

    def is_held(self) -> bool:
        """Whether what time drives must wait. Cheap: ask before each job and each batch of sends."""
        self._look()
        return self._hold is not None

    def error(self) -> timedelta | None:
        """By how much the clock is wrong; nothing while it is trusted, None when it is not and nobody can tell."""
        self._look()
        if self._hold is None or not self._is_mine(self._hold):
            return timedelta()
        return (self._lead() - self._ahead) * _MICROSECOND if self._hold.boot == self._boot else None

    def held_error(self) -> timedelta | None:
        """While what time drives is held: by how much the clock is wrong, if one knows. None: nothing is held."""
        return (self.error() or timedelta()) if self.is_held() else None

    async def take_up(self) -> None:
        """Begin under the hold of before, or hold if the clock is earlier than the last sign of life."""
        async with self._db.reading() as tx:
            kept, last = await clock_holds.current(tx), await meta.last_alive(tx)
        real = to_micros(self._clock.real())
        if kept is not None:
            self._adopt(kept)
        elif last is not None and real < last - _MOST:
            self._ahead = last - self._steady()
            self._hold = self._noticed(expected=last, shown=real, is_least=True)
        if self._hold is not None and (self._hold.is_least or self.error() is None):
            self._last_alive = last
        await self.tend()

    async def keep(self, stop: asyncio.Event) -> None:
        """Look until `stop`; write down what was noticed, and hear what was confirmed."""
        while not stop.is_set():
            with suppress(DbError):  # the hold is known here all the same, and written down later
                await self.tend()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_EVERY)

    async def tend(self) -> None:
        """Bring what is known here and what stands in the database together."""
        was_held = self._hold is not None
        self._look()
        async with self._db.reading() as tx:
            kept = await clock_holds.current(tx)
        if self._over is not None:
            await self._write_end(self._over)
        elif self._hold is not None and not self._hold.id:
            await self._write_begin(self._hold)
        elif kept is None and self._hold is not None:
            self._trust(self._hold)
            log.warning("clock_confirmed", extra={"action": "clock_confirmed"})
        elif kept is not None and self._hold is None:
            self._adopt(kept)
        self._metrics.gauge("clock_held", float(self._hold is not None))
        lead = self._lead()
        if was_held != (self._hold is not None) or abs(lead - self._tended_at) > _STEP:
            self._stepped()
        self._tended_at = lead

    def _look(self) -> None:
        lead = self._lead()
        if self._hold is not None:
            if self._is_right_again(self._hold):
                self._over = self._hold if self._hold.id else None
                self._trust(self._hold)
        elif abs(lead - self._ahead) <= _MOST:
            self._ahead = lead  # a small correction is the truth from now on
        else:
            expected = self._steady() + self._ahead
            self._hold = self._noticed(expected=expected, shown=to_micros(self._clock.real()))
            log.error("clock_jumped", extra={"seconds": round(self._hold.jumped.total_seconds())})

    def _is_right_again(self, hold: ClockHold) -> bool:
        if not self._is_mine(hold):
            return False
        if hold.boot != self._boot:
            is_early = hold.shown < hold.expected
            return is_early and to_micros(self._clock.real()) >= hold.expected - _MOST
        wrong_by = self._lead() - hold.ahead
        return wrong_by >= -_MOST if hold.is_least else abs(wrong_by) <= _MOST

    def _is_mine(self, hold: ClockHold) -> bool:
        """Whether it is about this machine's clock: another one's only that machine can see."""
        return hold.service == self._service or self._db.dialect == "sqlite"

    def _adopt(self, hold: ClockHold) -> None:
        self._hold = hold
        if hold.boot == self._boot and self._is_mine(hold):
            self._ahead = hold.ahead

    def _trust(self, hold: ClockHold) -> None:
        self._hold = None
        if self._is_mine(hold):
            self._ahead = self._lead()

    async def _write_begin(self, hold: ClockHold) -> None:
        async with self._db.transaction() as tx:
            begun = await clock_holds.begin(tx, hold, now=self._clock.now())
            if begun is not None:
                await self._tell(tx, "clock/jumped", begun, opens="clock:confirm", label="clock_confirm")
        self._hold = begun or hold  # where another service's stands, this one is written down after it

    async def _write_end(self, hold: ClockHold) -> None:
        async with self._db.transaction() as tx:
            if await clock_holds.end(tx, hold_id=hold.id, by="clock", now=self._clock.real()):
                await self._tell(tx, "clock/right_again", hold)
                await self._record_outage(tx)
        self._over = None
        log.warning("clock_right_again", extra={"action": "clock_right_again"})

    async def _record_outage(self, tx: Tx) -> None:
        """Write down for how long the service was down before this start, where only now one can tell."""
        if self._last_alive is None:
            return
        now, shift = self._clock.now(), self._clock.now() - self._clock.real()
        began = from_micros(self._last_alive) + shift
        ended = now - timedelta(seconds=self._clock.uptime() - self._started)
        self._last_alive = None
        if ended > began:
            await outages.record(tx, cause=outages.DOWN, began_at=began, ended_at=ended, now=now)

    async def _tell(self, tx: Tx, message: str, hold: ClockHold, *, opens: str = "", label: str = "") -> None:
        seconds = round(hold.jumped.total_seconds())
        await alarms.tell_admins(
            tx,
            self._seal,
            message,
            {
                "minutes": abs(seconds) // 60,
                "is_ahead": seconds > 0,
                "at": hold.shown_at.isoformat(),
                "timezone": "",
            },
            once=f"{message}:{hold.id}",
            now=self._clock.now(),
            known_at=self._clock.now() - (self.error() or timedelta()),
            opens=opens,
            label=label,
            args={"hold": hold.id},
        )

    def _noticed(self, *, expected: int, shown: int, is_least: bool = False) -> ClockHold:
        return ClockHold(
            service=self._service,
            boot=self._boot,
            ahead=self._ahead,
            expected=expected,
            shown=shown,
            is_least=is_least,
        )

    def _steady(self) -> int:
        return round(self._clock.uptime() * 1_000_000)

    def _lead(self) -> int:
        """Microseconds by which the wall clock is ahead of the one that never jumps."""
        return to_micros(self._clock.real()) - self._steady()
