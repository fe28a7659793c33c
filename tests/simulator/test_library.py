"""python-telegram-bot's own Bot holds a conversation over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from tests.simulator.conftest import ANA, TOKEN, Play
from tests.simulator.test_people import PNG


@pytest.fixture
async def bot(play: Play) -> AsyncIterator[telegram.Bot]:
    base = f"{play.address}/bot"
    async with telegram.Bot(TOKEN, base_url=base, base_file_url=f"{play.address}/file/bot") as bot:
        yield bot


async def test_a_conversation_from_start_to_toast(play: Play, bot: telegram.Bot) -> None:
    assert bot.username == "piket_demo_bot"
    await play.page("start", user=ANA)
    (update,) = await bot.get_updates(timeout=1)
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="y")]])
    sent = await bot.send_message(ANA, "Halo <b>Ana</b>", parse_mode="HTML", reply_markup=keys)
    await play.page("press", user=ANA, message_id=sent.message_id, data="y")
    (press,) = await bot.get_updates(offset=update.update_id + 1, timeout=1)
    assert press.callback_query is not None
    assert await press.callback_query.answer("Tercatat", show_alert=True)
    edited = await bot.edit_message_text("Tercatat.", ANA, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None


async def test_files_go_both_ways(play: Play, bot: telegram.Bot) -> None:
    sent = await bot.send_document(
        ANA, b"a;b\n1;2\n", filename="rekap.csv", caption="<i>Rekap</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("rekap.csv", "Rekap")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a;b\n1;2\n"
    photo = await bot.send_photo(ANA, PNG)
    again = await bot.send_photo(ANA, photo.photo[-1].file_id)
    assert again.photo[-1].file_size == len(PNG)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ANA, b"not a picture")
    with pytest.raises(telegram.error.BadRequest, match="caption is too long"):
        await bot.send_document(ANA, b"x", caption="x" * 1025)


async def test_settings_and_chats_are_understood(play: Play, bot: telegram.Bot) -> None:
    await bot.set_my_commands([("hari_ini", "WFO hari ini?")], language_code="id")
    assert [row.command for row in await bot.get_my_commands(language_code="id")] == ["hari_ini"]
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([("Hari-Ini", "x")])
    assert (await bot.get_chat(ANA)).first_name == "Ana"
    assert await bot.send_chat_action(ANA, "typing")
    keys = ReplyKeyboardMarkup([["Sehat"]], resize_keyboard=True, input_field_placeholder="Pilih")
    assert await bot.send_message(
        ANA, "x", reply_markup=keys, protect_content=True, disable_notification=True
    )
    assert (await bot.get_webhook_info()).url == ""


async def test_refusals_become_the_librarys_own_errors(
    play: Play, bot: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await play.page("faults", fail=[{"method": "sendMessage", "kind": "429", "retry_after": 2282}])
    with pytest.raises(telegram.error.RetryAfter) as caught:
        await bot.send_message(ANA, "x")
    assert caught.value.retry_after == timedelta(seconds=2282)
    await play.page("block", user=ANA, blocked=True)
    with pytest.raises(telegram.error.Forbidden):
        await bot.send_message(ANA, "x")
    await play.page("faults", platform_down=True)
    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(ANA, "x")
