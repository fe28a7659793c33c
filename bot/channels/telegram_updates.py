"""A Bot API update in neutral words. What a person did decides the kind; nothing here answers anything."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import telegram

from bot.channels.base import Malformed
from bot.channels.telegram_files import attached
from handlers.update import Attached, Contact, Kind, Sender, Update

CHANNEL = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
# A venue also has a location, an animation also a document: the more exact one first.
MEDIA = (
    "photo", "voice", "video", "video_note", "sticker", "animation", "audio", "document", "venue", "location",
    "poll", "dice", "story", "game", "checklist", "paid_media", "invoice", "giveaway",
)  # fmt: skip
_IN_CHAT = ("member", "administrator", "restricted", "creator")
_COMMAND_AT = re.compile(r"^(/\w+)@(\w+)", re.ASCII)
_BROKEN = (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError, RecursionError)


def parse(body: bytes, *, received_at: datetime | None = None, username: str = "") -> list[Update]:
    """Return the update in `body`; none when it is meant for another bot. Raises Malformed.

    A press carries no time of its own: it counts as made at `received_at`. `username` is this bot's own.
    """
    try:
        payload = json.loads(body)
        if not isinstance(payload, dict) or type(payload.get("update_id")) is not int:
            raise Malformed("An update must be an object with a number as its update_id.")
        given = telegram.Update.de_json(payload)
        update = _read(given, body, received_at=received_at, username=username)
    except _BROKEN as error:
        raise Malformed(f"The update cannot be read: {type(error).__name__}.") from None
    return [update] if update else []


def _read(
    given: telegram.Update, body: bytes, *, received_at: datetime | None, username: str
) -> Update | None:
    message = given.message or given.edited_message
    if message is not None:
        return _message(given, message, body, username=username)
    if given.callback_query is not None:
        return _press(given, given.callback_query, body, received_at=received_at)
    if given.my_chat_member is not None:
        return _membership(given, given.my_chat_member, body)
    return _unknown(given, body, at=received_at)


def _message(
    given: telegram.Update, message: telegram.Message, body: bytes, *, username: str
) -> Update | None:
    text, is_ours = _addressed(message.text or message.caption or "", username)
    kind, media = _kind(message)
    is_group = message.chat.type != telegram.Chat.PRIVATE
    if is_group and not is_ours:
        return None
    if is_group and kind is not Kind.UNKNOWN:
        kind = Kind.GROUP
    return Update(
        channel=CHANNEL,
        key=str(given.update_id),
        kind=kind,
        sender=_sender(message.from_user, message.chat),
        sent_at=message.edit_date or message.date,
        text=_sound(text),
        contact=_contact(message),
        media=media,
        file=_file(message, media) if kind is Kind.MEDIA else None,
        album=message.media_group_id,
        message_key=_message_key(message),
        is_edit=given.edited_message is not None,
        raw=body,
    )


def _kind(message: telegram.Message) -> tuple[Kind, str]:
    """Return what the message is, and for something to see or hear its name."""
    if message.contact is not None:
        return Kind.CONTACT, ""
    media = next((name for name in MEDIA if getattr(message, name, None)), "")
    if media == "location" and message.edit_date is not None:
        return Kind.UNKNOWN, media  # a shared live position moves: nobody said anything
    if _is_by_another(message) and (media or message.text):
        return Kind.FORWARD, media
    if media:
        return Kind.MEDIA, media
    return (Kind.TEXT if message.text else Kind.UNKNOWN), ""


def _file(message: telegram.Message, media: str) -> Attached | None:
    found = attached(message, media)
    return found and replace(found, name=_sound(found.name), type=_sound(found.type))


def _is_by_another(message: telegram.Message) -> bool:
    sender = message.from_user
    return bool(message.forward_origin or message.via_bot or (sender is not None and sender.is_bot))


def _contact(message: telegram.Message) -> Contact | None:
    """Return the shared number. It is one's own only if Telegram says so, and nobody passed it on (fault A03)."""
    card = message.contact
    if card is None:
        return None
    sender = message.from_user
    is_own = card.user_id is not None and sender is not None and card.user_id == sender.id
    return Contact(phone=_sound(card.phone_number), is_own=is_own and not _is_by_another(message))


def _press(
    given: telegram.Update, query: telegram.CallbackQuery, body: bytes, *, received_at: datetime | None
) -> Update:
    message = query.message
    chat = message.chat if message is not None else None
    is_group = chat is not None and chat.type != telegram.Chat.PRIVATE
    asked_at = message.date if isinstance(message, telegram.Message) else datetime.fromtimestamp(0, UTC)
    return Update(
        channel=CHANNEL,
        key=str(given.update_id),
        kind=Kind.GROUP if is_group else Kind.PRESS,
        sender=_sender(query.from_user, chat),
        sent_at=received_at or asked_at,
        press=_sound(query.data or ""),
        callback=query.id,
        message_key=_message_key(message) if message is not None else None,
        raw=body,
    )


def _membership(given: telegram.Update, changed: telegram.ChatMemberUpdated, body: bytes) -> Update:
    was_in = changed.old_chat_member.status in _IN_CHAT
    is_in = changed.new_chat_member.status in _IN_CHAT
    kind = Kind.UNKNOWN
    if changed.chat.type == telegram.Chat.PRIVATE:
        kind = Kind.RETURNED if is_in else Kind.BLOCKED
    elif is_in and not was_in:
        kind = Kind.ADDED_TO_GROUP
    return Update(
        channel=CHANNEL,
        key=str(given.update_id),
        kind=kind,
        sender=_sender(changed.from_user, changed.chat),
        sent_at=changed.date,
        raw=body,
    )


def _unknown(given: telegram.Update, body: bytes, *, at: datetime | None) -> Update:
    return Update(
        channel=CHANNEL,
        key=str(given.update_id),
        kind=Kind.UNKNOWN,
        sender=_sender(given.effective_user, given.effective_chat),
        sent_at=at or datetime.fromtimestamp(0, UTC),
        raw=body,
    )


def _sender(user: telegram.User | None, chat: telegram.Chat | None) -> Sender:
    known = str(user.id) if user is not None else ""
    return Sender(
        channel=CHANNEL,
        address=str(chat.id) if chat is not None else known,
        user=known,
        name=_sound(user.full_name) if user is not None else "",
        locale=user.language_code if user is not None else None,
    )


def _message_key(message: telegram.MaybeInaccessibleMessage) -> str:
    return f"{message.chat.id}:{message.message_id}"


def _addressed(text: str, username: str) -> tuple[str, bool]:
    """Return the text without this bot's name after a command, and whether it is not meant for another bot."""
    named = _COMMAND_AT.match(text)
    if named is None:
        return text, True
    if username and named[2].lower() != username.lower():
        return text, False
    return named[1] + text[named.end() :], True


def _sound(text: str) -> str:
    """Return the text without halves of characters, which no database and no platform takes (fault I07)."""
    return text.encode("utf-8", "replace").decode()
