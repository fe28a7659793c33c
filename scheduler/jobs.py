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


def _with_all(
    look: Callable[[Db, Seal, Book, datetime], Awaitable[object]],
) -> Callable[[Means, datetime], Awaitable[object]]:
    return lambda means, now: look(means.db, means.seal, means.book, now)


JOBS = (
    Job("retention", timedelta(hours=1), lambda means, now: retention.tidy(means.db, now)),
    Job("cases", timedelta(minutes=1), _with_all(cases.follow_up)),
    Job("changes", timedelta(seconds=10), _with_all(changes.look)),
    Job("workday", timedelta(minutes=1), _with_all(workday.open_due)),
    Job("reminders", timedelta(seconds=5), _with_all(reminders.look)),
    Job("unverified", timedelta(minutes=15), _with_all(unverified.look)),
    Job("unled", timedelta(minutes=5), _with_all(unled.look)),
    Job("overdue", timedelta(minutes=1), _with_all(overdue.look)),
    Job("periodic", timedelta(minutes=5), _with_all(periodic.look)),
    Job("rotas", timedelta(minutes=1), _with_all(rotas.look)),
    Job("digests", timedelta(minutes=1), _with_all(digests.look)),
    Job("digest corrections", timedelta(minutes=10), _with_all(digest_corrections.look)),
)
