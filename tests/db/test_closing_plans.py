"""What a report asks in closing what was owed is found by indexes, beginning with one person and day."""

import sqlite3

import pytest

from db import obligations, workdays
from db.sending import reminders as outbox_reminders
from tests.engines import SqliteMaker

GIVEN = {
    "person_id": "p",
    "person": "p",
    "on": "2020-06-15",
    "kind": "plan",
    "p0": "p",
    "prefix": "r:",
    "letters": 2,
}
FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
INSERT INTO outbox (id, channel, address, person_id, class, message, locale, created_at, not_before, state, once_key)
SELECT printf('%06d', i), 'telegram', i, printf('p%d', i), 3, 'm', 'id', i, i, 'queued', printf('remind:%d', i) FROM n
"""
OF_DAY = f"SELECT {workdays._COLUMNS} FROM workdays WHERE person_id IN (:p0) AND on_date = :on ORDER BY id"


@pytest.mark.parametrize(
    ("sql", "found_by"),
    [
        (
            obligations._OF + " AND kind = :kind",
            "obligations_by_person (person_id=? AND on_date=? AND kind=?)",
        ),
        (OF_DAY, "workdays_by_person (person_id=? AND on_date=?)"),
        (outbox_reminders._WAITING, "outbox_reminders (person_id=?)"),
    ],
    ids=["owed", "day", "reminders"],
)
def test_d10_a_report_closes_what_was_owed_by_indexes(
    sqlite_maker: SqliteMaker, sql: str, found_by: str
) -> None:
    connection = sqlite3.connect(sqlite_maker.fresh().removeprefix("sqlite:"))
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(FILL)
    connection.execute("ANALYZE")
    lines = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", GIVEN)]
    connection.close()
    assert any(found_by in line for line in lines), lines
    assert not any(line.startswith("SCAN") for line in lines)
