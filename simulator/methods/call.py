"""One call of the pretend Bot API, and who it goes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.chats import Chat, Message
from simulator.errors import ApiError, bad_request, forbidden
from simulator.ledger import Delivery
from simulator.params import Params
from simulator.shapes import message_object
from simulator.world import World


@dataclass(slots=True)
class Call:
    """The world it happens in, its method and parameters, and what it wrote into the ledger.

    `execute` runs another call, given as JSON with its method in it: a webhook's answer may hold one.
    """

    world: World
    method: str
    params: Params
    execute: Callable[[dict[str, Any]], Awaitable[None]]
    via: str = "request"
    rows: list[Delivery] = field(default_factory=list)

    def record(self, *, chat: int | None, message_id: int | None = None, text: str | None = None) -> None:
        """Write the call down as accepted."""
        row = self.world.ledger.accept(
            at=self.world.clock.real(),
            method=self.method,
            chat=chat,
            message_id=message_id,
            text=text,
            payload=self.params.payload(),
            via=self.via,
        )
        self.rows.append(row)
        self.world.show_ledger()

    def answer_message(self, message: Message) -> dict[str, Any]:
        return message_object(message, bot=self.world.cast.bot)


def named_chat(call: Call) -> Chat:
    """The chat that chat_id names; ApiError when there is none or it has moved."""
    given = call.params.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    chat = call.world.chats.get(call.params.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": chat.migrated_to},
        )
    return chat


def reachable_chat(call: Call) -> Chat:
    """The named chat if the bot may write to it now."""
    chat = named_chat(call)
    refusal = _private_refusal(chat) if chat.is_private else _group_refusal(chat)
    if refusal is not None:
        raise refusal
    return chat


def _private_refusal(chat: Chat) -> ApiError | None:
    person = chat.person
    if person is None or person.is_deactivated:
        return forbidden("user is deactivated")
    if person.is_blocking:
        return forbidden("bot was blocked by the user")
    if not person.is_started:
        return forbidden("bot can't initiate conversation with a user")
    return None


def _group_refusal(chat: Chat) -> ApiError | None:
    name = f"{chat.kind} chat"
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {name}")
    return (
        None
        if chat.bot_status in {"member", "administrator"}
        else forbidden(f"bot is not a member of the {name}")
    )


def replied_message(call: Call, chat: Chat) -> Message | None:
    """The message that this one answers; ApiError when it is gone and the call insists."""
    given = call.params.json("reply_parameters", what="reply parameters") or {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    number = given.get("message_id") or call.params.integer("reply_to_message_id")
    if not number:
        return None
    message = chat.messages.get(number) if isinstance(number, int) else None
    if message is not None and not message.is_deleted:
        return message
    if given.get("allow_sending_without_reply") or call.params.is_true("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
