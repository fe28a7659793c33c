"""Health: six questions, nothing guessed, a confirmation, a receipt; and nobody else reads a word of it."""

from datetime import date

from db import health
from db.health import HealthReport
from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.dialogues.modes import set_mode
from tests.stage import Stage

MONDAY = date(2020, 6, 15)
_VERSIONS = "SELECT version, code, superseded_at FROM health_reports ORDER BY on_date, version"


async def _report(stage: Stage, who: Player, day: date = MONDAY) -> HealthReport | None:
    async with stage.db.reading() as tx:
        return await health.latest(tx, stage.seal, person_id=who.person_id, on=day)


async def _answers(stage: Stage, who: Player) -> list[int]:
    report = await _report(stage, who)
    assert report is not None
    return list(report.answers["yes"])


async def _sends(who: Player, numbers: str) -> None:
    await who.says("sehat")
    await who.says(numbers)
    if numbers != "semua tidak":
        await who.taps("Selesai")
    await who.taps("Kirim")


async def test_an_ordinary_morning_takes_three_taps(stage: Stage, ana: Player) -> None:
    await ana.says("menu")
    await ana.taps("Lapor kesehatan")
    ana.sees("Dalam 14 hari terakhir", "1. pergi ke tempat umum", "6. demam, batuk")
    await ana.taps("Semua tidak")
    ana.sees("Kirim laporan ini?", "tidak")
    await ana.taps("Kirim")
    report = await _report(stage, ana)
    assert report is not None
    ana.sees(
        "Laporan kesehatan tercatat", report.code, "06.45 WIB", "risiko kecil", "boleh masuk kantor", "37,3"
    )
    assert report.answers == {"mode": "kmk328", "yes": [], "risk": "kecil", "fit": True}


async def test_a_tap_ticks_a_question_and_another_takes_the_tick_away(stage: Stage, ana: Player) -> None:
    await ana.says("sehat")
    await ana.taps("2 Angkutan umum")
    ana.can_tap("✓ 2 Angkutan umum", "Selesai")
    await ana.taps("5 Kontak erat")
    await ana.taps("✓ 5 Kontak erat")
    ana.can_tap("✓ 2 Angkutan umum", "5 Kontak erat")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    ana.sees("risiko sedang", "boleh masuk kantor")
    assert await _answers(stage, ana) == [2]


async def test_ill_takes_five_taps_and_says_what_follows(stage: Stage, ana: Player) -> None:
    await ana.says("menu")
    for tap in ("Lapor kesehatan", "5 Kontak erat", "6 Ada gejala", "Selesai", "Kirim"):
        await ana.taps(tap)
    ana.sees("risiko besar", "belum boleh masuk kantor", "atasan langsung", "petugas kesehatan")
    ana.sees("Jadwal hari ini:", "Jangan ke kantor dulu")


async def test_typed_numbers_are_the_questions_numbers(stage: Stage, ana: Player) -> None:
    await ana.says("sehat")
    await ana.says("2,5")
    ana.can_tap("✓ 2 Angkutan umum", "✓ 5 Kontak erat")
    await ana.says("7")
    await ana.taps("Kirim")
    assert await _answers(stage, ana) == [2, 5]


async def test_the_word_sehat_opens_the_form_and_never_answers_it(stage: Stage, ana: Player) -> None:
    """I11"""
    for word in ("sehat", "sht", "sakit", "skt", "demam"):
        await ana.says(word)
        ana.sees("Dalam 14 hari terakhir")
        await ana.says("batal")
    assert await _report(stage, ana) is None


async def test_inside_the_form_nothing_is_guessed_either(stage: Stage, ana: Player) -> None:
    """I11"""
    await ana.says("sehat")
    for typed in ("demam", "kayaknya 2", "8", "ya"):
        await ana.says(typed)
        ana.sees("tidak menebak", "1 sampai 6")
        ana.can_tap("1 Tempat umum", "Semua tidak")


async def test_sehat_semua_is_none_of_the_six_but_still_asks_for_a_yes(stage: Stage, ana: Player) -> None:
    await ana.says("sehat")
    await ana.says("sehat semua")
    ana.sees("Kirim laporan ini?")
    assert await _report(stage, ana) is None
    await ana.says("ya")
    assert await _answers(stage, ana) == []


async def test_two_answers_in_one_text_are_asked_about(stage: Stage, ana: Player) -> None:
    """I12: which one was meant; nothing is stored, nothing concluded."""
    await ana.says("sehat tapi anak demam, WFH")
    ana.sees("yang mana maksud Anda")
    assert await _report(stage, ana) is None
    await ana.taps(ana.choices[0])
    ana.sees("Dalam 14 hari terakhir")


