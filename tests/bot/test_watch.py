"""A loop that hangs is noticed within two minutes, and ends the process so that it is started anew."""

import asyncio

import pytest

from bot.metrics import Metrics
from bot.stopped import Stopped
from bot.watch import LONGEST_ROUND, Watch
from db.engine import Db
from handlers.dispatch import NotStored
from tests.bot.intakes import Ledger, intake_to, payload
from tests.bot.test_polling import StillClock


async def test_p09_a_polling_loop_that_hangs_is_noticed_within_120_seconds(db: Db) -> None:
    metrics, clock = Metrics(), StillClock()
    watch = Watch(db, metrics=metrics, clock=clock, polls=True)
    metrics.beat("poll", at=clock.seconds())
    clock.at += LONGEST_ROUND - 1
    assert await watch.is_ready()
    clock.at += 2
    assert LONGEST_ROUND < 120
    assert not await watch.is_ready()
    with pytest.raises(Stopped, match="The loop poll has not turned"):
        await watch.run(asyncio.Event())


async def test_p09_a_scheduler_that_wakes_nothing_any_more_is_noticed_too(db: Db) -> None:
    metrics, clock = Metrics(), StillClock()
    watch = Watch(db, metrics=metrics, clock=clock, polls=False)
    for loop in ("work", "jobs"):
        metrics.beat(loop, at=clock.seconds())
    clock.at += LONGEST_ROUND + 1
    metrics.beat("work", at=clock.seconds())
    assert watch.stalled() == ["jobs"]
    assert not await watch.is_ready()


async def test_by_webhook_a_database_that_answers_is_enough(db: Db) -> None:
    watch = Watch(db, metrics=Metrics(), clock=StillClock(), polls=False)
    assert await watch.is_ready()


async def test_watching_ends_when_it_is_told_to(db: Db) -> None:
    stop = asyncio.Event()
    watching = asyncio.create_task(Watch(db, metrics=Metrics(), clock=StillClock(), polls=True).run(stop))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(watching, 1)


async def test_d01_a_long_batch_that_goes_on_is_not_a_loop_that_hangs(db: Db) -> None:
    """A hundred chats, each given up after a minute, while another program locks the database."""
    clock, intake = StillClock(), intake_to(Ledger(refusals=1))
    intake.clock = clock
    watch = Watch(db, metrics=intake.metrics, clock=clock, polls=True)
    intake.metrics.beat("poll", at=clock.seconds())
    clock.at += 100
    with pytest.raises(NotStored):
        await intake.take_bodies([payload(1)])
    clock.at += 100
    assert watch.stalled() == []
    clock.at += 100
    assert watch.stalled() == ["poll"]
