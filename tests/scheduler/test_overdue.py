"""What is overdue is told to the head, again, then up; in working hours only; to who leads then; it ends by itself."""

import asyncio
from datetime import datetime, timedelta

import pytest

from db import calendars
from db.moments import to_micros
from handlers.admin import escalations
from policy.words import DayKind
from scheduler.alerting import overdue as job
from tests.factories import AGENCY, BY, SINCE
from tests.scheduler.alerting import done, is_away, looks, morning, the_alerts, works_below
from tests.scheduler.days import MONDAY, asks, opens, states
from tests.stage import BOOK, LOCAL, Stage


async def test_the_head_is_told_once_who_has_not_reported_half_an_hour_after_the_deadline(
    stage: Stage,
) -> None:
    boris, ana, clara, dewi = (stage.players[name] for name in ("boris", "ana", "clara", "dewi"))
    await morning(stage, boris, dewi)
    assert await looks(stage, "2020-06-15 09:29") == 0
    boris.sees_nothing()
    assert await looks(stage, "2020-06-15 09:30") == 1
    boris.sees(
        "2 dari 3 pegawai",
        "Ana Lestari: kesehatan (batas 08.30), rencana (batas 09.00)",
        "Keadaan Sen, 15 Jun pukul 09.30 WIB",
    )
    boris.sees_choices("Saya tangani", "Ingatkan mereka", "Pilihan lain")
    assert await looks(stage, "2020-06-15 09:31") == 0
    for other in (boris, ana, clara, dewi):
        other.sees_nothing()
    assert await the_alerts(stage) == [("morning", "open", 0, 1)]


async def test_it_is_told_again_after_two_hours_of_work_twice_and_then_goes_up(stage: Stage) -> None:
    fajar = await works_below(stage)
    boris, clara, dewi = (stage.players[name] for name in ("boris", "clara", "dewi"))
    await morning(stage, *(player for player in stage.players.values() if player is not fajar))
    told = {
        "2020-06-15 09:30": dewi,
        "2020-06-15 11:30": dewi,
        "2020-06-15 14:30": dewi,  # from 12.00 to 13.00 nobody works
        "2020-06-16 08:00": boris,
        "2020-06-16 10:00": boris,
        "2020-06-16 13:00": boris,
        "2020-06-16 15:00": clara,
        "2020-06-17 08:30": clara,
        "2020-06-17 10:30": clara,
    }
    for local, reader in told.items():
        assert await looks(stage, local) == 1, local
        reader.sees("1 dari 2 pegawai")
        assert sum(len(player.texts) for player in stage.players.values()) == 1, local
        assert await looks(stage, local) == 0
        if reader is dewi:
            reader.sees_nothing()
    for local in ("2020-06-17 13:30", "2020-06-18 09:00", "2020-06-22 09:00"):
        assert await looks(stage, local) == 0


async def test_only_who_leads_them_sees_names(stage: Stage) -> None:
    fajar = await works_below(stage)
    boris, clara, dewi = (stage.players[name] for name in ("boris", "clara", "dewi"))
    await morning(stage, *(player for player in stage.players.values() if player is not fajar))
    for local in ("2020-06-15 09:30", "2020-06-15 11:30", "2020-06-15 14:30"):
        await looks(stage, local)
    dewi.sees("Fajar Hidayat")
    await looks(stage, "2020-06-16 08:00")
    boris.sees("UPTD Pusat Data: 1 dari 2", "sejak Sen, 15 Jun pukul 09.30", "Saya tangani")
    boris.sees_no("Fajar", "Dewi")
    boris.sees_choices("Saya tangani", "Ingatkan mereka", "Lihat keadaan")
    for local in ("2020-06-16 10:00", "2020-06-16 13:00", "2020-06-16 15:00"):
        await looks(stage, local)
    clara.sees("UPTD Pusat Data: 1 dari 2")
    clara.sees_no("Fajar", "Dewi", "Boris")


async def test_the_level_above_that_was_troubled_hears_once_that_it_is_done_and_nobody_else(
    stage: Stage,
) -> None:
    fajar = await works_below(stage)
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await morning(stage, *(player for player in stage.players.values() if player is not fajar))
    for local in ("2020-06-15 09:30", "2020-06-15 11:30", "2020-06-15 14:30", "2020-06-16 08:00"):
        await looks(stage, local)
    await done(stage, fajar)
    await looks(stage, "2020-06-16 08:30")
    boris.sees("Selesai: laporan pagi UPTD Pusat Data")
    dewi.sees_nothing()
    await looks(stage, "2020-06-16 08:31")
    boris.sees_nothing()
    assert await the_alerts(stage) == [("morning", "closed", 1, 1)]


async def test_of_an_afternoon_the_head_hears_the_next_working_morning(stage: Stage) -> None:
    boris = stage.players["boris"]
    await asks(stage, "reporting", "output")
    await asks(stage, "health_mode", "off", known=stage.clock.now())
    await opens(stage, "2020-06-19 07:00")  # Friday
    assert await looks(stage, "2020-06-19 17:59") == 0
    assert await looks(stage, "2020-06-19 18:00") == 0
    assert await looks(stage, "2020-06-20 09:00") == 0
    assert await looks(stage, "2020-06-22 07:29") == 0
    told = await looks(stage, "2020-06-22 07:30")
    assert told == 2  # Boris stands in for the unit below, which nobody leads
    boris.sees("belum mengirim hasil kerja", "Jumat, 19 Juni 2020")


