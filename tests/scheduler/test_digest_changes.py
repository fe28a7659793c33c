"""What a digest says first: what is other than before; and a digest that is right no more, corrected once."""

from datetime import date, datetime

import pytest

from db import absences, health, obligations, outages, reports
from policy.deadlines import Owed
from policy.model import AbsenceKind
from tests.chat import Player
from tests.digest_office import asks, corrects, is_well, leads, looks, opens, reports_
from tests.factories import BY
from tests.rota_office import HALF, draws, under_quota
from tests.stage import LOCAL, Stage


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


@pytest.fixture
def boris(stage: Stage) -> Player:
    return stage.players["boris"]


@pytest.fixture
def dewi(stage: Stage) -> Player:
    return stage.players["dewi"]


@pytest.fixture
async def office(stage: Stage) -> Stage:
    await asks(stage)
    await opens(stage, "2020-06-15 05:00")
    return stage


async def _away(stage: Stage, who: Player, kind: AbsenceKind, first: str, last: str) -> None:
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=who.person_id, kind=kind, valid_from=date.fromisoformat(first),
            valid_until=date.fromisoformat(last), by=BY, now=stage.clock.now(),
        )  # fmt: skip


async def _excuse(stage: Stage, who: Player, kind: Owed, local: str) -> None:
    stage.moves_to(local)
    async with stage.db.transaction() as tx:
        owed = await obligations.of(tx, person_id=who.person_id, on=date(2020, 6, 15))
        (one,) = [each for each in owed if each.kind is kind]
        now = stage.clock.now()
        assert await obligations.excuse(tx, obligation_id=one.id, because="head", by=BY, now=now)


async def test_an_absence_is_new_once(office: Stage, boris: Player, ana: Player) -> None:
    await _away(office, ana, AbsenceKind.PERMISSION, "2020-06-17", "2020-06-18")
    await looks(office, "2020-06-15 09:15")
    boris.sees("1 ketidakhadiran baru", "Baru tidak hadir: Ana Lestari (izin, Rab, 17 Jun s.d. Kam, 18 Jun)")
    await looks(office, "2020-06-15 17:30")
    boris.sees("Ringkasan sore")
    boris.sees_no("ketidakhadiran baru", "Baru tidak hadir")


async def test_of_illness_it_is_only_said_that_somebody_is_away(
    office: Stage, boris: Player, ana: Player
) -> None:
    """Fault V03."""
    await _away(office, ana, AbsenceKind.SICK_LEAVE, "2020-06-17", "2020-06-18")
    await looks(office, "2020-06-15 09:15")
    boris.sees("Ana Lestari (tidak bertugas, Rab, 17 Jun s.d. Kam, 18 Jun)")
    boris.sees_no("sakit")


async def test_a_long_streak_that_ended_is_said(office: Stage, boris: Player, ana: Player) -> None:
    for day in ("15", "16", "17", "18", "19"):
        await opens(office, f"2020-06-{day} 05:00")
        await reports_(office, ana, "plan", f"2020-06-{day} 07:30")
        await looks(office, f"2020-06-{day} 09:15")
        boris.sees_no("selalu melapor")
    await opens(office, "2020-06-22 05:00")
    await looks(office, "2020-06-22 09:15")
    boris.sees("1 orang yang selalu melapor kali ini belum", "Ana Lestari (5 hari berturut-turut)")


async def test_an_outage_of_the_day_and_what_it_excused_are_said(
    office: Stage, boris: Player, ana: Player
) -> None:
    office.moves_to("2020-06-15 09:06")
    at = office.clock.now()
    began = datetime(2020, 6, 15, 8, 30, tzinfo=LOCAL)
    async with office.db.transaction() as tx:
        await outages.record(tx, cause="stopped", began_at=began, ended_at=at, now=at)
    await reports_(office, ana, "plan", "2020-06-15 09:10")
    await looks(office, "2020-06-15 09:15")
    boris.sees("Gangguan di pihak kami 08.30–09.06", "1 laporan karena itu tidak dihitung terlambat")


async def test_a_planned_office_over_its_cap_tomorrow_is_a_risk(stage: Stage, boris: Player) -> None:
    """More than its cap may be in tomorrow by what a swap or a hand made of the week."""
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Terbitkan")
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE rota_days SET arrangement = 'WFO' WHERE on_date = '2020-06-23'")
    await opens(stage, "2020-06-22 05:00")
    await looks(stage, "2020-06-22 09:15")
    boris.sees("Sel, 23 Jun: direncanakan di kantor 5, batasnya 2")


