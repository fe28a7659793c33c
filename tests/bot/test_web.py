"""The webhook: strangers get 401 before anything is read, and 200 means that it is on the disk."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import Clock
from bot.door import Door
from bot.intake import Intake
from bot.web import LONGEST_BODY, Site, application
from tests.bot.intakes import Ledger, intake_to, payload

SECRET = "a-secret-of-enough-letters"
MOMENT = timedelta(seconds=1)
SIGNED = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


class Front:
    """An open web server and a client that speaks to it."""

    def __init__(
        self,
        ledger: Ledger,
        intake: Intake,
        clock: Clock,
        client: aiohttp.ClientSession,
        speeds: list[float],
    ) -> None:
        self.speeds = speeds
        self.ledger = ledger
        self.intake = intake
        self.clock = clock
        self.client = client

    async def post(self, body: bytes, *, path: str = "/telegram", **headers: str) -> aiohttp.ClientResponse:
        """Post `body`, signed unless headers say otherwise; the answer must be empty."""
        answer = await self.client.post(
            path, data=io.BytesIO(body), headers=SIGNED | {k.replace("_", "-"): v for k, v in headers.items()}
        )
        assert await answer.read() == b""
        return answer


@pytest.fixture
async def front() -> AsyncIterator[Front]:
    ledger, clock = Ledger(), Clock()
    intake, speeds = intake_to(ledger), list[float]()
    site = Site(
        is_ready=_yes,
        figures=_figures,
        clock=clock,
        intake=intake,
        secret=SECRET,
        clock_secret="clock-secret-word",
        moved=lambda _, speed: speeds.append(speed),
        beside_chat=_panel,
        happen=_happen,
    )
    door = Door(application(site))
    await door.open("127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{door.port}") as client:
        yield Front(ledger, intake, clock, client, speeds)
    await door.close()


async def _yes() -> bool:
    return True


async def _happen(name: str) -> bool:
    return name == "merah"


async def _panel(channel: str, address: str) -> dict[str, Any]:
    return {"who": f"{channel}:{address}"}


async def _figures() -> str:
    return "piket_outbox_waiting 3\n"


async def test_a_signed_update_is_stored_before_it_is_answered(front: Front) -> None:
    answer = await front.post(payload(1))
    assert answer.status == 200
    assert front.ledger.stored == ["1"]


@pytest.mark.parametrize("said", ["", "wrong", SECRET[:-1], SECRET + "x", "ü" * 10])
async def test_a07_a_wrong_secret_is_401_before_anything_is_parsed(front: Front, said: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": said, "Content-Type": "application/json"}
    answer = await front.client.post("/telegram", data=b"{not json", headers=headers)
    assert answer.status == 401
    assert front.ledger.set_aside_bodies == []


async def test_a07_a_wrong_method_path_or_type_is_refused_with_an_empty_body(front: Front) -> None:
    wrong_method = await front.client.get("/telegram", headers=SIGNED)
    assert (wrong_method.status, await wrong_method.read()) == (405, b"")
    assert (await front.post(payload(1), path="/telegram/other")).status == 404
    assert (await front.post(payload(1), path="/")).status == 404
    assert (await front.post(payload(1), Content_Type="text/plain")).status == 415
    assert front.ledger.stored == []


async def test_c01_a_body_delivered_many_times_at_once_is_taken_once(front: Front) -> None:
    answers = await asyncio.gather(*(front.post(payload(1)) for _ in range(50)))
    assert {answer.status for answer in answers} == {200}
    assert front.ledger.stored == ["1"]


async def test_a07_an_answer_never_repeats_what_came_in(front: Front) -> None:
    answer = await front.post(b'{"method": "sendMessage", "chat_id": 1, "text": "x"}')
    assert answer.status == 200  # the fixture's helper has seen that the body is empty
    assert len(front.ledger.set_aside_bodies) == 1


async def test_d03_what_could_not_be_stored_is_503_and_comes_again(front: Front) -> None:
    front.ledger.refusals = 1
    answer = await front.post(payload(1))
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert (await front.post(payload(1))).status == 200


async def test_a_failure_of_our_own_is_503_too(front: Front) -> None:
    front.ledger.breaks = True
    assert (await front.post(payload(1))).status == 503


async def test_a_malformed_body_is_set_aside_and_not_sent_again(front: Front) -> None:
    assert (await front.post(b"{not json")).status == 200
    assert front.ledger.set_aside_bodies == [b"{not json"]


async def test_d03_a_malformed_body_that_cannot_be_set_aside_comes_again(front: Front) -> None:
    front.ledger.refusals = 1
    assert (await front.post(b"{not json")).status == 503


async def test_n07_a_body_beyond_the_limit_is_413(front: Front) -> None:
    assert (await front.post(b" " * (LONGEST_BODY + 1))).status == 413
    assert front.ledger.stored == []


async def test_n07_a_body_without_an_announced_length_is_limited_as_well(front: Front) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3 * LONGEST_BODY // 65536):
            yield b" " * 65536

    with suppress(aiohttp.ClientError):  # cut off while it still sends, unless the 413 was faster
        answer = await front.client.post("/telegram", data=pieces(), headers=SIGNED)
        assert answer.status == 413
    assert front.ledger.stored == []


async def test_n07_a_packed_body_is_refused_unopened(front: Front) -> None:
    answer = await front.post(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
    assert answer.status == 415
    assert front.ledger.set_aside_bodies == []


async def test_health_and_figures_say_nothing_about_anybody(front: Front) -> None:
    assert (await front.client.get("/healthz")).status == 200
    assert await (await front.client.get("/metrics")).text() == "piket_outbox_waiting 3\n"


async def test_the_demos_clock_moves_for_who_knows_the_word(front: Front) -> None:
    body = json.dumps({"offset_seconds": 3600}).encode()
    refused = await front.post(body, path="/demo/clock", X_Piket_Demo="wrong")
    behind_a_proxy = await front.post(
        body, path="/demo/clock", X_Piket_Demo="clock-secret-word", X_Forwarded_For="10.0.0.1"
    )
    assert (refused.status, behind_a_proxy.status) == (401, 401)
    assert abs(front.clock.now() - front.clock.real()) < MOMENT
    moved = await front.post(body, path="/demo/clock", X_Piket_Demo="clock-secret-word")
    assert moved.status == 200
    assert abs(front.clock.now() - front.clock.real() - timedelta(hours=1)) < MOMENT
    assert front.speeds == [1.0]


async def test_the_demos_clock_runs_as_fast_as_it_is_told(front: Front) -> None:
    body = json.dumps({"offset_seconds": 0, "speed": 600}).encode()
    await front.post(body, path="/demo/clock", X_Piket_Demo="clock-secret-word")
    await asyncio.sleep(0.1)
    assert front.clock.now() - front.clock.real() > 0.09 * 599 * timedelta(seconds=1)
    assert front.speeds == [600.0]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"offset_seconds": "x"}', b'{"offset_seconds": 1e300}', b"[]"]
)
async def test_a_senseless_clock_is_refused(front: Front, body: bytes) -> None:
    assert (await front.post(body, path="/demo/clock", X_Piket_Demo="clock-secret-word")).status == 400


async def test_what_is_kept_is_shown_to_who_knows_the_demos_word(front: Front) -> None:
    async def asked(query: str, **headers: str) -> tuple[int, str]:
        async with front.client.get(f"/demo/stored{query}", headers=headers) as answer:
            return answer.status, await answer.text()

    word = {"X-Piket-Demo": "clock-secret-word"}
    chat = "?channel=telegram&address=1001"
    assert await asked(chat) == (401, "")
    assert await asked(chat, **word, **{"X-Forwarded-For": "10.0.0.1"}) == (401, "")
    assert await asked("?channel=telegram", **word) == (404, "")
    assert await asked(chat, **word) == (200, '{"who": "telegram:1001"}')


async def test_what_the_office_decides_happens_for_who_knows_the_demos_word(front: Front) -> None:
    body, word = json.dumps({"happening": "merah"}).encode(), {"X_Piket_Demo": "clock-secret-word"}
    assert (await front.post(body, path="/demo/happen")).status == 401
    assert (await front.post(body, path="/demo/happen", **word)).status == 200
    assert (await front.post(b'{"happening": "biru"}', path="/demo/happen", **word)).status == 404
    assert (await front.post(b"[]", path="/demo/happen", **word)).status == 400


async def test_without_a_demo_and_a_webhook_there_is_neither() -> None:
    site = Site(is_ready=_yes, figures=_figures, clock=Clock())
    paths = {resource.canonical for resource in application(site).router.resources()}
    assert paths == {"/healthz", "/metrics"}
