"""Heavy work: done at least once, never written twice, put off, given up, and never in the way of other work."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import work as loop
from bot.work import Ended, Later, Worker, pause_after
from db import work
from db.engine import Db, Row, Tx
from db.sealed import Seal, new_key, seal_from
from db.work import Work
from tests.bot.conftest import ServerPasses
from tests.bot.post import Hands

Does = Callable[[Work], Any]


@dataclass
class Trade:
    """Does as it is told, and remembers what it was given."""

    does: Does = lambda _: Ended(because="done")
    most_tries: int = 5
    given: list[str] = field(default_factory=list)
    gave_up: list[str] = field(default_factory=list)

    async def do(self, work: Work) -> Ended | Later:
        self.given.append(work.task["what"])
        outcome = self.does(work)
        return await outcome if asyncio.iscoroutine(outcome) else outcome

    def give_up(self, work: Work, *, because: str) -> Ended:
        self.gave_up.append(work.task["what"])
        return Ended(because=because)


@dataclass
class Shop:
    """A database, a clock, and workers in it."""

    db: Db
    seal: Seal
    clock: Hands
    trade: Trade = field(default_factory=Trade)

    def worker(self, *, service: str = "") -> Worker:
        return Worker(self.db, self.seal, {"test": self.trade}, self.clock, service=service)

    async def ask(self, what: str, *, kind: str = "test", once: str | None = None) -> None:
        async with self.db.transaction() as tx:
            await work.add(tx, self.seal, kind=kind, task={"what": what}, once=once, now=self.clock.now())

    async def rows(self) -> list[Row]:
        async with self.db.reading() as tx:
            return list(await tx.all("SELECT * FROM work ORDER BY created_at, id"))

    async def ends(self) -> list[str | None]:
        return [row["ended_because"] for row in await self.rows()]


@pytest.fixture
def shop(db: Db, seal: Seal, now: datetime) -> Shop:
    return Shop(db, seal, Hands(now))


def breaks(_: Work) -> Ended:
    raise ValueError("a mistake of ours")


async def test_what_is_asked_for_is_done_once_the_oldest_first(shop: Shop) -> None:
    await shop.ask("first", once="k")
    await shop.ask("again", once="k")
    shop.clock.pass_by(1)
    await shop.ask("second")
    assert await shop.worker().drain_once() == 2
    assert shop.trade.given == ["first", "second"]
    assert await shop.ends() == ["done", "done"]
    assert await shop.worker().drain_once() == 0


async def test_p01_a_killed_worker_loses_nothing_and_writes_nothing_late(
    shop: Shop, server_passes: ServerPasses
) -> None:
    """The work is claimed, its doer dies, its lease runs out, another does it; what comes late is not written."""
    written: list[str] = []

    async def write(_tx: Tx, _now: datetime) -> None:
        written.append("late")

    await shop.ask("proof")
    dead = await shop.worker()._claim()
    assert dead is not None
    assert await shop.worker().drain_once() == 0
    shop.clock.pass_by(loop.LEASE.total_seconds() + 1)
    server_passes(loop.LEASE.total_seconds() + 1)
    assert await shop.worker().drain_once() == 1
    await shop.worker()._written(dead, Ended(because="late", write=write))
    assert (await shop.ends(), written) == (["done"], [])


async def test_p01_the_same_service_takes_up_at_once_what_it_held_when_it_was_killed(shop: Shop) -> None:
    await shop.ask("proof")
    assert await shop.worker(service="a:80")._claim() is not None
    assert await shop.worker(service="b:80").drain_once() == 0
    assert await shop.worker(service="a:80").drain_once() == 1


async def test_two_workers_never_do_one_piece_together(shop: Shop) -> None:
    for number in range(20):
        await shop.ask(str(number))
    await asyncio.gather(*(shop.worker().drain_once() for _ in range(3)))
    assert sorted(shop.trade.given, key=int) == [str(number) for number in range(20)]


async def test_n03_what_cannot_be_done_now_is_tried_again_ever_more_rarely(shop: Shop) -> None:
    shop.trade.does = lambda _: Later(says="the platform is down")
    shop.trade.most_tries = 3
    await shop.ask("proof")
    worker = shop.worker()
    assert await worker.drain_once() == 1
    assert await worker.drain_once() == 0
    for tries in (1, 2):
        shop.clock.pass_by(pause_after(tries))
        assert await worker.drain_once() == 1
    assert await shop.ends() == ["gave up after 3 tries: the platform is down"]
    assert shop.trade.gave_up == ["proof"]


async def test_c08_it_waits_as_long_as_it_was_told(shop: Shop) -> None:
    shop.trade.does = lambda _: Later(says="429", seconds=2282)
    await shop.ask("proof")
    await shop.worker().drain_once()
    shop.clock.pass_by(2281)
    assert await shop.worker().drain_once() == 0
    shop.clock.pass_by(1)
    assert await shop.worker().drain_once() == 1


async def test_p04_a_poisoned_piece_is_given_up_and_stops_no_other(shop: Shop) -> None:
    shop.trade.does = lambda work: breaks(work) if work.task["what"] == "poison" else Ended(because="done")
    await shop.ask("poison")
    await shop.ask("good")
    for _ in range(loop.MOST_FAILURES):
        await shop.worker().drain_once()
        shop.clock.pass_by(100)
    assert await shop.ends() == ["gave up after 3 tries: ValueError", "done"]
    assert shop.trade.gave_up == ["poison"]


async def test_p04_what_cannot_be_written_down_stops_no_other(shop: Shop) -> None:
    async def write(tx: Tx, _now: datetime) -> None:
        await tx.run("INSERT INTO nowhere (a) VALUES (1)")

    shop.trade.does = lambda _: Ended(because="done", write=write)
    await shop.ask("poison")
    for _ in range(loop.MOST_FAILURES):
        await shop.worker().drain_once()
        shop.clock.pass_by(100)
    assert await shop.ends() == ["it cannot be written down"]


async def test_p04_what_kills_every_process_is_not_tried_for_ever(
    shop: Shop, server_passes: ServerPasses
) -> None:
    await shop.ask("poison")
    for _ in range(shop.trade.most_tries):
        assert await shop.worker()._claim() is not None
        shop.clock.pass_by(loop.LEASE.total_seconds() + 1)
        server_passes(loop.LEASE.total_seconds() + 1)
    await shop.worker().drain_once()
    assert (shop.trade.given, shop.trade.gave_up) == ([], ["poison"])


async def test_a_task_sealed_with_a_lost_key_does_not_stand_before_the_others(shop: Shop) -> None:
    await shop.ask("lost")
    shop.seal = seal_from(new_key())
    await shop.ask("good")
    await shop.worker().drain_once()
    assert await shop.ends() == ["its task does not open with this installation's key", "done"]


async def test_a_kind_of_a_newer_release_waits_for_it(shop: Shop) -> None:
    await shop.ask("later", kind="unheard")
    await shop.worker().drain_once()
    assert await shop.ends() == [None]
    assert await shop.worker().drain_once() == 0


async def test_t02_a_clock_that_is_set_back_makes_nobody_wait(shop: Shop) -> None:
    worker = shop.worker()
    await worker.drain_once()
    await shop.ask("proof")
    shop.clock.office -= timedelta(hours=3)
    assert await worker.drain_once() == 1


async def test_p02_a_stop_finishes_what_is_under_way_and_gives_back_the_rest(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "FINISH_WITHIN", 0.2)
    begun, stop = asyncio.Semaphore(0), asyncio.Event()

    async def takes(seconds: float) -> Ended:
        begun.release()
        await asyncio.sleep(seconds)
        return Ended(because="done")

    shop.trade.does = lambda work: takes(float(work.task["what"]))
    await shop.ask("0.1")
    await shop.ask("30")
    running = asyncio.create_task(shop.worker().run(stop))
    for _ in range(2):
        await asyncio.wait_for(begun.acquire(), 5)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert await shop.ends() == ["done", None]
    shop.trade.does = lambda _: Ended(because="done")
    shop.clock.pass_by(0.01)
    assert await shop.worker().drain_once() == 1


async def test_a_woken_loop_does_what_was_asked_for(shop: Shop) -> None:
    stop, is_done = asyncio.Event(), asyncio.Event()
    beats: list[int] = []
    worker = Worker(
        shop.db,
        shop.seal,
        {"test": shop.trade},
        shop.clock,
        told=is_done.set,
        beat=lambda: beats.append(1),
    )
    running = asyncio.create_task(worker.run(stop))
    await asyncio.sleep(0.05)
    await shop.ask("proof")
    worker.wake()
    await asyncio.wait_for(is_done.wait(), 5)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert await shop.ends() == ["done"]
    assert beats


async def test_a_piece_that_hangs_is_left_off(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LONGEST", 0.05)
    shop.trade.does = lambda _: asyncio.sleep(30)
    await shop.ask("hangs")
    await shop.worker().drain_once()
    assert [row["lease_owner"] for row in await shop.rows()] == [None]
