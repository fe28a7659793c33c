"""What people type beside the forms: thanks, greetings, a change of mind, a question for the office."""

import pytest

from tests.chat import Player
from tests.dialogues.written import only
from tests.stage import Stage


@pytest.mark.parametrize("said", ["terima kasih", "makasih bu", "ok", "siap pak", "🙏"])
async def test_thanks_are_answered_and_store_nothing(stage: Stage, ana: Player, said: str) -> None:
    await ana.says(said)
    ana.sees("Sama-sama")
    ana.can_tap("Lapor pagi", "Lainnya")
    assert await stage.rows("SELECT * FROM reports") == []


@pytest.mark.parametrize(
    "said", ["halo min", "Selamat siang bapak ibu", "assalamualaikum", "pagi pak", "batal"]
)
async def test_a_greeting_or_a_cancel_of_nothing_brings_the_menu(ana: Player, said: str) -> None:
    await ana.says(said)
    ana.sees("Halo, ", "Ana")


async def test_greetings_and_thanks_are_no_work(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    for said in ("selamat pagi pak", "makasih", "🙏"):
        await ana.says(said)
        ana.sees("Belum ada kegiatan yang terbaca")
    await ana.says("Rapat data")
    await ana.says("terima kasih")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Rapat data"]


async def test_a_question_that_nobody_understands_can_go_to_the_office(ana: Player) -> None:
    await ana.says("kapan gajian?")
    ana.sees_choices("Tanya kantor", "WFO hari ini?", "Menu")


async def test_from_what_nobody_understands_the_menu_is_one_tap_away(ana: Player) -> None:
    """I11"""
    await ana.says("asdfgh")
    await ana.taps("Menu")
    ana.can_tap("Lapor kesehatan", "Lainnya")


@pytest.mark.parametrize(
    "said", ["lapor pagi", "Lapor kesehatan", "sehat", "riwayat", "menu", "Izin dan cuti"]
)
async def test_another_errand_is_no_line_of_work_and_the_form_is_kept(
    stage: Stage, ana: Player, said: str
) -> None:
    await ana.says("hasil")
    await ana.says("Rapat data")
    await ana.says(said)
    ana.sees_no(f"2. {said}")
    if "Simpan" not in ana.choices:  # what is only shown beside a form does not leave it
        await ana.says("/hasil")
        await ana.taps("Lanjutkan")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Rapat data"]


async def test_another_errand_typed_in_a_hurry_is_not_called_recorded(ana: Player) -> None:
    """C02: only the same choice again is a second tap."""
    await ana.says("halo")
    await ana.taps("Lapor kesehatan")
    await ana.says("Lapor pagi")
    ana.sees_no("Sudah tercatat")
    await ana.taps("Semua tidak")
    ana.sees("Apa rencana kerja Anda?")


async def test_a_sentence_with_a_date_is_no_question_in_a_form(ana: Player) -> None:
    await ana.says("tanya")
    await ana.says("Kapan TPP cair?")
    await ana.says("Paling lambat 28 Juni ya")
    ana.sees_no("Libur")
    ana.sees("belum cocok")


async def test_a_wish_with_its_days_is_heard_while_an_older_form_waits(ana: Player) -> None:
    await ana.says("cuti besok")
    await ana.says("batal")
    await ana.says("cuti minggu depan")
    ana.sees("Ajukan ini?", "Senin, 22 Juni 2020", "5 hari kerja")


async def test_beginning_anew_keeps_what_was_just_said(ana: Player) -> None:
    await ana.says("izin besok pagi")
    await ana.says("batal")
    await ana.says("izin sakit")
    await ana.taps("Mulai baru")
    ana.sees("Tanggal berapa?")
    await ana.taps("Hari ini")
    ana.sees("Ajukan ini?", "Cuti sakit", "Senin, 15 Juni 2020")


async def test_where_an_older_form_waits_another_wish_is_heard(ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.says("batal")
    await ana.says("rencana")
    await ana.says("wfo besok?")
    ana.sees("Besok, Selasa, 16 Juni 2020")
    await ana.says("izin")
    ana.sees("Anda akan mengajukan apa?")


async def test_a_photo_without_a_form_is_told_where_it_belongs(ana: Player) -> None:
    await ana.sends("photo")
    ana.sees("belum jelas untuk apa", "hasil", "izin")


@pytest.mark.parametrize("said", ["unit", "unit saya"])
async def test_the_head_finds_the_unit_by_its_name(boris: Player, said: str) -> None:
    await boris.says("asdfgh")
    await boris.says(said)
    boris.sees("Unit Anda")


async def test_the_word_for_verifying_opens_the_list_at_once(ana: Player, boris: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    await boris.says("verifikasi")
    boris.sees("menunggu verifikasi Anda", "Ana Lestari")


@pytest.mark.parametrize("said", ["lupa", "kemarin lupa", "lupa kemarin"])
async def test_whoever_forgot_is_told_what_can_still_be_done(ana: Player, said: str) -> None:
    await ana.says(said)
    ana.sees("Lupa melapor kemarin", "hasil kemarin")
