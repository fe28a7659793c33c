"""A year in three zones: nothing missed, nothing twice, nothing at a wrong local time.

Some weeks that hold the traps are always played; all of it, on both engines, at length.
"""

import os
from datetime import date

import pytest

from db.opening import open_db
from db.sealed import Seal
from policy.book import Book
from tests.engines import PostgresMaker, SqliteMaker
from tests.year import story
from tests.year.compare import Compared
from tests.year.play import Year

ALL = [("all the year", story.FIRST, story.LAST)]
TRAPS = [
    ("Ramadan begins", date(2026, 2, 16), date(2026, 2, 20)),
    ("Ramadan ends with Idulfitri", date(2026, 3, 16), date(2026, 3, 26)),
    ("a head falls ill at ten", date(2026, 6, 8), date(2026, 6, 13)),
    ("new deadlines, and a journey", date(2026, 6, 30), date(2026, 7, 6)),
    ("a holiday announced in the morning", date(2026, 9, 14), date(2026, 9, 18)),
    ("a worked Saturday, and a pause", date(2026, 10, 2), date(2026, 10, 7)),
    ("the end of the year", date(2026, 12, 23), date(2026, 12, 31)),
]
AT_LENGTH = "AT_LENGTH" in os.environ
ON_SQLITE = ALL if AT_LENGTH else TRAPS
ON_POSTGRESQL = ALL if AT_LENGTH else TRAPS[4:5]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.shipped()


@pytest.mark.parametrize(("name", "first", "last"), ON_SQLITE, ids=lambda each: str(each))
async def test_everybody_hears_what_the_oracle_says_on_sqlite(
    sqlite_maker: SqliteMaker, seal: Seal, book: Book, name: str, first: date, last: date
) -> None:
    await _holds(sqlite_maker.fresh(), seal, book, first, last)


@pytest.mark.parametrize(("name", "first", "last"), ON_POSTGRESQL, ids=lambda each: str(each))
async def test_everybody_hears_what_the_oracle_says_on_postgresql(
    postgres_maker: PostgresMaker, seal: Seal, book: Book, name: str, first: date, last: date
) -> None:
    await _holds(postgres_maker.fresh(), seal, book, first, last)


async def _holds(address: str, seal: Seal, book: Book, first: date, last: date) -> None:
    db = await open_db(address)
    try:
        year = Year(db, seal, book, first=first, last=last)
        await year.plays()
        compared = Compared(db, year)
        await compared.all()
    finally:
        await db.close()
    assert (len(compared.wrong), compared.wrong[:25]) == (0, [])
    assert all(compared.counts.values()), compared.counts
