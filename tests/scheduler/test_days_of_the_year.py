"""T04: the ends of months and years, a leap day, and midnight itself open the right local day."""

from datetime import date

import pytest

from tests.scheduler.days import asks, opens, the_day, times
from tests.stage import Stage


@pytest.mark.parametrize(
    ("eve", "day", "people"),
    [
        ("2020-06-30 18:00", date(2020, 7, 1), 8),
        ("2024-02-28 18:00", date(2024, 2, 29), 8),
        ("2024-02-29 23:59:59", date(2024, 3, 1), 8),
        ("2024-01-01 18:00", date(2024, 1, 2), 4),  # the first of January is no working day
        ("2024-12-30 18:00", date(2024, 12, 31), 8),
    ],
)
async def test_the_next_local_day_is_opened(stage: Stage, eve: str, day: date, people: int) -> None:
    await asks(stage, "reporting", "plan,output")
    assert await opens(stage, eve) == people  # today's too, where it is worked: nobody had opened it
    ana = stage.players["ana"]
    assert (await the_day(stage, ana, on=day)).on == day
    assert (await times(stage, ana, on=day))["plan"] == "07.00-09.00"


async def test_at_midnight_a_day_is_over_and_the_next_one_is_todays(stage: Stage) -> None:
    await asks(stage, "reporting", "plan,output")
    assert await opens(stage, "2020-06-15 23:59:59") == 8  # Monday's last second, and Tuesday
    assert await opens(stage, "2020-06-16 00:00:00") == 0
    days = await stage.rows("SELECT DISTINCT on_date FROM workdays ORDER BY on_date")
    assert [row["on_date"] for row in days] == ["2020-06-15", "2020-06-16"]


async def test_the_first_of_january_opens_nothing(stage: Stage) -> None:
    await opens(stage, "2023-12-30 18:00")
    assert await opens(stage, "2023-12-31 18:00") == 0
    assert await stage.rows("SELECT id FROM workdays") == []
