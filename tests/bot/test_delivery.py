"""Delivery sends what is owed: the urgent first, each chat in order, once, and stops cleanly."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.channels.base import Fate, Outgoing, Sent
from bot.pacing import Rates
from db.engine import Db
from db.sealed import Seal
from db.sending import outbox
from handlers.update import Class
from tests.bot.post import FAST, Post, fails


@pytest.fixture
def post(db: Db, seal: Seal, now: datetime) -> Post:
    return Post(db, seal, now)


async def test_a_message_is_sent_and_its_platform_key_kept(post: Post) -> None:
    key = await post.put("7")
    assert await post.delivery.drain_once() == 1
    row = await post.row(key)
    assert (row["state"], row["platform_keys"], row["lease_owner"]) == ("sent", '["1"]', None)
    assert await post.delivery.drain_once() == 0


async def test_the_urgent_go_first_and_of_a_class_the_oldest(post: Post) -> None:
    for urgency in (Class.BROADCAST, Class.REMINDER, Class.ALERT, Class.ANSWER):
        await post.put(f"chat {urgency}", f"test/{urgency.name}", urgency=urgency)
    await post.put("another", "test/LATER", urgency=Class.REMINDER)
    await post.delivery.drain_once()
    assert [call.text for call in post.channel.calls] == [
        "<b>test/ANSWER</b>", "<b>test/ALERT</b>", "<b>test/REMINDER</b>", "<b>test/LATER</b>", "<b>test/BROADCAST</b>",
    ]  # fmt: skip


async def test_one_chat_gets_one_at_a_time_in_order_while_others_go_on(post: Post) -> None:
    for number in range(3):
        await post.put("7", f"test/{number}")
    await post.put("8", "test/other")
    assert await post.delivery.drain_once() == 2
    await post.rounds(0, 0)
    mine = [call.text for call in post.channel.calls if call.address == "7"]
    assert mine == ["<b>test/0</b>", "<b>test/1</b>", "<b>test/2</b>"]


async def test_a_message_that_waits_for_its_next_try_is_not_overtaken_in_its_chat(post: Post) -> None:
    first, second = await post.put("7", "test/first"), await post.put("7", "test/second")
    post.channel.answers["7"] = [fails(Fate.RETRY)]
    await post.rounds(0, 0)
    assert [await post.state(first), await post.state(second)] == ["queued", "queued"]
    await post.rounds(1, 0)
    assert post.channel.arrived == ["<b>test/first</b>", "<b>test/second</b>"]


async def test_p04_a_message_that_always_fails_does_not_hold_its_chat_for_ever(post: Post) -> None:
    await post.put("7", "test/stuck", urgency=Class.REMINDER)
    post.channel.answers["7"] = [fails(Fate.RETRY) for _ in range(6)]
    await post.rounds(0, 2, 4, 8, 16, 32)
    await post.put("7", "test/next", urgency=Class.REMINDER)
    await post.rounds(9)
    assert post.channel.arrived == ["<b>test/next</b>"]


async def test_nothing_goes_before_its_time_and_nothing_after_it(post: Post) -> None:
    now = post.hands.now()
    early = await post.put("7", not_before=now + timedelta(minutes=5))
    late = await post.put("8", urgency=Class.REMINDER, expires_at=now + timedelta(minutes=1))
    post.hands.pass_by(90)
    await post.delivery.drain_once()
    row = await post.row(late)
    assert (row["state"], row["ended_because"]) == ("dropped", "its moment has passed")
    assert await post.state(early) == "queued"
    await post.rounds(300)
    assert await post.state(early) == "sent"


async def test_d12_the_same_once_key_is_queued_only_once(post: Post) -> None:
    await post.put("7", once="a:b")

    async def again() -> str | None:
        async with post.db.transaction() as tx:
            return await outbox.add(
                tx, post.seal, channel="telegram", address="7", person_id=None, urgency=0, message="test/hello",
                locale="id", body={"params": {}}, now=post.hands.now(), once="a:b",
            )  # fmt: skip

    assert await asyncio.gather(again(), again()) == [None, None]
    assert await post.delivery.drain_once() == 1


async def test_d12_two_processes_never_take_the_same_message_nor_one_chat_twice(post: Post) -> None:
    for number in range(30):
        await post.put(str(number % 6), f"test/{number}")
    others = [post.open_delivery(), post.open_delivery()]
    for _ in range(6):
        await asyncio.gather(*(one.drain_once() for one in (post.delivery, *others)))
    texts = [call.text for call in post.channel.calls]
    assert sorted(texts) == sorted({f"<b>test/{number}</b>" for number in range(30)})
    mine = [call.text for call in post.channel.calls if call.address == "0"]
    assert mine == [f"<b>test/{number}</b>" for number in range(0, 30, 6)]


async def test_the_loop_sends_at_once_when_woken_and_stops_when_asked(post: Post) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(post.delivery.run(stop))
    await asyncio.sleep(0.05)
    key = await post.put("7")
    post.delivery.wake()
    await post.until(lambda: bool(post.channel.calls))
    stop.set()
    await asyncio.wait_for(running, 5)
    assert await post.state(key) == "sent"


async def test_p02_a_stop_finishes_what_is_in_flight_gives_back_the_rest_and_doubles_nothing(
    post: Post,
) -> None:
    gate, stop = asyncio.Event(), asyncio.Event()
    post.channel.before = lambda _: gate.wait()
    post.delivery = post.open_delivery(most_in_flight=20)
    keys = [await post.put(str(n), f"test/{n}", urgency=Class.BROADCAST) for n in range(60)]
    running = asyncio.create_task(post.delivery.run(stop))
    await post.until(lambda: len(post.channel.calls) >= 12)
    stop.set()
    await asyncio.sleep(0.05)
    gate.set()
    await asyncio.wait_for(running, 5)
    states = [await post.state(key) for key in keys]
    assert (states.count("sent"), states.count("queued")) == (
        len(post.channel.calls),
        60 - len(post.channel.calls),
    )
    post.delivery = post.open_delivery()
    await post.rounds(0, 0)
    assert sorted(call.text for call in post.channel.calls) == sorted(f"<b>test/{n}</b>" for n in range(60))


async def test_p02_the_parts_not_begun_at_a_stop_are_sent_by_the_next_process(post: Post) -> None:
    stop = asyncio.Event()

    async def stop_now(_: Outgoing) -> None:
        stop.set()
        await asyncio.sleep(0.01)

    post.channel.before = stop_now
    key = await post.put("7", params={"parts": ["one", "two"]})
    await asyncio.wait_for(post.delivery.run(stop), 5)
    assert ((await post.row(key))["state"], (await post.row(key))["parts_sent"]) == ("queued", 1)
    post.channel.before, post.delivery = None, post.open_delivery()
    await post.rounds(0)
    assert post.channel.arrived == ["<b>one</b>", "<b>two</b>"]


async def test_p02_a_part_that_went_out_is_not_sent_again_when_writing_it_down_hangs_at_a_stop(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, stop = asyncio.Event(), asyncio.Event()

    async def hang(*_: object, **__: object) -> bool:
        hangs.set()
        await asyncio.sleep(60)
        return True

    key = await post.put("7", params={"parts": ["one", "two"]})
    with monkeypatch.context() as patched:
        patched.setattr("bot.journey.part_sent", hang)
        patched.setattr("bot.delivery.FINISH_WITHIN", 0.0)
        running = asyncio.create_task(post.delivery.run(stop))
        await asyncio.wait_for(hangs.wait(), 5)
        stop.set()
        await asyncio.wait_for(running, 5)
    assert ((await post.row(key))["state"], (await post.row(key))["parts_sent"]) == ("queued", 1)
    post.delivery = post.open_delivery()
    await post.rounds(0)
    assert post.channel.arrived == ["<b>one</b>", "<b>two</b>"]


async def test_answers_have_room_when_slow_bulk_sends_fill_the_rest(post: Post) -> None:
    gate, stop = asyncio.Event(), asyncio.Event()

    async def slow(message: Outgoing) -> None:
        if "bulk" in message.text:
            await gate.wait()

    post.channel.before = slow
    for number in range(60):
        await post.put(f"b{number}", "test/bulk", urgency=Class.BROADCAST)
    running = asyncio.create_task(post.delivery.run(stop))
    await post.until(lambda: len(post.channel.calls) >= 40)
    await post.put("7", "test/answer")
    post.delivery.wake()
    await post.until(lambda: "<b>test/answer</b>" in post.channel.arrived)
    gate.set()
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_bulk_keeps_to_its_pace(post: Post) -> None:
    slow = Rates(bulk=5, bulk_burst=5, chat=FAST.chat, chat_burst=FAST.chat_burst)
    post.delivery = post.open_delivery(rates=slow)
    for number in range(20):
        await post.put(str(number), urgency=Class.REMINDER)
    await post.rounds(0, 0, 1, 0)
    assert len(post.channel.arrived) == 10


async def test_a_chat_that_had_its_share_waits_without_losing_its_order(post: Post) -> None:
    post.delivery = post.open_delivery(rates=Rates())
    for number in range(5):
        await post.put("7", f"test/{number}")
    await post.rounds(0, 0, 0, 0, 0)
    assert len(post.channel.arrived) == 3
    await post.rounds(1.01, 1.01, 1.01)
    assert post.channel.arrived == [f"<b>test/{number}</b>" for number in range(5)]


async def test_sent_messages_shrink_to_their_keys_and_waiting_ones_keep_their_bodies(post: Post) -> None:
    sent = await post.put("7")
    waits = await post.put("8", not_before=post.hands.now() + timedelta(days=30))
    await post.delivery.drain_once()
    async with post.db.transaction() as tx:
        assert await outbox.shrink(tx, before=post.hands.now() + timedelta(days=8)) == 1
    assert (await post.row(sent))["body"] is None
    assert (await post.row(waits))["body"] is not None


async def test_a_body_is_sealed_and_counts_are_kept(post: Post) -> None:
    key = await post.put("7", params={"parts": ["demam"]})
    assert b"demam" not in bytes((await post.row(key))["body"])
    async with post.db.reading() as tx:
        assert await outbox.waiting(tx) == {("telegram", "queued"): 1}
    post.channel.always = Sent(key="9")
    await post.delivery.drain_once()
    assert post.delivery.counts == {"sent": 1}
