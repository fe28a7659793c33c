"""Telegram: python-telegram-bot's types and Bot, over our own requests; every failure comes back as a fact."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

import telegram
from telegram.error import TelegramError

from bot.channels.base import Capabilities, Outgoing, SendFailure, Sent
from bot.channels.telegram_errors import (
    failure_of,
    has_nothing_to_edit,
    is_not_modified,
    trouble_of,
)
from bot.channels.telegram_http import SilentLogger, TelegramHttp
from bot.channels.telegram_markup import markup_of
from bot.channels.telegram_updates import ALLOWED_UPDATES, CHANNEL, parse

__all__ = ["TELEGRAM", "TelegramChannel", "parse"]
