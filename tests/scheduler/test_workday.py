"""Days open the evening before, for who works; once, whatever process looks, and as late as their end."""

import asyncio
from datetime import date

import pytest

from db import absences, adoptions, memberships, overrides, people, regions, units
from db.overrides import Decision
from db.sealed import new_key, seal_from
from policy.model import AbsenceKind, Arrangement, Part
from policy.words import JobLevel
from scheduler.days import workday as job
from tests.chat import Player
from tests.dialogues.written import reports
from tests.factories import AGENCY, SINCE
from tests.scheduler.days import KNOWN, MONDAY, asks, opens, owed, states, the_day, times
from tests.stage import BOOK, Stage

EVE = "2020-06-14 18:00"
ALL = {"health": "07.00-08.30", "plan": "07.00-09.00", "output": "15.30-17.00"}


@pytest.fixture
async def reporting(stage: Stage) -> Stage:
    """The agency asks for everything."""
    await asks(stage, "reporting", "plan,output")
    return stage


async def away(stage: Stage, player: Player, kind: AbsenceKind, *, part: Part | None = None) -> None:
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=player.person_id, kind=kind, part=part, valid_from=MONDAY, valid_until=MONDAY, letter=None,
            by="clara", now=KNOWN,
        )  # fmt: skip


async def test_the_evening_before_everybody_who_works_has_a_day_and_what_is_owed(reporting: Stage) -> None:
    stage, ana = reporting, reporting.players["ana"]
    assert await opens(stage, "2020-06-14 17:59") == 0
    assert await opens(stage, EVE) == 4
    assert await times(stage, ana) == ALL
    assert await states(stage, ana) == {"health": "open", "plan": "open", "output": "open"}
    day = await the_day(stage, ana)
    assert (day.arrangement, day.agency_code, day.timezone) == (Arrangement.WFO, AGENCY, "Asia/Jakarta")
    assert day.look_at is not None
    assert f"{day.look_at:%d %H:%M}" == "14 12:00"  # 19.00 in Lampung, for who comes to the office


async def test_a_day_is_opened_once(reporting: Stage) -> None:
    stage = reporting
    assert await opens(stage, EVE) == 4
    assert await opens(stage, "2020-06-14 18:01") == 0
    assert len(await stage.rows("SELECT id FROM workdays WHERE on_date = '2020-06-15'")) == 4
    opened = await stage.rows("SELECT people FROM days_opened WHERE id LIKE '%2020-06-15%'")
    assert [row["people"] for row in opened] == [4]


async def test_two_processes_at_once_open_it_once(reporting: Stage) -> None:
    stage = reporting
    stage.moves_to(EVE)
    now = stage.clock.now()
    await asyncio.gather(*(job.open_due(stage.db, stage.seal, BOOK, now) for _ in range(2)))
    assert len(await stage.rows("SELECT id FROM workdays WHERE on_date = '2020-06-15'")) == 4
    assert len(await stage.rows("SELECT id FROM obligations WHERE on_date = '2020-06-15'")) == 12


async def test_nothing_is_owed_that_the_agency_did_not_record_with_its_basis(stage: Stage) -> None:
    await asks(stage, "reporting", "plan,output", basis=None)
    await opens(stage, EVE)
    assert await times(stage, stage.players["ana"]) == {"health": "07.00-08.30"}


async def test_the_basis_is_the_paragraph_that_asks_it_or_what_the_agency_recorded(reporting: Stage) -> None:
    stage, ana = reporting, reporting.players["ana"]
    await opens(stage, EVE)
    assert {each.basis for each in await owed(stage, ana)} == {
        "SK Kepala Dinas 800/12/2020", "SK Kepala Dinas 800/15/2020",
    }  # fmt: skip
    async with stage.db.transaction() as tx:
        await adoptions.adopt(
            tx, circular="menpanrb-58-2020", unit_code=AGENCY, valid_from=SINCE, by="clara", now=KNOWN
        )
    await opens(stage, "2020-06-15 18:00")
    found = {each.kind: each.basis for each in await owed(stage, ana, on=date(2020, 6, 16))}
    assert set(found.values()) == {
        "SE 58 Tahun 2020, angka 2 (pemantauan)", "SE 58 Tahun 2020, angka 2 (penilaian kinerja)",
    }  # fmt: skip


