"""The periodic reports of unit heads to the authorised official (SE MenPANRB 58/2020 B.9), by the clock.

On the first working day after a period, at 08.00 where the unit is, each unit that leads people gets its numbered
draft, also when nobody is named. Who is named hears it and may answer; then the head is asked, and reminded on
working mornings. Nothing is ever sent by itself, and nothing follows from it by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from db import audit, people, skipped, units
from db.engine import Db, Tx, transact
from db.periodic_reports import ground as periodic_ground
from db.periodic_reports import lines as periodic_lines
from db.periodic_reports import readers as periodic_readers
from db.periodic_reports import reports as periodic
from db.periodic_reports.ground import Ground
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report, ReportState
from db.sealed import Seal
from policy.book import Book
from policy.calendar import zone_named
from policy.mornings import OfficeClock
from policy.nonperformance import ANSWER_DAYS, CATCH_UP, Period, Rule, named, period_before
from scheduler import rows
from scheduler.reporting import moves as periodic_moves
from scheduler.reporting import words as periodic_words
from scheduler.rows import Errand
from scheduler.telling import tell

ITSELF = "periodic"  # who did it, in the audit


@dataclass(frozen=True, kw_only=True)
class Due:
    """A unit that owes a report, and since when it can be drafted."""

    unit_code: str
    period: Period
    rule: Rule
    since: datetime
    clock: OfficeClock


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Draft what is due and move on what waits; return how many reports were drafted or moved."""
    async with db.reading() as tx:
        codes = await periodic_ground.agencies(tx)
        due = [each for code in codes for each in await _due(tx, book, code, now)]
        waiting = await periodic.due(tx, now=now)
        untold = await periodic_lines.untold(tx)

    async def draft(some: Sequence[Due]) -> int:
        return sum([await _draft_or_skip(db, seal, each, now) for each in some])

    async def tell_later(some: Sequence[str]) -> int:
        for line_id in some:
            await transact(db, partial(_tell_later, seal=seal, book=book, line_id=line_id, now=now))
        return len(some)

    async def move(some: Sequence[str]) -> int:
        return sum([await periodic_moves.move(db, seal, book, report_id, now) for report_id in some])

    drafting = Errand[Due](job="periodic", key=lambda each: f"{each.unit_code}:{each.period.last}", do=draft)
    telling = Errand[str](job="periodic", key=lambda line_id: f"line:{line_id}", do=tell_later)
    moving = Errand[str](job="periodic", key=lambda report_id: f"report:{report_id}", do=move)
    drafted = await rows.apart(db, seal, drafting, due, now=now)
    await rows.apart(db, seal, telling, untold, now=now)
    return drafted + await rows.apart(db, seal, moving, waiting, now=now)


async def _due(tx: Tx, book: Book, agency: str, now: datetime) -> list[Due]:
    found: list[Due] = []
    for timezone in await periodic_ground.timezones(tx, agency=agency):
        agencys = await periodic_ground.office_clock(tx, book, unit_code=agency, now=now)
        clock = OfficeClock(agencys.calendar, zone_named(timezone))
        today = clock.local_day(now)
        rule = await periodic_ground.rule_of(tx, agency=agency, on=today, now=now)
        period = period_before(today, rule.within)
        since = clock.morning_of(clock.working_day_after(period.last))
        if now < since or not (clock.is_open(now) or now >= since + CATCH_UP):
            continue
        codes = await periodic_ground.units_without(
            tx, agency=agency, timezone=timezone, period=period, on=today, now=now
        )
        found += [Due(unit_code=code, period=period, rule=rule, since=since, clock=clock) for code in codes]
    return found


async def _draft_or_skip(db: Db, seal: Seal, due: Due, now: datetime) -> int:
    """1 if a report was drafted; 0 if it is too late for it, or another process got there first."""
    if now >= due.since + CATCH_UP:
        await transact(db, partial(_skip, due=due, now=now))
        return 0
    async with db.reading() as tx:
        who = await periodic_ground.people_of(
            tx, unit_code=due.unit_code, on=due.clock.local_day(now), now=now
        )
        ground = await periodic_ground.ground_of(tx, people=who, period=due.period, now=now)
    return await transact(db, partial(_draft, seal=seal, due=due, ground=ground, now=now))


