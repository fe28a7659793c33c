"""Opening Monday the evening before, for offices from a thousand people to twenty thousand: seconds and memory."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.clock.holding import taking
from benchmarks.clock.measuring import most_resident
from benchmarks.clock.moments import EVE, START
from benchmarks.clock.office import SEAL, UNIT, open_office
from benchmarks.clock.rows import row, table
from db.engine import Db
from db.opening import open_db
from policy.book import Book
from scheduler.days import workday

SIZES = (1_000, 5_000, 20_000)
_HEADS = ("seconds", "CPU s", "CPU ms each", "MB more", "again, ms", "held, ms", "held CPU ms")
OWED = 3  # by each: health, plan and output


def growth() -> str:
    """Return a row for each size, each in a process of its own."""
    title = f"a day opened in units of {UNIT}: verdicts, rows of days and of what is owed, a commit for every fifty"
    return table(title, _HEADS, [_row(people) for people in SIZES])


def _row(people: int) -> str:
    command = [sys.executable, "-m", "benchmarks.clock.days", str(people)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return row(
        f"{people} people",
        f"{done['seconds']:.1f}",
        f"{done['cpu']:.1f}",
        f"{1000 * done['cpu'] / people:.2f}",
        f"{done['MB']:.0f}",
        f"{1000 * done['again']:.1f}",
        f"{1000 * done['held']:.0f}",
        f"{1000 * done['held_cpu']:.0f}",
    )


async def _measured(people: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        file = Path(name) / "piket.db"
        await open_office(file, people=people)
        db = await open_db(f"sqlite:{file}")
        try:
            return await opened(db, people=people)
        finally:
            await db.close()


async def opened(db: Db, *, people: int) -> dict[str, float]:
    """Raises ValueError where not everybody's day is there: then no figure counts."""
    book = Book.shipped()
    book.calendars["default"].day(START.date())  # the first holiday looked up imports their library
    before = most_resident()
    async with taking() as took:
        count = await workday.open_due(db, SEAL, book, EVE)
    memory = most_resident() - before
    began = time.perf_counter()
    await workday.open_due(db, SEAL, book, EVE)
    again = time.perf_counter() - began
    async with db.reading() as tx:
        owed = await tx.all("SELECT id FROM obligations WHERE state = 'open'")
    if count != people or len(owed) != people * OWED:
        raise ValueError(f"{people} people work, {count} days were opened, and {len(owed)} things are owed.")
    return {**vars(took), "MB": memory, "again": again}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measured(int(sys.argv[1])))))
