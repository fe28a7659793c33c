"""Kills while time drives: an office whose people are reminded, alerted and told, and a bot that dies at any moment.

Nobody answers, so that everything that can fall due does. Each life of the bot begins shortly before something is
due, on a clock that runs fast; between two lives the clock may go on by hours, as on a machine that slept.
"""

import asyncio
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from db.opening import open_db
from db.sealed import seal_from
from policy.book import Book
from simulator.chats import Message
from tests.day.office import FIRST_CHAT, MONDAY, ZONE, found
from tests.kill.child import Child
from tests.kill.engage import served
from tests.kill.hours_books import HoursBooks, read_books, sent_keys
from tests.kill.killer import HOMEWARD
from tests.kill.ours import Piket
from tests.kill.rush import RushWorld

SPEED = 120.0  # two minutes in a second
LIVES = (
    "18:00",
    "18:59",
    "06:59",
    "08:11",
    "08:29",
    "08:47",
    "08:59",
    "09:29",
    "15:29",
    "16:59",
    "17:29",
    "20:30",
)
WITHIN = (0.0, 2.5)  # seconds after it has begun to ask for updates
CALM_LOOKS = 6  # half a second apart; on the fast clock jobs look about once a second
LONGEST = 180.0  # of a start or an end, on a machine that does other things too


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A message as it came to a chat, and when, by the played clock."""

    number: int
    chat: int
    text: str
    at: datetime


class HoursWorld(RushWorld):
    """A world that remembers what came to whom at which played moment."""

    def __init__(self, *, people: int) -> None:
        super().__init__(people=people, first=FIRST_CHAT)
        self.shown: list[Shown] = []

    def show(self, kind: str, message: Message) -> None:
        super().show(kind, message)
        if kind == "message" and message.is_from_bot:
            text = str(message.content.get("text") or message.content.get("caption") or "")
            self.shown.append(
                Shown(number=message.message_id, chat=message.chat.id, text=text, at=self.clock.now())
            )


class FastPiket(Piket):
    """The bot on the world's clock, as it is at the start of its process."""

    world: HoursWorld

    @property
    def command(self) -> Sequence[str]:
        return (sys.executable, "-m", "tests.kill.fast_bot")

    async def opens(self, world: HoursWorld, *, api: str, people: int) -> None:
        """Found the office in an empty database."""
        self.world = world
        self.aims_at(api)
        db = await open_db(self.database)
        try:
            await found(db, seal_from(self.key), Book.shipped(), people_count=people)
        finally:
            await db.close()

    def environment(self) -> dict[str, str]:
        clock = {"CLOCK_OFFSET": str(self.world.clock.offset), "CLOCK_SPEED": str(self.world.clock.speed)}
        return {**self.env("polling"), **clock, "PIKET_DEMO": "1"}


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Everything there is to judge from."""

    books: HoursBooks
    shown: Sequence[Shown]
    kills: int
    in_flight: int  # sends that the platform took and that were not written down when the bot was killed
    days: Sequence[date]
    people: int


def moments(lives: int) -> list[datetime]:
    """When each life begins; the last evening is lived to its end."""
    found, day = [], MONDAY - timedelta(days=1)
    while len(found) < lives:
        for clock in LIVES:
            on = day if clock >= "18:00" and clock < "20:00" else day + timedelta(days=1)
            found.append(datetime.fromisoformat(f"{on}T{clock}").replace(tzinfo=ZONE))
        day += timedelta(days=1)
    return found[:lives]


async def endure(
    bot: FastPiket,
    *,
    folder: Path,
    kills: int,
    people: int = 12,
    seed: int | None = None,
    asleep: Callable[[int], timedelta] = lambda _: timedelta(),
    heard: Callable[[int], None] = lambda _: None,
) -> Hours:
    """Let the bot live so many lives that are cut short, and one to its end. `asleep`: how much later a life begins."""
    chance, world = random.Random(seed), HoursWorld(people=people)
    child, in_flight, lives = Child(bot.command, folder / "bot.log"), 0, moments(kills)
    async with served(world) as api:
        await bot.opens(world, api=api, people=people)
        try:
            for number, moment in enumerate(lives):
                world.clock.move_to(moment + asleep(number))
                world.clock.run(SPEED)
                await _begun(world, child, bot)
                await asyncio.sleep(chance.uniform(*WITHIN))
                in_flight += await _killed(world, child, bot)
                heard(number + 1)
            last = lives[-1].replace(hour=21, minute=30)
            world.clock.move_to(last)
            world.clock.run(SPEED)
            await _begun(world, child, bot)
            await _settled(bot, child)
            await child.stop(within=30)
        finally:
            child.abandon()
    return Hours(
        books=await read_books(bot.database, bot.key, now=world.clock.now()),
        shown=world.shown,
        kills=kills,
        in_flight=in_flight,
        days=_worked(lives),
        people=people,
    )


def _worked(lives: Sequence[datetime]) -> list[date]:
    """The working days that were lived through to their evening."""
    first, last = lives[0].date() + timedelta(days=1), lives[-1].date()
    all_ = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in all_ if day.weekday() < 5]


async def _begun(world: HoursWorld, child: Child, bot: FastPiket) -> None:
    polls, end = world.ledger.calls["getUpdates"], time.monotonic() + LONGEST
    await child.start(bot.environment())
    while world.ledger.calls["getUpdates"] == polls:
        child.check()
        assert time.monotonic() < end, child.last_words()
        await asyncio.sleep(0.005)


async def _killed(world: HoursWorld, child: Child, bot: FastPiket) -> int:
    """Kill it; return how many sends were in flight: just taken by the platform, and nowhere written down."""
    moment = time.time()
    await child.kill()
    while world.sending:  # noqa: ASYNC110  what has reached the platform is done, heard or not
        await asyncio.sleep(0.005)
    return len(world.taken_since(moment - HOMEWARD) - await sent_keys(bot.database) - {0})


async def _settled(bot: FastPiket, child: Child) -> None:
    """Wait until nothing is due and nothing is owed, while every job looks a few times."""
    end, calm = time.monotonic() + LONGEST, 0
    while time.monotonic() < end and calm < CALM_LOOKS:
        await asyncio.sleep(0.5)
        child.check()
        books = await read_books(bot.database, bot.key, now=bot.world.clock.now())
        calm = 0 if books.due or books.unsent else calm + 1
