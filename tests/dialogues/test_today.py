"""Am I WFO today? Asked in every way, answered with the rule, the facts and the moment."""

from datetime import date

import pytest

from db import absences, adoptions, calendars, regions, verdicts
from policy.model import AbsenceKind, Arrangement, DayKind
from tests.chat import Player
from tests.factories import AGENCY, BY, CIRCULAR, CITY
from tests.stage import Stage


async def _zone(stage: Stage, value: str, *, since: date) -> None:
    async with stage.db.transaction() as tx:
        await regions.record_fact(
            tx, region_code=CITY, value=value, valid_from=since, by=BY, now=stage.clock.now()
        )


async def test_one_tap_answers_with_circular_paragraph_facts_and_the_moment(
    stage: Stage, ana: Player
) -> None:
    await ana.says("menu")
    await ana.taps("WFO hari ini?")
    ana.sees("WFO: bekerja dari kantor", "Hari ini, Senin, 15 Juni 2020", "07.30–16.00 WIB")
    ana.sees(
        "045.2/1656/06/2020", "Gubernur Lampung", "angka 1 huruf (a)", "zona hijau, ASN bekerja dari kantor"
    )
    ana.sees("zona Bandar Lampung hijau sejak 1 Juni 2020", "Per 06.45 WIB, 15 Juni 2020")
    assert len(ana.texts) == 1


async def test_the_answer_stands_in_the_first_line(stage: Stage, ana: Player) -> None:
    await _zone(stage, "merah", since=date(2020, 6, 15))
    await ana.says("/hariini")
    assert ana.last.splitlines()[0].strip("*") == "WFH: bekerja dari rumah"
    ana.sees("angka 1 huruf (b)", "merah sejak 15 Juni 2020", "Dibaca bersama", "angka 2")


async def test_loose_words_are_enough(stage: Stage, ana: Player) -> None:
    for asked, day in (
        ("wfh besok?", "Besok, Selasa, 16 Juni 2020"),
        ("msk kantor gak hari ini", "Hari ini, Senin, 15 Juni 2020"),
        ("jadwal jumat", "Jumat, 19 Juni 2020"),
        ("WFO 18/6?", "Kamis, 18 Juni 2020"),
        ("/hariini 2020-06-17", "Rabu, 17 Juni 2020"),
        ("WFO kemarin?", "Kemarin, Minggu, 14 Juni 2020"),
    ):
        await ana.says(asked)
        ana.sees(day)


async def test_a_weekend_is_free_and_the_next_working_day_is_named(stage: Stage, ana: Player) -> None:
    await ana.says("jadwal sabtu")
    ana.sees("Libur: akhir pekan", "Hari kerja berikutnya: Senin, 22 Juni 2020")


async def test_a_holiday_of_the_agency_moves_the_next_working_day(stage: Stage, ana: Player) -> None:
    async with stage.db.transaction() as tx:
        for day, name in ((16, "Hari jadi"), (17, "Cuti bersama hari jadi")):
            kind = DayKind.HOLIDAY if day == 16 else DayKind.JOINT_LEAVE
            on = date(2020, 6, day)
            await calendars.name_day(
                tx, unit_code=AGENCY, kind=kind, name=name, on=on, by=BY, now=stage.clock.now()
            )
    await ana.says("besok")
    ana.sees("Libur: Hari jadi", "Hari kerja berikutnya: Kamis, 18 Juni 2020")
    await ana.says("WFO lusa?")
    ana.sees("Libur: Cuti bersama hari jadi")


async def test_the_week_has_a_line_for_each_working_day_that_is_left(stage: Stage, ana: Player) -> None:
    await _zone(stage, "merah", since=date(2020, 6, 18))
    await ana.says("jadwal minggu ini")
    lines = [line.replace("*", "") for line in ana.last.splitlines()]
    days = [line for line in lines if "Jun: WF" in line]
    assert len(days) == 5
    assert days[0].startswith("Sen, 15 Jun: WFO (")
    assert days[4].startswith("Jum, 19 Jun: WFH (")
    ana.sees("angka 1 huruf (a)", "angka 1 huruf (b)")
    ana.sees_no("Sab, 20 Jun")


async def test_on_a_weekend_the_week_is_the_next_one(stage: Stage, ana: Player) -> None:
    stage.moves_to("2020-06-20 09:00")
    await ana.says("minggu ini")
    ana.sees("Sen, 22 Jun", "Jum, 26 Jun")


