"""The day's plan and output: typed in lines, shown back, saved with a receipt, changed without losing a version."""

import pytest

from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.dialogues.written import only, reports, stored
from tests.stage import Stage


async def test_a_plan_takes_two_taps_and_one_text_and_gives_a_receipt(stage: Stage, ana: Player) -> None:
    await ana.says("menu")
    await ana.taps("Rencana kerja")
    ana.sees("Apa rencana kerja Anda?", "hari ini, Senin, 15 Juni 2020", "satu kegiatan per baris")
    await ana.says("- Rapat koordinasi data\n2. Menyusun laporan bulanan\n\n")
    ana.sees("1. Rapat koordinasi data", "2. Menyusun laporan bulanan")
    await ana.taps("Simpan")
    row = await only(stage)
    ana.sees("Rencana tercatat", "2 kegiatan", row["code"], "06.45 WIB")
    assert row["items"] == ["Rapat koordinasi data", "Menyusun laporan bulanan"]
    assert (row["kind"], row["on_date"]) == ("plan", "2020-06-15")


async def test_the_whole_morning_takes_six_taps_and_one_text(stage: Stage, ana: Player) -> None:
    """The day, health and plan, each offered where the one before ended."""
    await ana.says("menu")
    taps = ["WFO hari ini?", "Lapor kesehatan", "Semua tidak", "Kirim", "Rencana kerja"]
    for label in taps:
        await ana.taps(label)
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    ana.sees("Rencana tercatat")
    ana.sees_no("kondisi kesehatan", "• rencana kerja")
    ana.sees("laporan hasil kerja")
    assert len(ana.seen) <= 11


