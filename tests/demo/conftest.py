"""The example province, seeded once for all tests of this folder: they only read."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.demo import province
from db.engine import Db
from db.opening import open_db
from db.sealed import Seal, new_key, seal_from
from policy.book import Book
from tests.engines import SqliteMaker

BOOK = Book.shipped()


@pytest.fixture(scope="session")
def demo_seal() -> Seal:
    return seal_from(new_key())


@pytest.fixture(scope="session")
def seeded_url(sqlite_maker: SqliteMaker, demo_seal: Seal) -> str:
    url = sqlite_maker.fresh()

    async def fill() -> None:
        db = await open_db(url)
        await province.seed(db, demo_seal, BOOK, province.start())
        await db.close()

    asyncio.run(fill())
    return url


@pytest.fixture
async def seeded(seeded_url: str) -> AsyncIterator[Db]:
    db = await open_db(seeded_url)
    yield db
    await db.close()
