"""What a superior may see and decide of those under them on this day; nobody else's work is ever read here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import absence_requests, closing, people, reports, subordinates, tasks, verifications
from db.appointments import Power
from db.people import Person
from db.reports import Kind, Report
from db.subordinates import Capacity, Subordinate
from db.verifications import Decision, Verification
from handlers.flow import Context
from handlers.judging import today
from policy.deadlines import Owed
from policy.workdays import Window, closes_at

LOOKS_BACK = timedelta(days=62)
TASKS_SHOWN = timedelta(days=14)
_ONLY_THAT_DAY = Window(days_after=0)
KINDS: tuple[Kind, ...] = ("plan", "output")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A person's day with something that nobody has judged yet: the keys of its reports, by kind."""

    person_id: str
    name: str
    on: date
    reports: Mapping[Kind, str]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A standing report, and what was decided about this version of it."""

    report: Report
    decision: Verification | None

    @property
    def is_approved(self) -> bool:
        return self.decision is not None and self.decision.decision == "approved"


@dataclass(frozen=True, kw_only=True)
class Day:
    """A person's day as their superior sees it."""

    person: Person
    on: date
    capacity: Capacity
    parts: Sequence[Judged]

    @property
    def shown(self) -> dict[str, str]:
        """The versions that are shown: a decision is only about these."""
        return {part.report.kind: part.report.id for part in self.parts}

    @property
    def open_parts(self) -> list[Judged]:
        """What is not approved."""
        return [part for part in self.parts if not part.is_approved]


async def waiting(ctx: Context) -> list[Waiting]:
    """Return every day that waits for this superior, the oldest first."""
    now_on = today(ctx)
    rows = await verifications.waiting(
        ctx.db, by_id=ctx.me.id, since=now_on - LOOKS_BACK, on=now_on, now=ctx.now
    )
    found: dict[tuple[date, str], Waiting] = {}
    for row in rows:
        before = found.get((row.on, row.person_id))
        of_day = {**(before.reports if before else {}), row.kind: row.report_id}
        found[row.on, row.person_id] = Waiting(
            person_id=row.person_id, name=row.name, on=row.on, reports=of_day
        )
    return list(found.values())


async def people_under(ctx: Context) -> list[Subordinate]:
    """Return everybody under this superior today."""
    return await subordinates.of(ctx.db, person_id=ctx.me.id, on=today(ctx), now=ctx.now)


async def capacity(ctx: Context, *, person_id: str) -> Capacity | None:
    """Return by what right this superior judges that person, at this moment (V05); None: not at all."""
    return await subordinates.capacity(
        ctx.db,
        superior_id=ctx.me.id,
        person_id=person_id,
        on=today(ctx),
        now=ctx.now,
        power=Power.VERIFY,
    )


async def day_of(ctx: Context, *, person_id: str, on: date) -> Day | None:
    """Return somebody's day; None unless they are under this superior and reported something."""
    right = await capacity(ctx, person_id=person_id)
    person = await people.by_id(ctx.db, person_id=person_id, now=ctx.now) if right else None
    if right is None or person is None:
        return None
    parts = [part for kind in KINDS if (part := await _part(ctx, person_id, on, kind)) is not None]
    return Day(person=person, on=on, capacity=right, parts=parts) if parts else None


async def _part(ctx: Context, person_id: str, on: date, kind: Kind) -> Judged | None:
    report = await reports.latest(ctx.db, person_id=person_id, on=on, kind=kind)
    if report is None:
        return None
    last = await verifications.last(ctx.db, person_id=person_id, on=on, kind=kind)
    return Judged(report=report, decision=last if last and last.report_id == report.id else None)


async def approve(ctx: Context, day: Day, *, score: int | None = None) -> list[Report]:
    """Approve what of the day is not approved yet, and give the output a score, also afterwards; return it."""
    meant = day.open_parts if score is None else [*day.open_parts, *_scored(day)]
    return [
        part.report
        for part in meant
        if await _decide(
            ctx, day, part.report, "approved", score=score if part.report.kind == "output" else None
        )
    ]


def _scored(day: Day) -> list[Judged]:
    return [part for part in day.parts if part.is_approved and part.report.kind == "output"]


async def approve_versions(ctx: Context, report_ids: Sequence[str]) -> tuple[int, int]:
    """Approve these versions where they still stand and wait; return how many are approved, and how many not."""
    approved = 0
    for entry in await waiting(ctx):
        meant = [key for key in entry.reports.values() if key in set(report_ids)]
        day = await day_of(ctx, person_id=entry.person_id, on=entry.on) if meant else None
        for part in day.open_parts if day else ():
            if day is not None and part.report.id in meant:
                approved += await _decide(ctx, day, part.report, "approved")
    return approved, len(report_ids) - approved


async def give_back(ctx: Context, day: Day, *, note: str, until: date) -> Report:
    """Return what was reported last on the day, the output or else the plan, to be put right until 24.00 of a day."""
    report = next((part.report for part in reversed(day.parts) if not part.is_approved), day.parts[-1].report)
    due_at = due(day.person, until)
    await _decide(ctx, day, report, "returned", note=note, due_at=due_at)
    await closing.given_back(
        ctx.db, person_id=day.person.id, on=day.on, kind=Owed(report.kind), due_at=due_at, now=ctx.now
    )
    return report


def due(person: Person, until: date) -> datetime:
    """Return the end of that day on the person's own clock."""
    return closes_at(until, zone=ZoneInfo(person.timezone), window=_ONLY_THAT_DAY)


async def given_tasks(ctx: Context) -> list[tuple[tasks.Task, str]]:
    """Return the tasks this superior gave lately, each with the person's name."""
    names = {each.person_id: each.name for each in await people_under(ctx)}
    given = await tasks.given_by(ctx.db, person_id=ctx.me.id, since=today(ctx) - TASKS_SHOWN)
    return [(task, names[task.person_id]) for task in given if task.person_id in names]


async def requests_waiting(ctx: Context) -> int:
    """Return how many requests for absence their direct reports have waiting (handlers/absence decides them)."""
    asked = await absence_requests.of_subordinates(
        ctx.db, ctx.seal, superior_id=ctx.me.id, on=today(ctx), now=ctx.now
    )
    return len(asked)


async def _decide(
    ctx: Context,
    day: Day,
    report: Report,
    decision: Decision,
    *,
    note: str = "",
    due_at: datetime | None = None,
    score: int | None = None,
) -> bool:
    return await verifications.decide(
        ctx.db,
        report,
        decision=decision,
        by_id=ctx.me.id,
        capacity=day.capacity,
        now=ctx.now,
        note=note,
        due_at=due_at,
        score=score,
    )
