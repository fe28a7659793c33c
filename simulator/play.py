"""What people do in a chat: say, edit, press, start, block. Each becomes the update that the bot gets."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat, Message, Person
from simulator.entities import TEXT_LIMIT, find_entities, has_lone_surrogates, tidy
from simulator.errors import PlayError
from simulator.membership import add_membership_update
from simulator.shapes import message_object, person_user
from simulator.world import World


def person_of(world: World, user: Any) -> Person:
    """The person with this id; PlayError 404 when the cast has none."""
    person = world.people.get(user) if isinstance(user, int) else None
    if person is None:
        raise PlayError(f"Tidak ada orang dengan id {user} di sini.", status=404)
    return person


def group_member(world: World, *, user: Any, chat: Any) -> tuple[Person, Chat]:
    """A person and a group they belong to."""
    person = person_of(world, user)
    group = world.chats.get(chat) if isinstance(chat, int) else None
    if group is None or group.is_private:
        raise PlayError(f"Tidak ada grup dengan id {chat}.", status=404)
    if person.id not in group.members:
        raise PlayError(f"{person.name} bukan anggota grup {group.title}.", status=409)
    return person, group


def place(world: World, *, user: Any, chat: Any = None) -> tuple[Person, Chat]:
    """Who speaks and where: the private chat with the bot unless a group is named."""
    if chat is not None and chat != user:
        return group_member(world, user=user, chat=chat)
    person = person_of(world, user)
    if person.is_deactivated:
        raise PlayError(f"Akun {person.name} sudah dinonaktifkan.", status=409)
    if person.is_blocking:
        raise PlayError(f"{person.name} memblokir bot ini. Buka blokirnya dulu.", status=409)
    return person, world.chats[person.id]


def speak(
    world: World,
    person: Person,
    chat: Chat,
    content: dict[str, Any],
    *,
    reply_to: Message | None = None,
) -> Message:
    """Put a person's message into the chat and queue its update."""
    if chat.is_private:
        person.is_started = True
    message = world.add_message(chat, sender=person, content=content, reply_to=reply_to)
    deliver_message(world, message)
    return message


def deliver_message(world: World, message: Message, *, kind: str = "message") -> int | None:
    """Queue a message for the bot if it may see it; in groups it sees only what concerns it."""
    if not message.chat.is_private and not _concerns_bot(world, message):
        return None
    body = {kind: message_object(message, bot=world.cast.bot)}
    number = world.updates.add(body, kind=kind, chat=message.chat.id, queue=message.chat.id, message=message)
    world.show_ledger()
    return number


def _concerns_bot(world: World, message: Message) -> bool:
    """The privacy mode of bots: commands, mentions, replies to the bot and service messages."""
    if message.chat.bot_status != "member":
        return False
    text = str(message.content.get("text", ""))
    is_reply = message.reply_to is not None and message.reply_to.is_from_bot
    if is_reply or "text" not in message.content:
        return True
    name = f"@{world.cast.bot.username}".lower()
    if name in text.lower():
        return True
    return text.startswith("/") and "@" not in text.split()[0]


def say(
    world: World,
    *,
    user: Any,
    text: str,
    chat: Any = None,
    reply_to: Any = None,
    is_forwarded: bool = False,
    is_via_bot: bool = False,
) -> list[Message]:
    """A person writes; a text over 4096 units is sent in parts, as the apps do it."""
    person, where = place(world, user=user, chat=chat)
    if has_lone_surrogates(text):
        raise PlayError("Pesan ini memuat karakter yang tidak utuh, jadi tidak dapat dikirim.")
    parts = split_text(tidy(text).strip())
    if not parts:
        raise PlayError("Pesan kosong tidak dapat dikirim.")
    marks = _marks(world, person, is_forwarded=is_forwarded, is_via_bot=is_via_bot)
    answered = where.messages.get(reply_to) if isinstance(reply_to, int) else None
    return [speak(world, person, where, text_content(part) | marks, reply_to=answered) for part in parts]


