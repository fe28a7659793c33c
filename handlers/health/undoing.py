"""Undo: within ten minutes a report can be taken back by whoever made it, without asking anybody. It stays kept."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from db import audit, health
from db.health import HealthReport
from handlers import gating
from handlers.flow import Context
from handlers.health import follow_up
from handlers.health.service import tell_contradiction
from handlers.judging import is_kept_out, judge
from handlers.update import Say
from policy.model import Verdict

UNDO = timedelta(minutes=10)


class Refusal(StrEnum):
    """Why a report cannot be taken back."""

    ALREADY = "already"
    REPLACED = "replaced"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What became of it: `standing` is the version that counts again; `case_code` of the case that ended with it."""

    report: HealthReport
    standing: HealthReport | None
    case_code: str | None
    verdict: Verdict | None  # where it changed the person's day
    told: tuple[Say, ...]


async def undo(ctx: Context, report: HealthReport) -> Undone | Refusal:
    """Withdraw the person's report, and end the case that this very report opened."""
    refusal = await _refusal(ctx, report)
    if refusal is not None:
        return refusal
    was_kept_out = await is_kept_out(ctx, day=report.on)
    if not await health.withdraw(ctx.db, report_id=report.id, now=ctx.now):
        return Refusal.ALREADY
    await audit.note(
        ctx.db, actor=ctx.me.id, action="report_withdrawn", detail={"code": report.code}, now=ctx.now
    )
    await gating.moved(ctx, ctx.me.id, first=report.on)
    standing = await _latest(ctx, report)
    ended = await follow_up.after_withdrawal(ctx, report.id)
    told = ended[1] if ended else await _contradiction(ctx, report, standing)
    return Undone(
        report=report,
        standing=standing,
        case_code=ended[0].code if ended else None,
        verdict=await judge(ctx, day=report.on) if was_kept_out else None,
        told=told,
    )


async def _refusal(ctx: Context, report: HealthReport) -> Refusal | None:
    if report.is_withdrawn:
        return Refusal.ALREADY
    standing = await _latest(ctx, report)
    if standing is None or standing.id != report.id:
        return Refusal.REPLACED
    return Refusal.LATE if ctx.sent_at - report.reported_at > UNDO else None


async def _latest(ctx: Context, report: HealthReport) -> HealthReport | None:
    return await health.latest(ctx.db, ctx.seal, person_id=ctx.me.id, on=report.on)


async def _contradiction(
    ctx: Context, report: HealthReport, standing: HealthReport | None
) -> tuple[Say, ...]:
    """The health officers heard the opposite of what stands again (fault I13)."""
    if standing is None:
        return ()
    may_enter = standing.assessment.may_enter_office
    if may_enter is report.assessment.may_enter_office:
        return ()
    return await tell_contradiction(
        ctx, code=standing.code, day=standing.on, may_enter=may_enter, once=f"undone:{report.id}"
    )
