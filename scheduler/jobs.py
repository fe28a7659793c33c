"""The list of jobs with their pace. What is due is written in the rows; a job only looks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import Db
from scheduler import retention


@dataclass(frozen=True)
class Job:
    """Something to look at every so often. `look` may be called late or twice; the rows keep it once-only."""

    name: str
    every: timedelta
    look: Callable[[Db, datetime], Awaitable[object]]


JOBS = (Job("retention", timedelta(hours=1), retention.tidy),)
