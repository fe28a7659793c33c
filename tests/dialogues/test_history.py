"""One's own days in the chat: a month, a day, its text for e-Kinerja; and where there is nothing to show, why."""

from datetime import date

import pytest

from db import absences
from db import reports as kept_reports
from db.verifications import decide as verify
from policy.model import AbsenceKind
from tests.chat import Player
from tests.dialogues.written import reports
from tests.factories import BY
from tests.stage import Stage


async def works_a_day(stage: Stage, ana: Player) -> None:
    """Monday 15 June: plan, health and output are reported; then it is Wednesday."""
    await reports(ana, "rencana", "Rapat data\nSurat keluar")
    await ana.says("sehat")
    await ana.taps("Semua tidak")
    await ana.taps("Kirim")
    stage.moves_to("2020-06-15 16:00")
    await reports(ana, "hasil", "Rapat data")
    stage.moves_to("2020-06-17 08:00")


async def approves(
    stage: Stage, ana: Player, boris: Player, *, decision: str = "approved", note: str = ""
) -> None:
    async with stage.db.transaction() as tx:
        report = await kept_reports.latest(tx, person_id=ana.person_id, on=date(2020, 6, 15), kind="output")
        assert report is not None
        await verify(
            tx, report, decision=decision, by_id=boris.person_id, capacity="superior",  # type: ignore[arg-type]
            now=stage.clock.now(), note=note,
        )  # fmt: skip


