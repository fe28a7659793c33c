"""Two schedulers at once over the same rows (PostgreSQL): nothing is missed, nothing comes twice.

On a SQLite file a second service is refused: tests/bot/test_app.py and tests/db/test_service_lock.py (fault P07).
"""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime

import pytest

from bot.delivery import Delivery
from bot.render import Renderer
from db.engine import Db
from db.opening import open_db
from db.sealed import Seal, new_key, seal_from
from policy.book import Book
from scheduler.jobs import JOBS, Means
from tests.bot.post import FAST, FakeChannel, Hands
from tests.day.office import MONDAY, ZONE, found
from tests.engines import PostgresMaker
from tests.kill.hours import Hours, Shown
from tests.kill.hours_books import read_books
from tests.kill.hours_judge import hours_account

MOMENTS = (
    "2020-09-06 18:00", "2020-09-06 19:05", "2020-09-07 07:05", "2020-09-07 08:15", "2020-09-07 08:33",
    "2020-09-07 08:51", "2020-09-07 09:03", "2020-09-07 09:31", "2020-09-07 15:35", "2020-09-07 17:03",
    "2020-09-07 17:31",
)  # fmt: skip
PEOPLE = 20


async def lived(url: str, key: str, *, schedulers: int) -> Hours:
    """Let a day be driven by so many schedulers at once, each with connections of its own."""
    seal, hands, channel = seal_from(key), Hands(_at(MOMENTS[0])), FakeChannel()
    shown: list[Shown] = []
    async with AsyncExitStack() as stack:
        dbs = [await _opened(url, stack) for _ in range(schedulers)]
        await found(dbs[0], seal, Book.shipped(), people_count=PEOPLE)
        means = [Means(db=db, seal=seal, book=Book.shipped()) for db in dbs]
        posts = [_post(db, seal, channel, hands, service=f"s{number}") for number, db in enumerate(dbs)]
        for moment in MOMENTS:
            hands.office = hands.wall = _at(moment)
            for _ in range(2):
                await asyncio.gather(*(job.look(each, hands.now()) for job in JOBS for each in means))
            while sum(await asyncio.gather(*(post.drain_once() for post in posts))):
                hands.steady += 5
            shown += [
                Shown(number=number, chat=int(call.address), text=call.plain, at=hands.now())
                for number, call in enumerate(channel.calls[len(shown) :], len(shown) + 1)
            ]
    books = await read_books(url, key, now=hands.now())
    return Hours(books=books, shown=shown, kills=0, in_flight=0, days=[MONDAY], people=PEOPLE)


def _post(db: Db, seal: Seal, channel: FakeChannel, hands: Hands, *, service: str) -> Delivery:
    rates = {"telegram": FAST}
    return Delivery(db, seal, {"telegram": channel}, Renderer(), hands, rates=rates, service=service)


async def _opened(url: str, stack: AsyncExitStack) -> Db:
    db = await open_db(url)
    stack.push_async_callback(db.close)
    return db


def _at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


@pytest.mark.timeout(120)
async def test_p07_two_schedulers_at_once_miss_nothing_and_double_nothing(
    postgres_maker: PostgresMaker,
) -> None:
    account = hours_account(await lived(postgres_maker.fresh(), new_key(), schedulers=2))
    assert account.breaches == ()
    assert account.repeated == account.late == 0
    assert account.sent >= PEOPLE * 7
    assert account.alerts > 0
