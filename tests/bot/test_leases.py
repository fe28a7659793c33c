"""T10: leases go by the server's clock, so that machines minutes apart do not take each other's work."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import Clock
from bot.examining_now import now_standing
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from bot.opening import Office
from bot.settings import settings_from
from db import leases
from db.engine import Db
from db.sealed import Seal
from tests.bot.post import Hands, Post
from tests.bot.test_work import Shop

pytestmark = pytest.mark.parametrize(
    "engine_name", ["postgresql"]
)  # a SQLite file has one service, and one clock


@pytest.mark.parametrize("minutes", [5, -5])
async def test_t10_a_machine_with_another_clock_does_not_take_what_is_being_sent(
    db: Db, seal: Seal, now: datetime, minutes: int
) -> None:
    post, gate = Post(db, seal, now), asyncio.Event()
    post.channel.before = lambda _: gate.wait()
    key = await post.put("7")
    sending = asyncio.create_task(post.delivery.drain_once())
    await post.until(lambda: len(post.channel.calls) == 1)
    post.hands = Hands(now + timedelta(minutes=minutes))
    await post.open_delivery().drain_once()
    assert (await post.state(key), len(post.channel.calls)) == ("sending", 1)
    gate.set()
    await sending
    assert (await post.state(key), len(post.channel.calls)) == ("sent", 1)


@pytest.mark.parametrize("minutes", [5, -5])
async def test_t10_nor_the_work_that_another_does(db: Db, seal: Seal, now: datetime, minutes: int) -> None:
    shop = Shop(db, seal, Hands(now))
    await shop.ask("proof")
    held = await shop.worker()._claim()
    assert held is not None
    beside = replace(shop, clock=Hands(now + timedelta(minutes=minutes)))
    assert await beside.worker().drain_once() == 0


@pytest.mark.parametrize(("ahead", "is_wrong"), [(1.5, False), (-1.5, False), (3.0, True), (-300.0, True)])
async def test_t10_clocks_more_than_two_seconds_apart_are_in_the_log_the_metrics_and_doctor(
    db: Db,
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    ahead: float,
    is_wrong: bool,
) -> None:
    monkeypatch.setattr(leases, "_SERVER", f"({leases._SERVER} + {round(ahead * 1e6)})")
    clock, metrics = Clock(), Metrics()
    office = Office(db=db, seal=seal, clock=clock, settings=settings_from({}))
    heart = Heartbeat(office, channel="telegram", service="a:1", metrics=metrics)
    with caplog.at_level(logging.ERROR):
        await heart.beat()
        await heart.beat()
    assert caplog.text.count("clocks_differ") == int(is_wrong)
    shown = float(
        metrics.page(at=0, waiting={}).partition("piket_database_clock_ahead_seconds ")[2].split()[0]
    )
    assert shown == pytest.approx(ahead, abs=0.5)
    async with db.reading() as tx:
        found = await now_standing(tx, now=clock.now(), real=clock.real())
    assert bool([each for each in found if "database's clock" in each.sentence]) is is_wrong
