"""getUpdates as the real server answers it."""

import asyncio

from tests.simulator.conftest import ANA, Play, until


async def test_updates_stay_until_an_offset_passes_them(play: Play) -> None:
    await play.page("say", user=ANA, text="satu")
    await play.page("say", user=ANA, text="dua")
    first = await play.updates()
    assert [row["message"]["text"] for row in first] == ["satu", "dua"]
    assert await play.updates() == first
    assert [row["message"]["text"] for row in await play.updates(offset=first[1]["update_id"])] == ["dua"]
    assert await play.updates(offset=first[1]["update_id"] + 1) == []
    rows = (await play.shown("ledger"))["updates"]
    assert [row["deliveries"] for row in rows] == [2, 3]
    assert all(row["acknowledged_at"] for row in rows)


async def test_a_negative_offset_forgets_all_but_the_last(play: Play) -> None:
    for text in ("satu", "dua", "tiga"):
        await play.page("say", user=ANA, text=text)
    assert [row["message"]["text"] for row in await play.updates(offset=-1)] == ["tiga"]
    assert len(await play.updates()) == 1


async def test_a_long_poll_ends_when_an_update_comes(play: Play) -> None:
    waiting = asyncio.create_task(play.updates(timeout=5))
    await until(lambda: play.world.polling._waiting)
    await play.page("say", user=ANA, text="halo")
    assert [row["message"]["text"] for row in await waiting] == ["halo"]


async def test_an_empty_long_poll_ends_at_its_timeout(play: Play) -> None:
    assert await play.updates(timeout=1) == []


async def test_a_second_poller_ends_the_first_with_409(play: Play) -> None:
    first = asyncio.create_task(play.bot("getUpdates", timeout=5))
    await until(lambda: play.world.polling._waiting)
    assert await play.updates() == []
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_setting_a_webhook_ends_the_poll_and_forbids_the_next(play: Play) -> None:
    first = asyncio.create_task(play.bot("getUpdates", timeout=5))
    await until(lambda: play.world.polling._waiting)
    await play.bot("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await first)["error_code"] == 409
    refused = await play.bot("getUpdates")
    assert refused["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


async def test_allowed_updates_are_remembered(play: Play) -> None:
    await play.updates(allowed_updates=["callback_query"])
    await play.page("say", user=ANA, text="tidak diminta")
    assert await play.updates() == []
    await play.updates(allowed_updates=[])
    await play.page("say", user=ANA, text="diminta")
    assert len(await play.updates()) == 1


async def test_a_press_lives_150_seconds_and_a_message_a_day(play: Play) -> None:
    sent = await play.sends("pilih")
    await play.page("press", user=ANA, message_id=sent["message_id"], data="x")
    await play.page("say", user=ANA, text="halo")
    play.world.clock.move_by(151)
    assert [list(row)[1] for row in await play.updates()] == ["message"]
    play.world.clock.move_by(24 * 3600)
    assert await play.updates() == []
    rows = (await play.shown("ledger"))["updates"]
    assert all(row["dropped_at"] and not row["acknowledged_at"] for row in rows)


async def test_the_limit_holds_and_numbers_count_up(play: Play) -> None:
    await play.page("inject", updates=[{"message": {"n": number}} for number in range(150)])
    assert len(await play.updates(limit=7)) == 7
    full = await play.updates(limit=1000)
    numbers = [row["update_id"] for row in full]
    assert numbers == list(range(numbers[0], numbers[0] + 100))


async def test_updates_come_twice_and_in_any_order_when_asked(play: Play) -> None:
    """Faults C01 and C03 can be played."""
    await play.page("faults", duplicate_updates=1.0, reorder_updates=True)
    await play.page("inject", updates=[{"message": {"n": number}} for number in range(40)])
    first = await play.updates()
    second = await play.updates(offset=max(row["update_id"] for row in first) + 1)
    numbers = [row["message"]["n"] for row in first + second]
    assert sorted(numbers) == sorted([*range(40), *range(40)])
    assert numbers[:40] != list(range(40))
