"""What was known at a moment is what had been recorded by then: whatever is recorded later never changes it."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import facts
from db.engine import Db
from db.opening import open_db
from db.sealed import new_key, seal_from
from policy.book import Book
from policy.model import Facts
from tests.db.office import DAY, HOUR, MONDAY
from tests.db.office_records import RECORDS, Office
from tests.engines import ENGINES
from tests.factories import open_office

BOOK = Book.shipped()
SEAL = seal_from(new_key())
START = datetime(2020, 6, 14, 1, tzinfo=UTC)
EXAMPLES = {"sqlite": 10, "postgresql": 4}
MANY = 50 if "AT_LENGTH" in os.environ else 1
ASKED = (MONDAY, MONDAY + 2 * DAY)
Step = tuple[str, int, bool]  # what is recorded, chance, and whether an hour goes by before
Known = Mapping[date, Mapping[str, Facts]]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_known_stays_known(engine: str, request: pytest.FixtureRequest) -> None:
    maker = request.getfixturevalue("sqlite_maker" if engine == "sqlite" else "postgres_maker")
    step = st.tuples(st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32), st.booleans())

    @settings(
        max_examples=EXAMPLES[engine] * MANY, deadline=None, database=None, phases=[Phase.generate],  # slow to shrink
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(st.lists(step, min_size=4, max_size=20))
    def check(steps: Sequence[Step]) -> None:
        asyncio.run(_same_after_all(maker.fresh(), steps))

    check()


async def _same_after_all(url: str, steps: Sequence[Step]) -> None:
    db = await open_db(url)
    try:
        ids = await open_office(db, now=START)
        known = {START: await _known(db, START)}
        now = START
        for word, chance, goes_by in steps:
            now += HOUR * goes_by
            async with db.transaction() as tx:
                await RECORDS[word](Office(tx=tx, seal=SEAL, ids=ids, now=now, random=Random(chance)))
            known[now] = await _known(db, now)  # of several records of one moment the last counts
        for moment, then in known.items():
            assert await _known(db, moment) == then, (moment - START) / HOUR
    finally:
        await db.close()


async def _known(db: Db, now: datetime) -> Known:
    async with db.reading() as tx:
        return {on: await facts.facts_for_all(tx, SEAL, on=on, now=now, book=BOOK) for on in ASKED}
