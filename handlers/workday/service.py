"""Taking a plan or an output report: whether its day is open, whether its items are within the limits, storing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from db import reports
from db.receipts import Saved
from db.reports import Kind
from handlers.flow import Context
from handlers.text import lines
from policy.workdays import may_report

MOST_ITEMS = 15
MOST_CHARS = 300


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a plan or report became. `at` is when it was reported; of the standing one, if nothing changed."""

    saved: Saved
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TooMuch:
    """What is beyond the limits: how many items there are, and (number, characters) of each that is too long."""

    count: int
    long: Sequence[tuple[int, int]]


def is_open(ctx: Context, *, day: date) -> bool:
    """Return whether the day may be reported: itself, and until 24.00 of the day after."""
    return may_report(day, sent=ctx.sent_at, zone=ZoneInfo(ctx.me.timezone))


def items_in(text: str) -> list[str]:
    """Return the items of a text, one a line, whole."""
    return lines(text)


def too_much(items: Sequence[str]) -> TooMuch | None:
    """Return what is beyond the limits, or None. Nothing is ever cut to fit."""
    long = [(number, len(item)) for number, item in enumerate(items, 1) if len(item) > MOST_CHARS]
    if len(items) <= MOST_ITEMS and not long:
        return None
    return TooMuch(count=len(items), long=long)


async def submit(
    ctx: Context, *, kind: Kind, day: date, items: Sequence[str], source_message: str | None
) -> Outcome:
    """Store the items as the day's newest version."""
    saved = await reports.save(
        ctx.db,
        person_id=ctx.me.id,
        on=day,
        kind=kind,
        items=items,
        channel=ctx.sender.channel,
        source_message=source_message,
        reported_at=ctx.sent_at,
        now=ctx.now,
    )
    standing = await standing_items(ctx, kind=kind, day=day) if saved.already else None
    return Outcome(saved=saved, at=standing.reported_at if standing else ctx.sent_at)


async def standing_items(ctx: Context, *, kind: Kind, day: date) -> reports.Report | None:
    """Return what is stored for that day, or None."""
    return await reports.latest(ctx.db, person_id=ctx.me.id, on=day, kind=kind)
