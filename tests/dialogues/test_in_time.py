"""A receipt says whether a report came in time, by the rule when it was sent; what our outages took is given back."""

from datetime import timedelta

import pytest

from db import outages
from handlers.admin import reporting
from policy.deadlines import Owed
from tests.chat import Player
from tests.dialogues.written import reports
from tests.scheduler.days import MONDAY, asks, days_change, opens, owed, pinged, states
from tests.stage import BOOK, Stage

EVE = "2020-06-14 18:00"


@pytest.fixture(autouse=True)
async def opened(stage: Stage) -> None:
    """Monday is open, with everything owed."""
    await asks(stage, "reporting", "plan,output")
    await opens(stage, EVE)
    stage.moves_to("2020-06-15 07:10")


async def deadline(stage: Stage, what: str, *moments: str) -> None:
    """Let the agency state another deadline, from today on, and let whoever is concerned hear of it."""
    async with stage.db.transaction() as tx:
        await reporting.state_deadline(
            tx, BOOK, agency_code="DISKOMINFO", what=what, moments=moments, valid_from=MONDAY, by="clara",
            now=stage.clock.now(),
        )  # fmt: skip
    await days_change(stage)


async def test_a_receipt_says_that_it_is_in_time_and_by_which_deadline(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data")
    ana.sees("Rencana tercatat", "Tepat waktu, batasnya pukul 09.00 WIB.")
    await ana.says("lapor kesehatan")
    await ana.taps("Semua tidak")
    await ana.taps("Kirim")
    ana.sees("Laporan kesehatan tercatat", "Tepat waktu, batasnya pukul 08.30 WIB.")
    assert await states(stage, ana) == {"health": "closed", "plan": "closed", "output": "open"}


async def test_a_late_report_is_recorded_with_how_late_it_is(stage: Stage, ana: Player) -> None:
    stage.moves_to("2020-06-15 10:11")
    await reports(ana, "rencana", "Rapat data")
    ana.sees("Rencana tercatat", "Tercatat, terlambat 1 jam 12 menit dari batas pukul 09.00 WIB.")
    assert (await states(stage, ana))["plan"] == "late"


async def test_a_changed_report_is_not_judged_again(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data")
    stage.moves_to("2020-06-15 11:00")
    await reports(ana, "rencana", "Rapat data dua")
    ana.sees("Rencana diperbarui")
    ana.sees_no("terlambat", "batasnya")
    assert (await states(stage, ana))["plan"] == "closed"


async def test_what_an_outage_took_is_given_back(stage: Stage, ana: Player) -> None:
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        began = now + timedelta(minutes=80)  # 08.30
        await outages.record(
            tx, cause="stopped", began_at=began, ended_at=began + timedelta(minutes=40), now=now
        )
    stage.moves_to("2020-06-15 09:25")
    await reports(ana, "rencana", "Rapat data")
    ana.sees("Tercatat tepat waktu: batas digeser ke pukul 09.40 WIB karena gangguan sistem.")
    assert (await states(stage, ana))["plan"] == "closed"
    stage.moves_to("2020-06-15 09:40")
    boris = stage.players["boris"]
    await reports(boris, "rencana", "Rapat pimpinan")
    boris.sees("Tercatat, terlambat", "batasnya sudah digeser ke pukul 09.40 WIB karena gangguan sistem")
    assert (await states(stage, boris))["plan"] == "late"


async def test_a_deadline_moved_while_people_answer_holds_for_those_who_have_not(
    stage: Stage, ana: Player
) -> None:
    """T06"""
    boris = stage.players["boris"]
    await reports(ana, "rencana", "Rapat data")
    ana.sees("batasnya pukul 09.00")
    stage.moves_to("2020-06-15 08:40")
    await pinged(stage, boris)
    await deadline(stage, "plan", "07.00", "10.00")
    ana.sees_nothing()
    boris.sees("Batas waktu berubah", "rencana kerja sampai pukul 10.00 WIB")
    boris.sees_no("kondisi kesehatan")
    stage.moves_to("2020-06-15 09:50")
    await reports(boris, "rencana", "Rapat pimpinan")
    boris.sees("Tepat waktu, batasnya pukul 10.00 WIB.")
    assert (await states(stage, ana))["plan"] == (await states(stage, boris))["plan"] == "closed"
    plan = next(each for each in await owed(stage, ana) if each.kind is Owed.PLAN)
    assert f"{plan.due_at:%H.%M}" == "02.00"  # 09.00 in Lampung: what is done keeps its rule


async def test_a_deadline_brought_forward_is_not_before_an_hour_from_now(stage: Stage, ana: Player) -> None:
    """T06"""
    stage.moves_to("2020-06-15 15:30")
    await deadline(stage, "output", "13.00", "15.00")
    stage.moves_to("2020-06-15 16:20")
    await reports(ana, "hasil", "Rapat data selesai")
    ana.sees("Tepat waktu, batasnya pukul 16.31 WIB.")


async def test_what_comes_a_day_late_because_of_us_counts_for_its_day_and_is_in_time(
    stage: Stage, ana: Player
) -> None:
    """T07"""
    await ana.says("rencana")
    written = int(stage.clock.now().timestamp()) + 60
    stage.passes(23 * 3600)
    await stage.deliver(stage.platform.text(ana, "Rapat data", at=written))
    await stage.deliver(stage.platform.text(ana, "simpan", at=written + 30))
    ana.sees("karena gangguan sistem, bukan kesalahan Anda", "Rencana tercatat", "Senin, 15 Juni 2020")
    ana.sees("Tepat waktu, batasnya pukul 09.00 WIB.")
    plan = next(each for each in await owed(stage, ana) if each.kind is Owed.PLAN)
    assert plan.state.value == "closed"


async def test_home_names_what_is_owed_and_missing_only(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data")
    ana.sees("Yang belum Anda laporkan hari ini", "• kondisi kesehatan", "• laporan hasil kerja")
    ana.sees_no("• rencana kerja")
