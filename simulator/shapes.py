"""The JSON objects of the Bot API: users, chats and messages in the exact form the real one sends."""

from __future__ import annotations

from typing import Any

from simulator.cast import BotEntry
from simulator.chats import Chat, Message, Person
from simulator.files import StoredFile, picture_size


def bot_user(bot: BotEntry) -> dict[str, Any]:
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def person_user(person: Person) -> dict[str, Any]:
    entry = person.entry
    user: dict[str, Any] = {"id": entry.id, "is_bot": False, "first_name": entry.first_name}
    optional = {
        "last_name": entry.last_name,
        "username": entry.username,
        "language_code": entry.language_code,
    }
    return user | {name: value for name, value in optional.items() if value}


def chat_object(chat: Chat) -> dict[str, Any]:
    if chat.person is None:
        return {"id": chat.id, "title": chat.title, "type": chat.kind} | _group_extras(chat)
    user = person_user(chat.person)
    names: dict[str, Any] = {
        name: user[name] for name in ("first_name", "last_name", "username") if name in user
    }
    return {"id": chat.id, **names, "type": "private"}


def _group_extras(chat: Chat) -> dict[str, Any]:
    return {"all_members_are_administrators": True} if chat.kind == "group" else {}


def message_object(message: Message, *, bot: BotEntry, with_reply: bool = True) -> dict[str, Any]:
    """A Message as the Bot API gives it; a deleted one as an InaccessibleMessage."""
    chat = chat_object(message.chat)
    if message.is_deleted:
        return {"message_id": message.message_id, "chat": chat, "date": 0}
    sender = person_user(message.sender) if message.sender else bot_user(bot)
    shape: dict[str, Any] = {
        "message_id": message.message_id,
        "from": sender,
        "chat": chat,
        "date": message.date,
    }
    if message.edit_date is not None:
        shape["edit_date"] = message.edit_date
    if message.reply_to is not None and with_reply:
        shape["reply_to_message"] = message_object(message.reply_to, bot=bot, with_reply=False)
    shape |= message.content
    if message.inline:
        shape["reply_markup"] = {"inline_keyboard": message.inline}
    return shape


def photo_sizes(stored: StoredFile) -> list[dict[str, Any]]:
    """The sizes of one photo, smallest first; only the largest is the file itself."""
    width, height = picture_size(stored.data)
    sizes = []
    if max(width, height) > 90:
        scale = 90 / max(width, height)
        small = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
        sizes.append({**stored.facts(), "file_unique_id": stored.unique_id + "s", **small})
    return [*sizes, {**stored.facts(), "width": width, "height": height}]


def document_object(stored: StoredFile) -> dict[str, Any]:
    return {"file_name": stored.name, "mime_type": stored.mime, **stored.facts()}
