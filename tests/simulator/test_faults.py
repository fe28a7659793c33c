"""Faults on demand, limits, and what the ledger says of them."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import ClientError, ClientTimeout

from simulator.limits import Limits
from tests.simulator.conftest import ANA, GROUP, TOKEN, Play, until


async def _fails(play: Play, kind: str, **more: Any) -> None:
    await play.page("faults", fail=[{"method": "sendMessage", "kind": kind, "times": 1, **more}])


async def _raw(play: Play, *, seconds: float = 5) -> tuple[int, str]:
    url = f"{play.address}/bot{TOKEN}/sendMessage"
    timeout = ClientTimeout(total=seconds)
    async with play.session.post(url, json={"chat_id": ANA, "text": "halo"}, timeout=timeout) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("kind", "status", "words", "delivered"),
    [
        ("429", 429, '"retry_after": 7', 0),
        ("500", 500, "Internal Server Error", 0),
        ("502", 502, "Bad Gateway", 0),
        ("html", 502, "<html>", 0),
        ("not_ok", 200, '"ok": false', 0),
        ("truncated", 200, '{"ok": true', 1),
    ],
)
async def test_answers_fail_as_asked_and_then_go_well(
    play: Play, kind: str, status: int, words: str, delivered: int
) -> None:
    """Faults C08 and N03 can be played."""
    await _fails(play, kind, retry_after=7)
    found, text = await _raw(play)
    assert found == status
    assert words in text
    assert len(play.world.ledger.delivered) == delivered
    assert (await _raw(play))[0] == 200


async def test_a_truncated_answer_is_no_json(play: Play) -> None:
    await _fails(play, "truncated")
    assert not (await _raw(play))[1].endswith("}")


@pytest.mark.parametrize(("kind", "delivered"), [("cut_after_accept", 1), ("cut_before", 0)])
async def test_a_cut_connection_gives_no_answer(play: Play, kind: str, delivered: int) -> None:
    """Fault N02: only the ledger knows whether the message arrived."""
    await _fails(play, kind)
    with pytest.raises(ClientError):
        await _raw(play)
    ledger = await play.shown("ledger")
    assert [row["answered"] for row in ledger["delivered"]] == [False] * delivered
    assert len((await play.shown(f"chats/{ANA}"))["messages"]) == delivered


@pytest.mark.parametrize(("kind", "delivered"), [("hang", 0), ("hang_after_accept", 1)])
async def test_a_hanging_call_counts_as_in_flight(play: Play, kind: str, delivered: int) -> None:
    await _fails(play, kind)
    hanging = asyncio.create_task(_raw(play, seconds=0.5))
    await until(lambda: play.world.ledger.in_flight["sendMessage"] == 1)
    assert (await play.shown("ledger"))["in_flight"] == 1
    with pytest.raises(TimeoutError):
        await hanging
    await until(lambda: play.world.ledger.in_flight["sendMessage"] == 0)
    assert len(play.world.ledger.delivered) == delivered


async def test_a_fault_can_be_for_one_chat_and_in_ones_own_words(play: Play) -> None:
    fault = {"method": "*", "kind": "error", "chat": ANA, "error_code": 400, "description": "Bad Request: X"}
    await play.page("faults", fail=[fault])
    assert await play.sends("x", chat=99) == "Bad Request: chat not found"
    assert await play.sends("x") == "Bad Request: X"


async def test_latency_is_added_to_each_call(play: Play) -> None:
    await play.page("faults", latency_ms=120)
    began = play.world.clock.steady()
    await play.sends("halo")
    assert play.world.clock.steady() - began >= 0.115


async def test_a_call_that_arrived_is_accepted_although_its_caller_left(play: Play) -> None:
    """Fault N02: a caller who gives up early may still have sent."""
    await play.page("faults", latency_ms=400)
    with pytest.raises(TimeoutError):
        await _raw(play, seconds=0.1)
    await until(lambda: play.world.ledger.delivered)
    await until(lambda: play.world.ledger.in_flight["sendMessage"] == 0)
    assert play.world.ledger.delivered[0].was_answered is False


async def test_a_caller_who_left_after_the_send_was_accepted_is_written_down(play: Play) -> None:
    """Fault P01: what a killed bot had in flight can be told from the ledger."""
    await play.page("faults", latency_ms=300)
    with pytest.raises(TimeoutError):
        await _raw(play, seconds=0.2)
    await until(lambda: play.world.ledger.in_flight["sendMessage"] == 0)
    ledger = await play.shown("ledger")
    assert ledger["abandoned"] == [row["n"] for row in ledger["delivered"]] == [1]


async def test_a_platform_that_is_down_answers_nobody(play: Play) -> None:
    """Faults C20 and N05 can be played."""
    poll = asyncio.create_task(play.bot("getUpdates", timeout=5))
    await until(lambda: play.world.polling._waiting)
    await play.page("faults", platform_down=True)
    with pytest.raises(ClientError):
        await poll
    with pytest.raises(ClientError):
        await _raw(play)
    await play.page("faults")
    assert (await _raw(play))[0] == 200


async def test_unknown_faults_are_refused_with_a_sentence(play: Play) -> None:
    assert (await play.page("faults", latency=3))["status"] == 400
    answer = await play.page("faults", fail=[{"method": "x", "kind": "explode"}])
    assert "explode" in answer["error"]


async def test_limits_answer_429_with_the_seconds_to_wait(play: Play) -> None:
    """A short burst to one chat passes, then one a second."""
    await play.page("faults", rate_limits=True)
    answers = [await play.bot("sendMessage", chat_id=ANA, text=str(number)) for number in range(5)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False, False]
    assert answers[3]["description"] == "Too Many Requests: retry after 1"
    assert answers[3]["parameters"] == {"retry_after": 1}
    assert [row["error_code"] for row in (await play.shown("ledger"))["refused"]] == [429, 429]


def test_thirty_a_second_overall_and_twenty_a_minute_to_a_group() -> None:
    limits = Limits(is_on=True)
    waits = [limits.wait(chat=chat, is_group=False, at=100.0) for chat in range(31)]
    assert waits == [0] * 30 + [1]
    assert limits.wait(chat=31, is_group=False, at=101.0) == 0
    group = [limits.wait(chat=GROUP, is_group=True, at=200.0 + second) for second in range(21)]
    assert group == [0] * 20 + [40]


async def test_reset_forgets_messages_updates_and_the_ledger(play: Play) -> None:
    await play.sends("halo")
    await play.page("say", user=ANA, text="hai")
    await play.page("reset")
    ledger = await play.shown("ledger")
    assert (ledger["delivered"], ledger["updates"], ledger["calls"]) == ([], [], {})
    assert (await play.shown(f"chats/{ANA}"))["messages"] == []
    assert await play.updates() == []


async def test_the_ledger_stays_right_and_quick_in_a_rush(play: Play) -> None:
    people = range(5000, 5500)
    rows = [_message(number) for number in people for _ in range(4)]
    began = time.process_time()  # its own work: not what else the machine does
    assert len((await play.page("inject", updates=rows))["update_ids"]) == 2000
    offset = 0
    while batch := await play.updates(offset=offset):
        offset = batch[-1]["update_id"] + 1
    await asyncio.gather(*(play.sends("diterima", chat=number) for number in people))
    assert time.process_time() - began < 5
    ledger = await play.shown("ledger")
    assert ledger["acknowledged"] == 2000
    assert sorted(row["chat"] for row in ledger["delivered"]) == list(people)


def _message(number: int) -> dict[str, Any]:
    user = {"id": number, "is_bot": False, "first_name": "Pegawai"}
    chat = {"id": number, "type": "private", "first_name": "Pegawai"}
    return {"message": {"from": user, "chat": chat, "date": 1592178300, "text": "sehat"}}
