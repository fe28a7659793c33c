"""Periodic reports by the clock: drafted once under a rising number, answered, asked for, never sent by themselves."""

import asyncio
from datetime import date, timedelta

import pytest

from db import absences, outages, settings
from db.opening import open_db
from handlers import notice
from policy.model import AbsenceKind
from scheduler.reporting import periodic
from tests import factories
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE
from tests.periodic_office import ASKED, FIRST, becomes, looks, names_pyb, owes, reports
from tests.stage import BOOK, Stage


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


@pytest.fixture
def boris(stage: Stage) -> Player:
    return stage.players["boris"]


@pytest.fixture
def clara(stage: Stage) -> Player:
    return stage.players["clara"]


async def test_it_is_drafted_on_the_first_working_day_at_eight_and_who_is_named_is_told(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await owes(stage, clara.person_id, late=(16, 18, 23, 24))
    assert await looks(stage, "2020-07-01 07:59") == 0
    assert await looks(stage, FIRST) == 1
    assert await reports(stage) == [("LAP-001/DISKOMINFO/VII/2020", "answering")]
    ana.sees(
        "Hanya untuk Anda", "Selasa, 16 Juni 2020", "Senin, 6 Juli 2020", "bukan sanksi", "Boris Siregar"
    )
    ana.can_tap("Jawab")
    assert clara.texts == boris.texts == []  # late is not missing, and the head is asked when answers are in
    assert await looks(stage, "2020-07-01 08:05") == 0


async def test_a_report_without_names_goes_to_the_head_at_once(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18))
    assert await looks(stage, FIRST) == 1
    assert await reports(stage) == [("LAP-001/DISKOMINFO/VII/2020", "ready")]
    boris.sees("siap Anda kirim", "Tidak ada nama yang tercantum")
    assert ana.texts == []


async def test_nothing_is_drafted_where_nothing_was_owed(stage: Stage) -> None:
    assert await looks(stage, FIRST) == 0
    assert await stage.rows("SELECT 1 FROM skipped") == []


