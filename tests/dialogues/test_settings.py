"""What people decide for themselves, and what they can know about their data."""

from tests.chat import Player
from tests.stage import Stage


async def test_the_language_is_chosen_and_answered_in_at_once(ana: Player) -> None:
    await ana.says("/bahasa")
    ana.sees_choices("Bahasa Indonesia", "English")
    await ana.taps("English")
    ana.sees("from now on I use English")
    ana.can_tap("WFO today?")
    await ana.taps("WFO today?")
    ana.sees("Today")


async def test_the_language_stays_after_a_restart(stage: Stage, ana: Player) -> None:
    await ana.says("/language english")
    ana.sees("from now on I use English")
    stage.restarts()
    await ana.says("menu")
    ana.sees("Hello, ")


async def test_english_people_find_their_way_back(ana: Player) -> None:
    await ana.says("bahasa")
    await ana.says("2")
    await ana.says("language")
    await ana.taps("Bahasa Indonesia")
    ana.sees("mulai sekarang saya memakai bahasa Indonesia")


async def test_everybody_can_see_what_is_kept_and_which_notice_they_accepted_when(ana: Player) -> None:
    await ana.says("/privasi")
    ana.sees("Apa yang disimpan", "Siapa yang melihat", "Hak Anda", "bagian kepegawaian")
    ana.sees("menyetujui pemberitahuan privasi versi 2026-11-25 pada 15 Juni 2020 pukul 06.45 WIB")


async def test_a_stranger_may_read_it_too_and_has_accepted_nothing(eko: Player) -> None:
    await eko.says("/privasi")
    eko.sees("Apa yang disimpan", "belum menyetujui")


async def test_asking_about_privacy_in_the_middle_of_a_form_leaves_the_form_where_it_is(ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.says("/privasi")
    ana.sees("Apa yang disimpan", "Simpan rencana ini?")
    await ana.taps("Simpan")
    ana.sees("tercatat")
