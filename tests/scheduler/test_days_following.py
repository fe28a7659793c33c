"""Open days follow what is decided: what is unsent is dropped, what was sent explained, nobody is wrongly overdue."""

from datetime import date

import pytest

from db import (
    absences,
    calendars,
    changes,
    memberships,
    people,
    regions,
    units,
)
from db.changes import ChangeKind
from handlers.admin import days, reporting
from policy.model import Arrangement, DayKind, Part
from policy.words import JobLevel, Zone
from tests.dialogues.written import reports
from tests.factories import AGENCY, UPTD
from tests.scheduler.days import (
    MONDAY,
    asks,
    away,
    days_change,
    holiday,
    opens,
    overdue,
    owed,
    pinged,
    queued,
    reminders,
    states,
    the_day,
    times,
)
from tests.scheduler.deciding import zone
from tests.stage import BOOK, Stage

EVE = "2020-06-14 18:00"
FREE = {"health": "excused", "plan": "excused", "output": "excused"}
OPEN = {"health": "open", "plan": "open", "output": "open"}


@pytest.fixture(autouse=True)
async def opened(stage: Stage) -> None:
    await asks(stage, "reporting", "plan,output")
    await opens(stage, EVE)
    stage.moves_to("2020-06-15 07:29")


async def test_a_holiday_announced_at_half_past_seven(stage: Stage) -> None:
    """T05: unsent ones are dropped, sent ones explained, nobody is overdue."""
    ana, boris = stage.players["ana"], stage.players["boris"]
    await pinged(stage, ana)
    await queued(stage, boris)
    stage.moves_to("2020-06-15 07:30")
    await holiday(stage)
    await days_change(stage)
    ana.sees("Libur: Hari jadi", "Tidak ada yang perlu dilaporkan", "ditetapkan sebagai hari libur")
    boris.sees_no("Tidak ada yang perlu dilaporkan")
    assert await reminders(stage) == [("dropped", "it is done or asked no more")]
    for player in (ana, boris):
        assert await states(stage, player) == FREE
        day = await the_day(stage, player)
        assert (day.is_closed, day.look_at) == (True, None)
    await days_change(stage, "2020-06-15 09:00")
    ana.sees_nothing()


async def test_a_holiday_announced_at_noon_takes_back_what_was_overdue(stage: Stage) -> None:
    """T05"""
    ana = stage.players["ana"]
    stage.moves_to("2020-06-15 12:00")
    await overdue(stage, ana)
    assert (await states(stage, ana))["plan"] == "overdue"
    await holiday(stage)
    await days_change(stage)
    assert await states(stage, ana) == FREE


async def test_who_was_late_on_a_day_that_was_a_holiday_after_all_was_not(stage: Stage) -> None:
    """T05"""
    ana = stage.players["ana"]
    stage.moves_to("2020-06-15 10:00")
    await reports(ana, "rencana", "Rapat data")
    assert (await states(stage, ana))["plan"] == "late"
    await holiday(stage)
    await days_change(stage)
    assert (await states(stage, ana))["plan"] == "closed"


async def test_a_holiday_taken_back_opens_the_day_again_with_an_hour_to_answer(stage: Stage) -> None:
    """T05"""
    ana = stage.players["ana"]
    await holiday(stage)
    await days_change(stage, "2020-06-15 07:31")
    async with stage.db.transaction() as tx:
        await days.unname_day(tx, agency_code=AGENCY, on=MONDAY, by="clara", now=stage.clock.now())
    await days_change(stage, "2020-06-15 08:00")
    assert await states(stage, ana) == OPEN
    assert await times(stage, ana) == {
        "health": "07.00-09.00",
        "plan": "07.00-09.00",
        "output": "15.30-17.00",
    }
    assert (await the_day(stage, ana)).look_at == stage.clock.now()


async def test_a_day_taken_back_when_its_hours_are_over_stays_closed(stage: Stage) -> None:
    ana = stage.players["ana"]
    await holiday(stage)
    await days_change(stage, "2020-06-15 07:31")
    async with stage.db.transaction() as tx:
        await days.unname_day(tx, agency_code=AGENCY, on=MONDAY, by="clara", now=stage.clock.now())
    await days_change(stage, "2020-06-15 16:00")
    assert await states(stage, ana) == FREE


async def test_hours_of_a_season_added_today_move_what_is_not_done(stage: Stage) -> None:
    """T05: Ramadan"""
    ana = stage.players["ana"]
    await reports(ana, "rencana", "Rapat data")
    await pinged(stage, ana)
    async with stage.db.transaction() as tx:
        await reporting.name_season(
            tx, BOOK, agency_code=AGENCY, name="Ramadan", first=MONDAY, last=date(2020, 7, 1), by="clara",
            now=stage.clock.now(),
        )  # fmt: skip
    await days_change(stage, "2020-06-15 07:31")
    assert await times(stage, ana) == {
        "health": "07.30-09.00",
        "plan": "07.00-09.00",
        "output": "14.30-16.00",
    }
    ana.sees(
        "Batas waktu berubah",
        "kondisi kesehatan sampai pukul 09.00 WIB",
        "hasil kerja sampai pukul 16.00 WIB",
    )
    ana.sees_no("rencana kerja sampai")


async def test_an_absence_approved_today_closes_the_day_and_taken_back_opens_it(stage: Stage) -> None:
    ana = stage.players["ana"]
    await pinged(stage, ana)
    await away(stage, ana)
    await days_change(stage, "2020-06-15 07:31")
    ana.sees("Tidak ada yang perlu dilaporkan", "Anda tercatat tidak bertugas")
    assert await states(stage, ana) == FREE
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await absences.withdraw(tx, person_id=ana.person_id, first=MONDAY, by="boris", now=now)
        await changes.note(
            tx, kind=ChangeKind.PERSON, subject=ana.person_id, first_day=MONDAY, by="boris", now=now
        )
    await days_change(stage)
    assert await states(stage, ana) == OPEN


