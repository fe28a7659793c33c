"""Answering a button press: the small notice the person sees."""

from __future__ import annotations

from simulator.entities import utf16_length
from simulator.errors import bad_request
from simulator.methods.call import Call

NOTICE_LIMIT = 200


async def answer_callback_query(call: Call) -> bool:
    press = call.world.live_press(call.params.text("callback_query_id"))
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.params.text("text")
    if utf16_length(text) > NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    chat = press.message.chat.id if press.message else press.person.id
    call.record(chat=chat, message_id=press.message.message_id if press.message else None, text=text)
    call.world.events.publish(
        "toast",
        chat=chat,
        user=press.person.id,
        callback_id=press.id,
        text=text,
        alert=call.params.is_true("show_alert"),
    )
    return True
