"""The check-in with python-telegram-bot: `documented`, `stored` (a report is inserted), or `durable` (before the 2xx).

The built-in webhook needs tornado; the documented custom webhook does the same: into the queue, and acknowledge.
"""

import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from typing import Any

import aiosqlite
from aiohttp import web
from telegram import ReplyKeyboardMarkup, Update
from telegram.ext import (
    Application,
    BasePersistence,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.checkin import script
from benchmarks.checkin.bots import common
from benchmarks.checkin.bots.ptb_persistence import SqlitePersistence

ANSWERING, CONFIRMING = range(2)
Bot = Application[Any, Any, Any, Any, Any, Any]
Handling = ConversationHandler[ContextTypes.DEFAULT_TYPE]


def _keyboard(rows: list[list[str]]) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(rows, resize_keyboard=True)


class CheckIn:
    """The conversation. Without a connection, what was said is kept in user_data, as in the documented example."""

    def __init__(self, connection: aiosqlite.Connection | None) -> None:
        self._connection = connection

    async def begin(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        await update.message.reply_text(script.QUESTIONS, reply_markup=_keyboard(script.QUESTION_ROWS))
        return ANSWERING

    async def take(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        assert context.user_data is not None
        context.user_data["answers"] = common.ANSWERS
        await update.message.reply_text(script.CONFIRM, reply_markup=_keyboard(script.CONFIRM_ROWS))
        return CONFIRMING

    async def send(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        assert context.user_data is not None
        answers = context.user_data.pop("answers")
        if self._connection is None:
            context.user_data.setdefault("reports", []).append(answers)
            code = common.new_code()
        else:
            code = await common.save(self._connection, chat=update.message.chat_id)
        text = script.SAVED.format(code=code)
        await update.message.reply_text(text, reply_markup=_keyboard(script.MENU_ROWS))
        return ConversationHandler.END

    def handler(self) -> Handling:
        first, second, third = (filters.Regex(f"^{tap}$") for tap in script.TAPS)
        return ConversationHandler(
            entry_points=[MessageHandler(first, self.begin)],
            states={
                ANSWERING: [MessageHandler(second, self.take)],
                CONFIRMING: [MessageHandler(third, self.send)],
            },
            fallbacks=[MessageHandler(filters.Regex("^Batal$"), self.begin)],
            name="health",
            persistent=True,
            allow_reentry=True,
        )


def _acknowledge_first(app: Bot) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    return _site(take)


def _commit_first(app: Bot, persistence: SqlitePersistence) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        await app.process_update(Update.de_json(await request.json(), app.bot))
        await app.update_persistence()
        await persistence.flush()
        return web.Response()

    return _site(take)


def _site(take: Any) -> web.Application:
    site = web.Application()
    site.router.add_post("/telegram", take)
    return site


def _built(place: common.Place, persistence: "BasePersistence[Any, Any, Any]") -> Bot:
    builder = Application.builder().token(place.token).base_url(f"{place.api}/bot")
    return builder.updater(None).persistence(persistence).build()


async def main(way: str) -> None:
    """Serve until asked to stop."""
    place, stop = common.place(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with AsyncExitStack() as stack:
        connection = None if way == "documented" else await common.opened(place.file)
        if connection is not None:
            stack.push_async_callback(connection.close)
        if way == "durable" and connection is not None:
            kept = SqlitePersistence(connection)
            app = _built(place, kept)
            site = _commit_first(app, kept)
        else:
            app = _built(place, PicklePersistence(filepath=place.pickle))
            site = _acknowledge_first(app)
        app.add_handler(CheckIn(connection).handler())
        await stack.enter_async_context(app)
        await app.start()
        stack.push_async_callback(app.stop)
        await common.serve(site, place)
        await app.bot.set_webhook(place.url)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
