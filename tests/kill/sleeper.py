"""A process that sends a database's outbox slowly, under short leases: `python -m tests.kill.sleeper URL KEY FILE`.

Each part that it sends is a line in FILE. It is stopped in the middle (SIGSTOP), and wakes when its lease is another's.
"""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import bot.delivery
import bot.journey
from bot.channels.base import Outgoing, SendFailure, Sent
from bot.clock import Clock
from bot.delivery import Delivery
from db.opening import open_db
from db.sealed import seal_from
from tests.bot.post import FAST, FakeChannel, PlainRenderer

LEASE, CALL = timedelta(seconds=2), timedelta(seconds=0.5)
A_PART = 0.4  # seconds


class SlowChannel(FakeChannel):
    """Writes down what it sends."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        with self._file.open("a") as lines:
            lines.write(f"{message.plain}\n")
        await asyncio.sleep(A_PART)
        return await super().send(message)


def shorten() -> None:
    """Let leases be short here."""
    bot.journey.LEASE, bot.journey.CALL = LEASE, CALL
    bot.delivery.LEASE, bot.delivery._LEASE_MICROS = LEASE, LEASE // timedelta(microseconds=1)


async def main(url: str, key: str, file: Path, *, service: str = "sleeper") -> None:
    """Send what is due, once."""
    db = await open_db(url)
    channel, rates = {"telegram": SlowChannel(file)}, {"telegram": FAST}
    await Delivery(
        db, seal_from(key), channel, PlainRenderer(), Clock(), rates=rates, service=service
    ).drain_once()
    await db.close()


if __name__ == "__main__":
    shorten()
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
