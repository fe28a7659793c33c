"""How long and how busily something ran, and for how long at a time it let nobody else have the loop."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

_STEP = 0.001


@dataclass(kw_only=True)
class Took:
    """Seconds by the wall and of processor; and the longest in which the loop served nobody else, by both.

    What else the machine does is in the one by the wall, and so is waiting for the disk in the loop.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    held: float = 0.0
    held_cpu: float = 0.0


@asynccontextmanager
async def taking() -> AsyncIterator[Took]:
    """Measure what is done meanwhile."""
    took = Took()
    watching = asyncio.create_task(_watch(took))
    await asyncio.sleep(2 * _STEP)
    began, cpu = time.perf_counter(), time.process_time()
    try:
        yield took
        took.seconds, took.cpu = time.perf_counter() - began, time.process_time() - cpu
        await asyncio.sleep(2 * _STEP)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(took: Took) -> None:
    last, last_cpu = time.perf_counter(), time.thread_time()
    while True:
        await asyncio.sleep(_STEP)
        now, cpu = time.perf_counter(), time.thread_time()
        took.held = max(took.held, now - last - _STEP)
        took.held_cpu = max(took.held_cpu, cpu - last_cpu)
        last, last_cpu = now, cpu
