"""Groups: the bot added or removed by a member, and a group becoming a supergroup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.cast import GroupEntry
from simulator.chats import Chat, Person, group_chat
from simulator.errors import PlayError
from simulator.membership import set_bot_status
from simulator.play import deliver_message, group_member
from simulator.shapes import bot_user
from simulator.world import World

CHANGES = ("add", "remove", "upgrade")


def change_group(world: World, *, user: int, chat: int, change: str) -> dict[str, Any]:
    """A member adds or removes the bot, or the group is upgraded; the new chat's id comes back."""
    person, group = group_member(world, user=user, chat=chat)
    if change == "add":
        set_bot_status(world, group, person, "member")
        _service(world, group, person, {"new_chat_members": [bot_user(world.cast.bot)]})
    elif change == "remove":
        set_bot_status(world, group, person, "kicked")
        world.add_message(group, sender=person, content={"left_chat_member": bot_user(world.cast.bot)})
    elif change == "upgrade":
        return {"chat": _upgrade(world, group, person).id}
    else:
        raise PlayError(f"A group can be changed by {', '.join(CHANGES)}, not by {change}.")
    return {"chat": group.id}


def _service(world: World, group: Chat, person: Person, content: dict[str, Any]) -> None:
    deliver_message(world, world.add_message(group, sender=person, content=content))


def _upgrade(world: World, group: Chat, person: Person) -> Chat:
    if group.kind != "group":
        raise PlayError("Only a basic group can be upgraded, and only once.")
    entry = GroupEntry(id=int(f"-100{abs(group.id)}"), title=group.title, members=tuple(group.members))
    successor = group_chat(replace(entry, has_bot=group.bot_status == "member"))
    world.chats[successor.id] = successor
    _service(world, group, person, {"migrate_to_chat_id": successor.id})
    _service(world, successor, person, {"migrate_from_chat_id": group.id})
    group.migrated_to = successor.id
    return successor
