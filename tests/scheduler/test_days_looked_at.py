"""A report stops its reminder, another turn is looked at at once, and what a person decided stays."""

from datetime import date

import pytest

from db import obligations
from db.rota import days as rota_days
from db.rota.days import Day
from policy.deadlines import Owed, State
from policy.model import Arrangement, Part
from scheduler.days.workday import Refreshed
from tests import rota_office
from tests.dialogues.written import reports
from tests.factories import AGENCY
from tests.scheduler.days import (
    asks,
    away,
    days_change,
    opens,
    owed,
    queued,
    refreshes,
    reminders,
    states,
    the_day,
)
from tests.stage import Stage

EVE = "2020-06-14 18:00"
FREE = {"health": "excused", "plan": "excused", "output": "excused"}
OPEN = {"health": "open", "plan": "open", "output": "open"}


@pytest.fixture(autouse=True)
async def opened(stage: Stage) -> None:
    await asks(stage, "reporting", "plan,output")
    await opens(stage, EVE)
    stage.moves_to("2020-06-15 07:29")


async def test_a_turn_swapped_after_the_day_was_opened_is_looked_at_at_once(stage: Stage) -> None:
    ana, monday = stage.players["ana"], date(2020, 6, 22)
    await rota_office.published(stage, stage.players["boris"])
    before = (await rota_office.places(stage))[ana.person_id, monday.isoformat()]
    assert await opens(stage, "2020-06-21 18:00") == 7
    other = Arrangement.WFH if before == Arrangement.WFO else Arrangement.WFO
    stage.moves_to("2020-06-21 20:00")
    async with stage.db.transaction() as tx:
        turn = Day(person_id=ana.person_id, on=monday, arrangement=other, shift=None, because="swapped")
        assert await rota_days.replace_turns(tx, unit_code=AGENCY, days=[turn], now=stage.clock.now())
    day = await the_day(stage, ana, on=monday)
    assert (day.arrangement, day.look_at) == (before, stage.clock.now())
    stage.passes(1)
    assert await refreshes(stage, ana, day=monday) == Refreshed(moved=1)
    assert (await the_day(stage, ana, on=monday)).arrangement is other


async def test_a_report_stops_its_reminder_and_what_else_is_missing_is_looked_at_at_once(
    stage: Stage,
) -> None:
    ana = stage.players["ana"]
    await queued(stage, ana)
    await reports(ana, "rencana", "Rapat data")
    assert await reminders(stage) == [("dropped", "it is done or asked no more")]
    day = await the_day(stage, ana)
    assert (day.look_at, day.pings) == (stage.clock.now(), 0)
    assert [stage_ for stage_, _, _ in day.log] == ["start~"]
    await queued(stage, ana)  # and the stage may be said again, of what is left
    assert await reminders(stage) == [("dropped", "it is done or asked no more"), ("queued", None)]


async def test_a_report_taken_back_is_owed_again_and_looked_at(stage: Stage) -> None:
    ana = stage.players["ana"]
    await reports(ana, "rencana", "Rapat data")
    await ana.taps("Batalkan laporan")
    assert (await states(stage, ana))["plan"] == "open"
    assert (await the_day(stage, ana)).look_at == stage.clock.now()


async def test_to_judge_again_what_is_as_it_was_changes_nothing(stage: Stage) -> None:
    players = [stage.players[name] for name in ("ana", "boris", "clara", "dewi")]
    before = [await the_day(stage, each) for each in players]
    assert await refreshes(stage, *players) == Refreshed()
    assert [await the_day(stage, each) for each in players] == before


async def test_what_a_head_excused_stays_excused(stage: Stage) -> None:
    ana = stage.players["ana"]
    plan = next(each for each in await owed(stage, ana) if each.kind is Owed.PLAN)
    async with stage.db.transaction() as tx:
        assert await obligations.excuse(
            tx, obligation_id=plan.id, because="rapat", by="boris", now=stage.clock.now()
        )
    await away(stage, ana, part=Part.MORNING)
    await days_change(stage)
    assert (await states(stage, ana))["plan"] == State.EXCUSED
