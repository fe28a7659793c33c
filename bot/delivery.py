"""Delivery: claims what is due, lets each message make its journey, and writes down in batches how they ended."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from bot.channels.base import Channel
from bot.journey import LEASE, Became, Clock, Journey, Outcome, Renderer
from bot.outcomes import note_state, record
from bot.outlet import Outlet
from bot.pacing import CLASSES, Lane, Rates, lane_of
from db import channel_states, pauses
from db.engine import Db, Tx
from db.errors import DbError
from db.ids import new_id
from db.moments import to_micros
from db.sealed import Seal
from db.sending import outbox
from db.sending.claims import claim_due
from db.sending.fates import orphans, resolve
from db.sending.outbox import OutboxMessage

log = logging.getLogger("piket.delivery")

LOOK_EVERY = 1.0
TICK = 0.1  # while there is more than the pace allows
STEP_BACK = timedelta(seconds=1)  # less than that no put-off message notices
FINISH_WITHIN = 20.0
KEPT_FOR_ANSWERS = 8  # sends that only answers may use, however much else is waiting
_LEASE_MICROS = LEASE // timedelta(microseconds=1)


class Delivery:
    """Sends what the outbox holds. Run one in each process; the database keeps them apart."""

    def __init__(
        self,
        db: Db,
        seal: Seal,
        channels: Mapping[str, Channel],
        renderer: Renderer,
        clock: Clock,
        *,
        is_only_service: bool = False,
        service: str = "",
        rates: Mapping[str, Rates] | None = None,
        most_in_flight: int = 48,
        chance: Random | None = None,
        clock_error: Callable[[], timedelta | None] = lambda: None,
        reached: Callable[[str, bool], None] = lambda _channel, _is_reached: None,
    ) -> None:
        self._db = db
        self._seal = seal
        self._renderer = renderer
        self._clock = clock
        self._is_only_service = is_only_service
        self._outlets = [
            Outlet(channel, rates=(rates or {}).get(name), reached=reached)
            for name, channel in channels.items()
        ]
        self._most = most_in_flight
        self._chance = chance or Random()
        self._clock_error = clock_error  # while what time drives is held: by how much the clock is wrong
        # Only one process at a time can be this service: its leases of before are a dead one's.
        self._service = f"{service}/" if service else ""
        self._owner = f"{self._service}{new_id()}"
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._landed: list[Outcome] = []
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._has_begun = False
        self._tidied = 0.0
        self._latest = clock.now()
        self._rest_for = LOOK_EVERY
        self.counts: Counter[str] = Counter()  # outcomes since the start, by how they ended

    def wake(self) -> None:
        """Look now: something was put into the outbox."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; then finish what is in flight within 20 seconds and give back the rest."""
        waker = asyncio.create_task(self._wake_on(stop))
        try:
            while not stop.is_set():
                self._woken.clear()
                is_well = await self._look()
                await self._rest(self._rest_for if is_well else LOOK_EVERY)
        finally:
            waker.cancel()
            await self._finish()

    async def drain_once(self) -> int:
        """Claim what is due now, send it, record it; return how many messages had their turn."""
        await self._begin()
        self._tidied = 0.0
        await self._turn(claims=True)
        if self._flights:
            await asyncio.wait(self._flights.values())
        handled = len(self._landed)
        await self._turn(claims=False)
        return handled

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._is_stopping = True
        self._woken.set()

    async def _look(self) -> bool:
        """Do one turn; False when it failed."""
        try:
            await self._begin()
            await self._turn(claims=True)
        except DbError as error:
            log.warning("delivery_waits", extra={"action": "delivery_waits", "says": str(error)})
            return False
        except Exception:  # the loop outlives every mistake; outcomes that cannot be written are set apart
            log.exception("delivery_failed", extra={"action": "delivery_failed"})
            await self._record_apart()
            return False
        return True

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), timeout=seconds)

    async def _begin(self) -> None:
        """Obey the pauses of the process before us, and resolve what it left in the middle of sending."""
        if self._has_begun:
            return
        real, now = self._clock.real(), self._clock.seconds()
        async with self._db.transaction() as tx:
            states = await channel_states.states(tx)
            for outlet in self._outlets:
                outlet.take_up(states.get(outlet.name))
                for pause in await pauses.in_force(tx, channel=outlet.name, real_now=real):
                    outlet.pacing.pause(pause.what, until=now + (pause.until - real).total_seconds())
                await orphans(
                    tx,
                    channel=outlet.name,
                    now=self._judging(),
                    real_now=to_micros(real),
                    is_only_service=self._is_only_service,
                    gone=self._service,
                )
        self._has_begun = True

    async def _turn(self, *, claims: bool) -> None:
        """Record what has landed and claim what may begin, in one transaction; then let it begin."""
        landed = list(self._landed)
        self._rest_for = min([LOOK_EVERY, *(outcome.wait for outcome in landed if outcome.wait)])
        tidies = self._clock.seconds() >= self._tidied + LOOK_EVERY
        now, asked = self._clock.now(), self._clock.uptime()

        async def write(tx: Tx) -> list[tuple[Outlet, OutboxMessage]]:
            await self._record(tx, landed)
            return [
                (outlet, message)
                for outlet in self._outlets
                for message in await self._serve(tx, outlet, now=now, tidies=tidies, claims=claims)
            ]

        claimed = await self._db.together(write)
        self._latest = now
        self._forget(landed)
        self._tidied = self._clock.seconds() if tidies else self._tidied
        for outlet in self._outlets:
            outlet.noted = outlet.state
        for outlet, message in claimed:
            self._begin_journey(outlet, message, held_until=asked + LEASE.total_seconds())

    async def _serve(
        self, tx: Tx, outlet: Outlet, *, now: datetime, tidies: bool, claims: bool
    ) -> list[OutboxMessage]:
        await note_state(tx, outlet, now=self._clock.now())
        if tidies:
            await self._tidy(tx, outlet)
        if now < self._latest - STEP_BACK:
            await outbox.bring_forward(tx, channel=outlet.name, now=now)
        return await self._claim(tx, outlet) if claims and not self._is_stopping else []

    async def _record(self, tx: Tx, landed: Sequence[Outcome]) -> None:
        if landed:
            now, real = self._clock.now(), self._clock.real()
            await record(tx, landed, now=now, real_now=real, chance=self._chance)

    def _forget(self, landed: Sequence[Outcome]) -> None:
        self._landed = self._landed[len(landed) :]
        for outcome in landed:
            self.counts[outcome.failure.fate if outcome.failure else outcome.became] += 1

    async def _record_apart(self) -> None:
        """Write outcomes down one by one; what cannot be written is left to its lease, which ends."""
        for outcome in list(self._landed):
            try:
                async with self._db.transaction() as tx:
                    await self._record(tx, [outcome])
            except DbError:
                return
            except Exception:  # this one row is the culprit; the others must go on
                log.exception("not_recorded", extra={"action": "not_recorded", "outbox": outcome.message.id})
            self._forget([outcome])

    async def _tidy(self, tx: Tx, outlet: Outlet) -> None:
        now, real = self._judging(), to_micros(self._clock.real())
        known = {*self._flights, *(outcome.message.id for outcome in self._landed)}
        await orphans(tx, channel=outlet.name, now=now, real_now=real, known=known)
        await resolve(tx, channel=outlet.name, now=now)
        await outbox.drop_expired(tx, channel=outlet.name, now=now)

    def _judging(self) -> datetime:
        """The moment by which messages are late: by a clock that jumped none is."""
        return self._clock.now() - (self._clock_error() or timedelta())

    async def _claim(self, tx: Tx, outlet: Outlet) -> list[OutboxMessage]:
        claimed: list[OutboxMessage] = []
        now = self._clock.seconds()
        room = outlet.room(now=now, most=self._most)
        for lane in CLASSES:
            if lane is Lane.BULK and self._clock_error() is not None:
                continue  # held until the clock is right, or confirmed
            kept = KEPT_FOR_ANSWERS if room > 1 and lane is not Lane.ANSWERS else 0
            limit = outlet.pacing.allowance(lane, now=now, most=room - len(claimed) - kept)
            taken = await self._claim_lane(tx, outlet, lane, limit) if limit > 0 else []
            claimed += taken
            if room and len(taken) == max(limit, 0) and outlet.pacing.lane_wait(lane, now=now) < LOOK_EVERY:
                self._rest_for = min(self._rest_for, TICK)
        return claimed

    async def _claim_lane(self, tx: Tx, outlet: Outlet, lane: Lane, limit: int) -> list[OutboxMessage]:
        first, last = CLASSES[lane]
        return await claim_due(
            tx,
            self._seal,
            channel=outlet.name,
            owner=self._owner,
            now=self._clock.now(),
            real_now=to_micros(self._clock.real()),
            lease=_LEASE_MICROS,
            limit=limit,
            classes=(int(first), int(last)),
        )

    def _begin_journey(self, outlet: Outlet, message: OutboxMessage, *, held_until: float) -> None:
        outlet.in_flight += 1
        outlet.pacing.spend(lane_of(message.urgency), now=self._clock.seconds())
        journey = Journey(
            message=message,
            outlet=outlet,
            db=self._db,
            seal=self._seal,
            renderer=self._renderer,
            clock=self._clock,
            is_stopping=lambda: self._is_stopping,
            held_until=held_until,
        )
        self._flights[message.id] = asyncio.create_task(self._fly(outlet, journey))

    async def _fly(self, outlet: Outlet, journey: Journey) -> None:
        outcome = await journey.run()
        outlet.in_flight -= 1
        if outcome.became in (Became.SENT, Became.STOPPED):
            outlet.heard(
                outcome.failure,
                urgency=outcome.message.urgency,
                address=outcome.message.address,
                now=self._clock.seconds(),
            )
        self._landed.append(outcome)
        del self._flights[outcome.message.id]
        self._woken.set()

    async def _finish(self) -> None:
        """Wait for what is in flight, writing down each as it lands; break off what takes too long."""
        self._is_stopping = True
        patience = self._clock.seconds() + FINISH_WITHIN
        while self._flights:
            left = patience - self._clock.seconds()
            if left <= 0:
                for flight in self._flights.values():
                    flight.cancel()
            await asyncio.wait(
                self._flights.values(), timeout=max(left, 1.0), return_when=asyncio.FIRST_COMPLETED
            )
            await self._write_down()
        await self._write_down()

    async def _write_down(self) -> None:
        try:
            await self._turn(claims=False)
        except DbError as error:  # their leases run out, and then they are resolved as uncertain
            log.error("not_recorded", extra={"action": "not_recorded", "says": str(error)})
        except Exception:  # as in _look
            log.exception("delivery_failed", extra={"action": "delivery_failed"})
            await self._record_apart()
