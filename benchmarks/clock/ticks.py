"""Five hundred reminders that are due at once, by our rows and by the usual jobs: put down, and fired."""

import shutil
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from benchmarks.clock.holding import Took, taking
from benchmarks.clock.jobs_beside import Fired, queued, stored
from benchmarks.clock.moments import EVE, NIGHT, START
from benchmarks.clock.office import SEAL, open_office
from benchmarks.clock.rows import row, table
from db.engine import Db
from db.opening import open_db
from policy.book import Book
from scheduler.days import workday
from scheduler.reminding import reminders

DUE = 500
ROUNDS = 3
OURS = "Piket"
_HEADS = ("put down, s", "CPU s", "fired, s", "CPU s", "x ours", "held, ms", "held CPU ms")
_SAID = "SELECT id FROM outbox WHERE message = 'reminders/start'"
Way = Callable[[Path], Awaitable[Fired]]


async def compare() -> str:
    """Return the table: each in turn, on files of its own."""
    taken: dict[str, list[Fired]] = {}
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        office = Path(name) / "office.db"
        await open_office(office, people=DUE)
        for _ in range(ROUNDS):
            for way, fire in _ways(office).items():
                with tempfile.TemporaryDirectory(dir=name) as folder:
                    taken.setdefault(way, []).append(await fire(Path(folder)))
    title = f"{DUE} reminders due at once; median of {ROUNDS} rounds; how often as long as ours"
    return table(title, _HEADS, [_row(way, each, taken[OURS]) for way, each in taken.items()])


def _ways(office: Path) -> dict[str, Way]:
    people = [f"p{number}" for number in range(DUE)]
    return {
        OURS: partial(_ours, office=office),
        "APScheduler, SQLAlchemyJobStore as it comes": partial(stored, people=people, is_tuned=False),
        "  its file as ours (WAL, synchronous=FULL)": partial(stored, people=people, is_tuned=True),
        "python-telegram-bot's JobQueue, in memory": lambda _: queued(people),
    }


async def _ours(folder: Path, *, office: Path) -> Fired:
    shutil.copy(office, folder / "piket.db")
    db = await open_db(f"sqlite:{folder / 'piket.db'}")
    try:
        return await fired(db, people=DUE)
    finally:
        await db.close()


async def fired(db: Db, *, people: int) -> Fired:
    """Put down: the day is opened for everybody. Fired: every message is queued, its day moved on, and committed.

    Raises ValueError where not everybody is reminded: then no figure counts.
    """
    book = Book.shipped()
    async with taking() as adding:
        await workday.open_due(db, SEAL, book, EVE)
    await reminders.look(db, SEAL, book, NIGHT)
    async with taking() as firing:
        await reminders.look(db, SEAL, book, START)
    async with db.reading() as tx:
        said = await tx.all(_SAID)
    if len(said) != people:
        raise ValueError(f"{people} people were to be reminded, and {len(said)} were.")
    return Fired(adding=adding, firing=firing)


def _row(way: str, each: list[Fired], ours: list[Fired]) -> str:
    ratios = [their.firing.seconds / our.firing.seconds for their, our in zip(each, ours, strict=True)]
    adding, firing = _median([one.adding for one in each]), _median([one.firing for one in each])
    return row(
        way,
        f"{adding.seconds:.2f}",
        f"{adding.cpu:.2f}",
        f"{firing.seconds:.2f}",
        f"{firing.cpu:.2f}",
        f"{statistics.median(ratios):.1f}",
        f"{1000 * firing.held:.0f}",
        f"{1000 * firing.held_cpu:.0f}",
    )


def _median(each: list[Took]) -> Took:
    return Took(
        seconds=statistics.median(one.seconds for one in each),
        cpu=statistics.median(one.cpu for one in each),
        held=statistics.median(one.held for one in each),
        held_cpu=statistics.median(one.held_cpu for one in each),
    )
