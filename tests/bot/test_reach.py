"""A platform that cannot be reached for over two minutes is an outage, with its true begin and end, over any kill."""

from datetime import datetime, timedelta

import pytest

from bot.heartbeat import EVERY, Heartbeat
from bot.metrics import Metrics
from bot.opening import Office
from bot.polling import PollFailure, Polling, PollTrouble
from bot.reach import Reach
from bot.settings import settings_from
from db import outages
from db.engine import Db
from db.outages import Outage
from db.sealed import Seal
from policy.deadlines import Span, extended
from tests.bot.intakes import Ledger, intake_to
from tests.bot.test_clock_guard import Wall

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
AWAY = PollFailure(trouble=PollTrouble.AWAY, says="no route")


class Steady(Wall):
    """A clock on which all hands move together."""

    def seconds(self) -> float:
        return self.up


class Service:
    """One life of the service: it polls, and its heart beats."""

    def __init__(self, db: Db, seal: Seal, clock: Steady) -> None:
        self.db, self.clock, self.metrics = db, clock, Metrics()
        self.reach = Reach("telegram", clock)
        office = Office(db=db, seal=seal, clock=clock, settings=settings_from({}))
        self.heart = Heartbeat(
            office, channel="telegram", service="a:1", reach=self.reach, metrics=self.metrics
        )
        self.polling = Polling(_Nobody(), intake_to(Ledger()), clock=clock, reach=self.reach)

    async def lives(self, time: timedelta, *, is_away: bool) -> None:
        """Poll and beat for so long; the platform answers or not."""
        for _ in range(int(time.total_seconds() / EVERY)):
            await self.polling.handle(AWAY if is_away else ())
            self.clock.passes(EVERY * SECOND)
            await self.heart.beat()


class _Nobody:
    async def updates(self, *, offset: int | None, seconds: int) -> PollFailure:
        return AWAY


@pytest.fixture
def clock(now: datetime) -> Steady:
    return Steady(now)


async def found(db: Db, clock: Steady) -> list[Outage]:
    async with db.reading() as tx:
        return await outages.between(tx, start=clock.now() - timedelta(days=1), end=clock.now() + MINUTE)


async def test_a_platform_away_is_seen_while_it_lasts_and_ends_when_it_answers(
    db: Db, seal: Seal, clock: Steady
) -> None:
    service = Service(db, seal, clock)
    await service.lives(MINUTE, is_away=False)
    began = clock.now()
    await service.lives(2 * MINUTE - 10 * SECOND, is_away=True)
    assert await found(db, clock) == []
    await service.lives(8 * MINUTE + 10 * SECOND, is_away=True)
    going_on = await found(db, clock)
    assert going_on == [Outage(cause="telegram unreachable", began_at=began, ended_at=clock.now())]
    assert 'piket_unreachable_seconds{channel="telegram"} 600' in service.metrics.page(at=0, waiting={})
    ended = clock.now()
    await service.lives(3 * MINUTE, is_away=False)
    assert await found(db, clock) == [Outage(cause="telegram unreachable", began_at=began, ended_at=ended)]


async def test_p01_a_kill_in_the_middle_leaves_what_was_known_and_the_next_service_goes_on_with_it(
    db: Db, seal: Seal, clock: Steady
) -> None:
    began = clock.now()
    await Service(db, seal, clock).lives(5 * MINUTE, is_away=True)
    killed = clock.now()
    clock.passes(4 * MINUTE)
    again = Service(db, seal, clock)
    await again.heart.take_up()
    await again.lives(MINUTE, is_away=True)
    ended = clock.now()
    await again.lives(MINUTE, is_away=False)
    assert await found(db, clock) == [
        Outage(cause="telegram unreachable", began_at=began, ended_at=ended),
        Outage(cause=outages.DOWN, began_at=killed, ended_at=killed + 4 * MINUTE),
    ]


async def test_c20_two_causes_at_once_give_the_time_back_only_once(db: Db, seal: Seal, clock: Steady) -> None:
    began = clock.now()
    await Service(db, seal, clock).lives(5 * MINUTE, is_away=True)
    clock.passes(4 * MINUTE)
    again = Service(db, seal, clock)
    await again.heart.take_up()
    await again.lives(MINUTE, is_away=True)
    await again.lives(MINUTE, is_away=False)
    gaps = [(each.began_at, each.ended_at) for each in await found(db, clock)]
    due = began + 7 * MINUTE
    assert extended(Span(began - MINUTE, due), gaps) == due + 10 * MINUTE


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_short_hiccups_and_a_second_poller_are_no_outage(db: Db, seal: Seal, clock: Steady) -> None:
    service = Service(db, seal, clock)
    for _ in range(5):
        await service.lives(110 * SECOND, is_away=True)
        await service.lives(10 * SECOND, is_away=False)
    for _ in range(2):
        await service.lives(110 * SECOND, is_away=True)
        await service.polling.handle(PollFailure(trouble=PollTrouble.CONFLICT, says="other getUpdates"))
    assert await found(db, clock) == []


async def test_p06_a_process_ended_because_its_loop_was_blocked_counts_as_down(
    db: Db, seal: Seal, clock: Steady
) -> None:
    """The watchdog's thirty seconds, and what the start took."""
    service = Service(db, seal, clock)
    await service.lives(MINUTE, is_away=False)
    began = clock.now()
    clock.passes(33 * SECOND)
    await Service(db, seal, clock).heart.take_up()
    assert await found(db, clock) == [Outage(cause=outages.DOWN, began_at=began, ended_at=clock.now())]


async def test_t03_a_machine_that_slept_was_down_though_the_process_lived(
    db: Db, seal: Seal, clock: Steady
) -> None:
    service = Service(db, seal, clock)
    await service.lives(MINUTE, is_away=False)
    began = clock.now()
    clock.passes(timedelta(hours=2))
    await service.heart.beat()
    assert await found(db, clock) == [Outage(cause=outages.DOWN, began_at=began, ended_at=clock.now())]
