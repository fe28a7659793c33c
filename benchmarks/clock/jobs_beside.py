"""The same reminders as jobs, one for each person, with what one would take for it: each job only notes that it ran."""

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine, event
from telegram.ext import Application, ContextTypes

from benchmarks.checkin.contenders import TOKEN
from benchmarks.clock.holding import Took, taking

_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")  # as our own file has them


@dataclass(frozen=True, kw_only=True)
class Fired:
    """What it took to put the reminders down, and to have all of them run when they are due."""

    adding: Took
    firing: Took


class _Waiting:
    """For so many jobs to have run."""

    def __init__(self) -> None:
        self.left, self.is_over = 0, asyncio.Event()

    def begin(self, count: int) -> None:
        self.left = count
        self.is_over.clear()

    async def end(self) -> None:
        async with asyncio.timeout(60):
            await self.is_over.wait()


_waiting = _Waiting()


async def remind(_person: str) -> None:
    """A job's work, which costs nothing: whoever uses this would ask what is still missing, and send."""
    _waiting.left -= 1
    if not _waiting.left:
        _waiting.is_over.set()


async def stored(folder: Path, people: list[str], *, is_tuned: bool) -> Fired:
    """APScheduler with a job store in SQLite: `is_tuned` as our own file is, else as it comes."""
    engine = create_engine(f"sqlite:///{folder / 'jobs.db'}")
    if is_tuned:
        event.listen(engine, "connect", _tune)
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        jobstores={"default": SQLAlchemyJobStore(engine=engine)},
        job_defaults={"misfire_grace_time": None},  # as it comes, whatever is a second late is dropped
    )
    _waiting.begin(len(people))
    scheduler.start(paused=True)  # so that all are due at once, as after a stop or a long look
    try:
        async with taking() as adding:
            for person in people:
                scheduler.add_job(remind, "date", run_date=datetime.now(UTC), args=[person], id=person)
        async with taking() as firing:
            scheduler.resume()
            await _waiting.end()
    finally:
        scheduler.shutdown()
        engine.dispose()
    return Fired(adding=adding, firing=firing)


async def queued(people: list[str]) -> Fired:
    """JobQueue of python-telegram-bot: in memory alone."""
    app = Application.builder().token(TOKEN).build()
    assert app.job_queue is not None
    _waiting.begin(len(people))
    await app.job_queue.start()
    app.job_queue.scheduler.pause()
    try:
        async with taking() as adding:
            for person in people:
                app.job_queue.run_once(_remind, 0, data=person, job_kwargs={"misfire_grace_time": None})
        async with taking() as firing:
            app.job_queue.scheduler.resume()
            await _waiting.end()
    finally:
        await app.job_queue.stop()
    return Fired(adding=adding, firing=firing)


async def _remind(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job is not None
    await remind(str(context.job.data))


def _tune(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)
