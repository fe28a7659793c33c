"""The simulator's clock: real time, moved by the page and run faster by it. No other file here reads the time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

WESTERN_INDONESIA = timezone(timedelta(hours=7))


class Clock:
    """Tells the real time and the played time; only the played one can be moved."""

    def __init__(self, *, start: datetime | None = None) -> None:
        self.speed = 1.0  # played seconds in a real one
        self._since = time.time()
        self._moved = 0.0  # how far the played time was from the real one then
        self.zone: tzinfo = WESTERN_INDONESIA
        if start is not None:
            self.zone = start.tzinfo or WESTERN_INDONESIA
            self.move_to(start)

    def real(self) -> float:
        """The true time in epoch seconds."""
        return time.time()

    def steady(self) -> float:
        """Seconds that never go back, for rates and waiting."""
        return time.monotonic()

    @property
    def offset(self) -> float:
        """How far the played time is from the real one at this moment, in seconds."""
        return self._moved + (self.speed - 1.0) * (time.time() - self._since)

    def unix(self) -> float:
        """The played time in epoch seconds."""
        return time.time() + self.offset

    def now(self) -> datetime:
        """The played time, in the zone of the start (Western Indonesia unless the start names another)."""
        return self.local(self.unix())

    def local(self, unix: float) -> datetime:
        return datetime.fromtimestamp(unix, self.zone)

    def move_to(self, moment: datetime) -> None:
        """Play from this moment on; a moment without an offset is read in the clock's zone."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        self._since = time.time()
        self._moved = aware.timestamp() - self._since

    def move_by(self, seconds: float) -> None:
        self._moved += seconds

    def run(self, speed: float) -> None:
        """Let so many played seconds pass in a real one from now on."""
        self._moved, self._since, self.speed = self.offset, time.time(), speed

    def described(self) -> dict[str, Any]:
        """What the page and the bot need to know to play the same moment."""
        return {"now": self.now().isoformat(), "offset_seconds": self.offset, "speed": self.speed}
