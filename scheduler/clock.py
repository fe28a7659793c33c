"""APScheduler says when to look. It is never the truth of what is due: that is in the rows."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.jobs import JOBS, Job, Means

log = logging.getLogger("piket.scheduler")
SHORTEST_PACE = 1.0  # seconds
STRIDE = timedelta(minutes=15)  # what is due falls on quarters of an hour
LEFT = timedelta(minutes=45)  # what is so fresh is caught up with as ever: a reminder is still worth saying
PROMPT = timedelta(minutes=1)  # a job that looks less often misses nothing by a leap
FARTHEST = timedelta(hours=24)  # of a leap that is longer only the end is looked at
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
        self._leaps = asyncio.Lock()
        self._leaping: set[asyncio.Task[None]] = set()
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

    def leap(self, since: datetime, until: datetime, speed: float) -> None:
        """A demo's clock was moved: first look as of each quarter of an hour that was leapt over, then `quicken`.

        So who moves it from morning to noon sees what the morning brought, not only what is still worth saying.
        """
        moments = tuple(_between(since, until))
        if not moments or not self._scheduler.running:
            self.quicken(speed)
            return
        task = asyncio.get_running_loop().create_task(self._leap(moments, speed))
        self._leaping.add(task)
        task.add_done_callback(self._leaping.discard)

    async def _leap(self, moments: tuple[datetime, ...], speed: float) -> None:
        async with self._leaps:
            self._scheduler.pause()
            try:
                for moment in moments:
                    for job in (each for each in self._jobs if each.every <= PROMPT):
                        await self._look(job, moment)
            finally:
                self._scheduler.resume()
                self.quicken(speed)

    def look_now(self) -> None:
        """The wall clock was set: look at once, and reckon the pace from now on, not from where it was."""
        self.quicken(self._speed)

    def stop(self) -> None:
        """Wake nothing more; a job that is looking may finish."""
        for task in self._leaping:
            task.cancel()
        self._scheduler.shutdown(wait=False)

    def _look_now(self, job: Job) -> None:
        self._scheduler.add_job(self._look, args=[job], id=f"{job.name} at once", replace_existing=True)

    async def _look(self, job: Job, moment: datetime | None = None) -> None:
        """Look once, as of now or of `moment`; a look that is due while one still goes on waits for it (fault T09)."""
        self._beat()
        async with self._alone[job.name]:
            await self._look_alone(job, moment or self._now())

    async def _look_alone(self, job: Job, moment: datetime) -> None:
        if self._is_held():
            return
        try:
            await job.look(self._means, moment)
        except Exception:  # one of the three loops: a job that fails must not end the others
            log.exception("job_failed", extra={"action": "job_failed", "job": job.name})


def _between(since: datetime, until: datetime) -> Iterator[datetime]:
    """The quarters of an hour after `since`, of the day before `until` without its end."""
    start = max(since, until - FARTHEST)
    moment = start + (STRIDE - (start - datetime.min.replace(tzinfo=UTC)) % STRIDE)
    while moment < until - LEFT:
        yield moment
        moment += STRIDE
