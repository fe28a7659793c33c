"""The check-in with aiogram: `documented` (MemoryStorage, handled in the background) or `durable` (before the 2xx)."""

import asyncio
import signal
import sys

import aiosqlite
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.checkin import script
from benchmarks.checkin.bots import common
from benchmarks.checkin.bots.aiogram_storage import SqliteStorage


class Health(StatesGroup):
    answering = State()
    confirming = State()


router = Router()
BEGIN, TAKE, SEND = script.TAPS


def _keyboard(rows: list[list[str]]) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=text) for text in row] for row in rows], resize_keyboard=True
    )


@router.message(F.text == BEGIN)
async def begin(message: Message, state: FSMContext, connection: aiosqlite.Connection) -> None:
    await state.set_state(Health.answering)
    await connection.commit()  # where states are in memory there is nothing to commit
    await message.answer(script.QUESTIONS, reply_markup=_keyboard(script.QUESTION_ROWS))


@router.message(Health.answering, F.text == TAKE)
async def take(message: Message, state: FSMContext, connection: aiosqlite.Connection) -> None:
    await state.update_data(answers=common.ANSWERS)
    await state.set_state(Health.confirming)
    await connection.commit()
    await message.answer(script.CONFIRM, reply_markup=_keyboard(script.CONFIRM_ROWS))


@router.message(Health.confirming, F.text == SEND)
async def send(message: Message, state: FSMContext, connection: aiosqlite.Connection) -> None:
    await state.clear()
    code = await common.save(connection, chat=message.chat.id)
    await message.answer(script.SAVED.format(code=code), reply_markup=_keyboard(script.MENU_ROWS))


async def main(way: str) -> None:
    """Serve until asked to stop."""
    place, stop = common.place(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    connection = await common.opened(place.file)
    bot = Bot(place.token, session=AiohttpSession(api=TelegramAPIServer.from_base(place.api)))
    is_durable = way == "durable"
    dispatcher = Dispatcher(storage=SqliteStorage(connection) if is_durable else MemoryStorage())
    dispatcher.include_router(router)
    site = web.Application()
    handler = (
        SimpleRequestHandler(dispatcher, bot, handle_in_background=False, connection=connection)
        if is_durable
        else SimpleRequestHandler(dispatcher, bot, connection=connection)
    )
    handler.register(site, path="/telegram")
    setup_application(site, dispatcher, bot=bot)
    await common.serve(site, place)
    await bot.set_webhook(place.url)
    await stop.wait()
    await bot.session.close()
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
