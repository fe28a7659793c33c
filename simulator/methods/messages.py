"""Sending: text, photos, documents, and the sign that the bot is typing."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat, Message
from simulator.entities import Formatted
from simulator.errors import bad_request
from simulator.files import StoredFile, picture_kind
from simulator.formatting import caption_text, message_text
from simulator.markup import Markup, read_markup
from simulator.methods.call import Call, reachable_chat, replied_message
from simulator.shapes import document_object, photo_sizes

PHOTO_LIMIT = 10 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


async def send_message(call: Call) -> dict[str, Any]:
    formatted = message_text(call.params)
    chat = reachable_chat(call)
    content: dict[str, Any] = {"text": formatted.text} | _marked("entities", formatted)
    return _send(call, chat, content)


async def send_photo(call: Call) -> dict[str, Any]:
    caption = caption_text(call.params)
    chat = reachable_chat(call)
    stored = _file(call, "photo", folder="photos")
    if len(stored.data) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    if picture_kind(stored.data) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _send(call, chat, {"photo": photo_sizes(stored)} | _caption(caption))


async def send_document(call: Call) -> dict[str, Any]:
    caption = caption_text(call.params)
    chat = reachable_chat(call)
    stored = _file(call, "document", folder="documents")
    return _send(call, chat, {"document": document_object(stored)} | _caption(caption))


async def send_chat_action(call: Call) -> bool:
    chat = reachable_chat(call)
    action = call.params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.events.publish("typing", chat=chat.id, action=action)
    return True


def _send(call: Call, chat: Chat, content: dict[str, Any]) -> dict[str, Any]:
    if call.params.integer("message_thread_id") and not chat.is_private:
        raise bad_request("message thread not found")
    markup = read_markup(call.params, chat=chat)
    reply_to = replied_message(call, chat)
    message = call.world.add_message(
        chat, sender=None, content=content, inline=markup.inline, reply_to=reply_to
    )
    _apply_keyboard(call, message, markup)
    text = content.get("text", content.get("caption"))
    call.record(chat=chat.id, message_id=message.message_id, text=text)
    return call.answer_message(message)


def _apply_keyboard(call: Call, message: Message, markup: Markup) -> None:
    chat = message.chat
    if markup.keyboard is None and not markup.removes_keyboard:
        return
    message.has_reply_keyboard = markup.keyboard is not None
    chat.keyboard = markup.keyboard
    chat.keyboard_message = message if markup.keyboard else None
    call.world.events.publish("keyboard", chat=chat.id, keyboard=chat.keyboard)


def _marked(name: str, formatted: Formatted) -> dict[str, Any]:
    return {name: formatted.entities} if formatted.entities else {}


def _caption(formatted: Formatted) -> dict[str, Any]:
    return {"caption": formatted.text} | _marked("caption_entities", formatted) if formatted.text else {}


def _file(call: Call, field: str, *, folder: str) -> StoredFile:
    given = call.params.text(field)
    upload = call.params.files.get(given.removeprefix("attach://") if given else field)
    if upload is None and not given:
        raise bad_request(f"there is no {field} in the request")
    if upload is None:
        known = call.world.files.by_id(given)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return known
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > UPLOAD_LIMIT:
        raise bad_request("file is too big")
    return call.world.files.add(upload.data, folder=folder, name=upload.name, mime=upload.mime)
