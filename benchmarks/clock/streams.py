"""People check in at a steady pace while the clock does something: how soon they are answered, then and otherwise."""

import asyncio
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from benchmarks.checkin.contenders import OURS, prepare
from benchmarks.checkin.loads import THINKS, Figures, check_in
from benchmarks.checkin.office import FIRST_CHAT
from benchmarks.checkin.platform import Platform, serving
from benchmarks.checkin.running import START_SECONDS, running
from benchmarks.checkin.script import TAPS
from benchmarks.clock.measuring import most_resident
from benchmarks.clock.office import UNIT

RATE = 15.0  # updates a second
BEFORE, MOST, AFTER = 10.0, 40.0, 6.0  # seconds of the stream: nothing runs, it runs at most, it is over
_WARM_UP = 3.0
_STEP = 0.1


@dataclass(frozen=True, kw_only=True)
class Task:
    """What the clock does in an office when it moves from one moment to the other, and by what one sees that it did.

    The people from `first_chat` on are left alone by it.
    """

    name: str
    office: Path
    first: datetime
    then: datetime
    over: str  # a query; true when it is done
    first_chat: int = FIRST_CHAT
    unit: int = UNIT  # people in each, of whom the first leads it


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The answers while nothing runs and while it does; for how long it did; and the most memory of the bot, in MB."""

    still: Sequence[float]
    busy: Sequence[float]
    seconds: float
    memory: float
    done: int  # check-ins

    @property
    def ratio(self) -> float:
        return p95(self.busy) / p95(self.still)


def p95(seconds: Sequence[float]) -> float:
    in_order = sorted(seconds)
    return in_order[int(0.95 * (len(in_order) - 1))]


async def watch(task: Task) -> Watched:
    """Start the bot at the first moment, let people write, move its clock, and wait until it is done."""
    command = (
        sys.executable,
        "-m",
        "benchmarks.clock.service",
        task.first.isoformat(),
        task.then.isoformat(),
    )
    contender = replace(OURS, command=command)
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        async with serving() as platform:
            platform.ahead = task.first.timestamp() - time.time()
            life = prepare(contender, Path(name), office=task.office, chats=range(0), api=platform.api)
            async with running(contender, dict(life.env), Path(name) / "bot.log") as process:
                await asyncio.wait_for(platform.is_called.wait(), START_SECONDS)
                watched = await _watched(task, platform, process.pid, Path(name) / "piket.db")
            if watched.done != life.reports():
                raise ValueError(f"{watched.done} check-ins were answered, {life.reports()} are in the file.")
            return watched


async def _watched(task: Task, platform: Platform, pid: int, file: Path) -> Watched:
    figures, is_over = Figures(), asyncio.Event()
    stream = asyncio.create_task(_stream(platform, _chats(task), figures, is_over))
    began = time.perf_counter() + _WARM_UP
    await asyncio.sleep(_WARM_UP + BEFORE)
    os.kill(pid, signal.SIGUSR1)
    moved = time.perf_counter()
    platform.ahead = task.then.timestamp() - time.time()
    await asyncio.to_thread(_wait, file, task.over, until=moved + MOST)
    done = time.perf_counter()
    await asyncio.sleep(AFTER if done - moved < MOST else 0.0)  # else it runs on, and nothing is as before
    is_over.set()
    await stream
    return Watched(
        still=[tap.answered for tap in figures.taps if began <= tap.at < moved - 1 or tap.at > done + 1],
        busy=[tap.answered for tap in figures.taps if moved <= tap.at <= done],
        seconds=done - moved,
        memory=most_resident(pid),
        done=figures.done,
    )


def _chats(task: Task) -> Iterator[int]:
    """Nobody who leads a unit: they hear more than answers."""
    number = task.first_chat
    while True:
        if (number - FIRST_CHAT) % task.unit:
            yield number
        number += 1


async def _stream(platform: Platform, chats: Iterator[int], figures: Figures, is_over: asyncio.Event) -> None:
    begun, number = time.perf_counter(), 0
    async with asyncio.TaskGroup() as crowd:
        while not is_over.is_set():
            number += 1
            await asyncio.sleep(max(0.0, begun + number * len(TAPS) / RATE - time.perf_counter()))
            crowd.create_task(check_in(platform, next(chats), figures, thinks=THINKS))


def _wait(file: Path, query: str, *, until: float) -> None:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        while time.perf_counter() < until and not connection.execute(query).fetchone()[0]:
            time.sleep(_STEP)
    finally:
        connection.close()
