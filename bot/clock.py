"""The one place that reads the time. Rules go by a clock that a demo can move; leases by the real one."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """The time, in UTC."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Return the moment by which rules, records and messages go. Only a demo moves it."""
        return self.real() + self.offset

    def real(self) -> datetime:
        """Return the real moment, for leases and retries."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return the seconds of a clock that never jumps, for pacing and for measuring."""
        return time.monotonic()

    def move(self, offset: timedelta) -> None:
        """Let `now` differ from the real time by `offset`."""
        self.offset = offset
