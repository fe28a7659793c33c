"""The rush: a world whose chats can be listened to, and how long its bot has been up."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field

from simulator.chats import Message
from simulator.faults import Faults
from simulator.updates import Update
from simulator.world import World

TOKEN = "test:RUSH"
FIRST_CHAT = 2001
LATENCY_MS = 50.0  # so that sends are in flight when the bot is killed
RETRY_SECONDS = 0.2  # how soon the webhook of this platform is tried again at first
TAKEN_AS_STARTED = 5.0


def cast(people: int, *, first: int = FIRST_CHAT) -> dict[str, object]:
    """Return a cast of so many people who know the bot already; their ids are their chats."""
    ids = range(first, first + people)
    return {"people": [{"id": id_, "first_name": f"Orang {id_}", "started": True} for id_ in ids]}


class RushWorld(World):
    """A world in which every chat hears what the bot writes to it."""

    def __init__(self, *, people: int, first: int = FIRST_CHAT) -> None:
        super().__init__(
            bot_token=TOKEN, key="rush", cast=cast(people, first=first), first_delay=RETRY_SECONDS
        )
        self.set_faults(Faults(latency_ms=LATENCY_MS))
        self.heard: dict[int, asyncio.Queue[str]] = defaultdict(asyncio.Queue)
        self.uptime = Uptime()
        self.updates.on_acknowledged.append(self.uptime.note_acknowledged)

    def show(self, kind: str, message: Message) -> None:
        super().show(kind, message)
        if kind == "message" and message.is_from_bot:
            self.heard[message.chat.id].put_nowait(str(message.content.get("text", "")))

    @property
    def waiting(self) -> int:
        """How many updates are queued, or handed over and not acknowledged."""
        return len(self.updates)

    def taken_since(self, moment: float) -> frozenset[int]:
        """The numbers of the messages that the platform took after that real moment."""
        return frozenset(row.message_id or 0 for row in self.ledger.delivered if row.at >= moment)

    @property
    def sending(self) -> int:
        """How many sends the platform is busy with."""
        return self.ledger.in_flight["sendMessage"]


@dataclass
class Uptime:
    """Seconds during which the bot took updates, counted from its first acknowledgement after each start.

    Where nothing is left to acknowledge, a start is taken to have succeeded after a while.
    """

    accepting: asyncio.Event = field(default_factory=asyncio.Event)
    _before: float = 0.0
    _since: float | None = None
    _started: float = 0.0

    def started(self) -> None:
        """The bot's process was started now; what it acknowledges counts from here."""
        self._started = time.monotonic()

    def note_acknowledged(self, _: Update) -> None:
        if self._since is None and self._started:
            self._since = time.monotonic()
            self.accepting.set()

    def ended(self) -> None:
        """The bot's process has ended."""
        self._before, self._since, self._started = self.seconds(), None, 0.0
        self.accepting.clear()

    def seconds(self) -> float:
        if not self._started:
            return self._before
        since = self._since if self._since is not None else self._started + TAKEN_AS_STARTED
        return self._before + max(0.0, time.monotonic() - since)

    def until_accepting(self) -> float:
        """Seconds from the last start to its first acknowledgement."""
        assert self._since is not None, "The bot accepts nothing yet."
        return self._since - self._started
