"""reply_markup checked as the platform checks it: inline keyboards, reply keyboards and their removal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from simulator.chats import Chat, InlineRows
from simulator.errors import ApiError, bad_request
from simulator.params import Params

BUTTON_LIMIT = 100
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_STYLES = (None, "", "danger", "success", "primary")
_PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
}


@dataclass(frozen=True, slots=True)
class Markup:
    """What a message brings: buttons under it, a keyboard for the chat, or the removal of that keyboard."""

    inline: InlineRows | None = None
    keyboard: dict[str, Any] | None = None
    removes_keyboard: bool = False


def read_markup(params: Params, *, chat: Chat) -> Markup:
    """The checked reply_markup of a call; ApiError 400 when the platform would refuse it."""
    given = params.json("reply_markup", what="reply keyboard markup")
    if given is None:
        return Markup()
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return Markup(inline=_inline_rows(given["inline_keyboard"]))
    if "keyboard" in given:
        return Markup(keyboard=_reply_keyboard(given, chat=chat))
    return Markup(removes_keyboard=given.get("remove_keyboard") is True)


def _rows(given: Any, *, button: str) -> list[list[Any]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(
            f"can't parse {button}: expected an Array of Array of {button.title().replace(' ', '')}"
        )
    rows = [row for row in given if row]
    if sum(len(row) for row in rows) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return rows


def _inline_rows(given: Any) -> InlineRows | None:
    rows = [[_inline_button(item) for item in row] for row in _rows(given, button="inline keyboard button")]
    return rows or None


def _inline_button(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise _bad_button("expected an Object")
    if not isinstance(item.get("text"), str):
        raise _bad_button('Field "text" must be of type String')
    if not item["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if item.get("style") not in _STYLES:
        raise _bad_button("invalid button style specified")
    if not any(name in item for name in _ACTIONS):
        raise _bad_button("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in item and not 1 <= _byte_length(item["callback_data"]) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in item and not re.match(r"(https?://|tg://|ton://|mailto:|tel:)?[^\s/]+", str(item["url"])):
        raise bad_request(f"inline keyboard button URL '{item['url']}' is invalid: Wrong HTTP URL")
    return item


def _bad_button(text: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {text}")


def _byte_length(data: Any) -> int:
    return len(data.encode("utf-8", "surrogatepass")) if isinstance(data, str) else 0


def _reply_keyboard(given: dict[str, Any], *, chat: Chat) -> dict[str, Any]:
    rows = [
        [_key(item, chat=chat) for item in row] for row in _rows(given["keyboard"], button="keyboard button")
    ]
    if not rows:
        raise bad_request("reply keyboard must be non-empty")
    return {
        "rows": rows,
        "one_time": given.get("one_time_keyboard") is True,
        "resize": given.get("resize_keyboard") is True,
        "placeholder": str(given.get("input_field_placeholder") or "")[:64] or None,
    }


def _key(item: Any, *, chat: Chat) -> dict[str, Any]:
    button = {"text": item} if isinstance(item, str) else item
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    for name, words in _PRIVATE_ONLY.items():
        if button.get(name) is True and not chat.is_private:
            raise bad_request(words)
    return {"text": button["text"], "request_contact": button.get("request_contact") is True}