async def test_output_shows_the_plan_for_reference(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data\nSurat keluar")
    await ana.taps("Lapor hasil")
    ana.sees("Apa hasil kerja Anda?", "Centang yang sudah selesai", "1. Rapat data", "2. Surat keluar")
    await ana.says("Rapat data selesai")
    await ana.taps("Simpan")
    ana.sees("Laporan hasil tercatat")
    assert [row["kind"] for row in await stored(stage)] == ["plan", "output"]


async def test_the_change_button_keeps_both_versions(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data")
    await ana.taps("Ubah")
    ana.sees("Simpan rencana ini?", "1. Rapat data")
    await ana.says("Rapat data\nMonitoring jaringan")
    ana.sees("2. Monitoring jaringan")
    await ana.taps("Simpan")
    ana.sees("Rencana diperbarui", "2 kegiatan")
    first, second = await stored(stage)
    assert first["superseded_at"] is not None
    assert second["superseded_at"] is None
    assert (first["items"], second["version"]) == (["Rapat data"], 2)


async def test_a_new_list_may_take_the_place_of_what_stands(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapt data")
    await ana.says("rencana baru")
    ana.sees("Yang terakhir", "1. Rapt data", "Daftar baru akan menggantikannya")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    assert [row["items"] for row in await stored(stage)] == [["Rapt data"], ["Rapat data"]]


async def test_the_same_list_again_is_recorded_once_with_the_old_code(stage: Stage, ana: Player) -> None:
    """C02: the business key stops what update ids cannot."""
    await reports(ana, "rencana", "Rapat data")
    code = (await only(stage))["code"]
    await reports(ana, "rencana", "Rapat data")
    ana.sees("Sudah tercatat", code, "06.45 WIB")
    assert (await only(stage))["code"] == code


async def test_a_second_tap_on_save_changes_nothing(stage: Stage, ana: Player) -> None:
    """C02: one tap that arrives as two updates."""
    await reports(ana, "rencana", "Rapat data")
    await ana.says("Simpan", after=0.2)
    ana.sees("Sudah tercatat")
    assert (await only(stage))["version"] == 1


async def test_whatever_is_typed_is_kept_letter_for_letter(stage: Stage, ana: Player) -> None:
    """I10, I09, I19: formulas, marks and attack strings are text, shown and stored as they are."""
    typed = [
        "=cmd|' /C calc'!A0",
        "+6281234567890",
        "-1 derajat",
        "@ana <b>tebal</b> & _miring_",
        "{{7*7}} ${x}",
        "'; DROP TABLE reports; --",
    ]
    await ana.says("rencana")
    await ana.says("\n".join(typed))
    if stage.is_telegram:
        ana.sees(*typed)
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == typed


async def test_emoji_are_kept_as_they_are(stage: Stage, ana: Player) -> None:
    """I08"""
    await reports(ana, "hasil", "🎉🎉🎉\nRapat 👍🏽")
    assert (await only(stage))["items"] == ["🎉🎉🎉", "Rapat 👍🏽"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n".join(f"Kegiatan {number}" for number in range(16)), ["Ada 16 kegiatan", "batasnya 15"]),
        ("Rapat\n" + "x" * 301, ["Nomor 2", "301 huruf", "batasnya 300"]),
        ("x" * 4001, ["4001", "4000"]),
    ],
)
async def test_what_is_beyond_the_limit_is_refused_with_the_count(
    stage: Stage, ana: Player, text: str, told: list[str]
) -> None:
    """I06: nothing is cut silently, and the form stays open."""
    await ana.says("rencana")
    await ana.says(text)
    ana.sees(*told)
    assert await stored(stage) == []
    await ana.says("\n".join(["x" * 300] * 13))
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["x" * 300] * 13


@only_telegram
async def test_an_edit_before_saving_counts_once_with_the_latest_words(stage: Stage, ana: Player) -> None:
    """I03"""
    await ana.says("rencana")
    await ana.says("Rapt data")
    await ana.edits("Rapat data")
    ana.sees("Simpan rencana ini?", "1. Rapat data")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Rapat data"]


@only_telegram
async def test_an_edit_after_saving_becomes_a_new_version_once_confirmed(stage: Stage, ana: Player) -> None:
    """I02: inside the window the edited words are shown, then saved as an update; the original is kept."""
    await ana.says("hasil")
    await ana.says("Rapat dta")
    written = stage.telegram.last
    await ana.taps("Simpan")
    for text in ("Rapat data", "Rapat data dan notula"):
        await ana.edits(text, message=written)
        ana.sees("Simpan hasil ini?", text)
        await ana.taps("Simpan")
        ana.sees("Laporan hasil diperbarui")
    assert [row["items"][0] for row in await stored(stage)] == [
        "Rapat dta",
        "Rapat data",
        "Rapat data dan notula",
    ]


@only_telegram
async def test_an_edit_after_the_window_changes_nothing(stage: Stage, ana: Player) -> None:
    """I02: else it is locked, and says whom to ask."""
    await ana.says("hasil")
    await ana.says("Rapat data")
    written = stage.telegram.last
    await ana.taps("Simpan")
    stage.moves_to("2020-06-17 08:00")
    await ana.edits("Rapat lain", message=written)
    ana.sees("sudah dikunci", "atasan langsung")
    assert (await only(stage))["items"] == ["Rapat data"]


async def test_on_a_day_off_one_may_report_with_a_hint(stage: Stage, ana: Player) -> None:
    stage.moves_to("2020-06-20 10:00")
    await ana.says("rencana")
    ana.sees("Ini hari libur")
    await ana.says("Jaga server")
    await ana.taps("Simpan")
    ana.sees("Rencana tercatat")


async def test_a_restart_in_the_middle_of_the_form_loses_nothing(stage: Stage, ana: Player) -> None:
    await ana.says("hasil")
    stage.restarts()
    await ana.says("Rapat data")
    stage.restarts()
    await ana.taps("Simpan")
    ana.sees("tercatat")
    assert (await only(stage))["items"] == ["Rapat data"]


async def test_leaving_the_form_keeps_what_was_typed_for_a_day(stage: Stage, ana: Player) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Batal")
    ana.sees("24 jam")
    await ana.says("rencana")
    await ana.taps("Lanjutkan")
    ana.sees("1. Rapat data")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Rapat data"]


async def test_an_empty_form_leaves_nothing_behind(stage: Stage, ana: Player) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("batal")
    await ana.says("rencana")
    ana.sees("Apa rencana kerja Anda?")


async def test_pictures_and_forwards_keep_the_step(stage: Stage, ana: Player) -> None:
    """I01, I04"""
    await ana.says("hasil")
    await ana.sends("photo")
    await ana.forwards("Rapat orang lain")
    assert await stored(stage) == []
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Rapat data"]
