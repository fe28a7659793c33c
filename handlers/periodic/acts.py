"""What is done with a periodic report, in the caller's transaction; each returns what others are told of it.

None means that somebody was faster, or that it is too late: nothing was changed.
"""

from dataclasses import replace

from db import audit
from db.periodic_reports import ground as periodic_ground
from db.periodic_reports import lines as periodic_lines
from db.periodic_reports import readers as periodic_readers
from db.periodic_reports import reports as periodic
from db.periodic_reports.content import Content, Remark, Signature
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report, ReportState
from handlers.flow import Context
from handlers.periodic import told
from handlers.periodic.service import Opened, Says, today_of, unit_of


async def answer(ctx: Context, line: Line, report: Report, text: str) -> Says | None:
    """Keep what somebody says to their own line, until the report is sent."""
    held = await periodic.by_id(ctx.db, ctx.seal, report_id=report.id, is_held=True)
    if held is None or held.is_sent or line.is_settled:
        return None
    await periodic_lines.answer(ctx.db, ctx.seal, line, text=text, now=ctx.now)
    await _note(ctx, "periodic_answered", report)
    return ()


async def leave_out(ctx: Context, opened: Opened, line: Line, reason: str) -> Says | None:
    """Do not name somebody to the PyB, for this reason; an empty one names them again."""
    if opened.report.is_sent:
        return None
    await periodic_lines.write(ctx.db, ctx.seal, replace(line, left_out=reason))
    action = "periodic_left_out" if reason else "periodic_named_again"
    await _note(ctx, action, opened.report, subject=line.person_id)
    return ()


async def note(ctx: Context, opened: Opened, text: str) -> Says | None:
    """Keep the head's recommendation in place of the one before."""
    if opened.report.is_sent:
        return None
    content = replace(opened.report.content, note=text)
    return () if await _moved(ctx, opened.report, content) else None


async def send(ctx: Context, opened: Opened) -> Says | None:
    """Send the report to the authorised official, as it was shown; nothing of it changes any more."""
    report, unit, right = opened.report, opened.unit, opened.right
    if report.state is not ReportState.READY or right is None:
        return None
    clock = await periodic_ground.office_clock(ctx.db, ctx.policy, unit_code=unit.code, now=ctx.now)
    receivers = await periodic_readers.receivers(
        ctx.db, unit_code=unit.code, on=clock.local_day(ctx.now), now=ctx.now
    )
    signed = Signature(name=ctx.me.name, nip=ctx.me.nip, capacity=right)
    sent = await periodic.move(
        ctx.db,
        ctx.seal,
        report,
        state=ReportState.SENT,
        content=replace(report.content, signature=signed),
        look_at=None if receivers else clock.next_morning(ctx.now),
        now=ctx.now,
        log=[("sent", ctx.me.id)],
    )
    if sent is None:
        return None
    await periodic.mark_sent(ctx.db, report, by=ctx.me.id, now=ctx.now)
    await _note(ctx, "periodic_sent", report)
    named = len(opened.named)
    says = [
        say
        for person in receivers
        for say in await told.arrived(ctx, report, unit, named=named, person_id=person.id)
    ]
    says += () if receivers else await told.no_receiver(ctx, report, unit)
    for line in opened.standing:
        says += await told.sent(ctx, report, unit, line)
    return tuple(says)


async def receive(ctx: Context, opened: Opened) -> Says | None:
    """Acknowledge a report; the head hears it, and those whom it names."""
    report, unit = opened.report, opened.unit
    if report.state is not ReportState.SENT:
        return None
    moved = await periodic.move(
        ctx.db,
        ctx.seal,
        report,
        state=ReportState.RECEIVED,
        look_at=None,
        now=ctx.now,
        log=[("received", ctx.me.id)],
    )
    if moved is None:
        return None
    await periodic.mark_received(ctx.db, report, by=ctx.me.id, now=ctx.now)
    await _note(ctx, "periodic_received", report)
    who = dict.fromkeys([*filter(None, [report.sent_by]), *(line.person_id for line in opened.named)])
    return tuple([say for each in who for say in await told.received(ctx, report, unit, person_id=each)])


async def remark(ctx: Context, opened: Opened, text: str) -> Says | None:
    """Ask the head about a report that was sent, or answer to that; the other side hears it."""
    report = opened.report
    if not report.is_sent:
        return None
    said = Remark(by=ctx.me.name, at=ctx.now, text=text, is_heads=opened.is_heads)
    content = replace(report.content, remarks=(*report.content.remarks, said))
    if not await _moved(ctx, report, content):
        return None
    await _note(ctx, "periodic_remarked", report)
    unit = await unit_of(ctx, report)
    return tuple(
        [
            say
            for each in await _other_side(ctx, opened)
            for say in await told.remarked(
                ctx, report, unit, person_id=each, text=text, is_heads=opened.is_heads
            )
        ]
    )


async def note_read(ctx: Context, opened: Opened) -> None:
    """Write down that an authorised official has read it."""
    await _note(ctx, "periodic_read", opened.report)


async def _other_side(ctx: Context, opened: Opened) -> list[str]:
    """The authorised officials; or who leads the unit by now, which need not be who sent it (V05)."""
    unit_code = opened.report.unit_code
    if opened.is_heads:
        return await told.receivers_of(ctx, unit_code)
    on = await today_of(ctx, unit_code)
    head = await periodic_readers.to_ask(
        ctx.db, unit_code=unit_code, on=on, now=ctx.now, named=[line.person_id for line in opened.lines]
    )
    return [head.person.id] if head else []


async def _moved(ctx: Context, report: Report, content: Content) -> bool:
    """Keep other content; the log tells apart one note from the next."""
    log = [("content", ctx.me.id)]
    moved = await periodic.move(
        ctx.db, ctx.seal, report, look_at=report.look_at, content=content, now=ctx.now, log=log
    )
    return moved is not None


async def _note(ctx: Context, action: str, report: Report, *, subject: str | None = None) -> None:
    detail = {"report": report.number}
    await audit.note(
        ctx.db,
        actor=ctx.me.id,
        action=action,
        subject=subject or report.unit_code,
        detail=detail,
        now=ctx.now,
    )
