"""T02 in the chat: an admin hears of a clock that jumped and lets it go on by one tap; nobody else hears of it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock_guard import ClockGuard
from bot.metrics import Metrics
from tests.bot.test_clock_guard import Wall
from tests.chat import Player, button
from tests.stage import Stage


@pytest.fixture
async def guard(stage: Stage) -> AsyncIterator[ClockGuard]:
    """The guard of a service whose clock goes forward by two hours."""
    wall = Wall(stage.clock.real())
    guard = ClockGuard(stage.db, stage.seal, wall, service="a:1", metrics=Metrics())
    wall.jumps(timedelta(hours=2))
    await guard.tend()
    stage.passes(2 * 3600)
    await stage.drains()
    yield guard
    wall.jumps(-timedelta(hours=2))
    await guard.tend()


async def test_t02_an_admin_confirms_by_a_tap(
    stage: Stage, guard: ClockGuard, ana: Player, boris: Player, clara: Player
) -> None:
    clara.sees("Jam server melompat", "maju 2 jam", "08.45 WIB", "Jawaban kepada pegawai tetap berjalan")
    clara.sees_choices("Jam sudah benar")
    for other in (ana, boris):
        other.sees_nothing()
    await ana.says("WFO?")
    ana.sees("WFO")
    assert guard.is_held()
    await clara.taps("Jam sudah benar")
    clara.sees("Jam server dianggap benar")
    await guard.tend()
    assert not guard.is_held()
    await clara.taps("Jam sudah benar")
    clara.sees("sudah")
    (row,) = await stage.rows("SELECT actor FROM audit WHERE action = 'clock_trusted'")
    assert row["actor"] == clara.person_id


async def test_t02_nobody_else_can_confirm(
    stage: Stage, guard: ClockGuard, ana: Player, clara: Player
) -> None:
    behind = button(clara, "Jam sudah benar")
    await ana.presses(behind["data"], message=behind["message"])
    await guard.tend()
    assert guard.is_held()
