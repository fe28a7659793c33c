"""Many idle or slow callers do not keep the platform waiting."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from typing import TypeVar

import aiohttp

from bot.clock import Clock
from bot.door import Door
from bot.web import Site, application
from tests.bot.intakes import Ledger, intake_to, payload

SECRET = "a-secret-of-enough-letters"
SIGNED = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
T = TypeVar("T")
HEAD = "\r\n".join(
    ["POST /telegram HTTP/1.1", "Host: x", *(f"{name}: {said}" for name, said in SIGNED.items()), ""]
)
SLOW_HEAD = HEAD.encode() + b"Content-Length: 100\r\n\r\n{"


async def test_n07_signed_updates_stay_quick_beside_200_idle_and_slow_callers() -> None:
    async with _door(body_seconds=60.0) as (door, ledger), AsyncExitStack() as crowd:
        for number in range(200):
            await crowd.enter_async_context(
                _caller(door.port, says=(b"", b"POST /tele", SLOW_HEAD)[number % 3])
            )
        async with aiohttp.ClientSession(f"http://127.0.0.1:{door.port}") as client, asyncio.timeout(30):
            took = [await _timed(client, number) for number in range(50)]
        assert len(ledger.stored) == 50
        assert door.standing >= 200  # they are there still: nobody has waited for their end
        assert median(took) < 0.5  # a busy machine holds up one or the other, not every second one


async def test_n07_a_body_that_does_not_come_is_given_up() -> None:
    async with _door(body_seconds=0.2) as (door, ledger), _caller(door.port, says=SLOW_HEAD) as reader:
        assert b" 408 " in await asyncio.wait_for(reader.readline(), 5)
        assert ledger.stored == []


async def test_n07_when_it_is_crowded_the_longest_idle_caller_goes_first() -> None:
    async with _door(most=5) as (door, _), AsyncExitStack() as crowd:
        first = await crowd.enter_async_context(_caller(door.port, says=b""))
        for _ in range(5):
            last = await crowd.enter_async_context(_caller(door.port, says=b""))
        assert await asyncio.wait_for(first.read(), 5) == b""
        assert not last.at_eof()
        assert door.standing <= 5


async def test_p02_a_request_under_way_is_answered_while_the_door_closes() -> None:
    async with _door(seconds=0.2) as (door, ledger):
        async with aiohttp.ClientSession(f"http://127.0.0.1:{door.port}") as client:
            asked = asyncio.create_task(_timed(client, 1))
            await asyncio.sleep(0.05)
            await door.close()
            await asked
        assert ledger.stored == ["1"]


@asynccontextmanager
async def _door(
    *, most: int = 1000, body_seconds: float = 10.0, seconds: float = 0.0
) -> AsyncIterator[tuple[Door, Ledger]]:
    ledger = Ledger(seconds=seconds)
    site = Site(
        is_ready=_nothing(True),
        figures=_nothing(""),
        clock=Clock(),
        intake=intake_to(ledger),
        secret=SECRET,
        body_seconds=body_seconds,
    )
    door = Door(application(site), most=most)
    await door.open("127.0.0.1", 0)
    try:
        yield door, ledger
    finally:
        await door.close()


def _nothing(value: T) -> Callable[[], Awaitable[T]]:
    async def answer() -> T:
        return value

    return answer


@asynccontextmanager
async def _caller(port: int, *, says: bytes) -> AsyncIterator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(says)
    await writer.drain()
    try:
        yield reader
    finally:
        writer.close()


async def _timed(client: aiohttp.ClientSession, number: int) -> float:
    began = time.perf_counter()
    async with client.post("/telegram", data=payload(number), headers=SIGNED) as answer:
        assert answer.status == 200
    return time.perf_counter() - began
