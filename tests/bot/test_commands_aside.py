"""`piket aside …` and doctor: what could not be handled is seen by whoever runs the installation."""

import asyncio
from datetime import datetime

from db import quarantine
from db.opening import open_db
from db.sealed import seal_from
from tests.bot.operating import Operator, new_operator
from tests.engines import SqliteMaker


async def _set_aside(operator: Operator, now: datetime) -> None:
    db = await open_db(operator.url)
    async with db.transaction() as tx:
        await quarantine.set_aside(
            tx,
            seal_from(operator.key),
            channel="telegram",
            key="1",
            address="1001",
            raw=b'{"text": "demam"}',
            error="ValueError",
            now=now,
        )
    await db.close()


def test_p04_what_is_set_aside_is_shown_without_what_it_says_until_it_is_settled(
    sqlite_maker: SqliteMaker, now: datetime
) -> None:
    operator = new_operator(sqlite_maker.fresh())
    assert "Nothing is set aside" in operator.succeeds("aside", "list")
    asyncio.run(_set_aside(operator, now))
    assert "set aside: 1. Then: piket aside list" in operator.runs("doctor").output
    said = operator.succeeds("aside", "list")
    assert "2020-06-14 23:45 UTC  telegram  1001  ValueError" in said
    assert "demam" not in said
    assert operator.succeeds("aside", "settle") == "Marked as looked at: 1.\n"
    assert "Nothing is set aside" in operator.succeeds("aside", "list")
    assert "set aside" not in operator.runs("doctor").output
