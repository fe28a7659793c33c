"""Taking a health report: judge the answers by the mode, store them, say what became of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from db import health
from db.receipts import Saved
from db.roles import Role
from handlers import telling
from handlers.flow import Context
from handlers.judging import is_kept_out, judge
from handlers.update import Say
from policy.health import Assessment, HealthMode, assess, declare
from policy.model import Verdict


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a report became. `verdict` is set where the report changes the person's day."""

    saved: Saved
    at: datetime  # when it was reported; of the standing one, if the same was reported before
    assessment: Assessment
    verdict: Verdict | None
    contradicts: bool  # an earlier report of the same day said the opposite


async def submit_answers(ctx: Context, *, day: date, yes: Collection[int]) -> Outcome:
    """Store the numbers of the questions answered yes (KMK 328)."""
    return await _submit(ctx, day=day, yes=sorted(set(yes)), assessment=assess(yes))


async def submit_fitness(ctx: Context, *, day: date, is_fit: bool) -> Outcome:
    """Store whether the person declares themself fit."""
    return await _submit(ctx, day=day, yes=[], assessment=declare(is_fit=is_fit))


async def _submit(ctx: Context, *, day: date, yes: list[int], assessment: Assessment) -> Outcome:
    kept_out = await is_kept_out(ctx, day=day)
    before = await health.latest(ctx.db, ctx.seal, person_id=ctx.me.id, on=day)
    saved = await health.save(
        ctx.db,
        ctx.seal,
        person_id=ctx.me.id,
        on=day,
        answers={
            "mode": "kmk328" if assessment.mode is HealthMode.KMK328 else "fit",
            "yes": yes,
            "risk": assessment.risk and assessment.risk.value,
            "fit": assessment.may_enter_office,
        },
        channel=ctx.sender.channel,
        reported_at=ctx.sent_at,
        now=ctx.now,
    )
    changes = not saved.already and (kept_out or not assessment.may_enter_office)
    return Outcome(
        saved=saved,
        at=await _reported_at(ctx, saved, day=day),
        assessment=assessment,
        verdict=await judge(ctx, day=day) if changes else None,
        contradicts=before is not None and bool(before.answers["fit"]) is not assessment.may_enter_office,
    )


async def contradiction(ctx: Context, outcome: Outcome, *, day: date) -> tuple[Say, ...]:
    """Return what the agency's health officers hear when somebody reports the opposite of before (fault I13)."""
    if not outcome.contradicts:
        return ()
    params = {
        "name": ctx.me.name,
        "day": day.isoformat(),
        "code": outcome.saved.code,
        "may_enter": outcome.assessment.may_enter_office,
    }
    return await telling.holders(
        ctx,
        role=Role.HEALTH,
        message="health/contradiction",
        params=params,
        once=f"contradiction:{outcome.saved.id}",
        unit_code=ctx.me.agency_code,
    )


async def _reported_at(ctx: Context, saved: Saved, *, day: date) -> datetime:
    standing = await health.latest(ctx.db, ctx.seal, person_id=ctx.me.id, on=day) if saved.already else None
    return standing.reported_at if standing else ctx.sent_at
