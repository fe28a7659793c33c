"""The methods of the pretend Bot API, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.methods import about, edits, messages, presses, receiving
from simulator.methods.call import Call

Method = Callable[[Call], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": about.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": edits.edit_message_text,
    "editMessageCaption": edits.edit_message_caption,
    "editMessageReplyMarkup": edits.edit_message_reply_markup,
    "deleteMessage": edits.delete_message,
    "deleteMessages": edits.delete_messages,
    "answerCallbackQuery": presses.answer_callback_query,
    "getFile": about.get_file,
    "getChat": about.get_chat,
    "getChatMember": about.get_chat_member,
    "leaveChat": about.leave_chat,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "deleteMyCommands": about.delete_my_commands,
    "setMyName": about.accept,
    "setMyDescription": about.accept,
    "setMyShortDescription": about.accept,
    "setChatMenuButton": about.accept,
    "close": about.accept,
    "logOut": about.accept,
}

BY_LOWER_NAME = {name.lower(): name for name in METHODS}
PACED = {
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
}