async def _skip(tx: Tx, due: Due, now: datetime) -> None:
    await skipped.note(
        tx,
        what="periodic",
        subject=due.unit_code,
        once=periodic_ground.once_skipped(due.unit_code, due.period),
        due_at=due.since,
        because="too_late",
        now=now,
    )


async def _draft(tx: Tx, seal: Seal, due: Due, ground: Ground, now: datetime) -> int:
    elsewhere = await periodic_lines.named_for(tx, people=list(ground.missed), period=due.period)
    missed = {person: each for person, each in ground.missed.items() if person not in elsewhere}
    who = named(missed, due.rule)
    made_on = due.clock.local_day(now)
    last_answer = due.clock.working_day_after(made_on, count=ANSWER_DAYS)
    report = await periodic.draft(
        tx,
        seal,
        unit_code=due.unit_code,
        period=due.period,
        rule=due.rule,
        figures=ground.figures,
        state=ReportState.ANSWERING if who else ReportState.READY,
        answers_until=due.clock.end_of(last_answer if who else made_on),
        look_at=due.clock.morning_of(due.clock.working_day_after(last_answer)) if who else now,
        made_on=made_on,
        now=now,
    )
    if report is None:
        return 0
    for person_id, days in who.items():
        is_reached = await periodic_readers.is_reached(tx, person_id=person_id)
        await periodic_lines.add(
            tx, seal, report_id=report.id, person_id=person_id, days=days, told_at=now if is_reached else None
        )
    detail = {"report": report.number, "named": len(who)}
    await audit.note(
        tx, actor=ITSELF, action="periodic_drafted", subject=due.unit_code, detail=detail, now=now
    )
    if who:
        await _tell_named(tx, seal, report, due.clock, now)
    else:
        await periodic_moves.ask(tx, seal, report, due.clock, now=now)
    return 1


async def _tell_named(tx: Tx, seal: Seal, report: Report, clock: OfficeClock, now: datetime) -> None:
    lines = await periodic_lines.of(tx, seal, report_id=report.id)
    for line in lines:
        await _tell_one(tx, seal, report, line, lines, clock, now)


async def _tell_later(tx: Tx, seal: Seal, book: Book, line_id: str, now: datetime) -> None:
    """Somebody who is named has a chat by now, and may still answer."""
    line = await periodic_lines.by_id(tx, seal, line_id=line_id)
    report = await periodic.by_id(tx, seal, report_id=line.report_id, is_held=True) if line else None
    if line is None or report is None or line.told_at is not None:
        return
    if await periodic_readers.is_reached(tx, person_id=line.person_id):
        clock = await periodic_ground.office_clock(tx, book, unit_code=report.unit_code, now=now)
        lines = await periodic_lines.of(tx, seal, report_id=report.id)
        await periodic_lines.mark_told(tx, line_id=line.id, now=now)
        await _tell_one(tx, seal, report, line, lines, clock, now)


async def _tell_one(
    tx: Tx,
    seal: Seal,
    report: Report,
    line: Line,
    lines: Sequence[Line],
    clock: OfficeClock,
    now: datetime,
) -> None:
    unit = await units.by_code(tx, code=report.unit_code)
    person = await people.by_id(tx, person_id=line.person_id, now=now)
    everybody = [each.person_id for each in lines]
    head = await periodic_readers.to_ask(
        tx, unit_code=report.unit_code, on=clock.local_day(now), now=now, named=everybody
    )
    if person is None or unit is None:
        return
    named_to = periodic_words.to_named(report, unit, line, head=head.person.name if head else "", now=now)
    await tell(tx, seal, person, named_to, now=now)
    may_answer = periodic_words.to_answer(report, line, timezone=clock.zone.key, now=now)
    await tell(tx, seal, person, may_answer, now=now)