async def test_a_weekend_opens_nothing_and_is_looked_at_once(reporting: Stage) -> None:
    stage = reporting
    assert await opens(stage, "2020-06-12 18:00") == 0  # Friday: tomorrow is Saturday; today was missed
    assert await stage.rows("SELECT id FROM workdays WHERE on_date = '2020-06-13'") == []
    assert len(await stage.rows("SELECT id FROM days_opened WHERE id LIKE '%2020-06-13%'")) == 1


async def test_who_is_away_all_day_owes_nothing_and_half_a_day_moves_the_hours(reporting: Stage) -> None:
    stage = reporting
    ana, boris, clara, dewi = (stage.players[name] for name in ("ana", "boris", "clara", "dewi"))
    await away(stage, ana, AbsenceKind.ANNUAL_LEAVE)
    await away(stage, boris, AbsenceKind.PERMISSION, part=Part.MORNING)
    await away(stage, clara, AbsenceKind.PERMISSION, part=Part.AFTERNOON)
    await away(stage, dewi, AbsenceKind.TRAVEL)
    assert await opens(stage, EVE) == 3
    assert await owed(stage, ana) == []
    assert await times(stage, boris) == {
        "health": "12.30-14.00", "plan": "12.30-14.30", "output": "15.30-17.00",
    }  # fmt: skip
    assert await times(stage, clara) == {**ALL, "output": "11.30-13.00"}
    assert await times(stage, dewi) == ALL
    assert (await the_day(stage, dewi)).arrangement is Arrangement.TRAVEL


@pytest.mark.parametrize("where", [Arrangement.WFH, Arrangement.FIELD])
async def test_health_is_owed_wherever_one_works(reporting: Stage, where: Arrangement) -> None:
    stage, ana = reporting, reporting.players["ana"]
    async with stage.db.transaction() as tx:
        decision = Decision(
            arrangement=where, letter="800/1", by_id=stage.players["boris"].person_id, capacity="Kepala"
        )
        await overrides.decide(
            tx, stage.seal, decision, person_id=ana.person_id, valid_from=MONDAY, valid_until=MONDAY, by="boris",
            now=KNOWN,
        )  # fmt: skip
    await opens(stage, EVE)
    assert await times(stage, ana) == ALL
    assert (await the_day(stage, ana)).arrangement is where


async def test_a_place_that_is_undecided_changes_nothing_about_what_is_owed(reporting: Stage) -> None:
    stage, ana = reporting, reporting.players["ana"]
    async with stage.db.transaction() as tx:
        await adoptions.drop(
            tx, circular="lampung-2020-06-04", unit_code=AGENCY, first=MONDAY, by="clara", now=KNOWN
        )
    await opens(stage, EVE)
    assert (await the_day(stage, ana)).arrangement is Arrangement.UNDECIDED
    assert await times(stage, ana) == ALL


async def test_fridays_and_the_agencys_own_deadlines_hold(reporting: Stage) -> None:
    stage, ana = reporting, reporting.players["ana"]
    await asks(
        stage, "deadlines", '{"plan": ["07.00", "09.30"], "plan@Jumat": ["07.00", "08.00"]}', basis=None
    )
    await opens(stage, EVE)
    assert (await times(stage, ana))["plan"] == "07.00-09.30"
    friday = date(2020, 6, 19)
    await opens(stage, "2020-06-18 18:00")
    assert await times(stage, ana, on=friday) == {
        "health": "07.00-08.30", "plan": "07.00-08.00", "output": "16.00-17.30",
    }  # fmt: skip


async def test_a_season_has_hours_of_its_own(reporting: Stage) -> None:
    stage, ana = reporting, reporting.players["ana"]
    await asks(stage, "season", "Ramadan", basis=None)
    await opens(stage, EVE)
    assert await times(stage, ana) == {
        "health": "07.30-09.00",
        "plan": "07.30-09.30",
        "output": "14.30-16.00",
    }


