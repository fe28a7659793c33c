"""What the benchmarks of the clock measure is still done whole: each says so itself, else it raises."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.clock import days, heads, ticks
from benchmarks.clock.office import open_office
from bot.documents.printing import Printing
from db.engine import Db
from db.opening import open_db

PEOPLE, UNIT = 40, 20


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Db]:
    file = tmp_path / "piket.db"
    await open_office(file, people=PEOPLE, unit=UNIT)
    db = await open_db(f"sqlite:{file}")
    yield db
    await db.close()


async def test_a_day_is_opened_for_everybody_and_everybody_is_reminded(office: Db) -> None:
    assert (await days.opened(office, people=PEOPLE))["seconds"] > 0
    assert (await ticks.fired(office, people=PEOPLE)).firing.seconds > 0


async def test_every_head_gets_a_digest_with_its_picture(office: Db) -> None:
    printing = Printing()
    await days.opened(office, people=PEOPLE)
    assert (await heads.figures_kept(office, units=PEOPLE // UNIT))["seconds"] > 0
    assert (await heads.drawn(office, printing, units=PEOPLE // UNIT))["seconds"] > 0
    await printing.close()
