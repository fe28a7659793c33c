"""Whether people feel what the clock does: their answers while it runs, beside those while nothing does."""

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.checkin.office import FIRST_CHAT
from benchmarks.clock import heads, streams
from benchmarks.clock.moments import BEFORE_DIGEST, BEFORE_EVE, DIGEST, EVE, NIGHT, START
from benchmarks.clock.office import SEAL, look_later, open_office, opened
from benchmarks.clock.rows import row, table
from benchmarks.clock.streams import Task, Watched, p95
from db.opening import open_db
from policy.book import Book
from scheduler.reminding import reminders

ROUNDS = 3
PEOPLE = 5_000
REMINDED = 500
_HEADS = ("lasts, s", "p95 else, ms", "p95 then, ms", "ratio", "of rounds", "most MB")
_OPENED = "SELECT COUNT(*) > 0 FROM days_opened WHERE people > 0"
_SAID = "SELECT COUNT(*) >= {count} FROM outbox WHERE message = '{message}' AND state NOT IN ('queued', 'sending')"


async def felt(led: Path) -> str:
    """Return a row for each thing that the clock does; `led`: an office whose heads get digests."""
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        folder = Path(name)
        tasks = [await _day_opened(folder), await _reminded(folder), _told(led)]
        taken: dict[str, list[Watched]] = {task.name: [] for task in tasks}
        for _ in range(ROUNDS):
            for task in tasks:
                taken[task.name].append(await streams.watch(task))
    title = f"answers to people who check in, {streams.RATE:.0f} updates/s, while the clock does something"
    return table(title, _HEADS, [_row(name, seen) for name, seen in taken.items()])


def _row(name: str, seen: Sequence[Watched]) -> str:
    ratios = [each.ratio for each in seen]
    lasted = statistics.median(each.seconds for each in seen)
    return row(
        name,
        f"{lasted:.1f}" if lasted < streams.MOST else "longer",
        f"{1000 * p95([one for each in seen for one in each.still]):.0f}",
        f"{1000 * p95([one for each in seen for one in each.busy]):.0f}",
        f"{statistics.median(ratios):.2f}",
        f"{min(ratios):.2f}-{max(ratios):.2f}",
        f"{max(each.memory for each in seen):.0f}",
    )


async def _day_opened(folder: Path) -> Task:
    office = folder / "unopened.db"
    await open_office(office, people=PEOPLE)
    return Task(
        name=f"a day is opened for {PEOPLE} people",
        office=office,
        first=BEFORE_EVE,
        then=EVE,
        over=_OPENED,
    )


async def _reminded(folder: Path) -> Task:
    """Those who write are others than those who are reminded: they wait for answers alone."""
    office = folder / "opened.db"
    await opened(office, people=3 * REMINDED)
    await _let_pass(office)
    look_later(office, but=REMINDED)
    return Task(
        name=f"{REMINDED} people are reminded, until all have it",
        office=office,
        first=NIGHT,
        then=START,
        over=_SAID.format(count=REMINDED, message="reminders/start"),
        first_chat=FIRST_CHAT + REMINDED,
    )


def _told(office: Path) -> Task:
    return Task(
        name=f"digests of {heads.UNITS} units, until all heads have them",
        office=office,
        first=BEFORE_DIGEST,
        then=DIGEST,
        over=_SAID.format(count=heads.UNITS, message="digest/morning"),
        unit=heads.UNIT,
    )


async def _let_pass(office: Path) -> None:
    """What would have been said on the eve."""
    db = await open_db(f"sqlite:{office}")
    try:
        while await reminders.look(db, SEAL, Book.shipped(), NIGHT):
            pass
    finally:
        await db.close()
