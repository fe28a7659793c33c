"""A way in with a dispatch that does as it is told, for tests of what stands before it."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.channels.base import FetchFailure, Malformed, Outgoing, Sent, Unfetched
from bot.clock import Clock
from bot.intake import Intake
from bot.metrics import Metrics
from bot.render import Renderer
from handlers.dispatch import NotStored, Receipt
from handlers.update import Kind, Sender, Update
from tests.bot.messages import TELEGRAM


class Wire:
    """A platform whose payloads are `{"id": 1, "chat": "1001", "text": "…"}`; one with "kind" is of no interest."""

    name = "test"
    capabilities = TELEGRAM

    def __init__(self) -> None:
        self.acknowledged: list[tuple[str, str]] = []

    def parse(self, body: bytes) -> Sequence[Update]:
        try:
            payload = json.loads(body)
            if "kind" in payload:
                return []
            sender = Sender(channel=self.name, address=payload["chat"], user=payload["chat"])
            key = str(payload["id"])
        except (ValueError, KeyError, TypeError) as error:
            raise Malformed("not a payload of this platform") from error
        return [
            Update(
                channel=self.name,
                key=key,
                kind=Kind.TEXT,
                sender=sender,
                sent_at=Clock().now(),
                text=payload.get("text", ""),
                callback=payload.get("callback"),
                raw=body,
            )
        ]

    async def send(self, message: Outgoing) -> Sent:
        return Sent(key="1")

    async def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        return FetchFailure(why=Unfetched.GONE, says="nothing is kept here")

    async def acknowledge(self, callback: str, text: str) -> None:
        self.acknowledged.append((callback, text))

    async def close(self) -> None:
        return


@dataclass
class Ledger:
    """Stores what it receives, once each; refuses as often as `refusals` says, and is as slow as `seconds`."""

    stored: list[str] = field(default_factory=list)
    set_aside_bodies: list[bytes] = field(default_factory=list)
    refusals: int = 0
    breaks: bool = False
    seconds: float = 0.0
    toast: str = ""

    async def receive(self, update: Update) -> Receipt:
        await asyncio.sleep(self.seconds)
        if self.refusals:
            self.refusals -= 1
            raise NotStored("The disk is full.")
        if self.breaks:
            raise RuntimeError("saya demam")
        if update.key in self.stored:
            return Receipt(outcome="duplicate", callback=update.callback)
        self.stored.append(update.key)
        return Receipt(outcome="handled", callback=update.callback, toast=self.toast)

    async def set_aside(self, update: Update, error: str) -> Receipt:
        if self.refusals:
            self.refusals -= 1
            raise NotStored("The disk is full.")
        self.set_aside_bodies.append(update.raw)
        return Receipt(outcome="set_aside")


@dataclass
class Waker:
    """Counts how often delivery was woken."""

    times: int = 0

    def __call__(self) -> None:
        self.times += 1


def intake_to(ledger: Ledger, *, longest: float = 60.0) -> Intake:
    """Return a way in that ends at `ledger`."""
    return Intake(
        channel=Wire(),
        dispatch=ledger,
        renderer=Renderer(),
        metrics=Metrics(),
        clock=Clock(),
        wake=Waker(),
        longest=longest,
    )


def payload(number: int, *, chat: str = "1001", **more: str) -> bytes:
    """Return one payload of the test platform."""
    return json.dumps({"id": number, "chat": chat, **more}).encode()
