"""The one place that reads the time. Rules follow a clock that the demo can move; leases and pacing the real one."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """The time, in UTC."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Return the moment that rules, records and messages go by. Only a demo's differs from the real one."""
        return self.real() + self.offset

    def real(self) -> datetime:
        """Return the real moment, for leases and retries."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return seconds of a clock that never jumps, for pacing and for measuring how long something took."""
        return time.monotonic()

    def move(self, offset: timedelta) -> None:
        """Let `now` differ from the real time by `offset`."""
        self.offset = offset
