"""Taking a health report: judge the answers by the mode, store them, say what became of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import cases, health
from db.receipts import Saved
from db.roles import Role
from handlers import gating, menu, telling
from handlers.flow import Context
from handlers.health import follow_up
from handlers.health.follow_up import Followed
from handlers.judging import is_kept_out, judge
from handlers.update import Say
from policy.health import Assessment, HealthMode, assess, declare
from policy.model import Verdict

_LOOKS_BACK = timedelta(days=14)  # what the six questions ask about: older answers say nothing of today


@dataclass(frozen=True, kw_only=True)
class Before:
    """The answers of an earlier report that may be given again, once questions 5 and 6 are restated."""

    yes: tuple[int, ...]
    fit: bool | None  # set in mode fit/unfit only
    on: date


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a report became. `verdict` is set where the report changes the person's day."""

    saved: Saved
    at: datetime  # when it was reported; of the standing one, if the same was reported before
    assessment: Assessment
    verdict: Verdict | None
    contradicts: bool  # an earlier report of the same day said the opposite
    followed: Followed | None  # the health case that is open now


async def as_before(ctx: Context, *, day: date) -> Before | None:
    """Return what "as before" would report for that day, or None where it must be answered anew.

    It must be after a report that keeps one out of the office, with an open case, after more than 14 days, when
    the agency has changed the mode since, or when nothing was reported before.
    """
    person = ctx.me.id
    last = await health.latest_before(ctx.db, ctx.seal, person_id=person, on=day)
    if last is None or day - last.on > _LOOKS_BACK or last.answers["mode"] != await _stored_mode(ctx):
        return None
    standing = await health.latest(ctx.db, ctx.seal, person_id=person, on=day)
    if not all(each.assessment.may_enter_office for each in (last, standing) if each):
        return None
    if await cases.of_person(ctx.db, person_id=person) is not None:
        return None
    is_kmk = last.answers["mode"] == HealthMode.KMK328
    return Before(yes=tuple(last.answers["yes"]), fit=None if is_kmk else True, on=last.on)


async def _stored_mode(ctx: Context) -> str:
    """The agency's mode as reports keep it: kmk328 or fit."""
    mode = await menu.health_mode(ctx)
    return mode if mode in ("kmk328", "off") else "fit"


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
        anew=await follow_up.needs_a_case(ctx, assessment),
    )
    may_enter = assessment.may_enter_office
    contradicts = before is not None and before.assessment.may_enter_office is not may_enter
    followed = await follow_up.after_report(ctx, saved, assessment, day=day, contradicts=contradicts)
    moves_gate = not saved.already and (kept_out or not may_enter)
    if moves_gate:
        await gating.moved(ctx, ctx.me.id, first=day)
    return Outcome(
        saved=saved,
        at=await _reported_at(ctx, saved, day=day),
        assessment=assessment,
        verdict=await judge(ctx, day=day) if moves_gate else None,
        contradicts=contradicts,
        followed=followed,
    )


async def told(ctx: Context, outcome: Outcome, *, day: date) -> tuple[Say, ...]:
    """Return what the health officers hear: of a case that was opened, or of a contradiction (fault I13)."""
    followed = outcome.followed
    if followed is not None and followed.is_new:
        return followed.told
    if not outcome.contradicts:
        return ()
    return await tell_contradiction(
        ctx,
        code=outcome.saved.code,
        day=day,
        may_enter=outcome.assessment.may_enter_office,
        once=f"contradiction:{outcome.saved.id}",
    )


async def tell_contradiction(
    ctx: Context, *, code: str, day: date, may_enter: bool, once: str
) -> tuple[Say, ...]:
    """Return what the health officers hear when what counts is the opposite of before (fault I13)."""
    case = await cases.of_person(ctx.db, person_id=ctx.me.id)
    params = {
        "name": ctx.me.name,
        "day": day.isoformat(),
        "code": code,
        "may_enter": may_enter,
        "case": case and case.code,
    }
    return await telling.holders(
        ctx,
        role=Role.HEALTH,
        message="health/contradiction",
        params=params,
        once=once,
        unit_code=ctx.me.unit_code,
        choices=(follow_up.button(case),) if case else (),
    )


async def _reported_at(ctx: Context, saved: Saved, *, day: date) -> datetime:
    standing = await health.latest(ctx.db, ctx.seal, person_id=ctx.me.id, on=day) if saved.already else None
    return standing.reported_at if standing else ctx.sent_at
