"""APScheduler says when to look. It is never the truth of what is due: that is in the rows."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.jobs import JOBS, Job, Means

log = logging.getLogger("piket.scheduler")
SHORTEST_PACE = 1.0  # seconds
logging.getLogger("apscheduler.scheduler").setLevel(
    logging.ERROR
)  # that one look waits for another is no news


class Waker:
    """Wakes every job at its pace, until stopped."""

    def __init__(
        self,
        means: Means,
        *,
        now: Callable[[], datetime],
        jobs: tuple[Job, ...] = JOBS,
        is_held: Callable[[], bool] = lambda: False,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._means = means
        self._now = now
        self._jobs = jobs
        self._is_held = is_held  # asked before each look: a clock that cannot be trusted drives nothing
        self._speed = 1.0
        self._beat = beat  # called at each look: a scheduler that has stopped shows by its silence
        self._alone = {job.name: asyncio.Lock() for job in jobs}
        # A job found late is looked at once, not skipped: by default one that is a second late is dropped.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Begin to wake the jobs. Needs a running event loop."""
        for job in self._jobs:
            self._scheduler.add_job(
                self._look, IntervalTrigger(seconds=job.every.total_seconds()), args=[job], id=job.name
            )
            self._look_now(job)  # a service that is started anew more often than the pace would never look
        self._scheduler.start()

    def quicken(self, speed: float) -> None:
        """A demo's clock was moved, or runs at this speed now: look at once, and so many times as often."""
        self._speed = speed
        if not self._scheduler.running:
            return
        for job in self._jobs:
            pace = max(SHORTEST_PACE, job.every.total_seconds() / speed)
            self._scheduler.reschedule_job(job.name, trigger=IntervalTrigger(seconds=pace))
            self._look_now(job)

    def look_now(self) -> None:
        """The wall clock was set: look at once, and reckon the pace from now on, not from where it was."""
        self.quicken(self._speed)

    def stop(self) -> None:
        """Wake nothing more; a job that is looking may finish."""
        self._scheduler.shutdown(wait=False)

    def _look_now(self, job: Job) -> None:
        self._scheduler.add_job(self._look, args=[job], id=f"{job.name} at once", replace_existing=True)

    async def _look(self, job: Job) -> None:
        """Look once; a look that is due while one still goes on waits for it (fault T09)."""
        self._beat()
        async with self._alone[job.name]:
            await self._look_alone(job)

    async def _look_alone(self, job: Job) -> None:
        if self._is_held():
            return
        try:
            await job.look(self._means, self._now())
        except Exception:  # one of the three loops: a job that fails must not end the others
            log.exception("job_failed", extra={"action": "job_failed", "job": job.name})
