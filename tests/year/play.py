"""The story is played: what becomes known, what people report, and the jobs, each at its moment.

The jobs are called only where something can be due: whenever a row says so, after everything that became known, at
the moments of opening, and at each moment that heads wait for, with the minute before it. What is queued is sent.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from math import ceil

from db import health, reports
from db.engine import Db, Tx, transact
from db.items import Item
from db.moments import from_micros, to_micros
from db.sealed import Seal
from policy.book import Book
from scheduler import changes
from scheduler.alerting import overdue
from scheduler.days import workday
from scheduler.digesting import digests
from scheduler.reminding import reminders
from tests.year import heads, story
from tests.year.office import CHANNEL, Deed, begin, deeds, found
from tests.year.oracle import MINUTE, Expected, expected
from tests.year.story import AGENCIES, DAY, OF

SETTLED = timedelta(seconds=61)
PACE = 5  # seconds between two looks at reminders: many people's lie within a second of each other
TWO_HOURS = timedelta(hours=2)
OPENED = time(18)
_FIT = {"mode": "kmk328", "yes": [], "risk": "kecil", "fit": True}
Job = Callable[[Db, Seal, Book, datetime], Awaitable[object]]


class Year:
    """One playing of the story, from `first` to `last`, by so many `schedulers` at once.

    `fore` has what the oracle expects, by person and day.
    """

    def __init__(
        self, db: Db, seal: Seal, book: Book, *, first: date, last: date, schedulers: int = 1
    ) -> None:
        self.schedulers = schedulers
        self.db, self.seal, self.book = db, seal, book
        self.first, self.last = first, last
        self.begins = datetime.combine(first - DAY, time(5), tzinfo=story.C.zone)
        self.ends = datetime.combine(last, time(22), tzinfo=story.A.zone)
        self.fore: dict[tuple[str, date], Expected] = {}
        self.ids: dict[str, str] = {}
        self._number = count()
        self._agenda: list[tuple[datetime, int, Deed | None, tuple[Job, ...]]] = []

    async def plays(self) -> None:
        """Play it, and leave the database as it is at the end."""
        self.ids = await found(self.db, self.seal, self.book, first=self.first, last=self.last)
        known = sorted(deeds(self.ids, self.seal), key=lambda each: each[0])
        for at, deed in known:
            if at < self.begins:
                await transact(self.db, deed)
            else:
                self._plan(at, deed=deed)
                self._plan(at + SETTLED, changes.look, workday.open_due)
        await begin(self.db, self.first - DAY, self.begins)
        self._foresee()
        while (now := await self._next()) is not None and now < self.ends:
            await self._live(now)

    def _foresee(self) -> None:
        for day in _between(self.first, self.last):
            for who in story.PEOPLE:
                wanted = expected(who, day)
                if wanted is not None:
                    self.fore[who, day] = wanted
                    self._await(who, day, wanted)
            for agency in AGENCIES:
                opening = datetime.combine(day - DAY, OPENED, tzinfo=agency.zone)
                self._plan(opening, workday.open_due)
        wanted_digests = {each.at for each in heads.digests(self.first, self.last).values()}
        for at in {
            *_now_and_then(self.first, self.last),
            *wanted_digests,
            *(at - MINUTE for at in wanted_digests),
        }:
            self._plan(at, digests.look)

    def _await(self, who: str, day: date, wanted: Expected) -> None:
        for kind, at in wanted.reports.items():
            matters = (
                at > wanted.owed[kind][1] or kind == "plan"
            )  # to alerts: it closes one, or lets health be told
            jobs = (overdue.look,) if matters else ()
            self._plan(at, *jobs, deed=partial(self._report, who, kind, day, at))
        for _, due in wanted.owed.values():
            self._plan(due + heads.AFTER, overdue.look)

    def _plan(self, at: datetime, *jobs: Job, deed: Deed | None = None) -> None:
        heapq.heappush(self._agenda, (story.heard(at).astimezone(UTC), next(self._number), deed, jobs))

    async def _next(self) -> datetime | None:
        """The next moment of the agenda; before it, of a row that is to be looked at."""
        async with self.db.reading() as tx:
            row = await tx.one(
                "SELECT (SELECT MIN(look_at) FROM workdays WHERE look_at IS NOT NULL) AS day,"
                " (SELECT MIN(look_at) FROM alerts WHERE look_at IS NOT NULL) AS alert"
            )
        for name, job in (("day", reminders.look), ("alert", overdue.look)):
            if row is not None and row[name] is not None:
                at = story.heard(_paced(from_micros(row[name])))
                if not self._agenda or at <= self._agenda[0][0]:
                    self._plan(at, job)
        return self._agenda[0][0] if self._agenda else None

    async def _live(self, now: datetime) -> None:
        """Let everything happen whose moment this is, then the jobs, in the order of the day."""
        due: set[Job] = set()
        while self._agenda and self._agenda[0][0] <= now:
            _, _, deed, jobs = heapq.heappop(self._agenda)
            due |= set(jobs)
            if deed is not None:
                await transact(self.db, deed)
        for job in (changes.look, workday.open_due, reminders.look, overdue.look, digests.look):
            if job in due:
                looks = [job(self.db, self.seal, self.book, now) for _ in range(self.schedulers)]
                await asyncio.gather(*looks)
        if due - {digests.look, workday.open_due}:
            await transact(self.db, partial(_sent, now=now))

    async def _report(self, who: str, kind: str, day: date, at: datetime, tx: Tx) -> None:
        sent = {"person_id": self.ids[who], "on": day, "channel": CHANNEL}
        if kind == "health":
            await health.save(tx, self.seal, answers=_FIT, reported_at=at, now=story.heard(at), **sent)  # type: ignore[arg-type]
            return
        await reports.save(
            tx,
            kind="plan" if kind == "plan" else "output",
            items=[Item(activity=f"Kerja {day}")],
            source_message=None,
            reported_at=at,
            now=story.heard(at),
            **sent,  # type: ignore[arg-type]
        )


async def _sent(tx: Tx, *, now: datetime) -> None:
    """The platform takes whatever is due: what waits would be dropped when it is needed no more."""
    await tx.run(
        "UPDATE outbox SET state = 'sent', ended_at = :now WHERE ended_at IS NULL AND not_before <= :now",
        now=to_micros(now),
    )


def _paced(at: datetime) -> datetime:
    """The next look from that moment on."""
    return datetime.fromtimestamp(PACE * ceil(at.timestamp() / PACE), tz=UTC)


def _now_and_then(first: date, last: date) -> Iterator[datetime]:
    """From half past seven to half past six in the evening of any zone: here nothing may come of it."""
    for day in _between(first, last):
        at = datetime.combine(day, time(7, 30), tzinfo=OF["C"].zone)
        end = datetime.combine(day, time(18, 30), tzinfo=OF["A"].zone)
        while at <= end:
            yield at
            at += TWO_HOURS


def _between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * DAY
