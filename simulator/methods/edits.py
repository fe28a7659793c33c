"""Changing and deleting what was sent."""

from __future__ import annotations

from typing import Any

from simulator.chats import InlineRows, Message
from simulator.errors import bad_request
from simulator.formatting import caption_text, message_text
from simulator.markup import read_markup
from simulator.methods.call import Call, reachable_chat

DELETABLE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def edit_message_text(call: Call) -> dict[str, Any]:
    formatted = message_text(call.params)
    message = _editable(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    content = {"text": formatted.text} | ({"entities": formatted.entities} if formatted.entities else {})
    return _change(call, message, content=content, text=formatted.text)


async def edit_message_caption(call: Call) -> dict[str, Any]:
    formatted = caption_text(call.params)
    message = _editable(call)
    if not {"photo", "document"} & set(message.content):
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if not name.startswith("caption")}
    caption = {"caption": formatted.text, "caption_entities": formatted.entities} if formatted.text else {}
    return _change(call, message, content=kept | {k: v for k, v in caption.items() if v}, text=formatted.text)


async def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    message = _editable(call)
    return _change(call, message, content=message.content, text=None)


def _editable(call: Call) -> Message:
    chat = reachable_chat(call)
    number = call.params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.is_deleted:
        raise bad_request("message to edit not found")
    if not message.is_from_bot or message.has_reply_keyboard:
        raise bad_request("message can't be edited")
    return message


def _change(call: Call, message: Message, *, content: dict[str, Any], text: str | None) -> dict[str, Any]:
    inline = _new_inline(call, message)
    if message.content == content and (message.inline or None) == inline:
        raise bad_request(NOT_MODIFIED)
    message.content, message.inline = content, inline
    message.edit_date = int(call.world.clock.unix())
    call.world.show("edit", message)
    call.record(chat=message.chat.id, message_id=message.message_id, text=text)
    return call.answer_message(message)


def _new_inline(call: Call, message: Message) -> InlineRows | None:
    """The buttons after the edit; an edit that names none takes them away."""
    markup = read_markup(call.params, chat=message.chat)
    if markup.keyboard is not None or markup.removes_keyboard:
        raise bad_request("inline keyboard expected")
    return markup.inline


async def delete_message(call: Call) -> bool:
    chat = reachable_chat(call)
    number = call.params.integer("message_id")
    message = chat.messages.get(number)
    if message is None or message.is_deleted:
        raise bad_request("message to delete not found")
    _delete(call, message)
    call.record(chat=chat.id, message_id=number)
    return True


async def delete_messages(call: Call) -> bool:
    chat = reachable_chat(call)
    numbers = call.params.json("message_ids", what="message identifiers") or []
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    found = [
        chat.messages[number] for number in numbers if isinstance(number, int) and number in chat.messages
    ]
    for message in found:
        if not message.is_deleted:
            _delete(call, message)
    call.record(chat=chat.id)
    return True


def _delete(call: Call, message: Message) -> None:
    if call.world.clock.unix() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if not message.is_from_bot and not message.chat.is_private:
        raise bad_request("message can't be deleted")
    message.is_deleted = True
    call.world.events.publish("delete", chat=message.chat.id, message_id=message.message_id)