async def test_half_a_day_away_moves_the_hours_and_what_was_overdue_is_owed_again(stage: Stage) -> None:
    ana = stage.players["ana"]
    stage.moves_to("2020-06-15 11:00")
    await overdue(stage, ana)
    await away(stage, ana, part=Part.MORNING)
    await days_change(stage)
    assert await states(stage, ana) == OPEN
    assert (await times(stage, ana))["plan"] == "12.30-14.30"


async def test_an_absence_recorded_after_its_day_excuses_what_was_missed_without_a_word(stage: Stage) -> None:
    ana = stage.players["ana"]
    await pinged(stage, ana)
    stage.moves_to("2020-06-17 08:00")
    await overdue(stage, ana)
    await away(stage, ana)
    await days_change(stage)
    assert await states(stage, ana) == FREE
    ana.sees_no("Tidak ada yang perlu dilaporkan")


async def test_a_red_zone_changes_the_place_and_not_what_is_owed(stage: Stage) -> None:
    ana = stage.players["ana"]
    await pinged(stage, ana)
    await zone(stage, "2020-06-15 07:30", Zone.MERAH, since=MONDAY)
    await days_change(stage)
    day = await the_day(stage, ana)
    assert (day.arrangement, day.is_closed) == (Arrangement.WFH, False)
    assert await states(stage, ana) == OPEN
    ana.sees("WFH: bekerja dari rumah")
    ana.sees_no("Batas waktu berubah", "Tidak ada yang perlu dilaporkan")


async def test_who_comes_new_in_the_morning_gets_a_day_and_an_hour(stage: Stage) -> None:
    stage.moves_to("2020-06-15 09:00")
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        gita = await people.add(tx, nip=None, name="Gita", phone=None, employment="non-ASN", now=now)
        await memberships.assign(
            tx, person_id=gita, unit_code=UPTD, position="staf", job_level=JobLevel.PELAKSANA, valid_from=MONDAY,
            by="clara", now=now,
        )  # fmt: skip
        await changes.note(
            tx, kind=ChangeKind.MEMBERSHIP, subject=UPTD, first_day=MONDAY, by="clara", now=now
        )
    await days_change(stage)
    player = stage.another("Gita")
    player.person_id = gita
    assert await times(stage, player) == {
        "health": "07.00-10.01",
        "plan": "07.00-10.01",
        "output": "15.30-17.00",
    }


async def test_who_left_owes_nothing(stage: Stage) -> None:
    dewi = stage.players["dewi"]
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await memberships.finish(tx, person_id=dewi.person_id, first=MONDAY, by="clara", now=now)
        await changes.note(
            tx, kind=ChangeKind.MEMBERSHIP, subject=UPTD, first_day=MONDAY, by="clara", now=now
        )
    await days_change(stage)
    assert await states(stage, dewi) == FREE
    assert {each.because for each in await owed(stage, dewi)} == {"left"}


async def test_who_moves_to_another_zone_today_keeps_todays_and_has_tomorrow_in_the_new_one(
    stage: Stage,
) -> None:
    """T01"""
    dewi, tuesday = stage.players["dewi"], date(2020, 6, 16)
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await regions.add(tx, code="94", name="Papua", kind="provinsi", timezone="WIT")
        await units.add(
            tx, code="PAPUA", name="Kantor Papua", kind="uptd", region_code="94", parent_code=AGENCY, now=now
        )
        await memberships.assign(
            tx, person_id=dewi.person_id, unit_code="PAPUA", position="staf", job_level=JobLevel.FUNGSIONAL,
            valid_from=MONDAY, by="clara", now=now,
        )  # fmt: skip
        await changes.note(
            tx, kind=ChangeKind.MEMBERSHIP, subject="PAPUA", first_day=MONDAY, by="clara", now=now
        )
    await days_change(stage)
    day = await the_day(stage, dewi)
    assert (day.unit_code, day.timezone) == ("PAPUA", "Asia/Jakarta")
    assert {each.unit_code for each in await owed(stage, dewi)} == {"PAPUA"}
    assert await times(stage, dewi) == {
        "health": "07.00-08.30",
        "plan": "07.00-09.00",
        "output": "15.30-17.00",
    }
    await opens(stage, "2020-06-15 16:00")
    assert (await the_day(stage, dewi, on=tuesday)).timezone == "Asia/Jayapura"


async def test_an_agency_that_asks_no_more_excuses_and_one_that_begins_asks_from_then(stage: Stage) -> None:
    ana = stage.players["ana"]
    await pinged(stage, ana)
    for kinds, state in (("off", "excused"), ("plan,output", "open")):
        async with stage.db.transaction() as tx:
            await reporting.ask_reports(
                tx, agency_code=AGENCY, kinds=kinds, basis="SK 1", valid_from=MONDAY, by="clara",
                now=stage.clock.now(),
            )  # fmt: skip
        await days_change(stage)
        assert await states(stage, ana) == {"health": "open", "plan": state, "output": state}


async def test_calendar_days_far_ahead_touch_no_open_day(stage: Stage) -> None:
    ana = stage.players["ana"]
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Nanti", on=date(2020, 7, 6), by="clara", now=now
        )
        await changes.note(
            tx, kind=ChangeKind.CALENDAR, subject=AGENCY, first_day=date(2020, 7, 6), by="clara", now=now
        )
    before = await the_day(stage, ana)
    await days_change(stage)
    assert await the_day(stage, ana) == before
