"""The morning's digests of a thousand units: the figures, then a picture for every head. Seconds and memory."""

import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.clock.holding import Took, taking
from benchmarks.clock.measuring import most_resident
from benchmarks.clock.moments import BEFORE_DIGEST, DIGEST
from benchmarks.clock.office import SEAL
from benchmarks.clock.rows import row, table
from bot.clock import Clock
from bot.documents.digests import DigestMaking
from bot.documents.printing import Printing
from bot.work import Worker
from db.engine import Db
from db.opening import open_db
from policy.book import Book
from scheduler.digesting import digests
from scheduler.digesting.telling import DIGEST as KIND

UNITS, UNIT = 1_000, 20  # units, and people in each
_NAMES = {"figures": "figures kept, work asked for", "pictures": "a picture drawn and owed to each head"}
_HEADS = ("seconds", "CPU s", "CPU ms each", "MB more", "held, ms", "held CPU ms")


def made(office: Path) -> str:
    """Return the table, measured in a process of its own; `office` has a Monday that is open, and stays as it is."""
    command = [sys.executable, "-m", "benchmarks.clock.heads", str(office)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    press = done["press"]
    title = (
        f"the morning's digests of {UNITS} units of {UNIT}; the process that draws took {press['cpu']:.1f} s"
        f" of processor and {press['MB']:.0f} MB"
    )
    return table(title, _HEADS, [_row(name, done[key]) for key, name in _NAMES.items()])


def _row(name: str, done: dict[str, float]) -> str:
    return row(
        name,
        f"{done['seconds']:.1f}",
        f"{done['cpu']:.1f}",
        f"{1000 * done['cpu'] / UNITS:.2f}",
        f"{done['MB']:.0f}",
        f"{1000 * done['held']:.0f}",
        f"{1000 * done['held_cpu']:.0f}",
    )


async def _measured(office: Path) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        file = Path(name) / "piket.db"
        shutil.copy(office, file)
        db = await open_db(f"sqlite:{file}")
        printing = Printing()
        try:
            figures = await figures_kept(db, units=UNITS)
            pictures = await drawn(db, printing, units=UNITS)
        finally:
            await printing.close()
            await db.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    press = {"cpu": used.ru_utime + used.ru_stime, "MB": used.ru_maxrss / 1024}
    return {"figures": figures, "pictures": pictures, "press": press}


async def figures_kept(db: Db, *, units: int) -> dict[str, float]:
    """Keep the figures, ask for the pictures. Raises ValueError where not every head is told."""
    book = Book.shipped()
    await digests.look(db, SEAL, book, BEFORE_DIGEST)
    before = most_resident()
    async with taking() as took:
        told = await digests.look(db, SEAL, book, DIGEST)
    if told != units:
        raise ValueError(f"{units} heads were to be told, and {told} were.")
    return _figures_of(took, before)


async def drawn(db: Db, printing: Printing, *, units: int) -> dict[str, float]:
    """Draw the pictures and owe them. Raises ValueError where not every head has one."""
    clock = Clock()
    clock.move(DIGEST - clock.real())
    making = DigestMaking(db, SEAL, printing, book=Book.shipped(), clock=clock)
    worker = Worker(db, SEAL, {KIND: making}, clock)
    before = most_resident()
    async with taking() as took:
        await worker.drain_once()
    async with db.reading() as tx:
        owed = await tx.all("SELECT id FROM outbox WHERE message = 'digest/morning'")
    if len(owed) != units:
        raise ValueError(f"{units} pictures were to be owed, and {len(owed)} are.")
    return _figures_of(took, before)


def _figures_of(took: Took, before: float) -> dict[str, float]:
    return {**vars(took), "MB": most_resident() - before}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measured(Path(sys.argv[1])))))
