"""Small things that the tests of the records share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from db.engine import Dialect, Row, Tx, Value
from db.reports import Item, Report

MONDAY = date(2020, 6, 15)
TUESDAY = MONDAY + timedelta(days=1)
LAST_MONDAY = MONDAY - timedelta(days=7)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HEALTHY = {"mode": "kmk328", "yes": [], "risk": "kecil", "fit": True}
ILL = {"mode": "kmk328", "yes": [5, 6], "risk": "besar", "fit": False}


def sent(now: datetime) -> dict[str, Any]:
    """Where and when a report was written."""
    return {"channel": "telegram", "reported_at": now, "now": now}


def items(*activities: str) -> list[Item]:
    """Return lines of a plan or report."""
    return [Item(activity=activity) for activity in activities]


def said(report: Report) -> list[str]:
    """Return the activities of a plan or report."""
    return [item.activity for item in report.items]


class Counting:
    """A transaction that counts what is asked of it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.dialect: Dialect = tx.dialect
        self.asked = 0

    async def all(self, sql: str, /, **values: Value) -> Sequence[Row]:
        self.asked += 1
        return await self._tx.all(sql, **values)

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        self.asked += 1
        return await self._tx.one(sql, **values)

    async def run(self, sql: str, /, **values: Value) -> int:
        self.asked += 1
        return await self._tx.run(sql, **values)

    async def run_many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        self.asked += 1
        await self._tx.run_many(sql, rows)
