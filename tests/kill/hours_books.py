"""What the bot's books hold of what time brought: days, stages, messages, digests, alerts; and what is still due."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.telegram import CAPABILITIES
from bot.render import Renderer
from db.engine import Tx
from db.moments import to_micros
from db.opening import open_db
from db.sealed import Seal, seal_from
from db.sending.outbox import OutboxMessage, place

RENDERER = Renderer()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A message that was owed: under which key, how it ended, and its words in plain text, part by part."""

    once: str
    chat: int
    state: str
    because: str
    texts: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class HoursBooks:
    """Stages by (person, day), with what became of each; digests are (unit, kind, day), alerts (unit, day, part)."""

    stages: dict[tuple[str, str], Sequence[tuple[str, str]]]
    obligations: dict[str, int]  # by state
    digests: Sequence[tuple[str, str, str]]
    alerts: Sequence[tuple[str, str, str]]
    skipped: Sequence[tuple[str, str]]  # what, and why
    rows: Sequence[Row]
    written: frozenset[int]  # numbers of messages of which the books know that they were sent
    due: int  # days, alerts and reports that should have been looked at
    unsent: int
    aside: Sequence[str]


async def read_books(database: str, key: str, *, now: datetime) -> HoursBooks:
    """Read everything."""
    async with _reading(database) as tx:
        days = await tx.all("SELECT person_id, on_date, log FROM workdays WHERE closed_at IS NULL")
        digests = await tx.all("SELECT unit_code, kind, on_date FROM digests WHERE version = 1")
        alerts = await tx.all("SELECT unit_code, on_date, part FROM alerts")
        skipped = await tx.all("SELECT what, because FROM skipped")
        owed = await tx.all("SELECT state, COUNT(*) AS n FROM obligations GROUP BY state")
        rows = await tx.all("SELECT * FROM outbox ORDER BY id")
        aside = await tx.all("SELECT channel, error FROM quarantine")
        return HoursBooks(
            stages={
                (row["person_id"], row["on_date"]): [
                    (name, became) for name, _, became in json.loads(row["log"])
                ]
                for row in days
            },
            obligations={row["state"]: row["n"] for row in owed},
            digests=[(row["unit_code"], row["kind"], row["on_date"]) for row in digests],
            alerts=[(row["unit_code"], row["on_date"], row["part"]) for row in alerts],
            skipped=[(row["what"], row["because"]) for row in skipped],
            rows=[_row(row, seal_from(key)) for row in rows],
            written=await _sent(tx),
            due=await _due(tx, now),
            unsent=sum(row["ended_at"] is None for row in rows),
            aside=[f"{row['channel']}: {row['error']}" for row in aside],
        )


async def sent_keys(database: str) -> frozenset[int]:
    """The numbers of the messages of which it is written down that they were sent."""
    async with _reading(database) as tx:
        return await _sent(tx)


async def _sent(tx: Tx) -> frozenset[int]:
    rows = await tx.all("SELECT platform_keys FROM outbox WHERE platform_keys IS NOT NULL")
    return frozenset(int(key) for row in rows for key in json.loads(row["platform_keys"]))


async def _due(tx: Tx, now: datetime) -> int:
    due, moment = 0, to_micros(now)
    for table in ("workdays", "alerts", "periodic_reports"):
        row = await tx.one(f"SELECT COUNT(*) AS n FROM {table} WHERE look_at <= :now", now=moment)
        due += row["n"] if row else 0
    return due


def _row(row: Any, seal: Seal) -> Row:
    body = seal.open(row["body"], place=place(row["id"])) if row["body"] is not None else {"params": {}}
    message = OutboxMessage(
        id=row["id"],
        channel=row["channel"],
        address=row["address"],
        person_id=row["person_id"],
        urgency=row["class"],
        message=row["message"],
        locale=row["locale"],
        body=body,
    )
    return Row(
        once=row["once_key"] or row["id"],
        chat=int(row["address"]),
        state=row["state"],
        because=row["ended_because"] or "",
        texts=[part.plain.strip() for part in RENDERER.outgoing(message, CAPABILITIES)],
    )


@asynccontextmanager
async def _reading(database: str) -> AsyncIterator[Tx]:
    db = await open_db(database)
    try:
        async with db.reading() as tx:
            yield tx
    finally:
        await db.close()
