"""The one place that reads the time. Rules go by a clock that a demo can move; leases by the real one."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_FIRST, _LAST = datetime(1971, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Clock:
    """The time, in UTC."""

    def __init__(self, offset: timedelta = timedelta(), *, speed: float = 1.0) -> None:
        self._offset, self._speed, self._since = offset, speed, self.real()

    def now(self) -> datetime:
        """Return the moment by which rules, records and messages go. Only a demo moves it, and runs it faster."""
        real = self.real()
        return real + self._offset + (self._speed - 1.0) * (real - self._since)

    def real(self) -> datetime:
        """Return the real moment, for leases and retries."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return the seconds of a clock that never jumps, for pacing and for measuring."""
        return time.monotonic()

    def uptime(self) -> float:
        """Return the seconds since the machine started, also those in which it slept where the system can tell."""
        return time.clock_gettime(_STEADY)

    def move(self, offset: timedelta, *, speed: float = 1.0) -> None:
        """Let `now` differ from the real time by `offset`, and let so many seconds of it pass in a real one.

        Raises OverflowError for a time that no date can tell.
        """
        if not _FIRST < self.real() + offset < _LAST:
            raise OverflowError("The clock cannot be moved that far.")
        self._offset, self._speed, self._since = offset, speed, self.real()


def boot() -> str:
    """Return what names the running of this machine since its last start; "" where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
