"""Asks a platform for updates; goes on to the next batch only after the last one is on the disk."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock
from bot.intake import Intake
from bot.reach import Reach
from bot.stopped import Stopped
from handlers.dispatch import NotStored

log = logging.getLogger(__name__)
LONG_POLL_SECONDS = 25
CONFLICT_PATIENCE = 30.0  # as long as a stopped service's last request may hang on
DOWN_PAUSE = 60.0
MARK_EVERY = 10.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


class PollTrouble(StrEnum):
    """Why there are no updates."""

    CONFLICT = "conflict"  # somebody else asks with the same token
    DOWN = "down"  # the platform does not know this token
    AWAY = "away"  # nobody answers, or not with sense


@dataclass(frozen=True, kw_only=True)
class PollFailure:
    """What went wrong, as facts; the platform may ask us to wait `seconds`."""

    trouble: PollTrouble
    says: str
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """One update as received, and the platform's number for it. Numbers are compared by equality only."""

    number: int
    body: bytes


class Source(Protocol):
    """A platform that one asks for updates."""

    async def updates(self, *, offset: int | None, seconds: int) -> Sequence[Fetched] | PollFailure:
        """Return what is there from number `offset` on, waiting up to `seconds` for the first. Never raises."""


class Polling:
    """The polling loop of one channel."""

    def __init__(
        self,
        source: Source,
        intake: Intake,
        *,
        clock: Clock,
        patience: float = CONFLICT_PATIENCE,
        reach: Reach | None = None,
    ) -> None:
        self._source = source
        self._intake = intake
        self._clock = clock
        self.patience = patience
        self._reach = reach or Reach(intake.channel.name, clock)
        self._wait = FIRST_WAIT
        self._conflict_since: float | None = None
        self._polls_since: float | None = None
        self.offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`. Raises Stopped when another process polls with the same token."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                asking = asyncio.create_task(
                    self._source.updates(offset=self.offset, seconds=self._seconds())
                )
                await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not asking.done():
                    asking.cancel()
                    break
                pause = await self.handle(asking.result())
                await self._rest(pause, stopping)
        finally:
            stopping.cancel()

    def _seconds(self) -> int:
        """How long to wait for an update; not at all where the platform was away: it tells at once that it is back."""
        return LONG_POLL_SECONDS if self._reach.is_well else 0

    async def _rest(self, seconds: float, stopping: "asyncio.Task[bool]") -> None:
        """Wait, or until the stop, still leaving the marks by which one sees that the loop lives."""
        until = self._clock.seconds() + seconds
        while (left := until - self._clock.seconds()) > 0 and not stopping.done():
            await asyncio.wait({stopping}, timeout=min(left, MARK_EVERY))
            self._intake.metrics.beat("poll", at=self._clock.seconds())

    async def handle(self, answer: Sequence[Fetched] | PollFailure) -> float:
        """Handle one answer of the platform; return the seconds to wait before the next question."""
        self._intake.metrics.beat("poll", at=self._clock.seconds())
        if isinstance(answer, PollFailure):
            self._reach.note(answer.trouble is PollTrouble.CONFLICT)  # a conflict is an answer
            return self._trouble(answer)
        self._reach.note(True)
        self._conflict_since = None
        self._polls_since = self._polls_since or self._clock.seconds()
        try:
            await self._intake.take_bodies([fetched.body for fetched in answer])
        except NotStored:
            return self._longer(reason="not_stored")
        except Exception:  # the polling loop: the batch stays with the platform, and we ask for it again
            log.exception("batch_failed")
            return self._longer(reason="batch_failed")
        self._wait = FIRST_WAIT
        if answer:
            self.offset = answer[-1].number + 1
        return 0.0

    def _trouble(self, failure: PollFailure) -> float:
        self._intake.metrics.count("poll_failures", trouble=str(failure.trouble))
        if failure.trouble is PollTrouble.DOWN:
            # What waits to be sent is held by delivery, and `piket doctor` says how to mend it.
            log.error("token_refused", extra={"says": failure.says})
            return DOWN_PAUSE
        if failure.trouble is PollTrouble.CONFLICT:
            return self._conflict()
        self._conflict_since = None
        return max(failure.seconds, self._longer(reason=failure.says))

    def _conflict(self) -> float:
        now = self._clock.seconds()
        self._conflict_since = self._conflict_since or now
        # Each ends the other's question: whoever polled before has twice the patience, so that only one goes.
        is_settled = (
            self._polls_since is not None and self._conflict_since - self._polls_since > self.patience
        )
        if now - self._conflict_since >= self.patience * (2 if is_settled else 1):
            raise Stopped(
                "Another process polls with this token. Only one may: stop the other one, or give this "
                "installation a bot of its own. Nothing was lost."
            )
        log.warning("poll_conflict")
        return self.patience / 10

    def _longer(self, *, reason: str) -> float:
        wait, self._wait = self._wait, min(self._wait * 2, LONGEST_WAIT)
        log.warning("poll_waits", extra={"seconds": wait, "reason": reason})
        return wait
