"""Delivery and the real Telegram channel against the strict pretend platform, over HTTP and in real time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestServer

from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.delivery import Delivery
from db.engine import Db
from db.sealed import Seal
from db.sending import outbox
from handlers.update import Class
from simulator.faults import Failure, Faults
from simulator.server import create_app
from simulator.world import World
from tests.bot.post import PlainRenderer

TOKEN = "test:ABC"
PEOPLE = [{"id": 1000 + number, "first_name": f"P{number}", "started": True} for number in range(50)]


class Line:
    """A running delivery, and the platform at its other end."""

    def __init__(self, db: Db, seal: Seal, world: World, channel: TelegramChannel) -> None:
        self.db, self.seal, self.world = db, seal, world
        self.stop = asyncio.Event()
        self.delivery = Delivery(
            db, seal, {"telegram": channel}, PlainRenderer(), Clock(), is_only_service=True
        )

    async def put(self, chat: int, message: str, urgency: Class = Class.ANSWER) -> None:
        async with self.db.transaction() as tx:
            await outbox.add(
                tx, self.seal, channel="telegram", address=str(chat), person_id=None, urgency=urgency,
                message=message, locale="id", body={"params": {}}, now=datetime.now(UTC),
            )  # fmt: skip
        self.delivery.wake()

    def texts(self, chat: int) -> list[str | None]:
        return [one.text for one in self.world.ledger.delivered if one.chat == chat]

    async def until_delivered(self, count: int) -> None:
        async with asyncio.timeout(30):
            while len(self.world.ledger.delivered) < count:  # noqa: ASYNC110  the platform tells nobody either
                await asyncio.sleep(0.01)

    async def until_empty(self) -> None:
        async with asyncio.timeout(60):
            while await self._is_waiting():  # noqa: ASYNC110  a row tells nobody that it is done
                await asyncio.sleep(0.02)

    async def _is_waiting(self) -> bool:
        async with self.db.reading() as tx:
            return bool(await outbox.waiting(tx))


@pytest.fixture
async def line(db: Db, seal: Seal) -> AsyncIterator[Line]:
    world = World(bot_token=TOKEN, key="PAGEKEY", cast={"people": PEOPLE, "groups": []})
    server = TestServer(create_app(world))
    await server.start_server()
    channel = TelegramChannel(
        TOKEN, api=str(server.make_url("")), now=lambda: datetime.now(UTC), deadline=2.0
    )
    opened = Line(db, seal, world, channel)
    running = asyncio.create_task(opened.delivery.run(opened.stop))
    yield opened
    opened.stop.set()
    await asyncio.wait_for(running, 25)
    await channel.close()
    await server.close()


async def test_c08_a_broadcast_provokes_no_429_and_answers_do_not_wait_for_it(line: Line) -> None:
    # Fifty at once would be too many. By our own clock no second has more than 28; a busy machine bunches them.
    line.world.limits.is_on, line.world.limits.per_second = True, 42
    for person in PEOPLE:
        await line.put(int(str(person["id"])), "test/all", Class.BROADCAST)
    await line.until_delivered(1)
    await line.put(1049, "test/answer")
    before = len(line.world.ledger.delivered)
    await line.until_empty()
    told = [one.text for one in line.world.ledger.delivered]
    # By order, not by seconds, which a busy machine stretches: only what had begun to be sent went before it.
    assert told.index("test/answer") - before < 20
    assert list(line.world.ledger.refused) == []
    assert len(line.world.ledger.delivered) == len(PEOPLE) + 1


async def test_n02_a_cut_after_accepting_gives_one_marked_repeat_and_a_cut_before_too(line: Line) -> None:
    line.world.faults = Faults(fail=[Failure(method="sendMessage", kind="cut_after_accept", chat=1001)])
    await line.put(1001, "test/one")
    await line.put(1002, "test/other")
    await line.until_empty()
    assert line.texts(1001) == ["test/one", "test/one (again)"]
    assert line.texts(1002) == ["test/other"]


async def test_one_chat_reads_its_messages_in_order_whatever_fails(line: Line) -> None:
    failures = [Failure(method="sendMessage", kind=kind, chat=1003) for kind in ("502", "429", "not_ok")]
    failures[1].retry_after = 1
    line.world.faults = Faults(fail=failures[:2])
    for number in range(3):
        await line.put(1003, f"test/{number}")
    await line.until_empty()
    assert line.texts(1003) == ["test/0", "test/1", "test/2"]
