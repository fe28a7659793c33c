"""T02: a clock that jumps over five minutes holds what time drives, until it is right again or confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

import bot.clock_guard
from bot.clock import Clock
from bot.clock_guard import ClockGuard
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from bot.opening import Office
from bot.settings import settings_from
from db import clock_holds, meta, outages
from db.clock_holds import ClockHold
from db.engine import Db
from db.moments import to_micros
from db.sealed import Seal
from tests import factories

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Wall(Clock):
    """A wall clock that can be set wrong, and a steady one that cannot. The demo's played time is left alone."""

    def __init__(self, moment: datetime) -> None:
        self.wall, self.up = moment, 1000.0
        super().__init__()

    def real(self) -> datetime:
        return self.wall

    def uptime(self) -> float:
        return self.up

    def passes(self, time: timedelta) -> None:
        self.wall += time
        self.up += time.total_seconds()

    def jumps(self, by: timedelta) -> None:
        self.wall += by


@dataclass
class House:
    """One installation: its database, its clock, and the service of the moment."""

    db: Db
    seal: Seal
    clock: Wall
    people: dict[str, str] = field(default_factory=dict)

    def starts(self, service: str = "a:1") -> ClockGuard:
        return ClockGuard(self.db, self.seal, self.clock, service=service, metrics=Metrics())

    def heart(self, guard: ClockGuard) -> Heartbeat:
        office = Office(db=self.db, seal=self.seal, clock=self.clock, settings=settings_from({}))
        return Heartbeat(office, channel="telegram", service="a:1", guard=guard)

    async def stands(self) -> ClockHold | None:
        async with self.db.reading() as tx:
            return await clock_holds.current(tx)

    async def alarms(self) -> list[str]:
        return [row["message"] for row in await self.rows("SELECT message FROM outbox ORDER BY id")]

    async def rows(self, sql: str, **values: Any) -> Sequence[Any]:
        async with self.db.reading() as tx:
            return await tx.all(sql, **values)

    async def confirms(self) -> None:
        async with self.db.transaction() as tx:
            hold = await clock_holds.current(tx)
            assert hold is not None
            assert await clock_holds.end(tx, hold_id=hold.id, by="clara", now=self.clock.now())

    async def out(self) -> list[tuple[str, timedelta]]:
        async with self.db.reading() as tx:
            found = await outages.between(
                tx, start=self.clock.now() - 9 * DAY, end=self.clock.now() + 9 * DAY
            )
        return [(each.cause, each.ended_at - each.began_at) for each in found]


@pytest.fixture
async def house(db: Db, seal: Seal, now: datetime) -> House:
    people = await factories.open_office(db, now=now)
    await factories.link_chats(
        db, {people["clara"]: "3", people["ana"]: "1"}, channel="telegram", version="1", now=now
    )
    return House(db, seal, Wall(now), people)


@pytest.mark.parametrize(
    ("engine_name", "jump"),
    [("sqlite", each) for each in (HOUR, -HOUR, DAY, -DAY, 6 * MINUTE, -6 * MINUTE)] + [("postgresql", -DAY)],
)
async def test_t02_a_jump_holds_tells_the_admins_alone_and_ends_when_the_clock_is_right(
    house: House, jump: timedelta
) -> None:
    guard = house.starts()
    house.clock.passes(MINUTE)
    assert not guard.is_held()
    house.clock.jumps(jump)
    assert guard.is_held()
    assert guard.held_error() == jump
    await guard.tend()
    hold = await house.stands()
    assert hold is not None
    assert hold.jumped == jump
    (row,) = await house.rows("SELECT message, class, person_id, not_before FROM outbox")
    assert (row["message"], row["class"], row["person_id"]) == ("clock/jumped", 2, house.people["clara"])
    assert row["not_before"] <= to_micros(house.clock.now())
    house.clock.passes(10 * MINUTE)
    house.clock.jumps(-jump)
    assert not guard.is_held()
    await guard.tend()
    assert await house.stands() is None
    assert await house.alarms() == ["clock/jumped", "clock/right_again"]


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_t02_small_corrections_are_the_truth_and_hold_nothing_however_many(house: House) -> None:
    guard = house.starts()
    for step in (5 * MINUTE, -5 * MINUTE, 4 * MINUTE, 4 * MINUTE, 4 * MINUTE, -3 * MINUTE):
        house.clock.jumps(step)
        house.clock.passes(MINUTE)
        assert not guard.is_held()
    await guard.tend()
    assert await house.alarms() == []


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_t02_a_machine_that_slept_did_not_jump(house: House) -> None:
    guard = house.starts()
    house.clock.passes(7 * HOUR)
    assert not guard.is_held()


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_t02_a_demos_moved_clock_is_no_jump(house: House) -> None:
    guard = house.starts()
    house.clock.move(-200 * DAY)
    assert not guard.is_held()


