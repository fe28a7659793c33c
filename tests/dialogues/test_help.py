"""Help by situation: short, with the way on, in the middle of a form, and for who is not registered yet."""

import pytest

from bot.cutting import units
from bot.templating import LOCALES, Templates
from handlers.help import SITUATIONS
from tests.chat import Player


@pytest.mark.parametrize("topic", SITUATIONS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_situation_is_answered_shortly(locale: str, topic: str) -> None:
    assert 0 < units(Templates().word(f"help/{topic}", {}, locale=locale, markup="plain")) <= 600


async def test_each_situation_leads_to_what_it_speaks_of(ana: Player) -> None:
    await ana.says("/bantuan")
    ana.sees("Yang bisa saya bantu", "24 jam")
    assert len(ana.choices) == len(SITUATIONS) == 9
    await ana.taps("Izin atau cuti")
    ana.sees("Pengajuan saya")
    await ana.taps("Izin dan cuti")
    ana.sees("Anda akan mengajukan apa?")


async def test_situations_are_found_by_their_number_and_by_words(ana: Player) -> None:
    """I11"""
    for typed, told in (
        ("bantuan sakit", "Sedang sakit"),
        ("salah kirim", "Tidak apa-apa"),
        ("lupa kemarin", "hasil kemarin"),
        ("/bantuan izin", "Izin, cuti, dinas luar"),
        ("bantuan wfo", "tidak menebak"),
    ):
        await ana.says(typed)
        ana.sees(told)
    await ana.says("bantuan")
    await ana.says("6")
    ana.sees("Tidak ada sinyal")


async def test_help_in_the_middle_of_a_form_leaves_it_where_it_is(ana: Player) -> None:
    """I17"""
    await ana.says("cuti 22-24 Juni")
    for typed in ("bantuan", "bantuan izin", "/bantuan sakit"):
        await ana.says(typed)
        ana.sees("Ajukan ini?", "22 Juni 2020")
    await ana.taps("Ajukan")
    ana.sees("Sudah diajukan")


async def test_help_is_heard_also_where_words_are_awaited(ana: Player) -> None:
    """I17"""
    await ana.says("tanya")
    await ana.says("bantuan")
    ana.sees("Yang bisa saya bantu", "Apa pertanyaan Anda?")
    await ana.says("bantuan sosial itu apa?")
    ana.sees("Kirim ini?")


async def test_a_stranger_reads_how_to_register(eko: Player) -> None:
    for typed in ("bantuan", "/bantuan", "/help"):
        await eko.says(typed)
        eko.sees("Selamat datang di Piket" if eko.locale == "id" else "Welcome", "NIP")
        eko.sees_no("Izin, cuti")


async def test_the_language_changes_in_the_middle_of_a_form_and_the_form_stays(ana: Player) -> None:
    """I17"""
    await ana.says("cuti 22-24 Juni")
    await ana.says("/bahasa")
    ana.sees("Ajukan ini?")
    await ana.taps("English")
    ana.sees("from now on I use English", "Ask for this?", "Annual leave")
    await ana.taps("Ask for it")
    ana.sees("Your request is in")


async def test_a_language_named_at_once_asks_again_in_it(ana: Player) -> None:
    """I17"""
    await ana.says("/izin")
    await ana.says("/language english")
    ana.sees("from now on I use English", "What do you want to ask for?")
    await ana.taps("Permission")
    ana.sees("Which days?")
