"""Time at the command line: what is held because of the clock (T02), and when nobody could be heard."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock_guard import ClockGuard
from bot.metrics import Metrics
from db import outages
from db.clock_holds import current
from db.opening import open_db
from db.sealed import seal_from
from tests.bot.operating import Operator, new_operator
from tests.bot.test_clock_guard import Wall


@pytest.fixture
def operator(db_url: str) -> Operator:
    return new_operator(db_url)


async def jumps(operator: Operator, by: timedelta) -> None:
    db = await open_db(operator.url)
    wall = Wall(datetime(2026, 6, 15, 1, 0, tzinfo=UTC))
    guard = ClockGuard(db, seal_from(operator.key), wall, service="a:1", metrics=Metrics())
    wall.jumps(by)
    await guard.tend()
    await db.close()


async def is_held(operator: Operator) -> bool:
    db = await open_db(operator.url)
    async with db.reading() as tx:
        hold = await current(tx)
    await db.close()
    return hold is not None


def test_t02_the_hold_is_shown_by_doctor_too_and_confirmed(operator: Operator) -> None:
    assert operator.succeeds("clock", "show") == "The clock is trusted; nothing is held.\n"
    asyncio.run(jumps(operator, -timedelta(days=1)))
    said = "went back by 1 day, 0:00:00, to 2026-06-14 08:00:00 WIB"
    assert said in operator.succeeds("clock", "show")
    assert said in operator.runs("doctor").output
    assert "goes on" in operator.succeeds("clock", "confirm")
    assert not asyncio.run(is_held(operator))
    assert "nothing is held" in operator.succeeds("clock", "confirm")


def test_outages_are_listed_with_their_cause_and_how_long_they_took(operator: Operator) -> None:
    assert operator.succeeds("outages", "list") == "No outage in these days.\n"
    asyncio.run(was_out(operator))
    said = operator.succeeds("outages", "list", "--from", "2020-06-15", "--to", "2020-06-15")
    assert "2020-06-15 07:00:00" in said
    assert "0:12:30" in said
    assert "telegram unreachable" in said
    assert "No outage" in operator.succeeds("outages", "list", "--from", "2020-06-16", "--to", "2020-06-20")


async def was_out(operator: Operator) -> None:
    db = await open_db(operator.url)
    began = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)
    ended = began + timedelta(minutes=12, seconds=30, microseconds=400)
    async with db.transaction() as tx:
        cause = outages.unreachable("telegram")
        await outages.record(tx, cause=cause, began_at=began, ended_at=ended, now=ended)
    await db.close()