async def test_three_zones_open_each_at_their_own_evening(reporting: Stage) -> None:
    stage = reporting
    async with stage.db.transaction() as tx:
        for code, zone in (("73", "WITA"), ("94", "WIT")):
            await regions.add(tx, code=code, name=f"Region {code}", kind="provinsi", timezone=zone)
            await units.add(
                tx,
                code=f"U{code}",
                name=f"Unit {code}",
                kind="uptd",
                region_code=code,
                parent_code=AGENCY,
                now=KNOWN,
            )
            person = await people.add(tx, nip=None, name=zone, phone=None, employment="non-ASN", now=KNOWN)
            await memberships.assign(
                tx, person_id=person, unit_code=f"U{code}", position="staf", job_level=JobLevel.PELAKSANA,
                valid_from=SINCE, by="clara", now=KNOWN,
            )  # fmt: skip
    assert await opens(stage, "2020-06-14 15:59") == 0
    assert await opens(stage, "2020-06-14 16:00") == 1  # 18.00 in Jayapura
    assert await opens(stage, "2020-06-14 17:00") == 1  # 18.00 in Makassar
    assert await opens(stage, EVE) == 4
    rows = await stage.rows(
        "SELECT timezone, starts_at FROM workdays WHERE on_date = '2020-06-15' ORDER BY starts_at"
    )
    assert [row["timezone"] for row in rows][:3] == ["Asia/Jayapura", "Asia/Makassar", "Asia/Jakarta"]
    assert len({row["starts_at"] for row in rows}) == 3


async def test_a_service_that_slept_opens_what_it_missed_and_gives_people_an_hour(reporting: Stage) -> None:
    """T03"""
    stage, ana = reporting, reporting.players["ana"]
    assert await opens(stage, "2020-06-15 10:00") == 4
    assert await times(stage, ana) == {
        "health": "07.00-11.00",
        "plan": "07.00-11.00",
        "output": "15.30-17.00",
    }
    assert await opens(stage, "2020-06-16 00:00") == 0 + 4  # Monday is over; Tuesday has come
    assert await stage.rows("SELECT id FROM workdays WHERE on_date = '2020-06-14'") == []


async def test_what_was_reported_before_the_day_was_opened_is_done(reporting: Stage) -> None:
    """T03: who reported while the clock slept is not asked for it."""
    stage, ana = reporting, reporting.players["ana"]
    await reports(ana, "rencana", "Rapat data")
    await ana.says("lapor kesehatan")
    await ana.taps("Semua tidak")
    await ana.taps("Kirim")
    stage.moves_to("2020-06-15 10:00")
    await opens(stage)
    assert await states(stage, ana) == {"health": "closed", "plan": "closed", "output": "open"}
    done = {each.kind.value: each.done_at for each in await owed(stage, ana)}
    assert f"{done['plan']:%H.%M}" == "23.45"  # when it was sent: 06.45 in Lampung


async def test_a_day_that_nobody_looked_at_is_named_as_skipped_once(reporting: Stage) -> None:
    """T03: Monday is opened; the service sleeps from before Tuesday's evening until Thursday."""
    stage = reporting
    await opens(stage, EVE)
    for moment in ("2020-06-18 07:00", "2020-06-18 07:01"):
        await opens(stage, moment)
    rows = await stage.rows("SELECT what, subject, because, due_at FROM skipped")
    assert [(row["what"], row["subject"], row["because"]) for row in rows] == [
        ("workday", AGENCY, "too_late"), ("workday", AGENCY, "too_late"),
    ]  # fmt: skip
    assert await stage.rows("SELECT id FROM workdays WHERE on_date IN ('2020-06-16', '2020-06-17')") == []
    assert len(await stage.rows("SELECT id FROM workdays WHERE on_date = '2020-06-18'")) == 4


async def test_a_weekend_that_nobody_looked_at_was_not_missed(reporting: Stage) -> None:
    stage = reporting
    await opens(stage, "2020-06-18 18:00")
    await opens(stage, "2020-06-22 07:00")
    assert await stage.rows("SELECT id FROM skipped") == []


async def test_a_new_installation_has_missed_nothing(reporting: Stage) -> None:
    await opens(reporting, "2020-06-18 07:00")
    assert await reporting.rows("SELECT id FROM skipped") == []


async def test_one_person_whose_day_cannot_be_judged_stops_nobody_elses(reporting: Stage) -> None:
    """P04"""
    stage, ana = reporting, reporting.players["ana"]
    async with stage.db.transaction() as tx:
        decision = Decision(
            arrangement=Arrangement.WFH,
            letter="800/1",
            by_id=stage.players["boris"].person_id,
            capacity="Kepala",
        )
        await overrides.decide(
            tx, seal_from(new_key()), decision, person_id=ana.person_id, valid_from=MONDAY, valid_until=None,
            by="boris", now=KNOWN,
        )  # fmt: skip
    assert await opens(stage, EVE) == 3
    (row,) = await stage.rows("SELECT subject, because FROM skipped")
    assert (row["subject"], row["because"]) == (ana.person_id, "failed")
    assert len(await stage.rows("SELECT id FROM quarantine")) == 1
