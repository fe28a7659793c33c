"""The JSON objects of the page: messages, keyboards and people as the chat page shows them."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat, Message, Person
from simulator.clock import Clock

_KINDS = (
    "text", "photo", "document", "sticker", "contact", "voice", "video_note", "video", "animation", "audio",
    "venue", "location", "poll", "dice", "story",
)  # fmt: skip


def page_message(message: Message, *, clock: Clock, key: str) -> dict[str, Any]:
    """One message for the page; texts are data for it, never HTML."""
    content = message.content
    shape = {
        "message_id": message.message_id,
        "date": clock.local(message.date).isoformat(),
        "from": "bot" if message.is_from_bot else "person",
        "text": _text(message),
        "entities": [] if message.is_deleted else [_entity(row) for row in _entities(content)],
        "inline": None if message.is_deleted else _inline(message),
        "photo": _file_url(content["photo"][-1], key=key) if "photo" in content else None,
        "document": _document(content, key=key),
        "edited": message.edit_date is not None,
        "deleted": message.is_deleted,
        "kind": next((kind for kind in _KINDS if kind in content), "service"),
        "status": "delivered" if message.sender is None or message.is_delivered else "sent",
    }
    return shape | _extras(message)


def _extras(message: Message) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if message.reply_to is not None:
        extras["reply_to"] = message.reply_to.message_id
    if message.sender is not None and not message.chat.is_private:
        extras |= {"user": message.sender.id, "name": message.sender.name}
    if "media_group_id" in message.content:
        extras["media_group_id"] = message.content["media_group_id"]
    return extras


def _text(message: Message) -> str:
    content = message.content
    if message.is_deleted:
        return ""
    if "text" in content or "caption" in content:
        return str(content.get("text") or content.get("caption") or "")
    if "contact" in content:
        contact = content["contact"]
        return f"{contact['first_name']} {contact['phone_number']}"
    emoji = content.get("sticker") or content.get("dice") or {}
    return str(emoji.get("emoji", ""))


def _entities(content: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content.get("entities") or content.get("caption_entities") or []
    return found


def _entity(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("type", "offset", "length", "url", "language") if name in row}


def _inline(message: Message) -> list[list[dict[str, Any]]] | None:
    if not message.inline:
        return None
    return [[_button(item) for item in row] for row in message.inline]


def _button(item: dict[str, Any]) -> dict[str, Any]:
    optional: dict[str, Any] = {name: item[name] for name in ("url", "style") if name in item}
    return {"text": item["text"], "data": item.get("callback_data"), **optional}


def _document(content: dict[str, Any], *, key: str) -> dict[str, Any] | None:
    document = content.get("document")
    if not document:
        return None
    name = document.get("file_name", "file")
    return {"name": name, "url": _file_url(document, key=key), "size": document.get("file_size", 0)}


def _file_url(described: dict[str, Any], *, key: str) -> str:
    return f"/{key}/files/{described.get('file_id', '')}"


def page_person(person: Person) -> dict[str, Any]:
    entry = person.entry
    return {
        "id": entry.id,
        "name": person.name,
        "first_name": entry.first_name,
        "last_name": entry.last_name,
        "username": entry.username,
        "role": entry.role,
        "note": entry.note,
        "tries": list(entry.tries),
        "phone": entry.phone,
        "open": entry.open,
        "blocked": person.is_blocking,
        "started": person.is_started,
        "deactivated": person.is_deactivated,
    }


def page_group(chat: Chat) -> dict[str, Any]:
    return {
        "id": chat.id,
        "title": chat.title,
        "members": sorted(chat.members),
        "bot": chat.bot_status,
        "migrated_to": chat.migrated_to,
    }
