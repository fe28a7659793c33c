"""Polling goes on only after the batch is on the disk, whatever numbers the platform gives."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.clock import Clock
from bot.polling import Fetched, PollFailure, Polling, PollTrouble
from bot.stopped import Stopped
from tests.bot.intakes import Ledger, intake_to, payload


class Platform:
    """Holds updates until an offset confirms them, as Telegram does."""

    def __init__(self, *numbers: int) -> None:
        self.held = list(numbers)
        self.asked: list[int | None] = []
        self.emptied = asyncio.Event()

    async def updates(self, *, offset: int | None, seconds: int) -> Sequence[Fetched] | PollFailure:
        await asyncio.sleep(0)
        self.asked.append(offset)
        if offset is not None and offset - 1 in self.held:
            self.held = self.held[self.held.index(offset - 1) + 1 :]
        if not self.held:
            self.emptied.set()
            await asyncio.sleep(60)
        return [Fetched(number=number, body=payload(number, chat=str(number % 3))) for number in self.held]


class StillClock(Clock):
    """A clock that moves only when told."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 100.0

    def seconds(self) -> float:
        return self.at


async def _poll(platform: Platform, ledger: Ledger) -> Polling:
    """Poll until the platform holds nothing more."""
    polling, stop = Polling(platform, intake_to(ledger), clock=Clock()), asyncio.Event()
    running = asyncio.create_task(polling.run(stop))
    async with asyncio.timeout(10):
        await platform.emptied.wait()
    stop.set()
    await asyncio.wait_for(running, 2)
    return polling


async def test_the_next_offset_is_asked_for_only_after_the_batch_is_stored() -> None:
    platform, ledger = Platform(5, 6, 7), Ledger(seconds=0.05)
    await _poll(platform, ledger)
    assert platform.asked == [None, 8]
    assert sorted(ledger.stored) == ["5", "6", "7"]


async def test_d03_a_batch_that_was_not_stored_is_asked_for_again() -> None:
    platform, ledger = Platform(5, 6), Ledger(refusals=1)
    await _poll(platform, ledger)
    assert platform.asked == [None, None, 7]
    assert sorted(ledger.stored) == ["5", "6"]


async def test_a_failure_of_our_own_loses_nothing() -> None:
    platform, ledger = Platform(5), Ledger(breaks=True)
    polling = Polling(platform, intake_to(ledger), clock=Clock())
    wait = await polling.handle(await platform.updates(offset=None, seconds=0))
    assert polling.offset is None
    assert wait > 0


async def test_numbers_may_begin_anew_below_the_last_one() -> None:
    platform, ledger = Platform(900_000_001), Ledger()
    polling = await _poll(platform, ledger)
    assert polling.offset == 900_000_002
    later = Polling(platform, intake_to(ledger), clock=Clock())
    await later.handle([Fetched(number=17, body=payload(17))])
    assert later.offset == 18
    assert ledger.stored == ["900000001", "17"]


async def test_waits_grow_to_half_a_minute_and_shrink_again() -> None:
    polling = Polling(Platform(), intake_to(Ledger(refusals=7)), clock=Clock())
    batch = [Fetched(number=1, body=payload(1))]
    assert [await polling.handle(batch) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert await polling.handle(batch) == 0
    assert await polling.handle(PollFailure(trouble=PollTrouble.AWAY, says="no route")) == 1


async def test_a_wait_that_the_platform_asks_for_is_kept() -> None:
    polling = Polling(Platform(), intake_to(Ledger()), clock=Clock())
    assert (
        await polling.handle(PollFailure(trouble=PollTrouble.AWAY, says="Too Many Requests", seconds=37))
        == 37
    )


async def test_p07_a_second_poller_waits_half_a_minute_and_then_stops_with_a_sentence() -> None:
    clock = StillClock()
    polling = Polling(Platform(), intake_to(Ledger()), clock=clock)
    conflict = PollFailure(trouble=PollTrouble.CONFLICT, says="terminated by other getUpdates request")
    assert await polling.handle(conflict) > 0
    clock.at += 29
    assert await polling.handle(conflict) > 0
    clock.at += 2
    with pytest.raises(Stopped, match="Another process polls with this token"):
        await polling.handle(conflict)


async def test_p07_whoever_polled_before_has_the_longer_breath() -> None:
    clock = StillClock()
    polling = Polling(Platform(), intake_to(Ledger()), clock=clock)
    conflict = PollFailure(trouble=PollTrouble.CONFLICT, says="terminated by other getUpdates request")
    await polling.handle([])
    clock.at += 600
    await polling.handle(conflict)
    clock.at += 45
    assert await polling.handle(conflict) > 0
    clock.at += 30
    with pytest.raises(Stopped):
        await polling.handle(conflict)


async def test_p07_a_conflict_that_passes_is_forgotten() -> None:
    clock = StillClock()
    polling = Polling(Platform(), intake_to(Ledger()), clock=clock)
    conflict = PollFailure(trouble=PollTrouble.CONFLICT, says="terminated by other getUpdates request")
    await polling.handle(conflict)
    await polling.handle([])
    clock.at += 60
    assert await polling.handle(conflict) > 0


async def test_c15_a_token_that_is_void_is_tried_once_a_minute_until_it_is_mended() -> None:
    polling = Polling(Platform(), intake_to(Ledger()), clock=Clock())
    assert await polling.handle(PollFailure(trouble=PollTrouble.DOWN, says="Unauthorized")) == 60


async def test_a_stop_does_not_wait_for_the_long_poll() -> None:
    platform = Platform()
    polling, stop = Polling(platform, intake_to(Ledger()), clock=Clock()), asyncio.Event()
    running = asyncio.create_task(polling.run(stop))
    await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(running, 1)


async def test_p09_each_round_leaves_a_mark_by_which_a_dead_loop_shows() -> None:
    clock = StillClock()
    intake = intake_to(Ledger())
    await Polling(Platform(), intake, clock=clock).handle([])
    clock.at += 200
    assert intake.metrics.age("poll", at=clock.seconds()) == 200
