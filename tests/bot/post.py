"""A post office for tests: a database, a clock in three hands, a channel that answers as told, and the delivery."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.channels.base import Capabilities, Fate, FetchFailure, Outgoing, SendFailure, Sent, Unfetched
from bot.delivery import Delivery
from bot.pacing import Rates
from db.engine import Db, Row
from db.sealed import Seal
from db.sending import outbox
from db.sending.outbox import OutboxMessage
from handlers.update import Class, Update
from tests.bot.messages import TELEGRAM

FAST = Rates(
    bulk=10_000, bulk_burst=10_000, urgent=10_000, urgent_burst=10_000, chat=10_000, chat_burst=10_000
)
Answer = Sent | SendFailure | Exception


class Hands:
    """The office's time, the real one and the one that never jumps, moved apart or together."""

    def __init__(self, moment: datetime) -> None:
        self.office = moment
        self.wall = moment
        self.steady = 1000.0

    def now(self) -> datetime:
        return self.office

    def real(self) -> datetime:
        return self.wall

    def seconds(self) -> float:
        return self.steady

    def uptime(self) -> float:
        return self.steady

    def pass_by(self, seconds: float) -> None:
        self.office += timedelta(seconds=seconds)
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


class PlainRenderer:
    """Words a message by its name, in as many parts as its parameters say; marks a repeat."""

    def outgoing(self, message: OutboxMessage, capabilities: Capabilities) -> Sequence[Outgoing]:
        if message.message == "test/broken":
            raise KeyError("a template that does not exist")
        texts = message.body["params"].get("parts", [message.message])
        mark = " (again)" if message.is_repeat else ""
        return [
            Outgoing(address=message.address, text=f"<b>{text}</b>{mark}", plain=text + mark)
            for text in texts
        ]


class FakeChannel:
    """Answers as told: `answers[address]` in turn, else yes. Remembers every call, also failed ones."""

    name = "telegram"
    capabilities = TELEGRAM

    def __init__(self) -> None:
        self.calls: list[Outgoing] = []
        self.answers: dict[str, list[Answer]] = {}
        self.always: Answer | None = None
        self.before: Callable[[Outgoing], Any] | None = None
        self.arrived: list[str] = []

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        self.calls.append(message)
        if self.before is not None:
            await self.before(message)
        told = self.answers.get(message.address)
        answer = told.pop(0) if told else self.always or Sent(key=str(len(self.calls)))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Sent):
            self.arrived.append(message.text)
        return answer

    def parse(self, body: bytes) -> Sequence[Update]:
        return ()

    async def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        return FetchFailure(why=Unfetched.GONE, says="nothing is kept here")

    async def acknowledge(self, callback: str, text: str) -> None:
        """Nothing spins."""

    async def close(self) -> None:
        """Nothing is open."""


def fails(fate: Fate, *, seconds: float = 0.0, address: str = "", says: str = "no") -> SendFailure:
    return SendFailure(fate=fate, says=says, seconds=seconds, address=address)


class Post:
    """Put messages in, let the delivery work, look at what became of them."""

    def __init__(self, db: Db, seal: Seal, now: datetime) -> None:
        self.db, self.seal = db, seal
        self.hands = Hands(now)
        self.channel = FakeChannel()
        self.delivery = self.open_delivery()

    def open_delivery(self, *, rates: Rates = FAST, **more: Any) -> Delivery:
        return Delivery(
            self.db, self.seal, {"telegram": self.channel}, PlainRenderer(), self.hands,
            rates={"telegram": rates}, chance=Random(1), **more,
        )  # fmt: skip

    async def put(
        self, address: str, message: str = "test/hello", *, urgency: Class = Class.ANSWER, **more: Any
    ) -> str:
        body = {"params": more.pop("params", {}), "choices": []}
        given = {"person_id": None, "locale": "id", "now": self.hands.now()} | more
        async with self.db.transaction() as tx:
            key = await outbox.add(
                tx,
                self.seal,
                channel="telegram",
                address=address,
                urgency=urgency,
                message=message,
                body=body,
                **given,
            )
        assert key is not None
        return key

    async def rounds(self, *seconds: float) -> None:
        """Let the delivery have a turn after each of these pauses."""
        for pause in seconds:
            self.hands.pass_by(pause)
            await self.delivery.drain_once()

    async def row(self, key: str) -> Row:
        async with self.db.reading() as tx:
            row = await tx.one("SELECT * FROM outbox WHERE id = :key", key=key)
        assert row is not None
        return row

    async def state(self, key: str) -> str:
        return str((await self.row(key))["state"])

    async def audited(self, action: str) -> list[Row]:
        async with self.db.reading() as tx:
            return list(await tx.all("SELECT * FROM audit WHERE action = :action ORDER BY id", action=action))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait, not long, until something holds."""
        for _ in range(1000):
            if holds():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("It never came to hold.")
