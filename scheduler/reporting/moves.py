"""A periodic report whose moment has come: the answers end, the head is asked or reminded, the PyB is found."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from db import leading, people, roles, units
from db.engine import Db, Tx, transact
from db.periodic_reports import ground as periodic_ground
from db.periodic_reports import lines as periodic_lines
from db.periodic_reports import readers as periodic_readers
from db.periodic_reports import reports as periodic
from db.periodic_reports import settling as periodic_settling
from db.periodic_reports.content import Figures
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report, ReportState
from db.roles import Role
from db.sealed import Seal
from db.units import Unit
from policy.book import Book
from policy.mornings import OfficeClock
from policy.nonperformance import SEND_DAYS
from scheduler.reporting import words
from scheduler.telling import Word, tell

ASKED, TOLD_ABOVE = "asked", "told_above"  # in the log
_A_WEEK = 5  # working days


async def move(db: Db, seal: Seal, book: Book, report_id: str, now: datetime) -> int:
    """Move one report on, in office hours; 1 if it was, 0 if it waits on or another process was faster."""
    async with db.reading() as tx:
        report = await periodic.by_id(tx, seal, report_id=report_id)
        if report is None:
            return 0
        clock = await periodic_ground.office_clock(tx, book, unit_code=report.unit_code, now=now)
        figures = await _figures(tx, report, clock, now)
    if not clock.is_open(now):
        await transact(db, partial(_wait, seal=seal, report_id=report_id, clock=clock, now=now))
        return 0
    return await transact(
        db, partial(_move, seal=seal, report_id=report_id, clock=clock, figures=figures, now=now)
    )


async def ask(tx: Tx, seal: Seal, report: Report, clock: OfficeClock, *, now: datetime) -> None:
    """Ask who is to send a report that is ready, once more if need be; and look again on a working morning."""
    unit = await _unit(tx, report)
    lines = await periodic_lines.of(tx, seal, report_id=report.id)
    on = clock.local_day(now)
    found = await periodic_readers.to_ask(
        tx, unit_code=report.unit_code, on=on, now=now, named=[line.person_id for line in lines]
    )
    if found is None:
        await _tell_admins(tx, seal, words.to_admins(report, unit, missing="head", now=now), unit, on, now)
    else:
        standing = [line for line in lines if not line.is_settled]
        answered = sum(bool(line.answer) for line in standing)
        word = words.to_head(report, unit, named=len(standing), answered=answered, to=found, now=now)
        await tell(tx, seal, found.person, word, now=now)
    is_pressing = report.count_of(ASKED) >= SEND_DAYS
    if is_pressing and not report.count_of(TOLD_ABOVE):
        await _tell_above(tx, seal, report, unit, lines, clock, now)
    log = [(ASKED, found.person.id if found else ""), *([(TOLD_ABOVE, "")] if is_pressing else [])]
    again = clock.morning_of(clock.working_day_after(on, count=_A_WEEK)) if is_pressing else None
    await periodic.move(tx, seal, report, look_at=again or clock.next_morning(now), now=now, log=log)


async def _figures(tx: Tx, report: Report, clock: OfficeClock, now: datetime) -> Figures:
    """The figures as they stand when the answers end; before and after that they stay as they were."""
    if report.state is not ReportState.ANSWERING:
        return report.content.figures
    who = await periodic_ground.people_of(tx, unit_code=report.unit_code, on=clock.local_day(now), now=now)
    return (await periodic_ground.ground_of(tx, people=who, period=report.period, now=now)).figures


async def _wait(tx: Tx, seal: Seal, report_id: str, clock: OfficeClock, now: datetime) -> None:
    report = await _due(tx, seal, report_id, now)
    if report is not None:
        await periodic.move(tx, seal, report, look_at=clock.next_morning(now), now=now)


async def _move(
    tx: Tx, seal: Seal, report_id: str, clock: OfficeClock, figures: Figures, now: datetime
) -> int:
    report = await _due(tx, seal, report_id, now)
    if report is None:
        return 0
    if report.state is ReportState.ANSWERING:
        await _end_answers(tx, seal, report, clock, figures, now)
    elif report.state is ReportState.READY:
        await ask(tx, seal, report, clock, now=now)
    else:
        await _hand_on(tx, seal, report, clock, now)
    return 1


async def _due(tx: Tx, seal: Seal, report_id: str, now: datetime) -> Report | None:
    """The report, held, if it still waits to be looked at."""
    report = await periodic.by_id(tx, seal, report_id=report_id, is_held=True)
    return report if report and report.look_at and report.look_at <= now else None


async def _end_answers(
    tx: Tx, seal: Seal, report: Report, clock: OfficeClock, figures: Figures, now: datetime
) -> None:
    unit = await _unit(tx, report)
    for line in await periodic_settling.settle(tx, seal, report, now=now):
        person = await people.by_id(tx, person_id=line.person_id, now=now)
        if person is not None:
            await tell(tx, seal, person, words.to_settled(report, unit, line, now=now), now=now)
    await periodic_settling.note_no_chance(tx, seal, report, days=_window(report, clock), now=now)
    ready = await periodic.move(
        tx,
        seal,
        report,
        state=ReportState.READY,
        content=replace(report.content, figures=figures),
        look_at=report.look_at,
        now=now,
    )
    if ready is not None:
        await ask(tx, seal, ready, clock, now=now)


def _window(report: Report, clock: OfficeClock) -> list[date]:
    """The working days on which those who are named could answer."""
    days = [clock.local_day(report.made_at)]
    while clock.end_of(days[-1]) < report.answers_until:
        days.append(clock.working_day_after(days[-1]))
    return days


async def _hand_on(tx: Tx, seal: Seal, report: Report, clock: OfficeClock, now: datetime) -> None:
    """A report that was sent when no authorised official could be reached: look for one again."""
    unit, on = await _unit(tx, report), clock.local_day(now)
    receivers = await periodic_readers.receivers(tx, unit_code=report.unit_code, on=on, now=now)
    lines = await periodic_lines.of(tx, seal, report_id=report.id)
    count = sum(line.is_named for line in lines)
    for person in receivers:
        await tell(tx, seal, person, words.to_receiver(report, unit, named=count, now=now), now=now)
    look_at = None if receivers else clock.next_morning(now)
    await periodic.move(tx, seal, report, look_at=look_at, now=now)


async def _tell_above(
    tx: Tx, seal: Seal, report: Report, unit: Unit, lines: list[Line], clock: OfficeClock, now: datetime
) -> None:
    """The level above a unit; above an agency its authorised officials; where there is none, the admins."""
    on = clock.local_day(now)
    count, since = sum(not line.is_settled for line in lines), clock.local_day(_asked_at(report, now))
    asked = {detail for what, _, detail in report.log if what == ASKED}
    named = {line.person_id for line in lines}
    higher = await leading.above(tx, unit_code=unit.code, on=on, now=now, but=asked | named)
    if higher is not None:
        word = words.to_above(report, unit, named=count, since=since, role_needed="head", now=now)
        await tell(tx, seal, higher.person, word, now=now)
        return
    receivers = await periodic_readers.receivers(tx, unit_code=unit.code, on=on, now=now)
    word = words.to_above(report, unit, named=count, since=since, role_needed=Role.PYB.value, now=now)
    for person in receivers:
        await tell(tx, seal, person, word, now=now)
    if not receivers:
        word = words.to_above(report, unit, named=count, since=since, role_needed=Role.ADMIN.value, now=now)
        await _tell_admins(tx, seal, word, unit, on, now)


def _asked_at(report: Report, now: datetime) -> datetime:
    return next((at for what, at, _ in report.log if what == ASKED), now)


async def _tell_admins(tx: Tx, seal: Seal, word: Word, unit: Unit, on: date, now: datetime) -> None:
    for person_id in await roles.holders(tx, role=Role.ADMIN, on=on, as_known_at=now, unit_code=unit.code):
        person = await people.by_id(tx, person_id=person_id, now=now)
        if person is not None:
            await tell(tx, seal, person, word, now=now)


async def _unit(tx: Tx, report: Report) -> Unit:
    unit = await units.by_code(tx, code=report.unit_code)
    assert unit is not None, "a report refers to its unit"
    return unit
