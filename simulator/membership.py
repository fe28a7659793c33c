"""The bot's own membership in chats, and the update that tells it of a change."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat, Person
from simulator.shapes import bot_user, chat_object, person_user
from simulator.world import World


def set_bot_status(world: World, group: Chat, by: Person | None, status: str) -> None:
    """Change what the bot is in a group, by a member or (None) by itself."""
    old, group.bot_status = group.bot_status, status
    actor = person_user(by) if by else bot_user(world.cast.bot)
    add_membership_update(world, group, actor, old=old, new=status)


def add_membership_update(world: World, chat: Chat, actor: dict[str, Any], *, old: str, new: str) -> None:
    """Queue the my_chat_member update of a change in the bot's own membership."""
    bot = bot_user(world.cast.bot)
    change = {
        "chat": chat_object(chat),
        "from": actor,
        "date": int(world.clock.unix()),
        "old_chat_member": _member(bot, old),
        "new_chat_member": _member(bot, new),
    }
    world.updates.add(
        {"my_chat_member": change}, kind="my_chat_member", chat=chat.id, queue=("membership", chat.id)
    )


def _member(bot: dict[str, Any], status: str) -> dict[str, Any]:
    return {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def bot_leaves(world: World, chat: Chat) -> None:
    """The bot goes by itself."""
    set_bot_status(world, chat, None, "left")
