"""Who reads which periodic report in the chat, and how it stands: every right is looked at anew (V05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from db import units
from db.periodic_reports import lines as periodic_lines
from db.periodic_reports import readers as periodic_readers
from db.periodic_reports import reports as periodic
from db.periodic_reports import settling as periodic_settling
from db.periodic_reports.lines import Line
from db.periodic_reports.readers import Right
from db.periodic_reports.reports import Report
from db.rota import units as rota_units
from db.units import Unit
from handlers.flow import Context
from handlers.judging import today
from handlers.periodic import told
from handlers.update import Say
from policy.calendar import local_date

Says = tuple[Say, ...]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A report as somebody may read it now. `says`: what others hear because it was looked at."""

    report: Report
    unit: Unit
    lines: Sequence[Line]
    right: Right | None  # None: as the authorised official
    says: Says = ()

    @property
    def is_heads(self) -> bool:
        return self.right is not None

    @property
    def standing(self) -> list[Line]:
        """Whom the rule names by now; the head may leave some of them out."""
        return [line for line in self.lines if not line.is_settled]

    @property
    def named(self) -> list[Line]:
        """Whom the PyB reads of."""
        return [line for line in self.lines if line.is_named]

    @property
    def reasons(self) -> list[str]:
        """Why the others are left out, without their names: naming them would be naming them after all."""
        return [line.left_out for line in self.standing if line.left_out]

    @property
    def seen(self) -> str:
        """A name for what is shown: another answer, reason, day or note is another one."""
        shown = [(line.id, line.answer, line.left_out, line.days) for line in self.standing]
        return sha256(repr((shown, self.report.content.note)).encode()).hexdigest()[:16]


async def open_as_head(ctx: Context, report_id: str) -> Opened | None:
    """Return a report for who sends it; None for anybody else, whatever the reason (A10).

    While it is not sent, what was done late or excused since is taken off, and who it was about hears that.
    """
    report = await periodic.by_id(ctx.db, ctx.seal, report_id=report_id, is_held=True)
    if report is None:
        return None
    named = [line.person_id for line in await periodic_lines.of(ctx.db, ctx.seal, report_id=report.id)]
    on = await today_of(ctx, report.unit_code)
    right = await periodic_readers.right_of(
        ctx.db, person_id=ctx.me.id, unit_code=report.unit_code, on=on, now=ctx.now, named=named
    )
    if right is None:
        return None
    gone = [] if report.is_sent else await periodic_settling.settle(ctx.db, ctx.seal, report, now=ctx.now)
    unit = await unit_of(ctx, report)
    says = [say for line in gone for say in await told.settled(ctx, report, unit, line)]
    return await _opened(ctx, report, unit, right=right, says=tuple(says))


async def open_as_receiver(ctx: Context, report_id: str) -> Opened | None:
    """Return a report that was sent, for the authorised official of its unit; None for anybody else (A10)."""
    report = await periodic.by_id(ctx.db, ctx.seal, report_id=report_id, is_held=True)
    if report is None or not report.is_sent:
        return None
    theirs = await _received_units(ctx)
    if theirs is not None and report.unit_code not in theirs:
        return None
    return await _opened(ctx, report, await unit_of(ctx, report), right=None)


async def of_head(ctx: Context) -> list[tuple[Report, Unit]]:
    """Return the reports of the units that somebody leads, and those that they were asked for in a head's place."""
    led = await periodic_readers.units_led(ctx.db, person_id=ctx.me.id, on=today(ctx), now=ctx.now)
    asked = await periodic.asked_of(ctx.db, ctx.seal, person_id=ctx.me.id)
    found = {report.id: report for report in await periodic.of_units(ctx.db, ctx.seal, units=led)}
    for report in asked:
        if report.id not in found and await open_as_head(ctx, report.id) is not None:
            found[report.id] = report
    reports = sorted(found.values(), key=lambda each: (each.is_sent, -each.period.last.toordinal()))
    return [(each, await unit_of(ctx, each)) for each in reports]


async def of_receiver(ctx: Context) -> list[tuple[Report, Unit]]:
    """Return the reports that were sent to somebody as the authorised official, what waits for them first."""
    theirs = await _received_units(ctx)
    reports = [each for each in await periodic.of_units(ctx.db, ctx.seal, units=theirs) if each.is_sent]
    reports.sort(key=lambda each: (each.received_at is not None, -each.period.last.toordinal()))
    return [(each, await unit_of(ctx, each)) for each in reports]


async def own_line(ctx: Context, line_id: str) -> tuple[Line, Report] | None:
    """Return somebody's own line; of another's nobody learns that it is there. Without a key: the last that is open."""
    lines = await periodic_lines.of_person(ctx.db, ctx.seal, person_id=ctx.me.id)
    for line in lines:
        report = await periodic.by_id(ctx.db, ctx.seal, report_id=line.report_id)
        if report is not None and (line.id == line_id or (not line_id and _is_open(line, report))):
            return line, report
    return None


def _is_open(line: Line, report: Report) -> bool:
    return not report.is_sent and not line.is_settled


async def unit_of(ctx: Context, report: Report) -> Unit:
    """Return the unit of a report."""
    unit = await units.by_code(ctx.db, code=report.unit_code)
    assert unit is not None, "a report refers to its unit"
    return unit


async def today_of(ctx: Context, unit_code: str) -> date:
    """Return the date where the unit is."""
    return local_date(ctx.now, await rota_units.zone_of(ctx.db, unit_code=unit_code))


async def _received_units(ctx: Context) -> frozenset[str] | None:
    return await periodic_readers.received_units(ctx.db, person_id=ctx.me.id, on=today(ctx), now=ctx.now)


async def _opened(
    ctx: Context, report: Report, unit: Unit, *, right: Right | None, says: Says = ()
) -> Opened:
    lines = await periodic_lines.of(ctx.db, ctx.seal, report_id=report.id)
    return Opened(report=report, unit=unit, lines=lines, right=right, says=says)
