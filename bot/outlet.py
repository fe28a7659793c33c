"""One channel as delivery sees it: how fast it may go, whether it works, and when to look again if it does not."""

from bot.channels.base import Channel, Fate, SendFailure
from bot.pacing import Lane, Pacing, Rates
from db.channel_states import AWAY, DOWN, UP

AWAY_AFTER = 3  # failures in a row, of whatever messages, mean that the platform cannot be reached
LONGEST_AWAY = 30.0
DOWN_LOOK_AGAIN = 60.0


class Outlet:
    """What this process knows of a channel. Times are monotonic seconds."""

    def __init__(self, channel: Channel, *, rates: Rates | None = None) -> None:
        self.channel = channel
        self.name = channel.name
        self.pacing = Pacing(rates)
        self.state = UP
        self.detail = ""
        self.noted: str | None = None  # the state that the database knows of
        self.in_flight = 0
        self._failures = 0
        self._look_again = 0.0

    def room(self, *, now: float, most: int) -> int:
        """Return how many messages may begin; while the channel does not work, one now and then to find out."""
        if self.state == UP:
            return max(0, most - self.in_flight)
        return 1 if self.in_flight == 0 and now >= self._look_again else 0

    def wait(self, *, now: float) -> float:
        """Return the seconds until it makes sense to look for messages of this channel again."""
        if self.state != UP:
            return max(0.0, self._look_again - now)
        return min(self.pacing.lane_wait(lane, now=now) for lane in Lane)

    def heard(self, failure: SendFailure | None, *, now: float) -> None:
        """Learn from the result of a send. Any answer about the message itself shows that the channel works."""
        if failure is None or failure.fate not in (Fate.RETRY, Fate.UNCERTAIN, Fate.DOWN):
            self._failures, self.state, self.detail = 0, UP, ""
            return
        self._failures += 1
        if failure.fate is Fate.DOWN:
            self._stop(DOWN, failure.says, until=now + DOWN_LOOK_AGAIN)
        elif self._failures >= AWAY_AFTER or self.state != UP:
            pause = min(LONGEST_AWAY, 2.0 ** min(10, max(0, self._failures - AWAY_AFTER)))
            self._stop(AWAY, failure.says, until=now + pause)

    def _stop(self, state: str, detail: str, *, until: float) -> None:
        self.state, self.detail, self._look_again = state, detail, until