async def test_a_month_shows_every_day_with_what_was_reported(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await works_a_day(stage, ana)
    await approves(stage, ana, boris)
    await ana.says("riwayat")
    ana.sees("Juni 2020", "Sen 15: WFO R✓ H✓✓", "Sel 16: WFO R× H×", "Libur: Hari Lahir Pancasila")
    ana.sees("Rencana 1, hasil 1; hasil yang disetujui 1", "08.00 WIB, 17 Juni 2020")
    ana.can_tap("Gambar kalender", "PDF bulan ini", "Menu")


async def test_nothing_is_missed_before_anything_was_kept(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat")
    ana.sees("Sen 8 s.d. Jum 12: WFO")
    ana.sees_no("Jum 12: WFO R×")


async def test_reading_ones_history_tells_no_verdict(stage: Stage, ana: Player) -> None:
    """What was told is kept as told: looking back at thirty days adds nothing to it."""
    await works_a_day(stage, ana)
    told = len(await stage.rows("SELECT id FROM verdicts"))
    await ana.says("riwayat")
    await ana.says("16")
    assert len(await stage.rows("SELECT id FROM verdicts")) == told


@pytest.mark.parametrize("named", ["15", "15 Juni", "Senin", "tgl 15", "15/6/2020"])
async def test_a_day_is_opened_by_whatever_names_it(stage: Stage, ana: Player, named: str) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat")
    await ana.says(named)
    ana.sees("Senin, 15 Juni 2020", "WFO: bekerja dari kantor", "nomor 045.2/1656/06/2020")
    ana.sees("Rencana kerja", "1. Rapat data", "2. Surat keluar", "Hasil kerja", "Menunggu diperiksa")
    ana.can_tap("PDF tanggal ini", "Teks e-Kinerja", "Kembali")


async def test_v06_a_day_shows_that_health_was_reported_and_nothing_of_it(stage: Stage, ana: Player) -> None:
    """V06: a phone that is left open tells nobody how somebody was."""
    await works_a_day(stage, ana)
    [row] = await stage.rows("SELECT code FROM health_reports")
    await ana.says("riwayat 15 juni")
    ana.sees("Kesehatan: sudah dilaporkan", row["code"], "06.45 WIB")
    ana.sees_no("risiko", "gejala", "kontak", "sehat,")


async def test_what_the_superior_said_stands_with_the_day(stage: Stage, ana: Player, boris: Player) -> None:
    await works_a_day(stage, ana)
    await approves(stage, ana, boris, decision="returned", note="Lampirkan notula")
    await ana.says("riwayat 15 juni")
    ana.sees("Dikembalikan Boris Siregar: Lampirkan notula")
    stage.passes(60)
    await approves(stage, ana, boris)
    await ana.says("15")
    ana.sees("Disetujui Boris Siregar (atasan langsung), 17 Juni 2020 pukul 08.01 WIB")


async def test_the_text_for_e_kinerja_can_be_copied_whole(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat 15 juni")
    await ana.taps("Teks e-Kinerja")
    [text] = ana.texts
    assert text.startswith("Senin, 15 Juni 2020\n1. Rapat data")
    assert "Surat keluar" not in text
    ana.can_tap("Kembali")


async def test_the_text_for_e_kinerja_is_the_plan_while_there_is_no_output(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat <b>data</b> & {{x}}")
    await ana.says("/ekinerja")
    ana.sees("1. Rapat <b>data</b> & {{x}}")


async def test_back_leads_to_the_month_and_menu_home(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat 15 juni")
    await ana.taps("Kembali")
    ana.sees("Juni 2020", "Sen 15: WFO")
    await ana.says("menu")
    ana.can_tap("WFO hari ini?")


async def test_one_may_leave_by_saying_what_else_one_wants(stage: Stage, ana: Player) -> None:
    await ana.says("riwayat")
    await ana.says("rencana")
    ana.sees("Apa rencana kerja Anda?")


async def test_what_names_no_day_is_asked_again(stage: Stage, ana: Player) -> None:
    await ana.says("riwayat")
    await ana.says("31")
    ana.sees("belum saya kenali", "12 Juni")
    ana.can_tap("PDF bulan ini")


@pytest.mark.parametrize("named", ["18", "besok", "18 Juni 2020"])
async def test_a_day_that_has_not_come_is_refused_kindly(stage: Stage, ana: Player, named: str) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat")
    await ana.says(named)
    ana.sees("Hari itu belum tiba", "jadwal besok")
    ana.can_tap("PDF bulan ini")


async def test_months_go_back_to_the_first_record_and_no_further(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    stage.moves_to("2020-08-03 08:00")
    await ana.says("riwayat")
    ana.sees("Agustus 2020")
    await ana.taps("Bulan sebelumnya")
    ana.sees("Juli 2020")
    ana.can_tap("Bulan berikutnya")
    await ana.says("juni")
    ana.sees("Juni 2020", "H✓")
    assert "Bulan sebelumnya" not in ana.choices
    await ana.says("mei")
    ana.sees("mulai 15 Juni 2020")
    await ana.taps("Bulan berikutnya")
    ana.sees("Juli 2020")
    await ana.says("september 2020")
    ana.sees("Bulan itu belum tiba")


async def test_a_day_before_one_came_to_the_office_says_so(stage: Stage, ana: Player) -> None:
    await ana.says("riwayat 28 mei")
    ana.sees("Kamis, 28 Mei 2020", "Belum ada catatan", "Belum ada.")


async def test_leave_and_holidays_are_named_and_owe_nothing(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=ana.person_id, kind=AbsenceKind.SICK_LEAVE, valid_from=date(2020, 6, 16),
            valid_until=date(2020, 6, 16), by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await ana.says("riwayat")
    ana.sees("Sel 16: Cuti", "Rab 17")
    ana.sees_no("Sel 16: Cuti R", "sakit")
    await ana.says("14")
    ana.sees("Libur: akhir pekan")


async def test_half_a_day_away_stands_beside_where_one_worked(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await ana.says("izin besok pagi")
    ana.sees("setengah hari kerja")
    await ana.taps("Ajukan")
    await boris.taps("Setujui")
    await ana.says("riwayat")
    ana.sees("Sel 16: WFO, setengah hari izin")


async def test_leave_that_is_recorded_later_counts_over_what_was_told(stage: Stage, ana: Player) -> None:
    await ana.says("wfo hari ini")
    stage.moves_to("2020-06-16 08:00")
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=ana.person_id, kind=AbsenceKind.ANNUAL_LEAVE, valid_from=date(2020, 6, 15),
            valid_until=date(2020, 6, 15), by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await ana.says("riwayat 15 juni")
    ana.sees("Cuti tahunan")


async def test_a_question_about_the_past_does_not_end_a_form(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("/riwayat")
    ana.sees("Juni 2020", "Apa rencana kerja Anda?")
    assert not any(seen.shown for seen in ana.fresh)  # no button that leads nowhere
    await ana.says("Rapat data")
    ana.sees("Simpan rencana ini?")


async def test_the_next_day_the_month_can_still_be_read(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat")
    stage.moves_to("2020-06-18 15:00")
    await ana.says("15")
    ana.sees("Senin, 15 Juni 2020")
    ana.sees_no("sudah lewat")


async def test_nobody_sees_anybody_elses_days(stage: Stage, ana: Player, boris: Player, eko: Player) -> None:
    await works_a_day(stage, ana)
    await boris.says("riwayat 15 juni")
    boris.sees("Senin, 15 Juni 2020")
    boris.sees_no("Rapat data")
    await eko.says("/riwayat")
    eko.sees_no("Juni 2020")


async def test_english_readers_get_english(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE people SET locale = 'en' WHERE id = :id", id=ana.person_id)
    await ana.says("/history")
    ana.sees("June 2020", "Mon 15: WFO P✓ O✓", "Plans 1, outputs 1")


async def test_days_to_come_follow_what_is_known_now(stage: Stage, ana: Player, dewi: Player) -> None:
    """The morning's receipt told Ana of tomorrow; she was cleared since."""
    await ana.says("lapor pagi")
    await ana.says("6")
    await ana.taps("Selesai")
    await ana.says("Rapat data")
    await ana.taps("Kirim")
    ana.sees("Selasa, 16 Juni 2020: ", "Jangan ke kantor dulu")
    await ana.says("riwayat 15")
    ana.sees_no("Dasar: SE Gubernur")
    await dewi.taps("Buka kasus")
    await dewi.taps("Boleh masuk kantor")
    await dewi.taps("Hari kerja berikut")
    await ana.says("riwayat")
    ana.sees("Sen 15: Tidak ke kantor R✓", "Sel 16 s.d. Jum 19: WFO")
