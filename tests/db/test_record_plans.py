"""What a tap asks of the records begins with what is few, on a file that grew old: no table of everybody is read."""

import sqlite3
from collections.abc import Sequence

import pytest

from db import changes, day_rows, facts, files, ground, subordinates, swaps, tasks, verifications
from db.overview import _REPORTS
from db.rota import settings as rota_settings
from db.rota import units as rota_units
from tests.engines import SqliteMaker

GIVEN = {
    "me": "a", "person": "b", "person_id": "b", "by": "a", "on": "2020-06-15", "known": 9, "since": "2020-06-01",
    "first": "2020-06-01", "last": "2020-06-30", "before": 9, "unit": "u", "limit": 9,
    "day": "2020-06-15", "unit_code": "u", "prefix": "rota_fixed:%",
}  # fmt: skip
SMALL = {"b", "l", "w", "j", "u", "led", "below", "judged"}  # what the queries make themselves
TASKS_GIVEN = f"""
SELECT {tasks._COLUMNS} FROM tasks WHERE given_by = :by AND person_id <> :by AND on_date >= :since
"""
MADE = "UPDATE files SET body = NULL WHERE state = 'made' AND body IS NOT NULL AND created_at < :before"


def plan(maker: SqliteMaker, sql: str) -> Sequence[str]:
    """How SQLite goes about `sql`."""
    connection = sqlite3.connect(maker.fresh().removeprefix("sqlite:"))
    found = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", GIVEN)]
    connection.close()
    return found


@pytest.mark.parametrize(
    "sql",
    [
        subordinates.under() + subordinates._ALL,
        f"{subordinates.under()}{subordinates._ALL} WHERE j.person_id = :person",
        verifications._WAITING,
        _REPORTS,
        TASKS_GIVEN,
        MADE,
    ],
    ids=["under", "capacity", "waiting", "month", "given", "made"],
)
def test_d10_no_table_is_read_whole(sqlite_maker: SqliteMaker, sql: str) -> None:
    scans = [line.split()[1] for line in plan(sqlite_maker, sql) if line.startswith("SCAN ")]
    assert set(scans) <= SMALL


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        (facts._PERSON, set()),
        (facts._PEOPLE, {"p", "m"}),  # everybody, but of each only what is theirs
        (day_rows.over_days(facts._PERSON, 1).replace(":d0", ":on"), {"d", "CONSTANT"}),
        (day_rows.over_days(facts._MEMBERS, 1).replace(":d0", ":on"), {"d", "CONSTANT"}),
        (ground.ONE + ground._SAID_OF_UNITS, {"s", "scope"}),
        (changes._WAITING, {"changes"}),  # of which an index holds only those that wait
        (rota_units._LED, {"b", "w"}),
        (rota_settings._LIKE, set()),
    ],
    ids=["person", "everybody", "days", "members", "unit facts", "changes", "rotas led", "fixed days"],
)
def test_what_the_rules_are_told_is_found_by_indexes(
    sqlite_maker: SqliteMaker, sql: str, whole: set[str]
) -> None:
    lines = plan(sqlite_maker, sql)
    assert {line.split()[1] for line in lines if line.startswith("SCAN ")} <= whole
    if sql is changes._WAITING:
        assert any("changes_to_look_at" in line for line in lines)


@pytest.mark.parametrize("sql", [verifications._WAITING, _REPORTS], ids=["waiting", "month"])
def test_d10_what_was_decided_is_found_by_its_report(sqlite_maker: SqliteMaker, sql: str) -> None:
    assert any("verifications_by_report (report_id=?" in line for line in plan(sqlite_maker, sql))


def test_what_is_known_of_a_file_stands_before_its_bytes(sqlite_maker: SqliteMaker) -> None:
    """SQLite reads through a large value to whatever stands behind it in the row."""
    connection = sqlite3.connect(sqlite_maker.fresh().removeprefix("sqlite:"))
    columns = [row[1] for row in connection.execute("PRAGMA table_info(files)")]
    connection.close()
    assert columns[-1] == "body"
    assert files.File.__dataclass_fields__.keys() <= set(columns[:-1])


def test_open_swaps_are_found_by_the_index_of_those_that_are_open(sqlite_maker: SqliteMaker) -> None:
    (only,) = [line for line in plan(sqlite_maker, swaps._UNTIL) if "swaps" in line]
    assert "swaps_open" in only
