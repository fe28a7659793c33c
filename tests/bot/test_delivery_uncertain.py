"""A message that may have arrived is never repeated without a mark, and never more than once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.channels.base import Fate, Outgoing
from db.engine import Db
from db.sealed import Seal
from db.sending.fates import DROPPED_WHEN_LATE, NEVER_REPEATED
from handlers.update import Class
from tests.bot.conftest import ServerPasses
from tests.bot.post import Post, fails


@pytest.fixture
def post(db: Db, seal: Seal, now: datetime) -> Post:
    return Post(db, seal, now)


def test_the_database_and_the_handlers_mean_the_same_classes() -> None:
    assert {Class.CODE} == NEVER_REPEATED
    assert {Class.REMINDER, Class.DIGEST} == DROPPED_WHEN_LATE


@pytest.mark.parametrize("urgency", [Class.ANSWER, Class.ALERT, Class.BROADCAST])
async def test_n02_fate_unknown_is_repeated_once_and_marked(post: Post, urgency: Class) -> None:
    key = await post.put("7", urgency=urgency)
    post.channel.answers["7"] = [fails(Fate.UNCERTAIN)]
    await post.rounds(0, 1)
    assert await post.state(key) == "uncertain"
    await post.rounds(2, 0)
    assert [call.text for call in post.channel.calls] == ["<b>test/hello</b>", "<b>test/hello</b> (again)"]
    assert await post.state(key) == "sent"


async def test_n02_fate_unknown_twice_is_the_end(post: Post) -> None:
    key = await post.put("7")
    post.channel.always = fails(Fate.UNCERTAIN, says="no answer: timed out")
    await post.rounds(0, 3, 3, 60, 60)
    row = await post.row(key)
    assert (row["state"], row["ended_because"]) == ("failed", "fate unknown twice: no answer: timed out")
    assert len(post.channel.calls) == 2


async def test_n02_a_code_is_never_repeated(post: Post) -> None:
    key = await post.put("7", urgency=Class.CODE)
    post.channel.answers["7"] = [fails(Fate.UNCERTAIN)]
    await post.rounds(0, 3, 60)
    assert (await post.state(key), len(post.channel.calls)) == ("failed", 1)


@pytest.mark.parametrize(("minutes", "becomes", "calls"), [(5, "sent", 2), (0, "dropped", 1)])
async def test_n02_a_reminder_is_repeated_only_in_its_time(
    post: Post, minutes: int, becomes: str, calls: int
) -> None:
    until = post.hands.now() + timedelta(minutes=minutes, seconds=1)
    key = await post.put("7", urgency=Class.REMINDER, expires_at=until)
    post.channel.answers["7"] = [fails(Fate.UNCERTAIN)]
    await post.rounds(0, 3, 1)
    assert (await post.state(key), len(post.channel.calls)) == (becomes, calls)


async def test_an_uncertain_answer_is_not_overtaken_by_the_next_one(post: Post) -> None:
    await post.put("7", "test/first")
    await post.put("7", "test/second")
    post.channel.answers["7"] = [fails(Fate.UNCERTAIN)]
    await post.rounds(0, 0, 3, 0)
    assert post.channel.arrived == ["<b>test/first</b> (again)", "<b>test/second</b>"]


async def test_p01_what_a_killed_process_was_sending_is_resolved_at_the_next_start(post: Post) -> None:
    gate, killed = asyncio.Event(), post.open_delivery()
    post.channel.before = lambda _: gate.wait()
    code, answer = await post.put("7", urgency=Class.CODE), await post.put("8")
    dying = asyncio.create_task(killed.drain_once())
    await post.until(lambda: len(post.channel.calls) == 2)
    post.channel.before = None
    post.delivery = post.open_delivery(is_only_service=True)
    await post.rounds(0, 0)
    assert [await post.state(code), await post.state(answer)] == ["failed", "sent"]
    assert post.channel.calls[-1].text == "<b>test/hello</b> (again)"
    gate.set()
    await dying


@pytest.mark.parametrize(("next_service", "becomes"), [("node1:8080", "sent"), ("node2:8080", "sending")])
async def test_p01_beside_other_services_only_its_own_dead_self_is_known_to_be_gone(
    post: Post, next_service: str, becomes: str
) -> None:
    gate, killed = asyncio.Event(), post.open_delivery(service="node1:8080")
    post.channel.before = lambda _: gate.wait()
    key = await post.put("8")
    dying = asyncio.create_task(killed.drain_once())
    await post.until(lambda: len(post.channel.calls) == 1)
    post.channel.before = None
    post.delivery = post.open_delivery(service=next_service)
    await post.rounds(0, 0)
    assert await post.state(key) == becomes
    gate.set()
    await dying


async def test_p05_a_process_that_slept_over_its_lease_overwrites_nothing(
    post: Post, server_passes: ServerPasses
) -> None:
    gate, asleep = asyncio.Event(), post.open_delivery()
    post.channel.before = lambda _: gate.wait()
    post.channel.answers["7"] = [fails(Fate.GONE)]
    key = await post.put("7")
    sleeping = asyncio.create_task(asleep.drain_once())
    await post.until(lambda: len(post.channel.calls) == 1)
    post.channel.before = None
    post.channel.answers.clear()
    server_passes(90)
    await post.rounds(90, 0)
    assert await post.state(key) == "sent"
    post.channel.answers["7"] = [fails(Fate.GONE)]
    gate.set()
    await sleeping
    assert await post.state(key) == "sent"


async def test_p05_a_lease_that_ran_out_before_the_call_is_not_used(
    post: Post, server_passes: ServerPasses
) -> None:
    key = await post.put("7", params={"parts": ["one", "two"]})

    async def sleep_long_and_lose_it(_: Outgoing) -> None:
        post.channel.before = None
        post.hands.pass_by(90)
        server_passes(90)
        await post.open_delivery().drain_once()

    post.channel.before = sleep_long_and_lose_it
    await post.delivery.drain_once()
    await post.rounds(0)
    assert [call.text for call in post.channel.calls] == [
        "<b>one</b>", "<b>one</b> (again)", "<b>two</b> (again)",
    ]  # fmt: skip
    assert await post.state(key) == "sent"


async def test_t02_a_clock_that_jumps_ahead_does_not_orphan_what_is_in_flight(post: Post) -> None:
    gate, stop = asyncio.Event(), asyncio.Event()
    post.channel.before = lambda _: gate.wait()
    key = await post.put("7")
    running = asyncio.create_task(post.delivery.run(stop))
    await post.until(lambda: len(post.channel.calls) == 1)
    post.hands.pass_by(3600)
    post.delivery.wake()
    await asyncio.sleep(0.1)
    gate.set()
    stop.set()
    await asyncio.wait_for(running, 5)
    assert (await post.state(key), len(post.channel.calls)) == ("sent", 1)


async def test_a_channel_that_raises_is_our_mistake_and_bounded(post: Post) -> None:
    key, good = await post.put("7"), await post.put("8")
    post.channel.answers["7"] = [TypeError("ana@example"), TypeError("ana@example")]
    await post.rounds(0, 3, 3)
    row = await post.row(key)
    assert row["state"] == "failed"
    assert "ana@example" not in row["ended_because"]
    assert await post.state(good) == "sent"


async def test_t02_a_clock_that_is_set_back_does_not_leave_a_chat_waiting_for_it(post: Post) -> None:
    post.channel.answers["7"] = [fails(Fate.RETRY)]
    first, second = await post.put("7"), await post.put("7")
    reminder = await post.put(
        "8", urgency=Class.REMINDER, not_before=post.hands.now() + timedelta(minutes=30)
    )
    await post.rounds(0)
    post.hands.office -= timedelta(days=2)
    await post.rounds(2, 2)
    assert [await post.state(key) for key in (first, second, reminder)] == ["sent", "sent", "queued"]
