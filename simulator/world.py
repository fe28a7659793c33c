"""The world that is played: people, chats, messages, and the pretend platform's state around them."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.cast import Cast, PersonEntry, read_cast
from simulator.chats import Chat, InlineRows, Message, Person, group_chat, private_chat
from simulator.clock import Clock
from simulator.errors import CutError, SimulatorError
from simulator.events import Events
from simulator.faults import Faults
from simulator.files import Files
from simulator.ledger import Ledger
from simulator.limits import Limits
from simulator.page_shapes import page_message
from simulator.polling import Polling
from simulator.updates import PRESS_LIFETIME, Update, Updates
from simulator.webhook import Delivery, Settings

_REAL_TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,}")
_OUR_TOKEN = re.compile(r"(demo|test):[A-Za-z0-9_-]{1,100}")
_KEY = re.compile(r"[A-Za-z0-9_-]{4,200}")


@dataclass(frozen=True, slots=True)
class Press:
    """A button press that waits for its answer; `at` is played time."""

    id: str
    person: Person
    message: Message | None
    at: float


class World:
    """Everything the simulator knows; one bot plays in it.

    `cast` is a mapping, a path or nothing for a small built-in cast; `start` is the played moment at which
    it begins; `first_delay` is the webhook's first pause in seconds after a failure.
    """

    def __init__(
        self,
        *,
        bot_token: str,
        key: str,
        cast: Cast | Mapping[str, Any] | Path | None = None,
        limits: Limits | None = None,
        start: datetime | None = None,
        clock_url: str = "",
        clock_secret: str = "",
        stored_url: str = "",
        happen_url: str = "",
        first_delay: float = 1.0,
    ) -> None:
        check_token(bot_token)
        if not _KEY.fullmatch(key):
            raise SimulatorError("The page's key must be 4 to 200 letters, digits, hyphens or underscores.")
        self.bot_token, self.key = bot_token, key
        self.cast = read_cast(cast)
        self.clock = Clock(start=start)
        self.clock_url, self.clock_secret, self.stored_url = clock_url, clock_secret, stored_url
        self.happen_url = happen_url
        self.first_delay = first_delay
        self.limits = limits or Limits()
        self.faults = Faults(rate_limits=self.limits.is_on)
        self.ledger, self.events, self.files = Ledger(), Events(), Files()
        self.updates = Updates(clock=self.clock, ledger=self.ledger)
        self.updates.on_acknowledged.append(self._mark_delivered)
        self.polling = Polling(self.updates)
        self.webhook = Settings()
        self.delivery: Delivery | None = None
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.presses: dict[str, Press] = {}
        self.closing = asyncio.Event()
        self.calls: set[asyncio.Task[Any]] = set()
        self._last_message_id = 0
        self._settle()

    def _settle(self) -> None:
        self.people = {entry.id: Person(entry, is_started=entry.started) for entry in self.cast.people}
        self.chats: dict[int, Chat] = {person.id: private_chat(person) for person in self.people.values()}
        self.chats |= {entry.id: group_chat(entry) for entry in self.cast.groups}
        self._homes: dict[int, Chat] = {}

    def meet(self, entry: PersonEntry) -> Person:
        """The person with this id, taken in as a stranger if nobody knows them."""
        person = self.people.get(entry.id)
        if person is None:
            person = self.people[entry.id] = Person(entry)
            self.chats[entry.id] = private_chat(person)
        return person

    def find_message(self, message_id: Any, *, seen_by: Person) -> Message | None:
        """The message of this number in the person's own chat with the bot, else in a group of theirs."""
        if not isinstance(message_id, int):
            return None
        own = self.chats[seen_by.id].messages.get(message_id)
        chat = self._homes.get(message_id)
        if own is not None or chat is None or seen_by.id not in chat.members:
            return own
        return chat.messages.get(message_id)

    def add_message(
        self,
        chat: Chat,
        *,
        sender: Person | None,
        content: dict[str, Any],
        inline: InlineRows | None = None,
        reply_to: Message | None = None,
        message_id: int | None = None,
        date: int | None = None,
    ) -> Message:
        """Put a message into a chat, with the next number and the played time, and show it."""
        self._last_message_id = max(self._last_message_id + 1, message_id or 0)
        message = Message(
            message_id=message_id or self._last_message_id,
            chat=chat,
            date=int(self.clock.unix()) if date is None else date,
            sender=sender,
            content=content,
            inline=inline,
            reply_to=reply_to,
        )
        chat.messages[message.message_id] = message
        self._homes[message.message_id] = chat
        self.show("message", message)
        return message

    def show(self, kind: str, message: Message) -> None:
        """Tell the open pages about a message (`message`, `edit`)."""
        if self.events.has_listeners:
            shape = page_message(message, clock=self.clock, key=self.key)
            self.events.publish(kind, chat=message.chat.id, message=shape)

    def show_ledger(self) -> None:
        if self.events.has_listeners:
            self.events.publish("ledger", **self.ledger.summary())

    def _mark_delivered(self, update: Update) -> None:
        if update.message is not None:
            update.message.is_delivered = True
            self.show("edit", update.message)

    def shown_commands(self) -> list[dict[str, str]]:
        """The commands that a person's menu offers: the last list set, whatever its scope and language."""
        return list(self.commands.values())[-1] if self.commands else []

    def new_press(self, person: Person, message: Message | None, *, press_id: str = "") -> Press:
        press = Press(press_id or str(secrets.randbits(62)), person, message, self.clock.unix())
        self.presses[press.id] = press
        return press

    def live_press(self, press_id: str) -> Press | None:
        """The press if it can still be answered, which is for 150 seconds of played time."""
        press = self.presses.get(press_id)
        if press is None or self.clock.unix() - press.at > PRESS_LIFETIME:
            return None
        return press

    def set_faults(self, faults: Faults) -> None:
        self.faults = faults
        self.limits.is_on = faults.rate_limits

    def reset(self) -> None:
        """Forget messages, updates, files and the ledger; who blocks whom returns to the cast's state."""
        self.updates.drop_all()
        self.polling.forget()
        self.ledger.clear()
        self.files.clear()
        self.limits.forget()
        self.presses.clear()
        self._settle()
        self.events.publish("reset")

    async def close(self) -> None:
        """Stop delivering and let everything that waits go."""
        self.closing.set()
        self.polling.interrupt(CutError("the simulator ends"))
        self.events.close()
        for call in self.calls:
            call.cancel()
        await asyncio.gather(*self.calls, return_exceptions=True)
        if self.delivery is not None:
            await self.delivery.stop()
            self.delivery = None


def check_token(token: str) -> None:
    """SimulatorError unless the token is one of the simulator's own; a real bot's token is refused loudly."""
    if _REAL_TOKEN.fullmatch(token):
        raise SimulatorError(
            "This looks like the token of a real bot. The simulator takes only its own, such as demo:ABC."
        )
    if not _OUR_TOKEN.fullmatch(token):
        raise SimulatorError("The simulator's tokens start with demo: or test:, for example demo:ABC.")
