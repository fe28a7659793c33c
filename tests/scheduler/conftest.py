"""The stage for jobs: everybody enrolled, on either engine."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from db.engine import Db
from db.opening import open_db
from db.sealed import Seal
from tests.engines import emptied
from tests.stage import Stage


@pytest.fixture
def db_url(engine_name: str, request: pytest.FixtureRequest) -> str:
    """On PostgreSQL always the same database, emptied: making a new one takes longer than a look."""
    if engine_name == "sqlite":
        return str(request.getfixturevalue("sqlite_maker").fresh())
    return str(request.getfixturevalue("one_postgresql"))


@pytest.fixture
async def db(db_url: str) -> AsyncIterator[Db]:
    opened = await open_db(db_url)
    if opened.dialect == "postgresql":
        await emptied(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def stage(db: Db, seal: Seal, now: datetime) -> AsyncIterator[Stage]:
    stage = Stage(db, seal, channel="telegram", now=now)
    await stage.opens(linked=True)
    yield stage
    await stage.closes()
