"""What others hear of a periodic report because somebody did something: each once, and each only what is theirs."""

from db import roles
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report
from db.periodic_reports.said import ARRIVED, SETTLED, about, once_arrived, once_settled
from db.roles import Role
from db.units import Unit
from handlers import telling
from handlers.flow import Context
from handlers.judging import today
from handlers.telling import Word
from handlers.update import Choice, Say

Says = tuple[Say, ...]


async def settled(ctx: Context, report: Report, unit: Unit, line: Line) -> Says:
    """Somebody's days were done late or excused since: they are not named any more."""
    word = Word(message=SETTLED, params=about(report, unit), once=once_settled(line))
    return await telling.one(ctx, line.person_id, word)


async def arrived(ctx: Context, report: Report, unit: Unit, *, named: int, person_id: str) -> Says:
    """An authorised official hears that a report is there."""
    word = Word(
        message=ARRIVED,
        params={**about(report, unit), "named": named},
        once=once_arrived(report),
        choices=(_opens(report, "periodic_received:open"),),
    )
    return await telling.one(ctx, person_id, word, role_needed=Role.PYB.value)


async def no_receiver(ctx: Context, report: Report, unit: Unit) -> Says:
    """The admins hear that nobody receives a report that was sent."""
    return await telling.holders(
        ctx,
        role=Role.ADMIN,
        message="periodic/nobody",
        params={**about(report, unit), "missing": "pyb"},
        once=f"periodic_nobody:{report.id}:pyb",
        unit_code=unit.code,
    )


async def sent(ctx: Context, report: Report, unit: Unit, line: Line) -> Says:
    """Somebody hears that the report went to the PyB, and whether it names them."""
    params = {**about(report, unit), "is_named": line.is_named, "has_answer": bool(line.answer)}
    word = Word(message="periodic/sent_named", params=params, once=f"periodic_sent:{line.id}")
    return await telling.one(ctx, line.person_id, word)


async def received(ctx: Context, report: Report, unit: Unit, *, person_id: str) -> Says:
    """The head, and who is named, hear that it was received."""
    word = Word(
        message="periodic/received_told", params=about(report, unit), once=f"periodic_received:{report.id}"
    )
    return await telling.one(ctx, person_id, word)


async def remarked(
    ctx: Context, report: Report, unit: Unit, *, person_id: str, text: str, is_heads: bool
) -> Says:
    """The other side hears what was asked or answered, and can go on from there."""
    opens = "periodic_received:open" if is_heads else "periodic:open"
    word = Word(
        message="periodic/remarked",
        params={**about(report, unit), "by": ctx.me.name, "text": text},
        once=f"periodic_remark:{report.id}:{len(report.content.remarks)}",
        choices=(_opens(report, opens),),
    )
    return await telling.one(ctx, person_id, word, role_needed=Role.PYB.value if is_heads else None)


async def receivers_of(ctx: Context, unit_code: str) -> list[str]:
    """Return who are authorised officials of a unit now."""
    return await roles.holders(ctx.db, role=Role.PYB, on=today(ctx), as_known_at=ctx.now, unit_code=unit_code)


def _opens(report: Report, target: str) -> Choice:
    return Choice(value="open", label="board_report", opens=target, args={"report": report.id})
