"""Taking a plan or an output report: whether its day is open, whether its items are within the limits, storing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import reports, tasks, verifications
from db.receipts import Saved
from db.reports import Item, Kind, Report
from db.verifications import Verification
from handlers.flow import Context
from handlers.judging import calendar_day, today
from handlers.workday.reading import items_in as items_in
from policy.workdays import day_of_output, may_report

MOST_ITEMS = 15
MOST_CHARS = 300
MOST_EVIDENCE = 10
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a plan or report became. `at` is when it was reported; of the standing one, if nothing changed."""

    saved: Saved
    at: datetime
    left_open: int = 0  # lines of the day's plan that are not done yet


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


@dataclass(frozen=True, kw_only=True)
class Openness:
    """Whether a plan or output of a day may be written now, and what the superior said of it."""

    is_open: bool
    approved: Verification | None = None  # then it is locked
    returned: Verification | None = (
        None  # then it may be put right until its `due_at`, and later within the window
    )


def is_open(ctx: Context, *, day: date) -> bool:
    """Return whether the day may be reported: itself, and until 24.00 of the day after."""
    return may_report(day, sent=ctx.sent_at, zone=ZoneInfo(ctx.me.timezone))


async def day_meant(ctx: Context, *, kind: Kind) -> date:
    """Return the day of a report that nobody named: today, but early in the morning the output still owed."""
    day = today(ctx)
    before = day - timedelta(days=1)
    if kind == "plan" or not await _is_owed(ctx, day=before):
        return day
    calendar = await calendar_day(ctx, day=day)
    begins = calendar.hours.start if calendar and calendar.hours else None
    return day_of_output(ctx.sent_at, zone=ZoneInfo(ctx.me.timezone), begins=begins, is_owed_before=True)


async def _is_owed(ctx: Context, *, day: date) -> bool:
    """Whether the day was planned, and nothing has been reported of it yet."""
    planned = await standing_items(ctx, kind="plan", day=day)
    return planned is not None and await standing_items(ctx, kind="output", day=day) is None


async def openness(ctx: Context, *, kind: Kind, day: date) -> Openness:
    """Return whether the person's plan or output of that day may be written: what is approved is locked."""
    last = await verifications.last(ctx.db, person_id=ctx.me.id, on=day, kind=kind)
    if last is not None and last.decision == "approved":
        return Openness(is_open=False, approved=last)
    due = last.due_at if last else None
    zone = ZoneInfo(ctx.me.timezone)
    return Openness(is_open=may_report(day, sent=ctx.sent_at, zone=zone, reopened_until=due), returned=last)


def too_much(items: Sequence[Item]) -> TooMuch | None:
    """Return what is beyond the limits, or None. Nothing is ever cut to fit."""
    lengths = [(number, max(len(item.activity), len(item.output))) for number, item in enumerate(items, 1)]
    long = [(number, chars) for number, chars in lengths if chars > MOST_CHARS]
    if len(items) <= MOST_ITEMS and not long:
        return None
    return TooMuch(count=len(items), long=long)


async def submit(
    ctx: Context,
    *,
    kind: Kind,
    day: date,
    items: Sequence[Item],
    source_message: str | None,
    moved: Sequence[tuple[Item, date]] = (),
) -> Outcome:
    """Store the items as the day's newest version; what was `moved` waits for its other day."""
    before = await standing_items(ctx, kind=kind, day=day)
    plan = await standing_items(ctx, kind="plan", day=day) if kind == "output" else None
    given = _as_planned(items, plan.items) if plan else items
    saved = await reports.save(
        ctx.db,
        person_id=ctx.me.id,
        on=day,
        kind=kind,
        items=given,
        channel=ctx.sender.channel,
        source_message=source_message,
        reported_at=ctx.sent_at,
        now=ctx.now,
    )
    if kind == "plan":
        await _put_off(ctx, moved)
        await _drop_own(ctx, day=day, items=given, moved=moved)
    else:
        await _settle_tasks(ctx, before=before.items if before else (), after=given)
    at = before.reported_at if saved.already and before else ctx.sent_at
    return Outcome(saved=saved, at=at, left_open=len(unfinished(plan.items, given)) if plan else 0)