async def test_t02_confirmed_it_goes_on_at_once_and_what_was_jumped_over_is_no_outage(house: House) -> None:
    guard = house.starts()
    heart = house.heart(guard)
    await heart.take_up()
    house.clock.jumps(DAY)
    await guard.tend()
    await heart.beat()
    await house.confirms()
    await guard.tend()
    assert not guard.is_held()
    house.clock.passes(10 * timedelta(seconds=1))
    await heart.beat()
    again = house.starts()
    await again.take_up()
    await house.heart(again).take_up()
    assert not again.is_held()
    assert await house.out() == []


@pytest.mark.parametrize("jump", [DAY, -DAY])
async def test_t02_a_hold_survives_a_restart_and_the_time_in_between_is_measured_rightly(
    house: House, jump: timedelta
) -> None:
    guard = house.starts()
    await house.heart(guard).take_up()
    house.clock.jumps(jump)
    await guard.tend()
    await house.heart(guard).beat()
    house.clock.passes(3 * MINUTE)
    again = house.starts()
    await again.take_up()
    assert again.is_held()
    await house.heart(again).take_up()
    assert await house.out() == [(outages.DOWN, 3 * MINUTE)]
    house.clock.jumps(-jump)
    await again.tend()
    assert await house.stands() is None
    assert not again.is_held()


async def test_t02_a_start_earlier_than_the_last_sign_of_life_is_held(house: House) -> None:
    await house.heart(house.starts()).take_up()
    house.clock.up = 5.0
    house.clock.jumps(-2 * HOUR)
    guard = house.starts()
    await guard.take_up()
    assert guard.is_held()
    assert await house.alarms() == ["clock/jumped"]
    await house.heart(guard).take_up()
    house.clock.passes(MINUTE)
    house.clock.jumps(2 * HOUR + 30 * MINUTE)  # set right: the machine had been off for half an hour
    await guard.tend()
    assert not guard.is_held()
    assert await house.out() == [(outages.DOWN, 30 * MINUTE)]


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_t02_a_start_five_minutes_early_is_an_ordinary_correction(house: House) -> None:
    await house.heart(house.starts()).take_up()
    house.clock.jumps(-5 * MINUTE)
    guard = house.starts()
    await guard.take_up()
    assert not guard.is_held()


async def test_t02_after_the_machine_itself_was_started_anew_ahead_must_be_confirmed_and_back_is_seen(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = house.starts()
    await house.heart(guard).take_up()
    house.clock.jumps(DAY)
    await guard.tend()
    monkeypatch.setattr(bot.clock_guard, "boot", lambda: "another")
    ahead = house.starts()
    await ahead.take_up()
    assert ahead.is_held()
    assert ahead.error() is None
    house.clock.jumps(-DAY)
    assert ahead.is_held()
    await house.confirms()
    await ahead.tend()
    assert not ahead.is_held()


@pytest.mark.parametrize("engine_name", ["postgresql"])  # on SQLite there is no other service
async def test_t02_another_services_hold_holds_us_and_only_its_own_machine_ends_it(house: House) -> None:
    theirs = house.starts("b:1")
    house.clock.jumps(HOUR)
    await theirs.tend()
    calm = Wall(house.clock.real() - HOUR)
    beside = ClockGuard(house.db, house.seal, calm, service="c:1", metrics=Metrics())
    await beside.tend()
    assert beside.is_held()
    assert beside.held_error() == timedelta()
    house.clock.jumps(-HOUR)
    await theirs.tend()
    await beside.tend()
    assert not beside.is_held()


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_t02_a_clock_that_was_set_wakes_the_jobs_that_would_wait_for_the_old_time(house: House) -> None:
    woken: list[str] = []
    guard = ClockGuard(
        house.db,
        house.seal,
        house.clock,
        service="a:1",
        metrics=Metrics(),
        stepped=lambda: woken.append("now"),
    )
    house.clock.passes(HOUR)
    await guard.tend()
    assert woken == []
    house.clock.jumps(-4 * MINUTE)
    await guard.tend()
    await guard.tend()
    assert woken == ["now"]


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_two_services_that_see_one_jump_tell_it_once(house: House) -> None:
    one, other = house.starts("a:1"), house.starts("b:1")
    house.clock.jumps(HOUR)
    await one.tend()
    await other.tend()
    assert await house.alarms() == ["clock/jumped"]


async def test_a_sign_of_life_by_a_clock_of_which_nothing_is_known_is_not_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = house.starts()
    await house.heart(guard).take_up()
    house.clock.jumps(DAY)
    await guard.tend()
    async with house.db.reading() as tx:
        before = await meta.last_alive(tx)
    monkeypatch.setattr(bot.clock_guard, "boot", lambda: "another")
    again = house.starts()
    await again.take_up()
    await house.heart(again).take_up()
    async with house.db.reading() as tx:
        assert await meta.last_alive(tx) == before
