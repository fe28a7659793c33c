"""Strikes: at a random moment that counts, the bot is killed (or asked to stop) and started again."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from tests.kill.child import Child
from tests.kill.contender import Contender
from tests.kill.rush import RushWorld

KILL, STOP = "kill", "stop"
LONGEST_STOP = 25.0
LONGEST_WAIT = 60.0
HOMEWARD = 1.0  # seconds in which a bot must have written down that a message was sent
GLANCE = 0.004  # longest pause between two looks for a moment that counts


@dataclass(frozen=True, kw_only=True)
class Strike:
    """One counted end of the process, and the start after it."""

    how: str
    waiting: int  # updates queued or handed over at that moment
    sending: int  # sends the platform was busy with at that moment
    in_flight: int  # those, and the ones whose answers were not yet read and written down
    ended_after: float
    accepting_after: float  # seconds from the next start to its first acknowledgement


@dataclass(eq=False)
class Killer:
    """Ends and starts one bot in one world."""

    world: RushWorld
    child: Child
    contender: Contender
    chance: random.Random
    between: tuple[float, float]  # seconds of accepting before a moment is looked for

    def __post_init__(self) -> None:
        self._modes: Iterator[str] = cycle(self.contender.modes)

    async def start(self) -> None:
        """Start the bot in its next mode."""
        self.world.uptime.started()
        await self.child.start(self.contender.env(next(self._modes)))

    async def accepting(self) -> float:
        """Wait until the bot acknowledges updates; return the seconds since its start that were its own.

        What other programs on a busy machine took of them says nothing about the bot.
        """
        await self._until(self.world.uptime.accepting.is_set, "acknowledged an update")
        return self.world.uptime.until_accepting() - self.child.waited_for_processor()

    async def strike(self, how: str) -> Strike:
        """End the bot while updates wait and sends are in flight; start it, and see how soon it accepts again."""
        await asyncio.sleep(self.chance.uniform(*self.between))
        await self._until(lambda: self.world.waiting > 0 and self.world.sending > 0, "was busy")
        waiting, sending, moment = self.world.waiting, self.world.sending, time.time()
        await (self.child.kill() if how == KILL else self.child.stop(within=LONGEST_STOP))
        ended_after = time.time() - moment
        self.world.uptime.ended()
        while self.world.sending:  # noqa: ASYNC110  what has reached the platform is done, heard or not
            await asyncio.sleep(GLANCE)
        written = await self.contender.written_down()
        taken = self.world.taken_since(moment - HOMEWARD)
        in_flight = sending if written is None else len(taken - written)
        await self.start()
        return Strike(
            how=how,
            waiting=waiting,
            sending=sending,
            in_flight=in_flight,
            ended_after=ended_after,
            accepting_after=await self.accepting(),
        )

    async def until_nothing_is_owed(self) -> None:
        """Let the bot finish what it has to say; what it leaves unsaid all the same is for the judge."""
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end and not await self.contender.owes_nothing():
            self.child.check()
            await asyncio.sleep(0.2)

    async def _until(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + LONGEST_WAIT
        while not is_so():
            self.child.check()
            if time.monotonic() > end:
                raise AssertionError(
                    f"The bot never {what} in {LONGEST_WAIT:g} s.\n{self.child.last_words()}"
                )
            await asyncio.sleep(self.chance.uniform(0, GLANCE))
