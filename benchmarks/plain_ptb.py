"""The smallest bot as python-telegram-bot documents it, for comparison: it answers every text. Run as a process."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text("Halo")


def main() -> None:
    api = os.environ["PIKET_TELEGRAM_API"]
    application = (
        Application.builder().token(os.environ["PIKET_TELEGRAM_TOKEN"]).base_url(f"{api}/bot").build()
    )
    application.add_handler(MessageHandler(filters.ALL, answer))
    application.run_polling()


if __name__ == "__main__":
    main()