def _marks(world: World, person: Person, *, is_forwarded: bool, is_via_bot: bool) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    if is_forwarded:
        marks["forward_origin"] = forwarded_from(world, person)
    if is_via_bot:
        marks["via_bot"] = {"id": 7000000999, "is_bot": True, "first_name": "Gif", "username": "gif_bot"}
    return marks


def forwarded_from(world: World, person: Person) -> dict[str, Any]:
    """The origin of a forwarded message: another person of the cast, or somebody hidden."""
    date = int(world.clock.unix()) - 3600
    other = next((other for other in world.people.values() if other.id != person.id), None)
    if other is None:
        return {"type": "hidden_user", "date": date, "sender_user_name": "Seseorang"}
    return {"type": "user", "date": date, "sender_user": person_user(other)}


def text_content(text: str) -> dict[str, Any]:
    entities = find_entities(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def split_text(text: str) -> list[str]:
    """The text in parts of at most 4096 UTF-16 units, no character torn."""
    parts: list[str] = []
    part: list[str] = []
    units = 0
    for character in text:
        width = 2 if ord(character) > 0xFFFF else 1
        if units + width > TEXT_LIMIT:
            parts.append("".join(part))
            part, units = [], 0
        part.append(character)
        units += width
    return [*parts, "".join(part)] if part else parts


def edit(world: World, *, user: Any, message_id: Any, text: str) -> Message:
    """A person changes their own text."""
    person = person_of(world, user)
    message = world.find_message(message_id, seen_by=person)
    if message is None or message.is_deleted or message.sender is not person or "text" not in message.content:
        raise PlayError(f"{person.name} tidak punya pesan teks nomor {message_id} untuk diubah.", status=404)
    clean = tidy(text).strip()
    if not clean or has_lone_surrogates(clean):
        raise PlayError("Pesan tidak dapat diubah menjadi kosong.")
    kept = {name: value for name, value in message.content.items() if name not in {"text", "entities"}}
    message.content = kept | text_content(split_text(clean)[0])
    message.edit_date = int(world.clock.unix())
    world.show("edit", message)
    deliver_message(world, message, kind="edited_message")
    return message


def press(world: World, *, user: Any, message_id: Any, data: str) -> str:
    """A person taps an inline button; the data need not be on it, since a forged app can send anything."""
    person = person_of(world, user)
    message = world.find_message(message_id, seen_by=person)
    if message is None:
        raise PlayError(f"{person.name} tidak melihat pesan nomor {message_id}.", status=404)
    place(world, user=user, chat=message.chat.id)
    pressed = world.new_press(person, message)
    query = {
        "id": pressed.id,
        "from": person_user(person),
        "message": message_object(message, bot=world.cast.bot),
        "chat_instance": str(abs(message.chat.id) * 7919),
        "data": data,
    }
    world.updates.add(
        {"callback_query": query}, kind="callback_query", chat=message.chat.id, queue=("press", person.id)
    )
    world.show_ledger()
    return pressed.id


def start(world: World, *, user: Any, payload: str = "") -> Message:
    """A person taps Start (or Restart, which also unblocks)."""
    person = person_of(world, user)
    if person.is_blocking:
        block(world, user=user, is_blocking=False)
    text = f"/start {payload}".strip()
    return speak(world, person, world.chats[person.id], text_content(text))


def block(world: World, *, user: Any, is_blocking: bool) -> None:
    """A person blocks or unblocks the bot, which the bot hears as my_chat_member."""
    person = person_of(world, user)
    if person.is_blocking == is_blocking:
        return
    person.is_blocking = is_blocking
    old, new = ("member", "kicked") if is_blocking else ("kicked", "member")
    add_membership_update(world, world.chats[person.id], person_user(person), old=old, new=new)
    world.show_ledger()
