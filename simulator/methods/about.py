"""About the bot and its chats: who it is, its commands, files, chats it is in."""

from __future__ import annotations

import json
import re
from typing import Any

from simulator.chats import Chat
from simulator.errors import bad_request
from simulator.files import DOWNLOAD_LIMIT
from simulator.membership import bot_leaves
from simulator.methods.call import Call, named_chat, reachable_chat
from simulator.shapes import bot_user, chat_object, person_user

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


async def get_me(call: Call) -> dict[str, Any]:
    return bot_user(call.world.cast.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def accept(_: Call) -> bool:
    """Settings that are taken and change nothing in the play."""
    return True


async def get_chat(call: Call) -> dict[str, Any]:
    chat = named_chat(call)
    return chat_object(chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }


async def get_chat_member(call: Call) -> dict[str, Any]:
    chat = reachable_chat(call)
    number = call.params.integer("user_id")
    if number == call.world.cast.bot.id:
        return {"user": bot_user(call.world.cast.bot), "status": "member"}
    person = call.world.people.get(number)
    if person is None:
        raise bad_request("user not found")
    return {"user": person_user(person), "status": _membership(chat, number)}


def _membership(chat: Chat, number: int) -> str:
    return "member" if number in chat.members else "left"


async def leave_chat(call: Call) -> bool:
    chat = reachable_chat(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot_leaves(call.world, chat)
    call.record(chat=chat.id)
    return True


async def set_my_commands(call: Call) -> bool:
    given = call.params.json("commands", what="bot commands")
    if not isinstance(given, list):
        raise bad_request("can't parse BotCommand: expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.world.commands[_place(call)] = [_command(item) for item in given]
    return True


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = str(item.get("command", "")).removeprefix("/"), str(item.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}


async def get_my_commands(call: Call) -> list[dict[str, str]]:
    return call.world.commands.get(_place(call), [])


async def delete_my_commands(call: Call) -> bool:
    call.world.commands.pop(_place(call), None)
    return True


def _place(call: Call) -> tuple[str, str]:
    scope = call.params.json("scope", what="bot command scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), call.params.text("language_code")


async def get_file(call: Call) -> dict[str, Any]:
    number = call.params.text("file_id")
    if not number:
        raise bad_request("file_id not specified")
    stored = call.world.files.by_id(number)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.facts() | {"file_path": stored.path}
