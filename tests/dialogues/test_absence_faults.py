"""What goes wrong while an absence is asked for: strange input, strange dates, rights that have just ended."""

from datetime import date

import pytest

from db import calendars
from policy.words import DayKind
from tests.chat import Player
from tests.dialogues.absences import place_under
from tests.dialogues.marks import only_telegram
from tests.factories import AGENCY
from tests.stage import Stage

REQUESTS = "SELECT valid_from, valid_until FROM absence_requests"


@pytest.mark.parametrize("kind", ["sticker", "voice", "video", "location", "poll", "dice", "venue"])
async def test_what_is_no_text_keeps_the_question(ana: Player, kind: str) -> None:
    """I01"""
    await ana.says("/izin")
    await ana.sends(kind)
    ana.sees("tidak saya simpan")
    await ana.taps("Izin")
    ana.sees("Tanggal berapa?")
    await ana.sends(kind)
    ana.sees("tidak saya simpan")
    await ana.taps("Besok")
    ana.sees("Ajukan ini?")


async def test_a_forwarded_text_is_nobodys_request(stage: Stage, ana: Player) -> None:
    """I04"""
    await ana.says("/izin")
    await ana.forwards("izin besok")
    ana.sees("diteruskan")
    ana.can_tap("Cuti tahunan", "Izin")


async def test_too_long_a_reason_is_refused_with_its_length(ana: Player) -> None:
    """I06"""
    await ana.says("izin besok")
    await ana.taps("Alasan")
    await ana.says("a" * 501)
    ana.sees("501 karakter", "500", "belum saya simpan")
    await ana.says("a" * 500)
    ana.sees("Ajukan ini?")


async def test_invisible_signs_are_no_dates_and_no_reason(ana: Player) -> None:
    """I07"""
    await ana.says("/izin")
    await ana.taps("Izin")
    for typed in ("\u200b\u200b", "   "):
        await ana.says(typed)
        ana.sees("kosong")
    await ana.says("\u202ebesok\u202c")
    ana.sees("Selasa, 16 Juni 2020")


async def test_signs_of_markup_are_shown_as_they_are_written(ana: Player, boris: Player) -> None:
    """I09"""
    await ana.says("izin besok")
    await ana.taps("Alasan")
    await ana.says("<b>rapat</b> & {{7*7}}")
    ana.sees("Alasan: <b>rapat", "b> & {{7", "7}}")
    await ana.taps("Ajukan")
    boris.sees("Alasan: <b>rapat", "b> & {{7", "7}}")


async def test_slang_is_understood_or_asked_about(ana: Player) -> None:
    """I11"""
    await ana.says("bsk ijin dl ya")
    ana.sees("Dinas luar", "Selasa, 16 Juni 2020")
    await ana.says("batal")
    await ana.says("/izin")
    await ana.taps("Mulai baru")
    await ana.says("hmm")
    ana.sees("tidak menebak")
    ana.can_tap("Cuti tahunan")


async def test_two_things_in_one_text_are_asked_about(ana: Player) -> None:
    """I12"""
    await ana.says("izin besok, rencana rapat")
    ana.sees("yang mana maksud Anda")
    ana.can_tap("Izin dan cuti", "Rencana kerja")
    await ana.taps("Izin dan cuti")
    ana.sees("Ajukan ini?", "Selasa, 16 Juni 2020")


async def test_yesterday_is_still_taken_and_earlier_days_name_who_can_help(ana: Player) -> None:
    """I14"""
    await ana.says("izin kemarin")
    ana.sees("hari libur")  # it was a Sunday
    await ana.says("12 Juni")
    ana.sees("sudah lewat", "atasan langsung atau bagian kepegawaian")
    ana.can_tap("Hari ini", "Besok")


async def test_yesterday_is_asked_for_on_the_day_after(stage: Stage, ana: Player) -> None:
    """I14"""
    stage.moves_to("2020-06-17 09:00")
    await ana.says("izin kemarin")
    ana.sees("Selasa, 16 Juni 2020")
    await ana.taps("Ajukan")
    assert len(await stage.rows(REQUESTS)) == 1


async def test_a_command_in_the_middle_is_answered_or_leads_away_safely(ana: Player) -> None:
    """I16, I17"""
    await ana.says("cuti 22-24 Juni")
    await ana.says("/hariini")
    ana.sees("045.2", "Ajukan ini?")
    await ana.says("/hariinih")
    ana.sees("tidak dikenal")
    await ana.says("/start")
    ana.sees("Halo")
    await ana.says("/izin")
    ana.sees_choices("Lanjutkan", "Mulai baru")
    await ana.taps("Lanjutkan")
    ana.sees("Ajukan ini?", "22 Juni 2020")


