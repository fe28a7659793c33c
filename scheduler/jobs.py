"""The list of jobs with their pace. What is due is written in the rows; a job only looks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import Db
from db.sealed import Seal
from policy.book import Book
from scheduler import cases, changes, retention, rotas
from scheduler.alerting import overdue, unled, unverified
from scheduler.days import workday
from scheduler.digesting import corrections as digest_corrections
from scheduler.digesting import digests
from scheduler.reminding import reminders
from scheduler.reporting import periodic


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a job works with."""

    db: Db
    seal: Seal
    book: Book


@dataclass(frozen=True)
class Job:
    """Something to look at every so often. `look` may be called late or twice; the rows keep it once-only."""

    name: str
    every: timedelta
    look: Callable[[Means, datetime], Awaitable[object]]


JOBS = (
    Job("retention", timedelta(hours=1), lambda means, now: retention.tidy(means.db, now)),
    Job(
        "cases",
        timedelta(minutes=1),
        lambda means, now: cases.follow_up(means.db, means.seal, means.book, now),
    ),
    Job(
        "changes",
        timedelta(seconds=10),
        lambda means, now: changes.look(means.db, means.seal, means.book, now),
    ),
    Job(
        "workday",
        timedelta(minutes=1),
        lambda means, now: workday.open_due(means.db, means.seal, means.book, now),
    ),
    Job(
        "reminders",
        timedelta(seconds=5),
        lambda means, now: reminders.look(means.db, means.seal, means.book, now),
    ),
    Job(
        "unverified",
        timedelta(minutes=15),
        lambda means, now: unverified.look(means.db, means.seal, means.book, now),
    ),
    Job("unled", timedelta(minutes=5), lambda means, now: unled.look(means.db, means.seal, means.book, now)),
    Job(
        "overdue",
        timedelta(minutes=1),
        lambda means, now: overdue.look(means.db, means.seal, means.book, now),
    ),
    Job(
        "periodic",
        timedelta(minutes=5),
        lambda means, now: periodic.look(means.db, means.seal, means.book, now),
    ),
    Job("rotas", timedelta(minutes=1), lambda means, now: rotas.look(means.db, means.seal, means.book, now)),
    Job(
        "digests",
        timedelta(minutes=1),
        lambda means, now: digests.look(means.db, means.seal, means.book, now),
    ),
    Job(
        "digest corrections",
        timedelta(minutes=10),
        lambda means, now: digest_corrections.look(means.db, means.seal, means.book, now),
    ),
)
