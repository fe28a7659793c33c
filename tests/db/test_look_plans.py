"""What reminders ask at every turn is found by an index, on a file with many days in it."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db import looks, obligations, preferences, snoozes, workdays
from db.looks import Step
from db.workdays import Workday
from policy.model import Arrangement
from tests.engines import SqliteMaker

FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
INSERT INTO {table} ({columns}) SELECT {values} FROM n
"""
DAYS = """
id, person_id, on_date, unit_code, agency_code, timezone, arrangement, gist, starts_at, ends_at, look_at, log, opened_at
"""
FILLED = (
    (
        "workdays",
        DAYS,
        "i, i % 500, '2020-06-' || (i / 500 + 10), 'u' || i % 20, 'A', 'Z', 'WFO', 'g', i, i,"
        " CASE WHEN i % 40 = 0 THEN i END, '[]', 0",
    ),
    (
        "obligations",
        "id, person_id, on_date, kind, unit_code, basis, opens_at, due_at, state",
        "i, i % 500, '2020-06-' || (i / 500 + 10), 'plan', 'u' || i % 20, 'b', i, i, 'open'",
    ),
    ("snoozes", "id, person_id, until_at, made_at", "i, i % 500, i, 0"),
    ("preferences", "person_id, profile, changed_at", "i, 'light', 0"),
    ("days_opened", "id, opened_at, people", "'A:' || i, 0, 3"),
)
NOW, DAY = datetime(2020, 6, 16, tzinfo=UTC), date(2020, 6, 16)
WORKDAY = Workday(
    id="1", person_id="1", on=DAY, unit_code="u1", agency_code="A", timezone="Z", arrangement=Arrangement.WFO,
    shift=None, gist="g", starts_at=NOW, ends_at=NOW, look_at=NOW, pings=0, pinged_at=None, log=(), is_closed=False,
)  # fmt: skip
ASKED: dict[str, tuple[Callable[[Any], Awaitable[object]], str]] = {
    "due": (lambda tx: workdays.due(tx, now=NOW, limit=9, holds=False), "INDEX workdays_to_look_at"),
    "held": (lambda tx: looks.hold(tx, [WORKDAY]), "autoindex_workdays"),
    "by": (lambda tx: looks.by(tx, person_id="1", on=DAY, at=NOW), "INDEX workdays_by_person"),
    "moved": (lambda tx: looks.move_many(tx, [Step(workday=WORKDAY, look_at=NOW)]), "autoindex_workdays"),
    "sizes": (lambda tx: looks.sizes(tx, days=[("A", DAY, "Z")]), "autoindex_days_opened"),
    "owed": (lambda tx: obligations.of_people(tx, people=["1", "2"], on=DAY), "INDEX obligations_by_person"),
    "pauses": (
        lambda tx: snoozes.last_of_people(tx, people=["1", "2"], since=NOW),
        "INDEX snoozes_by_person",
    ),
    "wishes": (lambda tx: preferences.of_people(tx, people=["1", "2"]), "autoindex_preferences"),
}


class Listening:
    """A transaction that only notes what is asked, and finds nothing."""

    dialect = "sqlite"

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    async def all(self, sql: str, /, **values: Any) -> list[Any]:
        self.asked.append((sql, values))
        return []

    run = all

    async def run_many(self, sql: str, rows: Sequence[Mapping[str, Any]], /) -> None:
        self.asked.append((sql, rows[0]))


def plan(maker: SqliteMaker, sql: str, values: Mapping[str, Any]) -> Sequence[str]:
    """How SQLite goes about `sql` in a file with a past, whose figures it knows."""
    connection = sqlite3.connect(maker.fresh().removeprefix("sqlite:"))
    for table, columns, filled in FILLED:
        connection.execute(FILL.format(table=table, columns=columns, values=filled))
    connection.execute("ANALYZE")
    found = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.close()
    return found


@pytest.mark.parametrize("asked", ASKED)
async def test_d10_it_is_searched_by_its_index(sqlite_maker: SqliteMaker, asked: str) -> None:
    ask, index = ASKED[asked]
    listening = Listening()
    await ask(listening)
    ((sql, values),) = listening.asked
    first, *_ = plan(sqlite_maker, sql, values)
    assert first.startswith("SEARCH")
    assert index in first
