"""`python -m tests.day FOLDER [--people 300] [--speed 60]`: run the day, and keep pictures of the heads' chats."""

import argparse
import asyncio
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import ClientSession, web

from db.migrate import upgrade
from db.opening import open_db
from db.sealed import new_key, seal_from
from policy.book import Book
from simulator.server import create_app
from tests.day.camera import Camera
from tests.day.crowd import Crowd, DayWorld
from tests.day.office import MONDAY, ZONE, Member, found
from tests.kill.child import Child

TOKEN, KEY = "demo:DAY", "workday"
FAST = 300.0  # through what is only to have happened


@dataclass(eq=False)
class Stage:
    """The office, the bot and the page, running."""

    world: DayWorld
    address: str
    crowd: Crowd
    camera: Camera
    staff: Sequence[Member]

    async def moves(self, moment: str, *, speed: float) -> None:
        """Let it be this moment, and run on at this speed."""
        await self._clock(now=f"{moment}+07:00")
        await self._clock(speed=speed)

    async def until(self, moment: str) -> None:
        """Wait until it is this moment."""
        at = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        while self.world.clock.now() < at:  # noqa: ASYNC110  the clock tells nobody
            await asyncio.sleep(0.1)

    async def _clock(self, **change: object) -> None:
        async with ClientSession() as client, client.post(f"{self.address}api/clock", json=change) as answer:
            answer.raise_for_status()


def main() -> None:
    """Run the day."""
    parser = argparse.ArgumentParser(prog="python -m tests.day", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--speed", type=float, default=60.0)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_play(given.folder, people=given.people, speed=given.speed))


async def _play(folder: Path, *, people: int, speed: float) -> None:
    async with _running(folder, people=people) as stage:
        from tests.day.script import play

        await play(stage, speed=speed)
        told = f"{stage.crowd.asked} messages, {len(stage.crowd.unanswered)} unanswered"
        sys.stdout.write(f"{told}; {len(stage.world.ledger.delivered)} delivered\n")


@asynccontextmanager
async def _running(folder: Path, *, people: int) -> AsyncIterator[Stage]:
    database, key, port = f"sqlite:{folder / 'day.db'}", new_key(), _free_port()
    db = await open_db(database)
    try:
        await upgrade(db, database)
        staff = await found(db, seal_from(key), Book.shipped(), people_count=people)
    finally:
        await db.close()
    world = DayWorld(bot_token=TOKEN, key=KEY, cast=_cast(staff))
    world.clock.move_to(
        datetime.combine(MONDAY - timedelta(days=1), datetime.min.time(), ZONE) + timedelta(hours=18.8)
    )
    secret = secrets.token_urlsafe(16)
    world.clock_url, world.clock_secret = f"http://127.0.0.1:{port}/demo/clock", secret
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api = f"http://127.0.0.1:{runner.addresses[0][1]}"
    child = Child((sys.executable, "-m", "tests.day.bot"), folder / "bot.log")
    try:
        await child.start(
            {
                "PIKET_DATABASE": database,
                "PIKET_KEY": key,
                "PIKET_TELEGRAM_TOKEN": TOKEN,
                "PIKET_TELEGRAM_API": api,
                "PIKET_LISTEN": f"127.0.0.1:{port}",
                "PIKET_DEMO": "1",
                "PIKET_DEMO_CLOCK_SECRET": secret,
                "DAY_OFFSET": str(world.clock.offset),
            }
        )
        await _healthy(port, child)
        address = f"{api}/{KEY}/"
        async with Camera.opened(address, folder) as camera:
            yield Stage(world=world, address=address, crowd=Crowd(world, staff), camera=camera, staff=staff)
        await child.stop(within=30)
    finally:
        child.abandon()
        await runner.cleanup()


def _cast(staff: Sequence[Member]) -> dict[str, object]:
    """The heads, and the first two people of each unit, stand on the page."""
    shown = {member.chat for member in staff[: len({member.unit for member in staff}) * 2]}
    people = [
        {
            "id": member.chat,
            "first_name": member.name.split()[0],
            "last_name": member.name.split()[-1],
            "started": True,
            "hidden": member.chat not in shown,
            "role": "Kepala unit" if member.is_head else "",
        }
        for member in staff
    ]
    return {
        "title": "Badan Pendapatan Daerah (contoh)",
        "people": people,
        "moments": [{"label": "Pagi", "at": "06:30"}],
    }


async def _healthy(port: int, child: Child) -> None:
    async with ClientSession() as client:
        for _try in range(300):
            child.check()
            try:
                async with client.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit(f"The bot did not start.\n{child.last_words()}")


def _free_port() -> int:
    with socket.socket() as found_:
        found_.bind(("127.0.0.1", 0))
        return int(found_.getsockname()[1])


if __name__ == "__main__":
    main()
