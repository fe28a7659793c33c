"""Which unit reports on whom, where its clock is, and who is asked for it."""

from datetime import date

import pytest

from db import absences, appointments, calendars, memberships, people, regions, settings
from db.appointments import Post, Power
from policy.model import AbsenceKind
from policy.words import DayKind, JobLevel
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE, UPTD
from tests.periodic_office import ASKED, FIRST, looks, names_pyb, owes, reports
from tests.stage import Stage


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


@pytest.fixture
def boris(stage: Stage) -> Player:
    return stage.players["boris"]


@pytest.fixture
def clara(stage: Stage) -> Player:
    return stage.players["clara"]


async def _has_uptd(stage: Stage, clara: Player) -> str:
    """Dewi leads the UPTD, somebody works there and missed three days; Boris leads above, Clara is the PyB."""
    dewi, now = stage.players["dewi"], stage.clock.now()
    async with stage.db.transaction() as tx:
        when = {"valid_from": SINCE, "by": BY, "now": now}
        await appointments.appoint(tx, unit_code=UPTD, person_id=dewi.person_id, post=Post.HEAD, **when)
        budi = await people.add(tx, nip=None, name="Budi Santoso", employment="non-asn", now=now)
        await memberships.assign(
            tx, person_id=budi, unit_code=UPTD, position="Staf", job_level=JobLevel.PELAKSANA, **when
        )
    await names_pyb(stage, clara)
    await owes(stage, budi, missed=(16, 18, 23), unit=UPTD)
    return budi


async def test_a_unit_reports_on_its_own_and_its_leader_is_in_the_report_above(
    stage: Stage, ana: Player, boris: Player
) -> None:
    dewi = stage.players["dewi"]
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=UPTD, person_id=dewi.person_id, post=Post.HEAD, valid_from=SINCE, by=BY, now=now
        )
        tx_settings = '{"missed": 1, "within": "month", "of": ["output"]}'
        await settings.set_value(
            tx,
            unit_code=AGENCY,
            name="nonperformance",
            value=tx_settings,
            basis=None,
            valid_from=SINCE,
            by=BY,
            now=now,
        )
    await owes(stage, ana.person_id, missed=(16,))
    await owes(stage, dewi.person_id, missed=(17,), unit=UPTD)
    assert await looks(stage, FIRST) == 1  # nobody works under Dewi
    assert await reports(stage) == [("LAP-001/DISKOMINFO/VII/2020", "answering")]
    named = await stage.rows("SELECT person_id FROM periodic_lines")
    assert {row["person_id"] for row in named} == {ana.person_id, dewi.person_id}
    ana.sees("laporan hasil")
    ana.sees_no("rencana kerja")


async def test_the_report_follows_the_letter_of_whoever_acts_for_the_head(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    """A Plh without the power to report leads, but the report stays with the head (M14)."""
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx,
            unit_code=AGENCY,
            person_id=clara.person_id,
            post=Post.PLH,
            valid_from=SINCE,
            by=BY,
            now=stage.clock.now(),
            powers=[Power.VERIFY],
        )
    await looks(stage, FIRST)
    await looks(stage, ASKED)
    boris.sees("siap Anda kirim")
    assert clara.texts == []


async def test_the_level_above_a_unit_hears_a_count_when_it_is_not_sent(
    stage: Stage, boris: Player, clara: Player
) -> None:
    dewi = stage.players["dewi"]
    await _has_uptd(stage, clara)
    assert await looks(stage, FIRST) == 2  # the agency's, without names, and the UPTD's
    assert [number for number, _ in await reports(stage)] == [
        "LAP-001/DISKOMINFO/VII/2020",
        "LAP-001/UPTD-DATA/VII/2020",
    ]
    boris.sees("Tidak ada nama yang tercantum")
    for morning in (ASKED, "2020-07-08 08:00", "2020-07-09 08:00"):
        await looks(stage, morning)
        dewi.sees("LAP-001/UPTD-DATA")
        boris.sees_no("UPTD")
    await looks(stage, "2020-07-10 08:00")
    boris.sees("UPTD Pusat Data", "belum dikirim", "<5")
    boris.sees_no("Budi")
    clara.sees_no("UPTD")


async def test_a_unit_whose_head_is_not_reached_is_stood_in_for_from_above(
    stage: Stage, boris: Player, clara: Player
) -> None:
    """M14: and only as long as that lasts."""
    dewi = stage.players["dewi"]
    await _has_uptd(stage, clara)
    await looks(stage, FIRST)
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=dewi.person_id,
            kind=AbsenceKind.ANNUAL_LEAVE,
            valid_from=date(2020, 7, 7),
            valid_until=date(2020, 7, 7),
            by=BY,
            now=stage.clock.now(),
        )
    await looks(stage, ASKED)
    boris.sees("LAP-001/UPTD-DATA", "sedang tidak dapat dihubungi")
    await boris.taps("Buka laporan")
    boris.sees("Budi Santoso")
    await looks(stage, "2020-07-08 08:00")
    dewi.sees("LAP-001/UPTD-DATA")
    await boris.says("laporan berkala")
    boris.sees_no("UPTD")


async def test_a_holiday_moves_the_first_working_day(stage: Stage, ana: Player) -> None:
    """T05."""
    async with stage.db.transaction() as tx:
        await calendars.name_day(
            tx,
            unit_code=AGENCY,
            kind=DayKind.HOLIDAY,
            name="Hari jadi",
            on=date(2020, 7, 1),
            by=BY,
            now=stage.clock.now(),
        )
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    assert await looks(stage, FIRST) == 0
    assert await looks(stage, "2020-07-02 08:00") == 1
    ana.sees("Selasa, 7 Juli 2020")


async def test_t01_a_unit_further_east_is_drafted_at_its_own_eight_o_clock(
    stage: Stage, boris: Player, clara: Player
) -> None:
    async with stage.db.transaction() as tx:
        await regions.add(tx, code="94.71", name="Jayapura", kind="kota", timezone="WIT")
        await tx.run("UPDATE units SET region_code = '94.71' WHERE code = :code", code=UPTD)
    await _has_uptd(stage, clara)
    assert await looks(stage, "2020-07-01 05:59") == 0
    assert await looks(stage, "2020-07-01 06:00") == 1  # 08.00 in Jayapura
    assert [number for number, _ in await reports(stage)] == ["LAP-001/UPTD-DATA/VII/2020"]
    assert (
        await looks(stage, FIRST) == 1
    )  # the agency's own; the other is not asked for again before its time


async def test_nobody_is_named_in_two_reports_of_the_same_days(
    stage: Stage, ana: Player, clara: Player
) -> None:
    """A unit that is led from the second day on is not asked about whom the report above names already."""
    budi = await _has_uptd(stage, clara)
    async with stage.db.transaction() as tx:
        await appointments.dismiss(
            tx, unit_code=UPTD, post=Post.HEAD, first=SINCE, by=BY, now=stage.clock.now()
        )
    stage.passes(1)
    assert await looks(stage, FIRST) == 1
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx,
            unit_code=UPTD,
            person_id=stage.players["dewi"].person_id,
            post=Post.PLT,
            valid_from=date(2020, 7, 2),
            by=BY,
            now=stage.clock.now(),
        )
    assert await looks(stage, "2020-07-02 08:00") == 1
    named = await stage.rows("SELECT person_id FROM periodic_lines")
    assert [row["person_id"] for row in named] == [budi]
