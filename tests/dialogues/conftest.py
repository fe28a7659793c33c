"""The stage on which dialogues are played: Monday 15 June 2020, 06.45 in Lampung, everybody at their phones."""

import zlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from db.engine import Db
from db.opening import open_db
from db.sealed import Seal
from tests.chat import Player
from tests.engines import emptied
from tests.narrow import NAME
from tests.stage import CHANNELS, Stage

HERE = Path(__file__).parent
# (on the other engine, on the other channel): the second pair on which a dialogue is played, for a quarter.
TURNS = ((True, False), (False, True), *6 * ((False, False),))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Play each dialogue on SQLite and Telegram, and some of them, in turn, on the other engine or the other channel.

    A channel never meets the database; every pair of them is played at length (`make soak`).
    """
    if config.getoption("--all-pairs"):
        return
    left_out = [item for item in items if HERE in item.path.parents and _is_left_out(item)]
    gone = set(map(id, left_out))
    items[:] = [item for item in items if id(item) not in gone]
    config.hook.pytest_deselected(items=left_out)


def _is_left_out(item: pytest.Item) -> bool:
    params = getattr(getattr(item, "callspec", None), "params", {})
    pair = (params.get("engine_name") == "postgresql", params.get("channel_name") == NAME)
    turn = zlib.crc32(item.nodeid.partition("[")[0].encode()) % len(TURNS)
    return pair != (False, False) and pair != TURNS[turn]


@pytest.fixture
def db_url(engine_name: str, request: pytest.FixtureRequest) -> str:
    """On PostgreSQL always the same database, emptied: making a new one takes longer than a dialogue."""
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


@pytest.fixture(params=CHANNELS)
def channel_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def first_day(db: Db, seal: Seal, now: datetime, channel_name: str) -> AsyncIterator[Stage]:
    """The stage before anybody has enrolled."""
    stage = Stage(db, seal, channel=channel_name, now=now)
    await stage.opens(linked=False)
    yield stage
    await stage.closes()


@pytest.fixture
async def stage(db: Db, seal: Seal, now: datetime, channel_name: str) -> AsyncIterator[Stage]:
    """The stage with everybody enrolled, but Eko, whom the office does not know."""
    stage = Stage(db, seal, channel=channel_name, now=now)
    await stage.opens(linked=True)
    yield stage
    await stage.closes()


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


@pytest.fixture
def boris(stage: Stage) -> Player:
    return stage.players["boris"]


@pytest.fixture
def clara(stage: Stage) -> Player:
    return stage.players["clara"]


@pytest.fixture
def dewi(stage: Stage) -> Player:
    return stage.players["dewi"]


@pytest.fixture
def eko(stage: Stage) -> Player:
    return stage.players["eko"]