async def undo(ctx: Context, *, kind: Kind, report: Report) -> Report | None:
    """Withdraw a version that was just saved, and what it did to tasks; return the one that stands again."""
    if await reports.withdraw(ctx.db, report, now=ctx.now):
        await tasks.take_back(ctx.db, person_id=ctx.me.id, at=report.recorded_at, now=ctx.now)
    return await standing_items(ctx, kind=kind, day=report.on)


async def standing_items(ctx: Context, *, kind: Kind, day: date) -> Report | None:
    """Return what is stored for that day, or None."""
    return await reports.latest(ctx.db, person_id=ctx.me.id, on=day, kind=kind)


async def suggested_plan(ctx: Context, *, day: date) -> Suggestion:
    """Return what "as yesterday" would save: the day's tasks, then what the last plan left open, or else all of it."""
    given = await tasks.waiting(ctx.db, person_id=ctx.me.id, on=day)
    last = await reports.latest_before(ctx.db, person_id=ctx.me.id, on=day, kind="plan")
    before = await _to_go_on_with(ctx, last) if last else ()
    waiting = {task.id for task in given}
    before = tuple(item for item in before if not item.task_id or item.task_id in waiting)
    already = {item.task_id or item.key for item in before}
    new = [_of_task(task) for task in given if task.id not in already]
    return Suggestion(items=(*new, *before)[:MOST_ITEMS], from_day=last.on if last and before else None)


def _of_task(task: tasks.Task) -> Item:
    """Return a task as a line; what one had put off oneself is the line that it was."""
    if task.is_own:
        return Item(activity=task.activity, key=task.id)
    return Item(activity=task.activity, task_id=task.id)


async def offers(ctx: Context, *, kind: Kind, day: date) -> Suggestion:
    """Return the lines that can be ticked: what a plan may begin with, or of the day's plan what is not reported."""
    if kind == "plan":
        return await suggested_plan(ctx, day=day)
    plan = await standing_items(ctx, kind="plan", day=day)
    return Suggestion(items=plan.items if plan else (), from_day=day)


def unfinished(plan: Sequence[Item], output: Sequence[Item]) -> tuple[Item, ...]:
    """Return the lines of a plan that no line of the output calls complete."""
    done = {item.key for item in output if item.is_complete}
    return tuple(item for item in plan if item.key not in done)


async def _to_go_on_with(ctx: Context, plan: Report) -> tuple[Item, ...]:
    output = await standing_items(ctx, kind="output", day=plan.on)
    left = unfinished(plan.items, output.items if output else ())
    if left:
        return tuple(replace(item, typed_in="") for item in left)
    return tuple(replace(item, key="", task_id="", typed_in="") for item in plan.items)


def _as_planned(items: Sequence[Item], plan: Sequence[Item]) -> list[Item]:
    """Let typed lines that say what the plan says be lines of the plan, so that they tick it."""
    taken = {item.key for item in items}
    lines = {item.activity: item for item in plan if item.key not in taken}
    found = [lines.get(item.activity) if not item.key else None for item in items]
    return [
        replace(item, key=line.key, task_id=line.task_id) if line else item
        for item, line in zip(items, found, strict=True)
    ]


async def _put_off(ctx: Context, moved: Sequence[tuple[Item, date]]) -> None:
    me = ctx.me.id
    for item, day in moved:
        known = item.task_id or item.key
        if known and await tasks.put_off(ctx.db, task_id=known, person_id=me, on=day):
            continue
        await tasks.give(
            ctx.db, person_id=me, given_by=me, on=day, activity=item.activity, key=item.key, now=ctx.now
        )


async def _drop_own(
    ctx: Context, *, day: date, items: Sequence[Item], moved: Sequence[tuple[Item, date]]
) -> None:
    """What one had put off to this day and does not plan for it is dropped; a task of the head waits on."""
    kept = {item.key for item in (*items, *(item for item, _ in moved))}
    for task in await tasks.waiting(ctx.db, person_id=ctx.me.id, on=day):
        if task.is_own and task.id not in kept:
            await tasks.end(ctx.db, task_id=task.id, ended_as="dropped", now=ctx.now)


async def _settle_tasks(ctx: Context, *, before: Sequence[Item], after: Sequence[Item]) -> None:
    done = {item.task_id or item.key for item in after if item.is_complete}
    for task_id in done - {""}:
        await tasks.end(ctx.db, task_id=task_id, ended_as="done", now=ctx.now)
    for task_id in {item.task_id or item.key for item in before} - done:
        await tasks.reopen(ctx.db, task_id=task_id)
