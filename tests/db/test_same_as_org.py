"""The same organisation from a file and from rows: everybody's verdicts are the same, on both engines.

And whichever way the rows are asked for (one person, everybody, a unit, a row of days), they give the same facts.
"""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import facts
from db.engine import Db, Tx
from db.opening import open_db
from db.sealed import new_key, seal_from
from policy.book import Book
from policy.engine import decide
from policy.model import Facts
from policy.org.people import ROTA
from tests.db.office_rows import Rows
from tests.db.random_office import Doc, documents, from_file
from tests.engines import ENGINES

BOOK = Book.shipped()
SEAL = seal_from(new_key())
EXAMPLES = {"sqlite": 12, "postgresql": 4}
MANY = 50 if "AT_LENGTH" in os.environ else 1
DAYS = range(6)  # from a Monday on


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_and_rows_give_the_same_verdicts(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    maker = request.getfixturevalue("sqlite_maker" if engine == "sqlite" else "postgres_maker")
    folder = tmp_path_factory.mktemp("org")

    @settings(
        max_examples=EXAMPLES[engine] * MANY, deadline=None, database=None, phases=[Phase.generate],  # slow to shrink
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(documents(), st.integers(0, 9))
    def check(drawn: tuple[date, Doc], order: int) -> None:
        asyncio.run(_same(maker.fresh(), folder, *drawn, Random(order)))

    check()


async def _same(url: str, folder: Path, monday: date, document: Doc, random: Random) -> None:
    db = await open_db(url)
    try:
        await _compare(db, folder, monday, document, random)
    finally:
        await db.close()


async def _compare(db: Db, folder: Path, monday: date, document: Doc, random: Random) -> None:
    now = datetime.combine(monday + timedelta(days=40), time(8), tzinfo=UTC)
    async with db.transaction() as tx:
        rows = Rows(tx, SEAL, now=now, random=random)
        await rows.write(document)
    org = from_file(document, folder)
    named = sorted({each["circular"] for each in document["circulars"]})
    circulars = [BOOK.circulars[each] for each in random.sample(named, len(named))]
    async with db.reading() as tx:
        for day in DAYS:
            on = monday + timedelta(days=day)
            expected = org.facts(on, now, circulars)
            found = await facts.facts_for_all(tx, SEAL, on=on, now=now, book=BOOK)
            for told in document["people"]:
                ours, theirs = expected[told.get("nip", told["id"])], found[rows.ids[told["id"]]]
                assert decide(ours) == decide(_as_of_file(theirs)), (on, told["id"])
        await _ask_otherwise(tx, monday, now)


async def _ask_otherwise(tx: Tx, monday: date, now: datetime) -> None:
    """One by one, a row of days at once and a unit at once it is the same as everybody at once."""
    days = {"first": monday, "last": monday + timedelta(days=DAYS[-1])}
    about = {"now": now, "book": BOOK}
    everybody = {
        on: await facts.facts_for_all(tx, SEAL, on=on, **about)
        for on in (monday + timedelta(days=day) for day in DAYS)
    }
    for person, known in everybody[monday].items():
        assert await facts.facts_for(tx, SEAL, person_id=person, on=monday, **about) == known
        between = await facts.facts_between(tx, SEAL, person_id=person, **days, **about)
        assert between == {on: known[person] for on, known in everybody.items()}
    for unit in {known.unit_code for known in everybody[monday].values()}:
        of_unit = await facts.facts_of_unit(tx, SEAL, unit_code=unit, **days, **about)
        assert of_unit == {
            on: {person: known for person, known in found.items() if known.unit_code == unit}
            for on, found in everybody.items()
        }
    shared = await facts.units_for_all(tx, on=monday, **about)
    people = sorted(everybody[monday])
    some = await facts.facts_for_some(tx, SEAL, people=people, on=monday, now=now, units=shared)
    assert some == everybody[monday]


def _as_of_file(known: Facts) -> Facts:
    """Of a published turn a file does not say in which rota it was, nor when that was published."""
    if known.turn is None:
        return known
    return replace(known, turn=replace(known.turn, rota=ROTA, published_at=known.as_of))
