"""The stage for jobs: everybody enrolled, on either engine."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from db.engine import Db
from db.sealed import Seal
from tests.stage import Stage


@pytest.fixture
async def stage(db: Db, seal: Seal, now: datetime) -> AsyncIterator[Stage]:
    stage = Stage(db, seal, channel="telegram", now=now)
    await stage.opens(linked=True)
    yield stage
    await stage.closes()