async def test_after_the_answers_the_head_is_asked_and_then_the_level_above_hears_a_count(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await looks(stage, FIRST)
    assert await looks(stage, "2020-07-07 07:59") == 0
    assert await looks(stage, ASKED) == 1
    boris.sees("siap Anda kirim", "Pegawai yang tercantum: 1")
    boris.sees_no("Lestari")
    for morning in ("2020-07-08 08:00", "2020-07-09 08:00"):
        assert await looks(stage, morning) == 1
        boris.sees("masih menunggu Anda")
        assert clara.texts == []
    assert await looks(stage, "2020-07-10 08:00") == 1
    clara.sees("belum dikirim", "7 Juli 2020", "Pegawai yang tercantum: <5")  # V04
    clara.sees_no("Lestari")
    assert await looks(stage, "2020-07-13 08:00") == 0  # from now on once in five working days
    assert await looks(stage, "2020-07-17 08:00") == 1
    boris.sees("masih menunggu Anda")
    assert clara.texts == []
    assert (await reports(stage))[0][1] == "ready"


async def test_what_was_done_late_or_excused_since_leaves_the_report(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await looks(stage, FIRST)
    await becomes(stage, ana.person_id, 23, "excused")
    await looks(stage, ASKED)
    ana.sees("tidak lagi ada di laporan berkala")
    boris.sees("Tidak ada nama yang tercantum")


async def test_an_outage_names_nobody(stage: Stage, ana: Player) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    began = stage.clock.now().replace(day=16, hour=1)
    async with stage.db.transaction() as tx:
        for hours in (0, 8):  # in the window of the plan, and in that of the output
            gap = began + timedelta(hours=hours)
            await outages.record(
                tx, cause="ours", began_at=gap, ended_at=gap + timedelta(minutes=45), now=gap
            )
    await looks(stage, FIRST)
    assert await reports(stage) == [("LAP-001/DISKOMINFO/VII/2020", "ready")]
    assert ana.texts == []


async def test_who_is_on_leave_all_the_while_is_told_and_it_is_said_that_they_had_no_chance(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=ana.person_id,
            kind=AbsenceKind.ANNUAL_LEAVE,
            valid_from=date(2020, 7, 1),
            valid_until=date(2020, 7, 10),
            by=BY,
            now=stage.clock.now(),
        )
    await looks(stage, FIRST)
    ana.sees("Hanya untuk Anda")
    await looks(stage, ASKED)
    await boris.taps("Buka laporan")
    boris.sees("tidak bertugas selama masa menjawab")


async def test_who_has_no_chat_could_not_answer_and_the_head_is_asked_to_tell_them(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await stage.unlinks(ana)
    await looks(stage, FIRST)
    await looks(stage, ASKED)
    await boris.taps("Buka laporan")
    boris.sees("tidak terhubung ke Piket", "disampaikan langsung")


async def test_weekly_reports_rise_in_number(stage: Stage, ana: Player) -> None:
    async with stage.db.transaction() as tx:
        await settings.set_value(
            tx,
            unit_code=AGENCY,
            name="nonperformance",
            value='{"within": "week"}',
            basis=None,
            valid_from=SINCE,
            by=BY,
            now=stage.clock.now(),
        )
    await owes(stage, ana.person_id)
    assert await looks(stage, "2020-06-22 08:00") == 1
    assert await looks(stage, "2020-06-29 08:00") == 2  # and of the first the head is reminded
    assert [number for number, _ in await reports(stage)] == [
        "LAP-001/DISKOMINFO/VI/2020",
        "LAP-002/DISKOMINFO/VI/2020",
    ]


async def test_a_service_that_slept_drafts_once_within_ten_days_and_then_skips_with_a_reason(
    stage: Stage, ana: Player
) -> None:
    """T03."""
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    assert await looks(stage, "2020-07-10 17:30") == 0  # nobody is asked in the evening
    assert await looks(stage, "2020-07-11 09:00") == 0  # too late at last
    assert await looks(stage, "2020-07-12 09:00") == 0
    (row,) = await stage.rows("SELECT what, subject, because FROM skipped")
    assert tuple(row[name] for name in ("what", "subject", "because")) == ("periodic", AGENCY, "too_late")
    assert ana.texts == []
    assert await reports(stage) == []


async def test_a_service_that_slept_six_days_drafts_it_in_the_morning(stage: Stage, ana: Player) -> None:
    """T03."""
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    assert await looks(stage, "2020-07-05 09:00") == 0  # a Sunday
    assert await looks(stage, "2020-07-06 09:13") == 1
    ana.sees("Kamis, 9 Juli 2020")


async def test_two_services_draft_and_ask_once(stage: Stage, ana: Player, boris: Player, db_url: str) -> None:
    """D12."""
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    other = await open_db(db_url)
    try:
        for moment, heard in ((FIRST, 2), (ASKED, 1)):
            stage.moves_to(moment)
            boris._since, ana._since = len(boris.seen), len(ana.seen)
            now = stage.clock.now()
            found = await asyncio.gather(
                *(periodic.look(each, stage.seal, BOOK, now) for each in (stage.db, other) for _ in range(3))
            )
            assert sum(found) == 1
            await stage.drains()
            assert len(ana.texts) + len(boris.texts) == heard
    finally:
        await other.close()
    assert await reports(stage) == [("LAP-001/DISKOMINFO/VII/2020", "ready")]


async def test_without_any_head_that_is_reached_the_admins_hear_that_it_waits(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await looks(stage, FIRST)
    await stage.unlinks(boris)
    await looks(stage, ASKED)
    clara.sees("menunggu dikirim", "tidak dapat dihubungi")
    clara.sees_no("Lestari")
    assert (await reports(stage))[0][1] == "ready"
    await names_pyb(stage, clara)
    await looks(stage, "2020-07-08 08:00")
    assert clara.texts == []


async def test_who_links_a_chat_while_answers_are_taken_is_told_then(stage: Stage, ana: Player) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await stage.unlinks(ana)
    await looks(stage, FIRST)
    assert ana.texts == []
    stage.moves_to("2020-07-02 10:00")
    await factories.link_chats(
        stage.db,
        {ana.person_id: ana.address},
        channel=stage.channel.name,
        version=notice.VERSION,
        now=stage.clock.now(),
    )
    await looks(stage, "2020-07-02 10:05")
    ana.sees("Hanya untuk Anda")
    await looks(stage, "2020-07-02 10:10")
    assert ana.texts == []