async def test_a_holiday_named_a_second_before_is_heard(stage: Stage) -> None:
    """Fault T05: nobody is overdue on it, and nobody is told that they are."""
    boris, ana = stage.players["boris"], stage.players["ana"]
    await morning(stage, boris)
    stage.moves_to("2020-06-15 09:29")
    async with stage.db.transaction() as tx:
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari Daerah", on=MONDAY, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip
    assert await looks(stage, "2020-06-15 09:30") == 0
    assert await looks(stage, "2020-06-16 07:30") == 0
    assert await looks(stage, "2020-06-16 07:41") == 0
    boris.sees_nothing()
    assert (await states(stage, ana))["health"] == "excused"
    assert {row[:2] for row in await the_alerts(stage)} == {("morning", "closed")}


async def test_an_absence_decided_meanwhile_leaves_nothing_to_tell(stage: Stage) -> None:
    boris, ana = stage.players["boris"], stage.players["ana"]
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await is_away(stage, ana, MONDAY, MONDAY)
    assert await looks(stage, "2020-06-15 09:30") == 0
    await looks(stage, "2020-06-15 09:31")
    boris.sees_nothing()
    assert await the_alerts(stage) == [("morning", "closed", 0, 0)]


async def test_late_is_not_missing(stage: Stage) -> None:
    await morning(stage)
    await done(stage, *stage.players.values())
    assert await looks(stage, "2020-06-15 09:30") == 0
    assert await the_alerts(stage) == []


async def test_who_is_overdue_later_opens_it_anew(stage: Stage) -> None:
    boris, ana, clara = (stage.players[name] for name in ("boris", "ana", "clara"))
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await looks(stage, "2020-06-15 09:30")
    await boris.taps("Saya tangani")
    async with stage.db.transaction() as tx:  # Clara's shift begins at noon
        await tx.run(
            "UPDATE obligations SET state = 'open', done_at = NULL, ended_at = NULL, due_at = :due"
            " WHERE person_id = :clara AND kind = 'plan'",
            clara=clara.person_id,
            due=to_micros(datetime(2020, 6, 15, 13, 30, tzinfo=LOCAL)),
        )
    assert await looks(stage, "2020-06-15 13:59") == 0
    assert await looks(stage, "2020-06-15 14:00") == 1
    boris.sees("2 dari 3 pegawai", "Ana Lestari", "Clara Wijaya: rencana (batas 13.30)")


async def test_what_could_not_be_told_for_a_day_is_skipped_with_the_reason(stage: Stage) -> None:
    """Fault T03: asleep for longer than the catch-up window."""
    boris, ana = stage.players["boris"], stage.players["ana"]
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await looks(stage, "2020-06-15 09:30")
    assert await looks(stage, "2020-06-16 11:31") == 0
    boris.sees_nothing()
    skipped = await stage.rows("SELECT what, subject, because FROM skipped")
    assert [tuple(dict(row).values()) for row in skipped] == [("alert/morning", AGENCY, "too_late")]
    assert await looks(stage, "2020-06-16 11:32") == 0


async def test_after_two_hours_asleep_it_is_told_once(stage: Stage) -> None:
    """Fault T03: inside the window."""
    boris, ana = stage.players["boris"], stage.players["ana"]
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await looks(stage, "2020-06-15 09:30")
    assert await looks(stage, "2020-06-15 15:45") == 1
    assert len(boris.texts) == 1


async def test_of_two_processes_one_tells(stage: Stage) -> None:
    boris, ana = stage.players["boris"], stage.players["ana"]
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    stage.moves_to("2020-06-15 09:30")
    now = stage.clock.now()
    looked = await asyncio.gather(*(job.look(stage.db, stage.seal, BOOK, now) for _ in range(4)))
    await stage.drains()
    assert sum(looked) == 1
    assert len(boris.seen) == 1


async def test_an_agency_states_its_own_times_and_levels(stage: Stage) -> None:
    boris, clara, ana = (stage.players[name] for name in ("boris", "clara", "ana"))
    async with stage.db.transaction() as tx:
        await escalations.state(
            tx, agency_code=AGENCY, after=0, repeat=60, repeats=0, up="kepegawaian", basis="", valid_from=SINCE,
            by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    assert await looks(stage, "2020-06-15 09:00") == 1
    boris.sees("Ana Lestari")
    assert await looks(stage, "2020-06-15 10:00") == 1
    clara.sees("1 dari 3 pegawai")
    assert await looks(stage, "2020-06-15 11:00") == 0


@pytest.mark.parametrize(("zone", "utc"), [("WIB", "02:30"), ("WITA", "01:30"), ("WIT", "00:30")])
async def test_half_past_nine_is_that_of_the_units_own_zone(stage: Stage, zone: str, utc: str) -> None:
    """Fault T01: three zones."""
    boris, ana = stage.players["boris"], stage.players["ana"]
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE regions SET timezone = :zone", zone=zone)
    await asks(stage, "reporting", "plan")
    await opens(stage, "2020-06-14 18:00")
    await done(stage, *(player for player in stage.players.values() if player is not ana))
    moment = datetime.fromisoformat(f"2020-06-15T{utc}+00:00")
    for after, told in ((timedelta(minutes=-1), 0), (timedelta(0), 1)):
        local = (moment + after).astimezone(LOCAL)
        assert await looks(stage, f"{local:%Y-%m-%d %H:%M}") == told
    boris.sees("Ana Lestari", f"pukul 09.30 {zone}", "batas 08.30")
