"""Taking a plan or an output report: whether its day is open, whether its items are within the limits, storing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from db import reports, tasks
from db.receipts import Saved
from db.reports import Item, Kind
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


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a plan may begin with, the head's tasks first. `from_day` is the day of the plan it goes on from."""

    items: tuple[Item, ...] = ()
    from_day: date | None = None


def is_open(ctx: Context, *, day: date) -> bool:
    """Return whether the day may be reported: itself, and until 24.00 of the day after."""
    return may_report(day, sent=ctx.sent_at, zone=ZoneInfo(ctx.me.timezone))


def items_in(text: str) -> list[Item]:
    """Return the items of a text, one a line, whole."""
    return [Item(activity=line) for line in lines(text)]


def too_much(items: Sequence[Item]) -> TooMuch | None:
    """Return what is beyond the limits, or None. Nothing is ever cut to fit."""
    long = [
        (number, len(item.activity))
        for number, item in enumerate(items, 1)
        if len(item.activity) > MOST_CHARS
    ]
    if len(items) <= MOST_ITEMS and not long:
        return None
    return TooMuch(count=len(items), long=long)


async def submit(
    ctx: Context, *, kind: Kind, day: date, items: Sequence[Item], source_message: str | None
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


async def suggested_plan(ctx: Context, *, day: date) -> Suggestion:
    """Return what "as yesterday" would save: the day's tasks, then what the last plan left open, or else all of it."""
    given = await tasks.waiting(ctx.db, person_id=ctx.me.id, on=day)
    last = await reports.latest_before(ctx.db, person_id=ctx.me.id, on=day, kind="plan")
    before = await _to_go_on_with(ctx, last) if last else ()
    already = {item.task_id for item in before if item.task_id}
    new = [Item(activity=task.activity, task_id=task.id) for task in given if task.id not in already]
    return Suggestion(items=(*new, *before)[:MOST_ITEMS], from_day=last.on if last and before else None)


async def _to_go_on_with(ctx: Context, plan: reports.Report) -> tuple[Item, ...]:
    output = await standing_items(ctx, kind="output", day=plan.on)
    done = {item.key for item in output.items if item.is_complete} if output else set()
    unfinished = tuple(item for item in plan.items if item.key not in done)
    return unfinished or tuple(replace(item, key="", task_id="") for item in plan.items)