async def test_leaving_keeps_the_draft_for_a_day_and_sends_nothing(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """I17"""
    for word in ("batal", "stop", "/batal"):
        await ana.says("izin besok")
        await ana.says(word)
        ana.sees("tidak ada yang dikirim", "24 jam")
    assert await stage.rows(REQUESTS) == []
    assert boris.seen == []
    stage.moves_to("2020-06-16 05:00")
    await ana.says("/izin")
    await ana.taps("Lanjutkan")
    ana.sees("Selasa, 16 Juni 2020")


async def test_an_untouched_form_leaves_no_draft(ana: Player) -> None:
    """I17"""
    await ana.says("/izin")
    await ana.says("batal")
    ana.sees_no("24 jam")


@only_telegram
async def test_a_button_of_another_release_changes_nothing(stage: Stage, ana: Player) -> None:
    """I20"""
    await ana.says("izin besok")
    await ana.presses("absence|ok")
    assert await stage.rows(REQUESTS) == []
    ana.sees("Tombol itu sudah lama")


@only_telegram
async def test_an_edit_before_sending_counts_once(stage: Stage, ana: Player) -> None:
    """I03"""
    await ana.says("/izin")
    await ana.taps("Izin")
    await ana.says("22-24 Juni")
    await ana.edits("22-23 Juni")
    ana.sees("Ajukan ini?", "Selasa, 23 Juni 2020")
    await ana.taps("Ajukan")
    assert [tuple(row) for row in await stage.rows(REQUESTS)] == [("2020-06-22", "2020-06-23")]


@pytest.mark.parametrize(
    ("at", "typed", "shown"),
    [
        ("2020-06-29 07:00", "cuti besok s.d. 2 Juli", "Selasa, 30 Juni 2020 s.d. Kamis, 2 Juli 2020"),
        ("2020-12-29 07:00", "cuti 30 Des - 4 Jan", "Rabu, 30 Desember 2020 s.d. Senin, 4 Januari 2021"),
        ("2024-02-27 07:00", "cuti 28-29 Feb", "Rabu, 28 Februari 2024 s.d. Kamis, 29 Februari 2024"),
        ("2020-06-15 23:59", "izin besok", "Selasa, 16 Juni 2020"),
        ("2020-06-16 00:00", "izin besok", "Rabu, 17 Juni 2020"),
    ],
)
async def test_months_and_years_end_where_they_end(
    stage: Stage, ana: Player, at: str, typed: str, shown: str
) -> None:
    """T04"""
    stage.moves_to(at)
    await ana.says(typed, after=0)
    ana.sees("Ajukan ini?", shown)


async def test_a_date_that_does_not_exist_is_said_to_be_none(ana: Player) -> None:
    """T04"""
    await ana.says("cuti 31 Juni")
    ana.sees("31 juni tidak ada di kalender")
    await ana.says("29 feb 2021")
    ana.sees("tidak ada di kalender", "tetap ada")
    await ana.says("24 Juni s.d. 22 Juni 2020")
    ana.sees("terbalik", "22 Juni 2020 lebih dulu")


async def test_a_holiday_within_the_days_is_not_counted(stage: Stage, ana: Player) -> None:
    """T05: also one that the agency has named only this morning."""
    async with stage.db.transaction() as tx:
        await calendars.name_day(
            tx,
            unit_code=AGENCY,
            kind=DayKind.HOLIDAY,
            name="Hari daerah",
            on=date(2020, 6, 23),
            by="clara",
            now=stage.clock.now(),
        )
    await ana.says("cuti 22-24 Juni")
    ana.sees("2 hari kerja", "hari libur di dalamnya tidak dihitung")
    await ana.taps("Ubah tanggal")
    await ana.says("3 hari mulai 22 Juni")
    ana.sees("Senin, 22 Juni 2020 s.d. Kamis, 25 Juni 2020", "3 hari kerja")
    await ana.taps("Ubah tanggal")
    await ana.says("23 Juni")
    ana.sees("memang hari libur")


async def test_who_is_superior_no_more_cannot_decide_a_minute_later(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    """A09, V05"""
    await ana.says("izin besok")
    await ana.taps("Ajukan")
    await place_under(stage, ana, dewi)
    await boris.taps("Setujui")
    boris.sees("tidak bisa Anda buka atau putuskan sekarang")
    assert await stage.rows("SELECT * FROM absences") == []
    await dewi.says("/persetujuan")
    await dewi.says("1")
    await dewi.taps("Setujui")
    ana.sees("Disetujui", "Dewi Anggraini")


async def test_a_refusal_that_was_begun_needs_the_right_when_it_is_sent(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    """A09, V05"""
    await ana.says("izin besok")
    await ana.taps("Ajukan")
    await boris.taps("Tolak")
    await place_under(stage, ana, dewi)
    await boris.says("tidak")
    boris.sees("tidak bisa Anda buka atau putuskan sekarang")
    assert [row["state"] for row in await stage.rows("SELECT state FROM absence_requests")] == ["asked"]


async def test_without_a_superior_who_works_here_the_head_decides(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await dewi.says("izin besok")
    dewi.sees("Yang memutuskan: Boris Siregar")
    await dewi.taps("Ajukan")
    boris.sees("Dewi Anggraini")
    await boris.taps("Setujui")
    dewi.sees("Disetujui")