async def test_another_answer_the_same_day_replaces_and_keeps_the_first(stage: Stage, ana: Player) -> None:
    """I13"""
    await _sends(ana, "semua tidak")
    await ana.taps("Ubah")
    ana.sees("sudah tercatat")
    await ana.says("5")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    ana.sees("Laporan kesehatan diperbarui", "tetap tersimpan", "Jangan ke kantor dulu")
    first, second = await stage.rows(_VERSIONS)
    assert (first["version"], second["version"]) == (1, 2)
    assert first["superseded_at"] is not None
    assert second["superseded_at"] is None


async def test_of_a_contradiction_the_health_officer_is_told_and_nobody_else(
    stage: Stage, ana: Player, dewi: Player, boris: Player, clara: Player
) -> None:
    """I13"""
    await _sends(ana, "semua tidak")
    await _sends(ana, "6")
    dewi.sees("Laporan kesehatan berubah", "Ana Lestari", "belum boleh masuk kantor")
    dewi.sees_no("demam")
    assert (boris.texts, clara.texts) == ([], [])
    await _sends(ana, "5 6")
    assert len(dewi.texts) == 1


async def test_a_correction_is_kept_but_only_the_health_role_opens_the_office_again(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    """I13, the other way round: the gate never ends by another report."""
    await _sends(ana, "5 6")
    await ana.says("WFO?")
    ana.sees("Jangan ke kantor dulu", "laporan kesehatan Anda", "atasan langsung")
    ana.sees("sampai petugas kesehatan menyatakan boleh")
    await _sends(ana, "semua tidak")
    ana.sees("diperbarui", "tetap belum boleh masuk kantor", "masih terbuka", "Jangan ke kantor dulu")
    dewi.sees("Laporan kesehatan berubah", "tetap terbuka sampai Anda memutuskan")
    stage.moves_to("2020-06-16 07:00")
    await _sends(ana, "semua tidak")
    ana.sees("tetap belum boleh masuk kantor")


async def test_the_same_answers_again_are_recorded_once_with_the_old_code(stage: Stage, ana: Player) -> None:
    """C02"""
    await _sends(ana, "2 3")
    report = await _report(stage, ana)
    assert report is not None
    stage.passes(3600)
    await _sends(ana, "3 2")
    ana.sees("Sudah tercatat", report.code, "06.45 WIB")
    assert len(await stage.rows(_VERSIONS)) == 1


async def test_a_second_tap_on_send_changes_nothing(stage: Stage, ana: Player) -> None:
    """C02"""
    await _sends(ana, "semua tidak")
    await ana.says("Kirim", after=0.2)
    ana.sees("Sudah tercatat")
    assert len(await stage.rows(_VERSIONS)) == 1


async def test_before_sending_everything_can_be_changed(stage: Stage, ana: Player) -> None:
    await ana.says("sehat")
    await ana.says("1 2")
    await ana.taps("Selesai")
    ana.sees("1 dan 2")
    await ana.taps("Ubah")
    await ana.taps("✓ 1 Tempat umum")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    assert await _answers(stage, ana) == [2]


@only_telegram
async def test_an_edit_before_sending_counts_with_the_latest_numbers(stage: Stage, ana: Player) -> None:
    """I03"""
    await ana.says("sehat")
    await ana.says("2 5")
    await ana.edits("2 3")
    ana.can_tap("✓ 2 Angkutan umum", "✓ 3 Ke luar kota", "5 Kontak erat")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    assert await _answers(stage, ana) == [2, 3]


@only_telegram
async def test_an_edit_of_a_word_never_sends_or_answers(stage: Stage, ana: Player) -> None:
    """I03, I11: words of an earlier step, changed later, are no answer to it."""
    await set_mode(stage, "fit")
    await ana.says("sehat")
    await ana.says("Sehat")
    await ana.edits("apa ya")
    assert await _report(stage, ana) is None
    ana.sees_no("tercatat", "Kurang sehat")


async def test_a_restart_at_any_step_loses_nothing(stage: Stage, ana: Player) -> None:
    for text in ("sehat", "2", "selesai", "kirim"):
        await ana.says(text)
        stage.restarts()
    assert await _answers(stage, ana) == [2]


async def test_a_form_opened_before_midnight_belongs_to_its_day(stage: Stage, ana: Player) -> None:
    """I15"""
    stage.moves_to("2020-06-15 23:57")
    await ana.says("sehat")
    stage.moves_to("2020-06-16 00:05")
    await ana.says("semua tidak")
    await ana.taps("Kirim")
    ana.sees("untuk Senin, 15 Juni 2020")
    assert await _report(stage, ana) is not None
    assert await _report(stage, ana, date(2020, 6, 16)) is None


async def test_yesterdays_health_is_refused_with_whom_to_ask(stage: Stage, ana: Player) -> None:
    """I14"""
    await ana.says("lapor sehat kemarin")
    ana.sees("hanya untuk hari ini", "Minggu, 14 Juni 2020", "petugas kesehatan")
    await _sends(ana, "semua tidak")
    stage.moves_to("2020-06-16 07:00")
    await ana.taps("Ubah")
    ana.sees("hanya untuk hari ini")
