"""A report can be taken back for ten minutes, changed after that, and repeated as before: every version is kept."""

from tests.chat import Player, button
from tests.dialogues.modes import set_mode
from tests.stage import Stage

_VERSIONS = "SELECT version, code, withdrawn_at FROM health_reports ORDER BY on_date, version"
_CASES = "SELECT code, ended_as FROM health_cases ORDER BY opened_at"


async def _sends(who: Player, numbers: str) -> None:
    await who.says("sehat")
    await who.says(numbers)
    if numbers != "semua tidak":
        await who.taps("Selesai")
    await who.taps("Kirim")


async def test_a_report_taken_back_stays_kept_and_counts_no_more(stage: Stage, ana: Player) -> None:
    await _sends(ana, "2")
    ana.sees("bisa sampai pukul 06.55")
    await ana.taps("Batalkan laporan")
    (row,) = await stage.rows(_VERSIONS)
    ana.sees("Laporan kesehatan dibatalkan", row["code"], "belum ada laporan kesehatan")
    ana.sees_no("nomor", "angkutan", "risiko")
    assert row["withdrawn_at"] is not None
    await _sends(ana, "2")
    ana.sees("diperbarui")
    assert [row["version"] for row in await stage.rows(_VERSIONS)] == [1, 2]


async def test_the_version_before_stands_again_and_numbering_goes_on(stage: Stage, ana: Player) -> None:
    """I13"""
    await _sends(ana, "semua tidak")
    first = (await stage.rows(_VERSIONS))[0]["code"]
    await _sends(ana, "3")
    await ana.taps("Batalkan laporan")
    ana.sees("Laporan kesehatan dibatalkan", "laporan sebelumnya", first)
    await _sends(ana, "semua tidak")
    ana.sees("Sudah tercatat", first)
    await _sends(ana, "4")
    assert [row["version"] for row in await stage.rows(_VERSIONS)] == [1, 2, 3]


async def test_taking_back_the_report_that_opened_a_case_ends_it_and_tells_the_health_officer(
    stage: Stage, ana: Player, dewi: Player, boris: Player
) -> None:
    await _sends(ana, "5 6")
    dewi.sees("Kasus kesehatan baru", "Ana Lestari")
    await ana.taps("Batalkan laporan")
    ((code, ended_as),) = [(row["code"], row["ended_as"]) for row in await stage.rows(_CASES)]
    assert ended_as == "withdrawn"
    ana.sees("Laporan kesehatan dibatalkan", code, "WFO: bekerja dari kantor")
    dewi.sees("Kasus ditutup", code)
    await ana.says("WFO?")
    ana.sees_no("Jangan ke kantor")
    assert boris.seen == []


async def test_those_above_who_were_told_a_day_hear_that_it_is_off(
    ana: Player, dewi: Player, boris: Player
) -> None:
    await _sends(ana, "6")
    for label in ("Buka kasus", "Perpanjang", "+3 hari", "Simpan"):
        await dewi.taps(label)
    boris.sees("tidak ke kantor s.d. Kamis, 18 Juni 2020")
    await ana.taps("Batalkan laporan")
    boris.sees("kembali dapat ke kantor mulai Senin, 15 Juni 2020")


async def test_a_case_stays_open_while_another_report_of_high_risk_stands(stage: Stage, ana: Player) -> None:
    await _sends(ana, "6")
    await _sends(ana, "5 6")
    await ana.taps("Batalkan laporan")
    ana.sees("laporan sebelumnya", "Jangan ke kantor dulu")
    assert [row["ended_as"] for row in await stage.rows(_CASES)] == [None]


async def test_after_ten_minutes_it_stands_and_can_be_changed(stage: Stage, ana: Player) -> None:
    await _sends(ana, "5")
    stage.passes(601)
    await ana.taps("Batalkan laporan", after=0)
    ana.sees("hanya bisa dibatalkan dalam 10 menit", "tetap berlaku", "Ubah")
    assert [row["withdrawn_at"] for row in await stage.rows(_VERSIONS)] == [None]
    await ana.taps("Ubah")
    ana.sees("Dalam 14 hari terakhir")


async def test_a_second_tap_and_an_older_receipt_change_nothing(stage: Stage, ana: Player) -> None:
    """C02"""
    await _sends(ana, "2")
    older = button(ana, "Batalkan laporan")
    await _sends(ana, "3")
    await ana.presses(**older)
    ana.sees("sudah diganti oleh laporan yang lebih baru")
    newer = button(ana, "Batalkan laporan")
    await ana.presses(**newer)
    await ana.presses(**newer)
    ana.sees("sudah dibatalkan sebelumnya")
    assert [row["withdrawn_at"] is None for row in await stage.rows(_VERSIONS)] == [True, False]


async def test_nobody_takes_back_the_report_of_another(stage: Stage, ana: Player, boris: Player) -> None:
    """A10"""
    await _sends(ana, "5 6")
    await boris.presses(**button(ana, "Batalkan laporan"))
    boris.sees_no("dibatalkan", "laporan")
    assert [row["withdrawn_at"] for row in await stage.rows(_VERSIONS)] == [None]


async def test_as_yesterday_restates_questions_five_and_six(stage: Stage, ana: Player) -> None:
    await _sends(ana, "1 4")
    stage.moves_to("2020-06-16 06:45")
    await ana.says("sehat")
    ana.can_tap("Semua tidak", "Seperti kemarin")
    assert len(ana.choices) <= 10
    await ana.taps("Seperti kemarin")
    ana.sees("Sama seperti laporan Senin, 15 Juni 2020", "1 dan 4")
    ana.sees("5. Kontak erat", "6. Demam, batuk", "terkonfirmasi COVID-19: ", "sesak napas: ")
    await ana.taps("Kirim")
    ana.sees("tercatat", "risiko sedang")
    ana.sees_no("demam", "kontak")


async def test_as_yesterday_can_be_typed_by_its_number(stage: Stage, ana: Player) -> None:
    await _sends(ana, "2")
    stage.moves_to("2020-06-16 06:45")
    await ana.says("sehat")
    await ana.says("8")
    ana.sees("Sama seperti laporan")
    await ana.taps("Ubah")
    ana.can_tap("✓ 2 Angkutan umum", "Selesai")


async def test_as_yesterday_is_not_offered_after_high_risk(stage: Stage, ana: Player) -> None:
    await _sends(ana, "6")
    stage.moves_to("2020-06-16 06:45")
    await ana.says("sehat")
    assert "Seperti kemarin" not in ana.choices
    await ana.says("8")
    ana.sees("tidak menebak")


async def test_unfit_opens_no_case_and_lasts_until_fit_is_reported(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    await set_mode(stage, "fit/unfit")
    for answer in ("Kurang sehat", "Sehat"):
        await ana.says("sehat")
        await ana.taps(answer)
        await ana.taps("Kirim")
        ana.sees(*(("sampai Anda sendiri melapor sehat lagi",) if answer != "Sehat" else ("WFO: bekerja",)))
    dewi.sees("Laporan kesehatan berubah")
    assert await stage.rows(_CASES) == []