async def test_duties_and_open_points_are_counted_and_told_on_request(stage: Stage, ana: Player) -> None:
    await ana.says("besok")
    ana.sees("6 kewajiban dan 2 hal yang tidak disebut aturan")
    await ana.taps("Dasar lengkap")
    ana.sees(
        "Kami membaca angka 2 hanya untuk zona kuning dan merah",
        "Selasa, 16 Juni 2020",
        "Angka 3 (2): Rapat dan kegiatan tatap muka dialihkan ke media elektronik.",
    )


async def test_where_the_rule_is_silent_nothing_is_guessed(stage: Stage, ana: Player) -> None:
    await _zone(stage, "oranye", since=date(2020, 6, 15))
    await ana.says("WFO?")
    ana.sees("Belum bisa dipastikan", "tidak menyebut zona oranye", "bagian kepegawaian")
    ana.sees_no("bekerja dari kantor", "bekerja dari rumah")


async def test_without_a_rule_the_head_is_to_be_asked(stage: Stage, ana: Player) -> None:
    async with stage.db.transaction() as tx:
        await adoptions.drop(
            tx, circular=CIRCULAR, unit_code=AGENCY, first=date(2020, 6, 1), by=BY, now=stage.clock.now()
        )
    await ana.says("WFO?")
    ana.sees("Belum bisa dipastikan", "Tidak ada aturan WFO atau WFH", "atasan langsung")


async def test_leave_is_the_answer_while_it_lasts(stage: Stage, ana: Player) -> None:
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=ana.person_id,
            kind=AbsenceKind.ANNUAL_LEAVE,
            valid_from=date(2020, 6, 15),
            valid_until=date(2020, 6, 17),
            by=BY,
            now=stage.clock.now(),
        )
    await ana.says("WFO?")
    ana.sees("Cuti tahunan sampai Rabu, 17 Juni 2020")


async def test_too_far_ahead_and_before_all_records_are_refused_with_a_sentence(
    stage: Stage, ana: Player
) -> None:
    await ana.says("WFO 15 Agustus 2020?")
    ana.sees("belum bisa saya jawab", "sampai Jumat, 14 Agustus 2020")
    await ana.says("WFO 14 Agustus 2020?")
    ana.sees("Jumat, 14 Agustus 2020", "Per 06.45")
    await ana.says("WFO 20 Mei 2020?")
    ana.sees("tidak punya catatan")


async def test_what_was_told_is_kept_and_a_change_leaves_both(stage: Stage, ana: Player) -> None:
    await ana.says("WFO?")
    told_at = stage.clock.now()
    stage.passes(600)
    await _zone(stage, "merah", since=date(2020, 6, 15))
    await ana.says("WFO?")
    ana.sees("WFH: bekerja dari rumah")
    day, now = date(2020, 6, 15), stage.clock.now()
    async with stage.db.reading() as tx:
        first = await verdicts.told(tx, stage.seal, person_id=ana.person_id, on=day, as_known_at=told_at)
        second = await verdicts.told(tx, stage.seal, person_id=ana.person_id, on=day, as_known_at=now)
    assert first is not None
    assert second is not None
    assert (first.arrangement, second.arrangement) == (Arrangement.WFO, Arrangement.WFH)


async def test_the_question_in_the_middle_of_a_form_leaves_the_form_where_it_was(
    stage: Stage, ana: Player
) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.says("WFO besok?")
    ana.sees("WFO: bekerja dari kantor", "Besok, Selasa", "Simpan rencana ini?", "1. Rapat data")
    await ana.taps("Simpan")
    ana.sees("Rencana tercatat")


async def test_a_stranger_is_told_nothing_of_any_day(stage: Stage, eko: Player) -> None:
    await eko.says("WFO hari ini?")
    eko.sees_no("bekerja dari kantor", "zona", "045.2")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("wfo minggu depan?", "Sen, 22 Jun"),
        ("minggu depan", "Jum, 26 Jun"),
        ("wfo senin depan?", "Senin, 22 Juni 2020"),
        ("wfo senin minggu depan", "Senin, 22 Juni 2020"),
        ("tanggal 20 libur?", "Sabtu, 20 Juni 2020"),
        ("wfo tgl 3?", "Jumat, 3 Juli 2020"),
    ],
)
async def test_next_week_and_a_bare_date_are_understood(ana: Player, said: str, told: str) -> None:
    await ana.says(said)
    ana.sees(told)
    ana.sees_no("Hari ini, Senin, 15 Juni 2020")
