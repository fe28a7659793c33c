"""Webhook delivery: order, repetition, the secret, and what a bot's answer may do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.simulator.conftest import ANA, BORIS, Play, until

Answer = Callable[[dict[str, Any]], web.Response]


class Bot:
    """A bot's webhook: it keeps what came and answers as it is told."""

    def __init__(self) -> None:
        self.came: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: Answer = lambda update: web.Response()
        self.gate = asyncio.Event()
        self.gate.set()

    async def hook(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.came.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.gate.wait()
        return self.answer(update)

    @property
    def texts(self) -> list[str]:
        return [row["message"]["text"] if "message" in row else "press" for row in self.came]


@pytest.fixture
async def bot(play: Play) -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.hook)
    server = TestServer(app)
    await server.start_server()
    url = str(server.make_url("/hook"))
    assert (await play.bot("setWebhook", url=url, secret_token="rahasia", max_connections=5))["result"]
    yield bot
    bot.gate.set()
    await server.close()


async def test_any_2xx_is_done_and_the_secret_is_sent(play: Play, bot: Bot) -> None:
    bot.answer = lambda update: web.Response(status=204)
    await play.page("say", user=ANA, text="halo")
    await until(lambda: play.world.ledger.acknowledged == 1)
    assert (bot.texts, bot.secrets) == (["halo"], ["rahasia"])
    info = (await play.bot("getWebhookInfo"))["result"]
    assert (info["pending_update_count"], info["max_connections"]) == (0, 5)


async def test_a_failure_is_repeated_in_order_until_it_is_taken(play: Play, bot: Bot) -> None:
    """A failing update holds up its own chat and no other."""
    bot.answer = lambda update: web.Response(status=503 if len(bot.came) < 4 and _is_ana(update) else 200)
    await play.page("say", user=ANA, text="a1")
    await play.page("say", user=ANA, text="a2")
    await play.page("say", user=BORIS, text="b1")
    await until(lambda: play.world.ledger.acknowledged == 3)
    mine = [text for text in bot.texts if text != "b1"]
    assert mine == sorted(mine)
    assert mine.count("a2") == 1
    assert mine.count("a1") > 1
    info = (await play.bot("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


def _is_ana(update: dict[str, Any]) -> bool:
    return bool(update["message"]["from"]["id"] == ANA)


async def test_a_press_overtakes_a_text_that_waits(play: Play, bot: Bot) -> None:
    """Fault C03: they are two queues."""
    sent = await play.sends("pilih")
    bot.gate.clear()
    await play.page("say", user=ANA, text="a1")
    await play.page("say", user=ANA, text="a2")
    await play.page("press", user=ANA, message_id=sent["message_id"], data="x")
    await until(lambda: len(bot.came) == 2)
    assert sorted(bot.texts) == ["a1", "press"]
    bot.gate.set()
    await until(lambda: play.world.ledger.acknowledged == 3)


async def test_retry_after_is_honoured(play: Play, bot: Bot) -> None:
    headers = {"Retry-After": "1"}
    bot.answer = lambda update: web.Response(status=200 if len(bot.came) > 1 else 503, headers=headers)
    began = play.world.clock.steady()
    await play.page("say", user=ANA, text="halo")
    await until(lambda: play.world.ledger.acknowledged == 1)
    assert play.world.clock.steady() - began >= 0.95


async def test_what_is_never_taken_is_dropped_at_its_end(play: Play, bot: Bot) -> None:
    bot.answer = lambda update: web.Response(status=500)
    await play.page("say", user=ANA, text="halo")
    await until(lambda: len(bot.came) > 1)
    play.world.clock.move_by(24 * 3600 + 1)
    await until(lambda: play.world.ledger.updates[0].dropped_at)
    assert play.world.ledger.updates[0].acknowledged_at is None


async def test_a_method_in_the_answer_is_executed(play: Play, bot: Bot) -> None:
    """Fault A07: an answer that echoes input would send messages."""
    echo = {"method": "sendMessage", "chat_id": ANA, "text": "gema"}
    bot.answer = lambda update: web.json_response(echo)
    await play.page("say", user=ANA, text="halo")
    await until(lambda: play.world.ledger.delivered)
    (row,) = (await play.shown("ledger"))["delivered"]
    assert (row["text"], row["via"]) == ("gema", "webhook answer")


async def test_an_answer_cannot_change_the_webhook(play: Play, bot: Bot) -> None:
    bot.answer = lambda update: web.json_response({"method": "deleteWebhook"})
    await play.page("say", user=ANA, text="halo")
    await until(lambda: play.world.ledger.acknowledged == 1)
    assert play.world.webhook.url


async def test_duplicates_come_again_after_they_were_taken(play: Play, bot: Bot) -> None:
    """Fault C01 can be played by webhook too."""
    await play.page("faults", duplicate_updates=1)
    await play.page("say", user=ANA, text="halo")
    await until(lambda: len(bot.came) == 2)
    assert bot.came[0] == bot.came[1]


async def test_what_waits_is_delivered_when_the_webhook_is_set_again(play: Play, bot: Bot) -> None:
    url = play.world.webhook.url
    await play.bot("deleteWebhook")
    await play.page("say", user=ANA, text="halo")
    await play.bot("setWebhook", url=url)
    await until(lambda: play.world.ledger.acknowledged == 1)
    await play.bot("deleteWebhook")
    await play.page("say", user=ANA, text="buang")
    await play.bot("setWebhook", url=url, drop_pending_updates=True)
    assert (await play.bot("getWebhookInfo"))["result"]["pending_update_count"] == 0
    assert bot.secrets[-1] is None


@pytest.mark.parametrize(
    "url", ["https://example.com/hook", "ftp://127.0.0.1/", "http://10.0.0.1/", "nonsense"]
)
async def test_a_webhook_elsewhere_is_refused(play: Play, url: str) -> None:
    answer = await play.bot("setWebhook", url=url)
    assert answer["description"].startswith("Bad Request: bad webhook")


async def test_a_secret_with_other_characters_is_refused(play: Play) -> None:
    answer = await play.bot("setWebhook", url="http://127.0.0.1:1/", secret_token="a b")
    assert answer["description"] == "Bad Request: secret token contains unallowed characters"
