"""`piket outages list` and `piket skipped list`: what an operator sees of what did not go as it should."""

import asyncio
from datetime import timedelta

from bot.clock import Clock
from db import outages, skipped
from db.opening import open_db
from tests.bot.operating import Operator, new_operator
from tests.engines import SqliteMaker


async def _note(operator: Operator) -> None:
    now = Clock().now()
    db = await open_db(operator.url)
    async with db.transaction() as tx:
        for hours in (30, 3):
            began = now - timedelta(hours=hours)
            ended = began + timedelta(minutes=12, seconds=5)
            await outages.record(tx, cause="stopped", began_at=began, ended_at=ended, now=now)
        for _ in range(2):
            await skipped.note(
                tx,
                what="digest/morning",
                subject="DINKES",
                once="d:1",
                due_at=now,
                because="too_late",
                now=now,
            )
    await db.close()


def test_outages_and_what_was_skipped_are_listed(sqlite_maker: SqliteMaker) -> None:
    operator = new_operator(sqlite_maker.fresh())
    assert "Nothing was skipped in the last 7 days" in operator.succeeds("skipped", "list", "--days", "7")
    asyncio.run(_note(operator))
    said = operator.succeeds("outages", "list")
    assert said.count("0:12:05  stopped") == 2
    assert "moved by as much" in said
    assert operator.succeeds("skipped", "list").count("digest/morning  DINKES  too late") == 1
