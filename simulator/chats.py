"""People, chats and the messages in them, as the pretend platform remembers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.cast import GroupEntry, PersonEntry

InlineRows = list[list[dict[str, Any]]]


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with an account, and how they stand to the bot."""

    entry: PersonEntry
    is_started: bool = False
    is_blocking: bool = False
    is_deactivated: bool = False

    @property
    def id(self) -> int:
        return self.entry.id

    @property
    def name(self) -> str:
        return f"{self.entry.first_name} {self.entry.last_name}".strip()


@dataclass(slots=True, eq=False)
class Message:
    """One message; `content` holds the Bot API's own fields (text, photo, contact, …)."""

    message_id: int
    chat: Chat
    date: int
    sender: Person | None
    content: dict[str, Any]
    inline: InlineRows | None = None
    reply_to: Message | None = None
    edit_date: int | None = None
    has_reply_keyboard: bool = False
    is_deleted: bool = False
    is_delivered: bool = False

    @property
    def is_from_bot(self) -> bool:
        return self.sender is None and "new_chat_members" not in self.content


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat (its id is the person's) or a group; `bot_status` is the bot's own membership."""

    id: int
    kind: str
    person: Person | None = None
    title: str = ""
    members: set[int] = field(default_factory=set)
    bot_status: str = "member"
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None
    keyboard_message: Message | None = None

    @property
    def is_private(self) -> bool:
        return self.kind == "private"


def private_chat(person: Person) -> Chat:
    return Chat(id=person.id, kind="private", person=person, members={person.id})


def group_chat(entry: GroupEntry) -> Chat:
    """A group as the cast names it; ids from -100… are supergroups, as with the real platform."""
    return Chat(
        id=entry.id,
        kind="supergroup" if str(entry.id).startswith("-100") else "group",
        title=entry.title,
        members=set(entry.members),
        bot_status="member" if entry.has_bot else "left",
    )
