"""The same errand in a bot written the way python-telegram-bot documents it, for comparison.

Run as a process: an Application with the Updater's polling, a ConversationHandler and PicklePersistence, every
setting as it comes. What was saved is kept in user_data.
"""

import os
import secrets

from telegram import ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

ITEM, CONFIRM = range(2)


async def begin(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    await update.message.reply_text("Apa rencana kerja Anda hari ini?", reply_markup=ReplyKeyboardRemove())
    return ITEM


async def take_item(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["draft"] = update.message.text
    keyboard = ReplyKeyboardMarkup([["Simpan", "Batal"]], one_time_keyboard=True, resize_keyboard=True)
    await update.message.reply_text(f"Simpan rencana ini?\n{update.message.text}", reply_markup=keyboard)
    return CONFIRM


async def save(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    assert context.user_data is not None
    item = context.user_data["draft"]
    context.user_data.setdefault("reports", []).append(item)
    code = secrets.token_hex(3).upper()
    await update.message.reply_text(f"Tersimpan: {item}\nKode {code}", reply_markup=ReplyKeyboardRemove())
    return ConversationHandler.END


async def cancel(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    await update.message.reply_text("Dibatalkan.", reply_markup=ReplyKeyboardRemove())
    return ConversationHandler.END


def application() -> "Application":  # type: ignore[type-arg]  # its six parameters say nothing here
    """Put the bot together from the environment: PTB_TOKEN, PTB_API, PTB_FILE."""
    app = (
        ApplicationBuilder()
        .token(os.environ["PTB_TOKEN"])
        .base_url(f"{os.environ['PTB_API']}/bot")
        .persistence(PicklePersistence(filepath=os.environ["PTB_FILE"]))
        .build()
    )
    begins = MessageHandler(filters.Regex("^Rencana kerja$"), begin)
    words = filters.TEXT & ~filters.COMMAND & ~filters.Regex("^Rencana kerja$")
    conversation = ConversationHandler(
        entry_points=[begins],
        states={
            ITEM: [MessageHandler(words, take_item)],
            CONFIRM: [MessageHandler(filters.Regex("^Simpan$"), save)],
        },
        fallbacks=[CommandHandler("cancel", cancel), MessageHandler(filters.Regex("^Batal$"), cancel)],
        name="plan",
        persistent=True,
        allow_reentry=True,
    )
    app.add_handler(conversation)
    return app


if __name__ == "__main__":
    application().run_polling()
