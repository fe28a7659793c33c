"""Telegram: python-telegram-bot's types and Bot, over our own requests; every failure comes back as a fact."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import telegram
from telegram.error import TelegramError

from bot.channels import telegram_files
from bot.channels.base import Capabilities, FetchFailure, Outgoing, SendFailure, Sent
from bot.channels.telegram_errors import (
    ChannelAway,
    ChannelDown,
    Conflict,
    failure_of,
    has_nothing_to_edit,
    is_not_modified,
    trouble_of,
)
from bot.channels.telegram_http import TOTAL_SECONDS, SilentLogger, TelegramHttp
from bot.channels.telegram_markup import Markup, markup_of
from bot.channels.telegram_updates import ALLOWED_UPDATES, CHANNEL, parse
from bot.polling import Fetched, PollFailure, PollTrouble
from handlers.update import Update

__all__ = ["CAPABILITIES", "ChannelAway", "ChannelDown", "Conflict", "TelegramChannel", "parse"]

API = "https://api.telegram.org"
CAPABILITIES = Capabilities(
    markup="html",
    text_units=4096,
    has_keyboards=True,
    asks_contact=True,
    edits=True,
    buttons=100,
    button_chars=64,
    list_rows=0,
    row_chars=0,
)
TOAST_CHARS = 200
MOST_WEBHOOK_CONNECTIONS = 40
_POLL_MARGIN = 10.0

T = TypeVar("T")


class QuietBot(telegram.Bot):
    """The library's Bot without its log, which at DEBUG holds the token and every text."""

    __slots__ = ()
    _LOGGER = SilentLogger()


@dataclass(frozen=True, kw_only=True)
class Me:
    """Who the token makes us."""

    id: int
    username: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """What Telegram knows of our webhook; an empty url means that there is none."""

    url: str
    waiting: int
    last_error: str
    last_error_at: datetime | None


