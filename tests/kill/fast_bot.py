"""The bot on a clock that runs fast from a played moment: CLOCK_OFFSET (seconds) and CLOCK_SPEED."""

import asyncio
import os
import signal
from datetime import timedelta

from bot import logs
from bot.app import build
from bot.clock import Clock
from bot.settings import settings_from


async def serve() -> None:
    """Be the bot until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = settings_from({name: value for name, value in os.environ.items() if name.startswith("PIKET_")})
    offset, speed = timedelta(seconds=float(os.environ["CLOCK_OFFSET"])), float(os.environ["CLOCK_SPEED"])
    app = await build(settings, clock=Clock(offset, speed=speed))
    try:
        await app.start()
        app.waker.quicken(speed)
        await app.run(stop)
    finally:
        await app.stop()


if __name__ == "__main__":
    logs.set_up(level="warning")
    asyncio.run(serve())
