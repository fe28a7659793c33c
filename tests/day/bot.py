"""The bot of the day as a process of its own: the real one, on a clock that begins at a played moment."""

import asyncio
import os
import signal
from datetime import timedelta

from bot import logs
from bot.app import build
from bot.clock import Clock
from bot.settings import settings_from


async def serve() -> None:
    """Be the bot until SIGTERM; PIKET_… are its settings, DAY_OFFSET the seconds its clock is moved by."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = settings_from({name: value for name, value in os.environ.items() if name.startswith("PIKET_")})
    app = await build(settings, clock=Clock(timedelta(seconds=float(os.environ["DAY_OFFSET"]))))
    try:
        await app.start()
        await app.run(stop)
    finally:
        await app.stop()


if __name__ == "__main__":
    logs.set_up(level="info")
    asyncio.run(serve())
