"""The simulator's clock: real time plus an offset that the page moves. No other file here reads the time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone, tzinfo

WESTERN_INDONESIA = timezone(timedelta(hours=7))


class Clock:
    """Tells the real time and the played time; only the played one can be moved."""

    def __init__(self, *, start: datetime | None = None) -> None:
        self.offset = 0.0
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
        self.offset = aware.timestamp() - time.time()

    def move_by(self, seconds: float) -> None:
        self.offset += seconds
