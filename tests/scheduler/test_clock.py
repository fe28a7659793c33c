"""The waker: when to look. What is due is in the rows."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from scheduler.clock import Waker
from scheduler.jobs import Job

PACE = timedelta(seconds=0.05)
NOTHING: Any = None  # these jobs use no means


def waker(look: Callable[[], Awaitable[None]], now: datetime, **more: Any) -> Waker:
    async def looks(_means: Any, _now: datetime) -> None:
        await look()

    return Waker(NOTHING, now=lambda: now, jobs=(Job("digests", PACE, looks),), **more)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  what is awaited is the scheduler's own doing
            await asyncio.sleep(0.01)


async def test_t09_a_run_that_still_goes_on_is_never_overlapped_and_the_next_one_waits(now: datetime) -> None:
    """Also not by the look at the start, which is a wake-up of its own."""
    going, most, done = 0, 0, 0

    async def look() -> None:
        nonlocal going, most, done
        going += 1
        most = max(most, going)
        await asyncio.sleep(0.2)
        going -= 1
        done += 1

    slow = waker(look, now)
    slow.start()
    await until(lambda: done >= 2)
    slow.stop()
    await until(lambda: going == 0)
    assert most == 1


async def test_t02_held_jobs_do_not_look_and_go_on_when_the_clock_is_trusted(now: datetime) -> None:
    looks, is_held = 0, True

    async def look() -> None:
        nonlocal looks
        looks += 1

    beats: list[str] = []
    held = waker(look, now, is_held=lambda: is_held, beat=lambda: beats.append("jobs"))
    held.start()
    await asyncio.sleep(0.2)
    assert looks == 0
    assert beats  # it waits, and lives
    is_held = False
    held.look_now()
    await until(lambda: looks >= 1)
    held.stop()


async def test_a_job_that_fails_is_woken_again(now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    looks = 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        raise ValueError("a mistake of ours")

    failing = waker(look, now)
    failing.start()
    await until(lambda: looks >= 2)
    failing.stop()
    assert "job_failed" in caplog.text


async def test_what_a_moved_clock_leapt_over_is_looked_at_first_in_its_order_and_at_most_a_day(
    now: datetime,
) -> None:
    seen = list[datetime]()

    async def looks(_means: Any, moment: datetime) -> None:
        seen.append(moment)

    moved = Waker(NOTHING, now=lambda: now, jobs=(Job("digests", timedelta(minutes=1), looks),))
    moved.start()
    await until(lambda: seen == [now])
    seen.clear()
    moved.leap(now - timedelta(minutes=100), now, 1.0)
    await until(lambda: now in seen)
    assert seen[:-1]
    assert seen == sorted(seen)
    assert all(now - timedelta(minutes=100) < each < now for each in seen[:-1])
    assert max(seen[:-1]) < now - timedelta(minutes=45)
    assert all(each.minute % 15 == 0 and each.second == 0 for each in seen[:-1])
    seen.clear()
    moved.leap(now - timedelta(days=9), now, 1.0)
    await until(lambda: now in seen)
    assert now - timedelta(days=1) < seen[0] <= now - timedelta(hours=23, minutes=45)
    seen.clear()
    moved.leap(now, now - timedelta(days=1), 1.0)  # back
    await until(lambda: seen == [now])
    moved.stop()