class TelegramChannel:
    """One bot on Telegram. `now` tells when a pressed button arrived: presses carry no time."""

    name = CHANNEL
    capabilities = CAPABILITIES

    def __init__(
        self,
        token: str,
        *,
        now: Callable[[], datetime],
        api: str = API,
        username: str = "",
        trust_env: bool = False,
        deadline: float = TOTAL_SECONDS,
    ) -> None:
        self._token = token
        self._now = now
        self._username = username
        self._requests = TelegramHttp(total=deadline, trust_env=trust_env)
        self._polling = TelegramHttp(trust_env=trust_env)  # long polls must not take the senders' connections
        self._bot = QuietBot(
            token,
            base_url=f"{api.rstrip('/')}/bot",
            base_file_url=f"{api.rstrip('/')}/file/bot",
            request=self._requests,
            get_updates_request=self._polling,
        )

    def __repr__(self) -> str:
        return f"TelegramChannel({self._username or 'not asked yet'})"

    def parse(self, body: bytes, *, received_at: datetime | None = None) -> Sequence[Update]:
        """Return the update in `body`, or none when it is for another bot. Raises Malformed."""
        return parse(body, received_at=received_at or self._now(), username=self._username)

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        """Send one message, as HTML unless its text is the plain one. Never raises."""
        try:
            result = Sent(key=await self._sent(message))
        except TelegramError as error:
            return self._failure(error)
        except (KeyError, TypeError, AttributeError, ValueError):
            result = Sent(key="")  # the platform said yes, in a form that this release cannot read
        if message.leaves:
            with suppress(TelegramError):
                await self._bot.leave_chat(_chat(message.address))
        return result

    async def _sent(self, message: Outgoing) -> str:
        markup = markup_of(message)
        if message.attachment is None:
            return str((await self._call("sendMessage", _shape(message, markup)))["message_id"])
        chat, caption, dress = _chat(message.address), message.text or None, _dress(message)
        sent = await telegram_files.send(
            self._bot, chat, message.attachment, caption=caption, parse_mode=dress, reply_markup=markup
        )
        return str(sent.message_id)

    async def edit(self, key: str, message: Outgoing) -> Sent | SendFailure:
        """Replace a message that was sent under `key`; sent anew when it is gone. Never raises."""
        markup = markup_of(message) or {}
        buttons = markup if "inline_keyboard" in markup else None
        try:
            await self._call("editMessageText", {"message_id": key, **_shape(message, buttons)})
        except TelegramError as error:
            if has_nothing_to_edit(error):
                return await self.send(message)
            if not is_not_modified(error):
                return self._failure(error)
        return Sent(key=key)

    async def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        """Return the bytes of a photo or document that somebody sent. Never raises."""
        failure = await telegram_files.fetch(self._requests, self._bot, key, most=most)
        if isinstance(failure, bytes):
            return failure
        return replace(failure, says=failure.says.replace(self._token, "…"))

    async def acknowledge(self, callback: str, text: str) -> None:
        """Stop a pressed button's spinner. A press that is too old has no spinner left; nothing else matters."""
        with suppress(TelegramError):
            await self._bot.answer_callback_query(callback, text=text[:TOAST_CHARS] or None)

    async def updates(self, *, offset: int | None, seconds: int) -> Sequence[Fetched] | PollFailure:
        """Return what is there from update `offset` on, waiting up to `seconds` for the first. Never raises."""
        asked = {"timeout": str(seconds), "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if offset is not None:
            asked["offset"] = str(offset)
        try:
            url = f"{self._bot.base_url}/getUpdates"  # the library's own would read them, and one bad one ends all
            found = await self._polling.call(url, asked, seconds=seconds + _POLL_MARGIN)
        except TelegramError as error:
            return _poll_failure(self._trouble(error))
        try:
            return [Fetched(number=each["update_id"], body=json.dumps(each).encode()) for each in found]
        except (KeyError, TypeError):
            return PollFailure(trouble=PollTrouble.AWAY, says="an answer that is not a list of updates")

    async def me(self) -> Me:
        """Return who we are. Raises ChannelDown for a wrong token, ChannelAway when nobody answers."""
        user = await self._asked(self._bot.get_me())
        self._username = user.username or ""
        return Me(id=user.id, username=self._username, name=user.full_name)

    async def set_commands(self, commands: Mapping[str, str], *, locale: str | None = None) -> None:
        """Show these commands (name: what it does) in private chats; `locale` None is for everybody else."""
        listed = [telegram.BotCommand(name, words) for name, words in commands.items()]
        await self._asked(
            self._bot.set_my_commands(
                listed, scope=telegram.BotCommandScopeAllPrivateChats(), language_code=locale
            )
        )

    async def set_webhook(self, url: str, *, secret: str) -> None:
        """Have Telegram bring updates to `url` with `secret`. What waits there is kept."""
        await self._asked(
            self._bot.set_webhook(
                url,
                secret_token=secret,
                allowed_updates=list(ALLOWED_UPDATES),
                max_connections=MOST_WEBHOOK_CONNECTIONS,
            )
        )

    async def delete_webhook(self) -> None:
        """Have Telegram wait to be asked. What waits there is kept."""
        await self._asked(self._bot.delete_webhook())

    async def webhook_info(self) -> Webhook:
        """Return what Telegram knows of our webhook."""
        info = await self._asked(self._bot.get_webhook_info())
        return Webhook(
            url=info.url,
            waiting=info.pending_update_count,
            last_error=info.last_error_message or "",
            last_error_at=info.last_error_date,
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._requests.shutdown()
        await self._polling.shutdown()

    async def _call(self, method: str, parameters: Mapping[str, str]) -> Any:
        """Call what is called for every message; the library's own way there takes twice the processor."""
        return await self._requests.call(f"{self._bot.base_url}/{method}", parameters)

    async def _asked(self, call: Awaitable[T]) -> T:
        try:
            return await call
        except TelegramError as error:
            raise self._trouble(error) from None

    def _failure(self, error: TelegramError) -> SendFailure:
        failure = failure_of(error)
        return replace(failure, says=failure.says.replace(self._token, "…"))

    def _trouble(self, error: TelegramError) -> ChannelDown | ChannelAway | Conflict:
        trouble = trouble_of(error)
        trouble.args = tuple(str(arg).replace(self._token, "…") for arg in trouble.args)
        return trouble


def _poll_failure(trouble: ChannelDown | ChannelAway | Conflict) -> PollFailure:
    if isinstance(trouble, ChannelAway):
        return PollFailure(trouble=PollTrouble.AWAY, says=str(trouble), seconds=trouble.seconds)
    kind = PollTrouble.CONFLICT if isinstance(trouble, Conflict) else PollTrouble.DOWN
    return PollFailure(trouble=kind, says=str(trouble))


def _chat(address: str) -> int | str:
    return int(address) if address.lstrip("-").isdecimal() else address


def _dress(message: Outgoing) -> str | None:
    return None if message.text == message.plain else telegram.constants.ParseMode.HTML.value


def _shape(message: Outgoing, markup: Markup | None) -> dict[str, str]:
    """Return a message as the Bot API takes it."""
    shape = {"chat_id": message.address, "text": message.text}
    if dress := _dress(message):
        shape["parse_mode"] = dress
    if markup is not None:
        shape["reply_markup"] = json.dumps(markup, ensure_ascii=False, separators=(",", ":"))
    return shape
