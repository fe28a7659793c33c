"""How fast we may send: a lane of classes, and one chat. Arithmetic on a monotonic time that is passed in."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.update import Class

CHATS_REMEMBERED = 10_000
FORGET_CHAT_AFTER = 60.0


class Lane(StrEnum):
    """Classes that wait for each other. Answers have no rate of their own: people are waiting."""

    ANSWERS = "answers"
    URGENT = "urgent"
    BULK = "bulk"


CLASSES: Mapping[Lane, tuple[int, int]] = {  # first and last, in the order in which lanes are served
    Lane.ANSWERS: (Class.ANSWER, Class.ANSWER),
    Lane.URGENT: (Class.CODE, Class.ALERT),
    Lane.BULK: (Class.REMINDER, Class.BROADCAST),
}


def lane_of(urgency: int) -> Lane:
    """Return the lane in which a message of this class travels."""
    return next(lane for lane, (_, last) in CLASSES.items() if urgency <= last)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What a platform allows, a second; `bulk_burst` more may go at once after a rest."""

    bulk: float = (
        25.0  # with the burst 28 of the 30 in a second that Telegram gives away: two stay for answers
    )
    bulk_burst: float = 3.0
    urgent: float = 25.0
    urgent_burst: float = 3.0
    chat: float = 1.0
    chat_burst: float = 3.0
    group_most: int = 20  # in any `group_seconds`
    group_seconds: float = 60.0


@dataclass(kw_only=True)
class Bucket:
    """Tokens that refill with time. It may owe: then it is empty for longer."""

    rate: float
    most: float
    tokens: float
    at: float

    def left(self, now: float) -> float:
        """Return the tokens there are at `now`."""
        self.tokens = min(self.most, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        return self.tokens

    def take(self, now: float, count: float = 1.0) -> None:
        """Take tokens, whether or not they are there."""
        self.tokens = self.left(now) - count

    def wait(self, now: float) -> float:
        """Return the seconds until there is a whole token."""
        return max(0.0, (1.0 - self.left(now)) / self.rate)


@dataclass(kw_only=True)
class Chat:
    """What one chat got lately."""

    bucket: Bucket
    sent: deque[float] = field(default_factory=deque)


class Pacing:
    """The rates and pauses of one channel."""

    def __init__(self, rates: Rates | None = None) -> None:
        self.rates = rates or Rates()
        self._lanes: dict[Lane, Bucket] = {}
        self._chats: dict[str, Chat] = {}
        self._paused: dict[str, float] = {}

    def pause(self, what: str, *, until: float) -> None:
        """Send nothing in a lane, or to `chat:ADDRESS`, before `until`."""
        self._paused[what] = max(until, self._paused.get(what, 0.0))

    def allowance(self, lane: Lane, *, now: float, most: int) -> int:
        """Return how many messages of the lane may begin now."""
        if self._pause_left(lane, now) > 0:
            return 0
        return most if lane is Lane.ANSWERS else max(0, min(most, int(self._bucket(lane, now).left(now))))

    def lane_wait(self, lane: Lane, *, now: float) -> float:
        """Return the seconds until a message of the lane may begin."""
        paused = self._pause_left(lane, now)
        return paused if lane is Lane.ANSWERS else max(paused, self._bucket(lane, now).wait(now))

    def spend(self, lane: Lane, *, now: float) -> None:
        """Count one message. Urgent ones count as bulk too: nobody asked for either."""
        if lane is not Lane.ANSWERS:
            self._bucket(Lane.BULK, now).take(now)
        if lane is Lane.URGENT:
            self._bucket(lane, now).take(now)

    def chat_wait(self, address: str, *, now: float) -> float:
        """Return the seconds until this chat may get its next message."""
        paused = self._pause_left(f"chat:{address}", now)
        chat = self._chats.get(address)
        if chat is None:
            return paused
        if not _is_group(address):
            return max(paused, chat.bucket.wait(now))
        oldest = chat.sent[0] if len(chat.sent) >= self.rates.group_most else now - self.rates.group_seconds
        return max(paused, oldest + self.rates.group_seconds - now)

    def note_chat(self, address: str, *, now: float) -> None:
        """Count one message to this chat."""
        if len(self._chats) >= CHATS_REMEMBERED:
            self._forget(now)
        chat = self._chats.setdefault(address, self._fresh(now))
        chat.bucket.take(now)
        chat.sent.append(now)

    def _fresh(self, now: float) -> Chat:
        rates = self.rates
        bucket = Bucket(rate=rates.chat, most=rates.chat_burst, tokens=rates.chat_burst, at=now)
        return Chat(bucket=bucket, sent=deque(maxlen=rates.group_most))

    def _forget(self, now: float) -> None:
        old = [address for address, chat in self._chats.items() if chat.sent[-1] < now - FORGET_CHAT_AFTER]
        for address in old or list(self._chats)[: CHATS_REMEMBERED // 10]:
            del self._chats[address]

    def _pause_left(self, what: str, now: float) -> float:
        left = self._paused.get(what, now) - now
        if left <= 0:
            self._paused.pop(what, None)
        return max(0.0, left)

    def _bucket(self, lane: Lane, now: float) -> Bucket:
        rates = self.rates
        rate, most = (
            (rates.bulk, rates.bulk_burst) if lane is Lane.BULK else (rates.urgent, rates.urgent_burst)
        )
        return self._lanes.setdefault(lane, Bucket(rate=rate, most=most, tokens=most, at=now))


def _is_group(address: str) -> bool:
    return address.startswith("-")
