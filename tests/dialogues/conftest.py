"""The stage on which dialogues are played: Monday 15 June 2020, 06.45 in Lampung, everybody at their phones."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from db.engine import Db
from db.sealed import Seal
from tests.chat import Player
from tests.stage import CHANNELS, Stage


@pytest.fixture(params=CHANNELS)
def channel_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def first_day(db: Db, seal: Seal, now: datetime, channel_name: str) -> AsyncIterator[Stage]:
    """The stage before anybody has enrolled."""
    stage = Stage(db, seal, channel=channel_name, now=now)
    await stage.opens(linked=False)
    yield stage
    await stage.intake.close()
    await stage.channel.close()


@pytest.fixture
async def stage(db: Db, seal: Seal, now: datetime, channel_name: str) -> AsyncIterator[Stage]:
    """The stage with everybody enrolled, but Eko, whom the office does not know."""
    stage = Stage(db, seal, channel=channel_name, now=now)
    await stage.opens(linked=True)
    yield stage
    await stage.intake.close()
    await stage.channel.close()


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
