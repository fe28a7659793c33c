"""What a job says: one message to every chat of a person, once, with buttons that open something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from db import identities, keyboards
from db.engine import Tx
from db.identities import Chat
from db.people import Person
from db.sealed import Seal
from db.sending import outbox
from db.sending.outbox import Class

QUIET_FROM, QUIET_UNTIL = time(21, 0), time(5, 0)  # local time in which nothing comes unasked
BUTTONS_KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Button:
    """What opens something ("flow:action"), called by an entry of the label list."""

    label: str
    opens: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Word:
    """What is told. `once` is a key under which each chat hears it only once, ever."""

    message: str
    params: Mapping[str, Any]
    once: str
    urgency: Class
    expires_at: datetime
    not_before: datetime | None = None
    opens: str = ""  # "flow:action" of its button, called `label`
    label: str = ""
    args: Mapping[str, Any] | None = None
    more: Sequence[Button] = ()  # its other buttons
    file: str = ""  # key of a file that goes with it; the text is its caption where it fits
    role_needed: str | None = None  # a right of db/rights.py, looked at again before it is sent

    @property
    def buttons(self) -> list[Button]:
        first = [Button(self.label, self.opens, self.args or {})] if self.opens else []
        return [*first, *self.more]


async def tell(tx: Tx, seal: Seal, person: Person, word: Word, *, now: datetime) -> None:
    """Queue `word` for every chat of `person`."""
    chats = await identities.chats_of(tx, people=[person.id])
    await tell_at(tx, seal, chats.get(person.id, ()), word, now=now)


async def tell_at(tx: Tx, seal: Seal, chats: Sequence[Chat], word: Word, *, now: datetime) -> None:
    """Queue `word` for these chats of one person."""
    for chat in chats:
        nonce = keyboards.new_nonce(channel=chat.channel, address=chat.address)
        added = await outbox.add(
            tx,
            seal,
            channel=chat.channel,
            address=chat.address,
            person_id=chat.person_id,
            urgency=word.urgency,
            message=word.message,
            locale=chat.locale,
            body=_body(word, nonce=nonce),
            now=now,
            once=f"{word.once}:{chat.person_id}:{chat.channel}",
            role_needed=word.role_needed,
            not_before=word.not_before,
            expires_at=word.expires_at,
        )
        if added and word.buttons:
            await _keep_buttons(tx, seal, chat, word, nonce=nonce, now=now)


async def _keep_buttons(tx: Tx, seal: Seal, chat: Chat, word: Word, *, nonce: str, now: datetime) -> None:
    await keyboards.keep(
        tx,
        seal,
        nonce=nonce,
        channel=chat.channel,
        address=chat.address,
        choices=[
            {"value": "open", "label": each.label, "opens": each.opens, "args": dict(each.args)}
            for each in word.buttons
        ],
        now=now,
        expires_at=now + BUTTONS_KEPT,
    )


def _body(word: Word, *, nonce: str) -> dict[str, Any]:
    body: dict[str, Any] = {"params": dict(word.params), "look": "buttons"}
    if word.file:
        body["file"] = word.file
    if word.buttons:
        body["choices"] = [
            {"value": "open", "label": each.label, "data": f"{nonce}:{place}"}
            for place, each in enumerate(word.buttons)
        ]
    return body


def not_at_night(local: datetime) -> datetime | None:
    """Return the end of the night in which this local moment lies; None by day."""
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    morning = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(morning, QUIET_UNTIL, tzinfo=local.tzinfo)
