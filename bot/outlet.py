"""One channel as delivery sees it: how fast it may go, whether it works, when to look again if it does not."""

from collections.abc import Callable

from bot.channels.base import Channel, Fate, SendFailure
from bot.pacing import Pacing, Rates, lane_of
from db.channel_states import AWAY, DOWN, UP, ChannelState

AWAY_AFTER = 3  # failures in a row, of whatever messages, mean that the platform cannot be reached
LONGEST_AWAY = 30.0
DOWN_LOOK_AGAIN = 60.0


class Outlet:
    """What this process knows of a channel. Times are monotonic seconds."""

    def __init__(
        self,
        channel: Channel,
        *,
        rates: Rates | None = None,
        reached: Callable[[str, bool], None] = lambda _channel, _is_reached: None,
    ) -> None:
        self.channel = channel
        self._reached = reached  # told after each send whether the channel works
        self.name = channel.name
        self.pacing = Pacing(rates)
        self.state = UP
        self.detail = ""
        self.noted: str | None = None  # the state that the database knows of
        self.in_flight = 0
        self._failures = 0
        self._look_again = 0.0

    def room(self, *, now: float, most: int) -> int:
        """Return how many messages may begin: while the channel does not work, one now and then."""
        if self.state == UP:
            return max(0, most - self.in_flight)
        return 1 if self.in_flight == 0 and now >= self._look_again else 0

    def take_up(self, known: ChannelState | None) -> None:
        """Begin where the process before us ended: a channel that did not work is first tried with one message."""
        if known is not None:
            self.state, self.detail, self.noted = known.state, known.detail, known.state

    def heard(self, failure: SendFailure | None, *, urgency: int, address: str, now: float) -> None:
        """Learn from the result of a send."""
        if failure is None or failure.fate not in (Fate.RETRY, Fate.UNCERTAIN, Fate.DOWN):
            self._failures, self.state, self.detail = (
                0,
                UP,
                "",
            )  # an answer about the message: somebody is there
        else:
            self._missed(failure, now=now)
        self._reached(self.name, self.state == UP)
        if failure is not None and failure.fate is Fate.PAUSED:
            for what in paused_by(urgency=urgency, address=address):
                self.pacing.pause(what, until=now + failure.seconds)

    def _missed(self, failure: SendFailure, *, now: float) -> None:
        self._failures += 1
        if failure.fate is Fate.DOWN:
            self._stop(DOWN, failure.says, until=now + DOWN_LOOK_AGAIN)
        elif self._failures >= AWAY_AFTER or self.state != UP:
            pause = min(LONGEST_AWAY, 2.0 ** min(10, max(0, self._failures - AWAY_AFTER)))
            self._stop(AWAY, failure.says, until=now + pause)

    def _stop(self, state: str, detail: str, *, until: float) -> None:
        self.state, self.detail, self._look_again = state, detail, until


def paused_by(*, urgency: int, address: str) -> list[str]:
    """Return what a refusal for being too fast pauses: the chat, and the lane unless it is a group's own limit."""
    chat = f"chat:{address}"
    return [chat] if address.startswith("-") else [chat, lane_of(urgency)]
