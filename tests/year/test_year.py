"""A year in three zones: nothing missed, nothing twice, nothing at a wrong local time.

Some weeks that hold the traps are always played; all of it, on both engines, at length. On PostgreSQL two
schedulers look at once.
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
    ("Ramadan begins", date(2026, 2, 17), date(2026, 2, 19)),
    ("Ramadan ends with Idulfitri", date(2026, 3, 17), date(2026, 3, 26)),
    ("we are not there", date(2026, 5, 19), date(2026, 5, 20)),
    ("a head falls ill at ten", date(2026, 6, 9), date(2026, 6, 12)),
    ("new deadlines, and a journey", date(2026, 6, 30), date(2026, 7, 3)),
    ("a holiday announced in the morning", date(2026, 9, 14), date(2026, 9, 18)),
    ("a worked Saturday, and a pause", date(2026, 10, 3), date(2026, 10, 6)),
    ("the end of the year", date(2026, 12, 22), date(2026, 12, 31)),
]
AT_LENGTH = "AT_LENGTH" in os.environ
ON_SQLITE = ALL if AT_LENGTH else TRAPS
ON_POSTGRESQL = ALL if AT_LENGTH else [("it is announced on the day", date(2026, 9, 14), date(2026, 9, 15))]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.shipped()


@pytest.mark.parametrize(("name", "first", "last"), ON_SQLITE, ids=lambda each: str(each))
async def test_everybody_hears_what_the_oracle_says_on_sqlite(
    sqlite_maker: SqliteMaker, seal: Seal, book: Book, name: str, first: date, last: date
) -> None:
    await _holds(sqlite_maker.fresh(), seal, book, first, last)


@pytest.mark.parametrize(("name", "first", "last"), ON_POSTGRESQL, ids=lambda each: str(each))
async def test_two_schedulers_say_what_the_oracle_says_on_postgresql(
    postgres_maker: PostgresMaker, seal: Seal, book: Book, name: str, first: date, last: date
) -> None:
    await _holds(postgres_maker.fresh(), seal, book, first, last, schedulers=2)


async def _holds(
    address: str, seal: Seal, book: Book, first: date, last: date, *, schedulers: int = 1
) -> None:
    db = await open_db(address)
    try:
        year = Year(db, seal, book, first=first, last=last, schedulers=schedulers)
        await year.plays()
        compared = Compared(db, year)
        await compared.all()
    finally:
        await db.close()
    assert (len(compared.wrong), compared.wrong[:25]) == (0, [])
    assert all(compared.counts.values()), compared.counts
