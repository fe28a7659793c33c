"""Two loads: as many check-ins as go through, and a steady stream of updates."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.checkin.platform import Platform, Tapped
from benchmarks.checkin.script import TAPS

THINKS = 1.0  # seconds between somebody's taps in the steady load, if the answer is there by then


@dataclass
class Figures:
    """What one load came to."""

    seconds: float = 0.0
    done: int = 0
    failed: int = 0
    taps: list[Tapped] = field(default_factory=list)
    last: list[Tapped] = field(default_factory=list)  # of each check-in the tap that sends it

    @property
    def rate(self) -> float:
        """Check-ins a second."""
        return self.done / self.seconds if self.seconds else 0.0


async def saturate(
    platform: Platform, chats: Iterable[int], *, at_once: int, seconds: float = 60.0
) -> Figures:
    """Let `at_once` people at a time check in, each tap as soon as the last is answered; begin none after `seconds`."""
    figures, waiting = Figures(), iter(chats)
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as crowd:
        for _ in range(at_once):
            crowd.create_task(_one_after_another(platform, waiting, figures, until=begun + seconds))
    figures.seconds = time.perf_counter() - begun
    return figures


async def _one_after_another(
    platform: Platform, chats: Iterator[int], figures: Figures, *, until: float
) -> None:
    while time.perf_counter() < until and (chat := next(chats, None)) is not None:
        await check_in(platform, chat, figures)


async def steady(platform: Platform, chats: Iterable[int], *, rate: float, seconds: float) -> Figures:
    """Let updates come at `rate` a second, whatever becomes of those before."""
    figures, waiting = Figures(), iter(chats)
    begun = time.perf_counter()
    people = int(rate * seconds / len(TAPS))
    async with asyncio.TaskGroup() as crowd:
        for number in range(people):
            await asyncio.sleep(max(0.0, begun + number * len(TAPS) / rate - time.perf_counter()))
            crowd.create_task(check_in(platform, next(waiting), figures, thinks=THINKS))
    figures.seconds = time.perf_counter() - begun
    return figures


async def check_in(platform: Platform, chat: int, figures: Figures, *, thinks: float = 0.0) -> None:
    """Let somebody check in once, and note what became of each tap."""
    try:
        for number, text in enumerate(TAPS):
            if number and thinks:
                await asyncio.sleep(thinks)
            tapped = await platform.tap(chat, text)
            figures.taps.append(tapped)
    except (TimeoutError, OSError):
        figures.failed += 1
        return
    figures.last.append(tapped)
    figures.done += 1
