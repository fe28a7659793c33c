"""A year in three zones: nothing missed, nothing twice, nothing at a wrong local time."""

import json
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from db.engine import Db
from db.moments import from_micros
from db.opening import open_db
from db.sealed import Seal
from policy.book import Book
from tests.engines import SqliteMaker
from tests.year.play import Year
from tests.year.story import OF

# Each part of the year is played by itself, so that several workers share it; together they are the whole of it.
PARTS = [
    (date(2026, 1, 5), date(2026, 4, 12)),
    (date(2026, 4, 13), date(2026, 7, 12)),
    (date(2026, 7, 13), date(2026, 10, 11)),
    (date(2026, 10, 12), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("first", "last"), PARTS, ids=lambda day: day.isoformat())
async def test_everybody_is_reminded_as_the_oracle_says(
    sqlite_maker: SqliteMaker, seal: Seal, first: date, last: date
) -> None:
    db = await open_db(sqlite_maker.fresh())
    year = Year(db, seal, Book.shipped(), first=first, last=last)
    try:
        await year.plays()
        wrong = [*await _wrong_days(db, year), *await _wrong_ends(db, year), *await _told_twice(db)]
    finally:
        await db.close()
    assert (len(wrong), wrong[:25]) == (0, [])


async def _wrong_days(db: Db, year: Year) -> list[str]:
    """Every stage of every day, and the minute in which it was said."""
    rows = await _rows(db, "SELECT w.*, p.name FROM workdays w JOIN people p ON p.id = w.person_id")
    found = {(row["name"], date.fromisoformat(row["on_date"])): row for row in rows}
    wrong = [f"{who} {day}: never opened" for who, day in year.fore.keys() - found.keys()]
    for (who, day), row in sorted(found.items()):
        if not year.first <= day <= year.last:
            continue
        wanted = year.fore.get((who, day))
        if wanted is None:
            wrong.append(f"{who} {day}: opened though not worked")
            continue
        log = [(stage, from_micros(at), fate) for stage, at, fate in json.loads(row["log"])]
        fates = {stage: fate for stage, _, fate in log}
        if fates != wanted.fates:
            wrong.append(f"{who} {day}: {_unlike(fates, wanted.fates)}")
        said = {stage: _minute(at, who) for stage, at, fate in log if fate == "sent"}
        due = {stage: _minute(at, who) for at, stages in wanted.said.items() for stage in stages}
        if fates == wanted.fates and said != due:
            wrong.append(f"{who} {day}: {_unlike(said, due)}")
        if fates == wanted.fates and row["pings"] != len(wanted.said):
            wrong.append(f"{who} {day}: {row['pings']} pings for {len(wanted.said)}")
    return wrong


async def _wrong_ends(db: Db, year: Year) -> list[str]:
    rows = await _rows(db, "SELECT o.*, p.name FROM obligations o JOIN people p ON p.id = o.person_id")
    found: dict[tuple[str, date], dict[str, str]] = {}
    for row in rows:
        found.setdefault((row["name"], date.fromisoformat(row["on_date"])), {})[row["kind"]] = row["state"]
    return [
        f"{who} {day}: {_unlike(found.get((who, day), {}), wanted.ends)}"
        for (who, day), wanted in year.fore.items()
        if found.get((who, day), {}) != wanted.ends
    ]


async def _told_twice(db: Db) -> list[str]:
    """Once-keys are unique: here it is the messages of a chat about a day that are counted by what they say."""
    rows = await _rows(db, "SELECT address, once_key FROM outbox WHERE once_key LIKE 'remind:%'")
    keys = Counter((row["address"], row["once_key"]) for row in rows)
    return [f"twice: {key}" for key, number in keys.items() if number > 1]


async def _rows(db: Db, sql: str) -> list[Any]:
    async with db.reading() as tx:
        return list(await tx.all(sql))


def _minute(at: datetime, who: str) -> str:
    return f"{at.astimezone(OF[who[0]].zone):%m-%d %H:%M}"


def _unlike(found: dict[str, str], wanted: dict[str, str]) -> str:
    return "; ".join(
        f"{key} {found.get(key)} for {wanted.get(key)}"
        for key in sorted(found.keys() | wanted.keys())
        if found.get(key) != wanted.get(key)
    )
