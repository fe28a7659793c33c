"""The year is played: what becomes known, what people report, and the jobs, each at its moment."""

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count

from db import health, reports
from db.engine import Db, Tx, transact
from db.items import Item
from db.moments import from_micros
from db.sealed import Seal
from policy.book import Book
from scheduler import changes, digests, overdue, reminders, workday
from tests.year import story
from tests.year.office import CHANNEL, Deed, deeds, found
from tests.year.oracle import Expected, expected
from tests.year.story import OF

SETTLED = timedelta(seconds=61)
QUARTER = timedelta(minutes=15)
_FIT = {"mode": "kmk328", "yes": [], "risk": "kecil", "fit": True}


class Year:
    """One playing of the story, from `first` to `last`. `fore` has what the oracle expects, by person and day."""

    def __init__(self, db: Db, seal: Seal, book: Book, *, first: date, last: date) -> None:
        self.db, self.seal, self.book = db, seal, book
        self.first, self.last = first, last
        self.fore: dict[tuple[str, date], Expected] = {}
        self.ids: dict[str, str] = {}
        self._number = count()
        self._agenda: list[tuple[datetime, int, str, Deed | None]] = []

    async def plays(self) -> None:
        """Play it, and leave the database as it is at the end."""
        self.ids = await found(self.db, self.seal, self.book)
        end = datetime.combine(self.last + story.DAY, time(0), tzinfo=UTC)
        for at, deed in deeds(self.ids, self.seal, self.book):
            self._plan(at, "deed", deed)
        for at in _looks(self.first, self.last):
            self._plan(at, "look")
        for day in _between(self.first, self.last):
            self._foresee(day)
        while self._agenda:
            now = self._agenda[0][0]
            due = await self._next_look()
            now = min(now, due) if due is not None else now
            if now >= end:
                return
            await self._live(now)

    def _foresee(self, day: date) -> None:
        for who in story.PEOPLE:
            wanted = expected(who, day)
            if wanted is None:
                continue
            self.fore[who, day] = wanted
            for kind, at in wanted.reports.items():
                self._plan(at, "deed", partial(self._report, who, kind, day, at))

    def _plan(self, at: datetime, what: str, deed: Deed | None = None) -> None:
        if (
            at.astimezone(UTC) >= datetime.combine(self.first - story.DAY, time(0), tzinfo=UTC)
            or what == "deed"
        ):
            heapq.heappush(self._agenda, (at.astimezone(UTC), next(self._number), what, deed))

    async def _live(self, now: datetime) -> None:
        """Let everything happen whose moment this is, then the jobs."""
        is_look = False
        while self._agenda and self._agenda[0][0] <= now:
            at, _, what, deed = heapq.heappop(self._agenda)
            is_look |= what == "look"
            if deed is not None:
                await transact(self.db, deed)
            if what == "deed":
                self._plan(at + SETTLED, "change")
        if now < datetime.combine(self.first - story.DAY, time(0), tzinfo=UTC):
            await changes.look(self.db, self.seal, self.book, now, settles=timedelta())
            return
        await changes.look(self.db, self.seal, self.book, now)
        if is_look:
            await workday.open_due(self.db, self.seal, self.book, now)
        await reminders.look(self.db, self.seal, self.book, now)
        if is_look:
            await overdue.look(self.db, self.seal, self.book, now)
            await digests.look(self.db, self.seal, self.book, now)

    async def _next_look(self) -> datetime | None:
        async with self.db.reading() as tx:
            row = await tx.one("SELECT MIN(look_at) AS at FROM workdays WHERE look_at IS NOT NULL")
        return from_micros(row["at"]) if row and row["at"] is not None else None

    async def _report(self, who: str, kind: str, day: date, at: datetime, tx: Tx) -> None:
        sent = {"person_id": self.ids[who], "on": day, "channel": CHANNEL}
        if kind == "health":
            await health.save(tx, self.seal, answers=_FIT, reported_at=at, now=at, **sent)  # type: ignore[arg-type]
            return
        await reports.save(
            tx,
            kind="plan" if kind == "plan" else "output",
            items=[Item(activity=f"Kerja {day}")],
            source_message=None,
            reported_at=at,
            now=at,
            **sent,  # type: ignore[arg-type]
        )


def _looks(first: date, last: date) -> Iterator[datetime]:
    """Every quarter of an hour of the day in Indonesia, from the eve of the first day on."""
    for day in _between(first - story.DAY, last):
        at = datetime.combine(day, time(5), tzinfo=OF["C"].zone)
        end = datetime.combine(day, time(22), tzinfo=OF["A"].zone)
        while at < end:
            yield at
            at += QUARTER


def _between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * story.DAY
