"""Whether a platform can be reached, as polls, sends and questions about the webhook show it one after the other."""

from datetime import datetime, timedelta

from bot.clock import Clock
from db import outages
from db.engine import Tx

OUT_AFTER = timedelta(seconds=120)  # shorter stretches lose nothing: what people press is kept for longer


class Reach:
    """What this service knows of one channel; the heartbeat writes it down."""

    def __init__(self, channel: str, clock: Clock) -> None:
        self._channel = channel
        self._clock = clock
        self._missing_since: float | None = None
        self._back_at: float | None = None
        self._is_open = False  # an outage stands in the database as one that goes on

    def note(self, is_reached: bool) -> None:
        """Note that the platform answered just now, whatever it said; or that nobody did, or it does not know us."""
        now = self._clock.seconds()
        if not is_reached:
            self._missing_since = now if self._missing_since is None else self._missing_since
            self._back_at = None
        elif self._missing_since is not None:
            self._missing_since, self._back_at = None, now

    @property
    def is_well(self) -> bool:
        """Whether the platform answered last."""
        return self._missing_since is None

    def missing_for(self) -> timedelta:
        """Return for how long it has been out of reach."""
        if self._missing_since is None:
            return timedelta()
        return timedelta(seconds=self._clock.seconds() - self._missing_since)

    async def take_up(self, tx: Tx) -> None:
        """Go on with an outage that the service before us left: it lasts until the platform answers."""
        if await outages.went_on(tx, channel=self._channel) is not None:
            self._is_open = True
            self.note(False)

    async def write_down(self, tx: Tx, *, now: datetime) -> None:
        """Write down an outage that goes on, or that is over. Safe to do again when the transaction fails."""
        missing = self.missing_for()
        if self._missing_since is not None and (self._is_open or missing >= OUT_AFTER):
            await outages.goes_on(tx, channel=self._channel, began_at=now - missing, now=now)
            self._is_open = True
        elif self._missing_since is None and self._is_open:
            since = self._clock.seconds() if self._back_at is None else self._back_at
            ended = now - timedelta(seconds=self._clock.seconds() - since)
            await outages.is_over(tx, channel=self._channel, ended_at=ended)

    def written(self) -> None:
        """What `write_down` wrote is committed."""
        if self._missing_since is None:
            self._is_open = False
