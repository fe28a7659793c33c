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
from benchmarks.clock.moments import EVE
from benchmarks.clock.office import SEAL, UNIT, open_office
from db.engine import Db
from db.opening import open_db
from policy.book import Book
from scheduler import workday

SIZES = (1_000, 5_000, 20_000)
OWED = 3  # by each: health, plan and output


def growth() -> str:
    """Return a row for each size, each in a process of its own."""
    title = f"\na day opened in units of {UNIT}: verdicts, rows of days and of what is owed, a commit for every fifty"
    head = f"  {'':34}{'people':>10}{'seconds':>10}{'CPU s':>8}{'ms each':>9}{'MB more':>9}{'again, ms':>11}{'loop held, ms':>15}{'CPU ms':>8}"
    return "\n".join([title, head, *map(_row, SIZES)])


def _row(people: int) -> str:
    command = [sys.executable, "-m", "benchmarks.clock.days", str(people)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    each, again = 1000 * done["seconds"] / people, 1000 * done["again"]
    figures = f"{done['seconds']:10.1f}{done['cpu']:8.1f}{each:9.2f}{done['MB']:9.0f}{again:11.1f}"
    held = f"{1000 * done['held']:15.0f}{1000 * done['held_cpu']:8.0f}"
    return f"  {'nobody has reported yet':34}{people:10}{figures}{held}"


async def _measured(people: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        file = Path(name) / "piket.db"
        await open_office(file, people=people)
        db = await open_db(f"sqlite:{file}")
        try:
            return await _opened(db, people)
        finally:
            await db.close()


async def _opened(db: Db, people: int) -> dict[str, float]:
    """Raises ValueError where not everybody's day is there: then no figure counts."""
    book, before = Book.shipped(), most_resident()
    async with taking() as took:
        count = await workday.open_due(db, SEAL, book, EVE)
    memory = most_resident() - before
    began = time.perf_counter()
    await workday.open_due(db, SEAL, book, EVE)
    again = time.perf_counter() - began
    async with db.reading() as tx:
        row = await tx.one("SELECT COUNT(*) AS owed FROM obligations WHERE state = 'open'")
    if row is None or count != people or row["owed"] != people * OWED:
        raise ValueError(f"{people} people work, {count} days were opened, and this is owed: {row}.")
    return {**vars(took), "MB": memory, "again": again}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measured(int(sys.argv[1])))))
