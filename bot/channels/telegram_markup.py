"""Choices as Telegram shows them: a keyboard in place of typing, buttons below a message, or neither."""

from collections.abc import Sequence
from typing import Any

from bot.channels.base import Outgoing, Shown
from handlers.update import Look

MOST_BUTTONS = 100
_ROOM = {1: 64, 2: 18, 3: 10}  # the longest label, in characters, that is readable with so many in a row

Markup = dict[str, Any]  # as the Bot API has it: the library's own classes cost as much as the sending


def markup_of(message: Outgoing) -> Markup | None:
    """Return what to show beside the text; None leaves an earlier keyboard as it is."""
    shown = message.shown[:MOST_BUTTONS]
    if shown and (message.look is Look.KEYBOARD or any(choice.asks_contact for choice in shown)):
        keys = [[_key(choice) for choice in row] for row in rows(shown)]
        return {"keyboard": keys, "resize_keyboard": True, "is_persistent": True}
    if shown:
        buttons = [[{"text": c.label, "callback_data": c.data} for c in row] for row in rows(shown)]
        return {"inline_keyboard": buttons}
    return {"remove_keyboard": True} if message.removes_keyboard else None


def _key(choice: Shown) -> Markup:
    return {"text": choice.label, **({"request_contact": True} if choice.asks_contact else {})}


def rows(shown: Sequence[Shown]) -> list[list[Shown]]:
    """Return the choices in their order, as many in a row as their labels leave room for."""
    made: list[list[Shown]] = []
    for choice in shown:
        if made and _fits([*made[-1], choice]):
            made[-1].append(choice)
        else:
            made.append([choice])
    return made


def _fits(row: Sequence[Shown]) -> bool:
    return all(len(choice.label) <= _ROOM.get(len(row), 0) for choice in row)
