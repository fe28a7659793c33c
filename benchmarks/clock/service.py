"""The real bot in a process of its own, at a moment of the played day; on SIGUSR1 its clock moves on to another.

Called with two moments, in ISO form. What moves the clock is the same as in the demo, and looks at every job at once.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime

from bot.app import build
from bot.clock import Clock
from bot.interpreter import settle_down
from bot.settings import settings_from


async def main(first: datetime, then: datetime) -> None:
    """Serve until SIGTERM."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    clock = Clock(first - Clock().real())
    app = await build(settings_from(os.environ), clock=clock)

    def move() -> None:
        clock.move(then - clock.real())
        app.waker.quicken(1.0)
        app.delivery.wake()

    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGUSR1, move)
    try:
        await app.start()
        settle_down()
        await app.run(stop)
    finally:
        await app.stop()


def _moments(arguments: Sequence[str]) -> list[datetime]:
    return [datetime.fromisoformat(each) for each in arguments]


if __name__ == "__main__":
    asyncio.run(main(*_moments(sys.argv[1:])))