async def test_next_week_under_its_floor_is_foreseen(stage: Stage, boris: Player) -> None:
    await under_quota(stage, body=HALF.replace('at_most: "50 %"', 'exactly: "2 orang"'))
    await draws(boris)
    await boris.taps("Terbitkan")
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE rota_days SET arrangement = 'WFH' WHERE on_date = '2020-06-24'")
    await opens(stage, "2020-06-15 07:00")
    await looks(stage, "2020-06-15 09:15")
    boris.sees("Rab, 24 Jun: direncanakan di kantor 0, paling sedikit 2")


async def test_somebody_kept_out_is_named_with_a_day_and_no_reason(
    office: Stage, boris: Player, ana: Player
) -> None:
    """Fault V03."""
    await is_well(office, ana, "2020-06-15 07:10", yes=(5, 6))
    await looks(office, "2020-06-15 09:15")
    boris.sees("Tidak ke kantor: Ana Lestari", "belum boleh: 1")
    boris.sees_no("risiko", "gejala", "kontak", "covid", "besar", "sakit")


async def test_the_level_above_cannot_tell_one_of_three(office: Stage, boris: Player, dewi: Player) -> None:
    """Fault V04: the unit below is of one person, who reported that she is ill."""
    await leads(office, dewi)
    await is_well(office, dewi, "2020-06-15 07:10", yes=(5, 6))
    await looks(office, "2020-06-15 09:15")
    dewi.sees("UPTD Pusat Data", "belum boleh: 1")
    boris.sees("Unit di bawahnya (1 unit, <5 pegawai)", "Belum boleh ke kantor: <5", "tidak menunjuk orang")
    boris.sees_no("Dewi")


async def test_reports_that_come_later_correct_nothing(office: Stage, boris: Player, ana: Player) -> None:
    await looks(office, "2020-06-15 09:15")
    await reports_(office, ana, "plan", "2020-06-15 09:30")
    assert await corrects(office, "2020-06-15 10:00") == 0
    boris.sees_nothing()


async def test_an_excuse_is_a_correction_with_the_old_number_and_the_right_one_and_comes_once(
    office: Stage, boris: Player, ana: Player
) -> None:
    await looks(office, "2020-06-15 09:15")
    await _excuse(office, ana, Owed.PLAN, "2020-06-15 09:20")
    assert await corrects(office, "2020-06-15 09:40") == 0  # more may come
    assert await corrects(office, "2020-06-15 09:50") == 1
    boris.sees("Perbaikan ringkasan pagi: Dinas Kominfo Provinsi Lampung", "per 09.15 WIB")
    boris.sees("Rencana, belum: 4 → 3", "Rencana, dikecualikan: 0 → 1")
    await _excuse(office, ana, Owed.HEALTH, "2020-06-15 10:20")
    assert await corrects(office, "2020-06-15 11:00") == 0
    boris.sees_nothing()


async def test_a_report_taken_back_is_a_correction(office: Stage, boris: Player, ana: Player) -> None:
    report_id = await reports_(office, ana, "plan", "2020-06-15 07:30")
    await is_well(office, ana, "2020-06-15 07:31")
    await looks(office, "2020-06-15 09:15")
    office.moves_to("2020-06-15 09:30")
    async with office.db.transaction() as tx:
        report = await reports.with_id(tx, person_id=ana.person_id, report_id=report_id)
        assert report is not None
        await reports.withdraw(tx, report, now=office.clock.now())
        told = await health.latest(tx, office.seal, person_id=ana.person_id, on=date(2020, 6, 15))
        assert told is not None
        await health.withdraw(tx, report_id=told.id, now=office.clock.now())
    assert await corrects(office, "2020-06-15 10:00") == 1
    boris.sees("Rencana, tepat waktu: 1 → 0", "Kesehatan, belum: 3 → 4")


async def test_yesterday_is_not_corrected_any_more(office: Stage, boris: Player, ana: Player) -> None:
    await looks(office, "2020-06-15 09:15")
    await _excuse(office, ana, Owed.PLAN, "2020-06-15 23:50")
    assert await corrects(office, "2020-06-16 00:10") == 0
