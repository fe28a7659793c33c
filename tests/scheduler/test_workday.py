"""Days open the evening before, for who works; once, whatever process looks, and as late as their end."""

from tests.scheduler.days import MONDAY, asks, opens, owed, states, the_day, times
from tests.stage import Stage


async def test_the_evening_before_everybody_who_works_has_a_day_and_what_is_owed(stage: Stage) -> None:
    await asks(stage, "reporting", "plan,output")
    assert await opens(stage, "2020-06-14 17:59") == 0
    assert await opens(stage, "2020-06-14 18:00") == 4
    ana = stage.players["ana"]
    assert await times(stage, ana) == {
        "health": "07.00-08.30",
        "plan": "07.00-09.00",
        "output": "15.30-17.00",
    }
    assert await states(stage, ana) == {"health": "open", "plan": "open", "output": "open"}
    day = await the_day(stage, ana)
    assert (day.arrangement, day.agency_code, day.timezone) == ("WFO", "DISKOMINFO", "Asia/Jakarta")


async def test_a_day_is_opened_once(stage: Stage) -> None:
    await opens(stage, "2020-06-14 18:00")
    assert await opens(stage, "2020-06-14 18:01") == 0
    assert len(await stage.rows("SELECT id FROM workdays")) == 4
    assert [row["people"] for row in await stage.rows("SELECT people FROM days_opened WHERE people > 0")] == [
        4
    ]
    assert await owed(stage, stage.players["ana"], on=MONDAY)
