"""What runs at every turn of the delivery reads what waits in its order, not all of it, on a file that grew old."""

import sqlite3
from collections.abc import Sequence

import pytest

from db.sending import claims as outbox_sending
from tests.engines import SqliteMaker

CLAIM = outbox_sending._CLAIM.format(now="CAST(:real AS BIGINT)")
UNCERTAIN = """
SELECT * FROM outbox WHERE channel = :channel AND ended_at IS NULL AND state = 'uncertain' AND not_before <= :now
"""
SHRINK = "UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND ended_at IS NOT NULL AND ended_at < :now"
GIVEN = {
    "owner": "a", "real": 1, "lease": 1, "channel": "telegram", "first": 0, "last": 9, "now": 9, "order_tries": 5,
    "most": 9,
}  # fmt: skip


FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
INSERT INTO outbox (id, channel, address, class, message, locale, created_at, not_before, state, ended_at)
SELECT printf('%06d', i), 'telegram', i % 700, 5, 'm', 'id', i, i, CASE i % 4 WHEN 0 THEN 'queued' ELSE 'sent' END,
  CASE i % 4 WHEN 0 THEN NULL ELSE i END FROM n
"""


def plan(maker: SqliteMaker, sql: str) -> Sequence[str]:
    """How SQLite goes about `sql` in a file with a past, whose figures it knows."""
    connection = sqlite3.connect(maker.fresh().removeprefix("sqlite:"))
    connection.execute(FILL)
    connection.execute("ANALYZE")
    found = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", GIVEN)]
    connection.close()
    return found


@pytest.mark.parametrize("sql", [CLAIM, UNCERTAIN], ids=["claim", "uncertain"])
def test_d10_what_waits_is_found_by_the_index_of_what_waits(sqlite_maker: SqliteMaker, sql: str) -> None:
    (outer,) = [
        line
        for line in plan(sqlite_maker, sql)
        if "SEARCH o " in line or "SEARCH outbox USING INDEX outbox" in line
    ]
    assert "outbox_waiting (channel=? AND state=?" in outer


def test_d10_messages_that_have_lost_their_contents_are_not_read_again(sqlite_maker: SqliteMaker) -> None:
    (only,) = plan(sqlite_maker, SHRINK)
    assert only.startswith("SEARCH outbox USING INDEX outbox_by_end")
    sql = "SELECT sql FROM sqlite_master WHERE name = 'outbox_by_end'"
    connection = sqlite3.connect(sqlite_maker.fresh().removeprefix("sqlite:"))
    (made,) = connection.execute(sql).fetchone()
    connection.close()
    assert "body IS NOT NULL" in made
