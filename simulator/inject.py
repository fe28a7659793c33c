"""Raw updates put in by tests: whatever they hold, they get a number and are delivered as they are."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from simulator.cast import PersonEntry
from simulator.chats import Chat, Message, Person
from simulator.errors import PlayError
from simulator.world import World

GROUP_KINDS = ("group", "supergroup", "channel")


def inject(world: World, updates: Any) -> list[int | None]:
    """Queue raw updates; senders nobody knows join as strangers, so that they can be answered."""
    if not isinstance(updates, list) or not all(isinstance(row, dict) and row for row in updates):
        raise PlayError('Give {"updates": [ … ]} with one JSON object for each update.')
    numbers = [_inject_one(world, row) for row in updates]
    world.show_ledger()
    return numbers


def _inject_one(world: World, row: dict[str, Any]) -> int | None:
    body = {name: value for name, value in row.items() if name != "update_id"}
    kind = next(iter(body), "")
    facts = _mapping(body.get(kind))
    _meet_group(world, facts)
    person = _sender(world, facts)
    chat = _chat_id(facts)
    message = _remember(world, kind, facts, person, chat)
    if kind == "callback_query" and person is not None:
        pressed = world.find_message(_mapping(facts.get("message")).get("message_id"), seen_by=person)
        world.new_press(person, pressed, press_id=str(facts.get("id", "")))
    queue = _queue(kind, chat, person)
    return world.updates.add(body, kind=kind, chat=chat, queue=queue, message=message, is_forced=True)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _meet_group(world: World, facts: dict[str, Any]) -> None:
    """A group that nobody knew is taken in, with the bot as a member."""
    given = _mapping(facts.get("chat"))
    number, kind = given.get("id"), given.get("type")
    if isinstance(number, int) and number not in world.chats and kind in GROUP_KINDS:
        world.chats[number] = Chat(id=number, kind=str(kind), title=str(given.get("title", "")))


def _sender(world: World, facts: dict[str, Any]) -> Person | None:
    user = facts.get("from")
    if not isinstance(user, dict) or not isinstance(user.get("id"), int) or user.get("is_bot"):
        return None
    entry = PersonEntry(
        id=user["id"],
        first_name=str(user.get("first_name") or "Tamu"),
        last_name=str(user.get("last_name") or ""),
        username=str(user.get("username") or ""),
        language_code=str(user.get("language_code") or ""),
    )
    return world.meet(entry)


def _chat_id(facts: dict[str, Any]) -> int | None:
    for holder in (facts.get("chat"), _mapping(facts.get("message")).get("chat"), facts.get("from")):
        number = _mapping(holder).get("id")
        if isinstance(number, int):
            return number
    return None


def _remember(
    world: World, kind: str, facts: dict[str, Any], person: Person | None, chat_id: int | None
) -> Message | None:
    """Keep an injected private message in its chat, so that it can be shown and replied to."""
    number, chat = facts.get("message_id"), world.chats.get(chat_id or 0)
    if person is None or chat is None or not chat.is_private:
        return None
    person.is_started = True
    if kind != "message" or not isinstance(number, int) or number in chat.messages:
        return None
    frame = {"message_id", "from", "chat", "date", "reply_to_message"}
    content = {name: value for name, value in facts.items() if name not in frame}
    date = facts["date"] if isinstance(facts.get("date"), int) else None
    return world.add_message(chat, sender=person, content=content, message_id=number, date=date)


def _queue(kind: str, chat: int | None, person: Person | None) -> Hashable:
    if kind == "callback_query" and person is not None:
        return ("press", person.id)
    return chat if kind in {"message", "edited_message"} else (kind, chat)
