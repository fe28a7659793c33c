"""Rows that a job does together; one that always fails stops none of the others (fault P04).

What fails together is done one by one. A row that fails alone is tried three times, then pushed on and set aside,
where `piket aside list` and `piket doctor` show it. Between two batches people who write are answered.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from db import quarantine
from db.engine import Db, Tx, transact
from db.errors import Refused, Unavailable, where
from db.sealed import Seal

log = logging.getLogger("piket.scheduler")
Row = TypeVar("Row")
SHORT, LONGEST_REST = 0.02, 0.1  # seconds


async def stays(_tx: Tx, _row: object) -> None:
    """It is looked at again and again, alone; that costs the others nothing."""


@dataclass(frozen=True, kw_only=True)
class Errand(Generic[Row]):
    """What a job does with due rows, in transactions of its own; it may be asked again for rows that it has done."""

    job: str
    key: Callable[[Row], str]
    do: Callable[[Sequence[Row]], Awaitable[int]]  # returns how many it did; others may have been faster
    push_on: Callable[[Tx, Row], Awaitable[object]] = stays  # lets the row be due no more, or not soon
    most_tries: int = 3


async def run(db: Db, seal: Seal, errand: Errand[Row], found: Sequence[Row], *, now: datetime) -> int:
    """Do these rows; return how many were done. Raises Unavailable or Refused: that concerns them all."""
    if not found:
        return 0
    began = monotonic()
    try:
        done = await errand.do(found)
        await _give_way(monotonic() - began)
        return done
    except (Unavailable, Refused):
        raise
    except Exception as error:  # whichever row it was, the others must not wait for it
        if len(found) == 1:
            await transact(db, partial(_failed, seal=seal, errand=errand, row=found[0], error=error, now=now))
            return 0
    return await apart(db, seal, errand, found, now=now)


async def apart(db: Db, seal: Seal, errand: Errand[Row], found: Sequence[Row], *, now: datetime) -> int:
    """Do these rows one after the other; return how many were done. Raises as `run`."""
    return sum([await run(db, seal, errand, [row], now=now) for row in found])


async def _give_way(worked: float) -> None:
    """Rest as long as a batch took: whoever writes to the bot meanwhile finds half of the machine free."""
    if worked > SHORT:
        await asyncio.sleep(min(LONGEST_REST, worked))


async def _failed(
    tx: Tx, *, seal: Seal, errand: Errand[Row], row: Row, error: Exception, now: datetime
) -> None:
    """Count the try; after the third, push the row on and set it aside."""
    channel, key, why = f"job:{errand.job}", errand.key(row), where(error)
    log.error("row_failed", extra={"action": "row_failed", "job": errand.job, "row": key, "at": why})
    tries = await quarantine.count_try(tx, channel=channel, key=key, error=why, now=now)
    if tries >= errand.most_tries:
        await errand.push_on(tx, row)
    if tries == errand.most_tries:
        await quarantine.set_aside(
            tx, seal, channel=channel, key=key, address=None, raw=b"", error=why, now=now
        )
