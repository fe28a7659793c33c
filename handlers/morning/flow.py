"""The whole morning on one card: where I work today, my health, my plan. As yesterday, it is one tap and one yes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from db.items import item_out
from handlers import menu
from handlers.flow import Context, Flow
from handlers.health import asking, receipts
from handlers.health import service as health_service
from handlers.health.undoing import UNDO
from handlers.judging import judge, next_working_day, today
from handlers.morning import service
from handlers.morning.asking import (
    ask_health,
    ask_plan,
    ask_questions,
    beyond_limits,
    health_line,
    plan_line,
)
from handlers.morning.service import Sent, Standing
from handlers.timeliness import timely
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done
from handlers.workday import service as workday_service
from policy.card import brief
from policy.deadlines import Owed
from policy.health import QUESTIONS
from policy.model import Arrangement, Verdict

flow = Flow("morning")

_SEND = Choice(value="send", label="send")
_CHANGE_HEALTH = Choice(value="health", label="change_health")
_CHANGE_PLAN = Choice(value="plan", label="change_plan")
_CANCEL = Choice(value="cancel", label="cancel")
_GRACE = timedelta(days=1)  # a card that was opened before midnight may be sent after it


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    """Show the card, or first ask for what cannot be taken over from the last working day."""
    day = today(ctx)
    verdict = await judge(ctx, day=day)
    if verdict is not None and verdict.arrangement is Arrangement.OFF:
        next_day = await next_working_day(ctx, after=day)
        params = {"verdict": brief(verdict), "next_day": next_day and next_day.isoformat()}
        return done(Say(message="morning/day_off", params=params))
    owed = await service.standing(ctx, day=day)
    if owed.is_complete:
        return await _complete(ctx, day, owed)
    return await _go_on(ctx, await service.as_before(ctx, day=day), owed, verdict=verdict)


@flow.step("card")
async def card(ctx: Context, answer: Answer) -> Turn:
    """Send it all, or change a line of it."""
    draft, day = ctx.draft, ctx.day
    owed = await service.standing(ctx, day=day)
    if answer.value == "health" and owed.owes_health:
        return ask_health(draft, owed)
    if answer.value == "plan" and owed.owes_plan:
        return ask_plan(draft)
    if answer.value != "send":  # nothing but the word itself sends
        return again("common/pick")
    if today(ctx) - day > _GRACE or not workday_service.is_open(ctx, day=day):
        return Turn(
            says=(Say(message="common/day_passed", params={"day": day.isoformat()}),), opens="morning:start"
        )
    if not _is_whole(draft, owed):  # something was switched on or withdrawn since the card was shown
        return await _go_on(ctx, draft, owed)
    return await _receipt(ctx, day, await service.send(ctx, day=day, draft=draft, owed=owed))


@flow.step("questions", wants_text=True)
async def questions(ctx: Context, answer: Answer) -> Turn:
    """Take ticks until they are done; the card then says them back."""
    owed = await service.standing(ctx, day=ctx.day)
    ticked = [int(number) for number in ctx.draft["yes"] or ()]
    ended = asking.ended(answer, ticked=ticked)
    if ended is not None:
        return await _answered(ctx, owed, yes=ended)
    chosen = asking.ticks(answer, ticked=ticked)
    if chosen is None:
        return again("health/numbers_only", most=len(QUESTIONS))
    return ask_questions({**ctx.draft, "yes": chosen})


@flow.step("fitness")
async def fitness(ctx: Context, answer: Answer) -> Turn:
    """Take fit or unfit."""
    if answer.value not in ("fit", "unfit"):
        return again("common/pick")
    owed = await service.standing(ctx, day=ctx.day)
    return await _answered(ctx, owed, yes=[], fit=answer.value == "fit")


@flow.step("plan", wants_text=True)
async def plan(ctx: Context, answer: Answer) -> Turn:
    """Take the plan's lines; they replace what stood there."""
    items = workday_service.items_in(answer.text)
    beyond = workday_service.too_much(items)
    if beyond is not None:
        return again("workday/too_much", **beyond_limits(beyond))
    if not items:
        return again("workday/empty")
    owed = await service.standing(ctx, day=ctx.day)
    draft = {**ctx.draft, "items": [item_out(item) for item in items], "plan_from": None}
    return await _go_on(ctx, draft, owed)


async def _answered(ctx: Context, owed: Standing, *, yes: Sequence[int], fit: bool | None = None) -> Turn:
    return await _go_on(
        ctx, {**ctx.draft, "yes": list(yes), "fit": fit, "health_from": None, "is_begun": True}, owed
    )


async def _go_on(
    ctx: Context, draft: Mapping[str, Any], owed: Standing, *, verdict: Verdict | None = None
) -> Turn:
    """Ask for the first thing that is missing; when nothing is, show the card. `verdict`: if it was told just now."""
    if owed.owes_health and not _has_health(draft, owed):
        return ask_health({**draft, "yes": None, "fit": None}, owed)
    if owed.owes_plan and not draft["items"]:
        return ask_plan(draft)
    day = date.fromisoformat(draft["day"])
    return _ask_card(ctx, draft, owed, verdict=verdict or await judge(ctx, day=day))


def _is_whole(draft: Mapping[str, Any], owed: Standing) -> bool:
    return (not owed.owes_health or _has_health(draft, owed)) and (not owed.owes_plan or bool(draft["items"]))


def _has_health(draft: Mapping[str, Any], owed: Standing) -> bool:
    """Whether the draft answers what the agency asks now: it may have changed its form since."""
    return draft["yes"] is not None and (draft["fit"] is None) == (owed.health_mode == "kmk328")


def _ask_card(ctx: Context, draft: Mapping[str, Any], owed: Standing, *, verdict: Verdict | None) -> Turn:
    changes = [_CHANGE_HEALTH] * owed.owes_health + [_CHANGE_PLAN] * owed.owes_plan
    return ask(
        "morning/card",
        step="card",
        choices=(_SEND, *changes, _CANCEL),
        draft=draft,
        day=draft["day"],
        timezone=ctx.me.timezone,
        verdict=brief(verdict) if verdict else None,
        health=health_line(draft, owed),
        plan=plan_line(draft, owed),
    )


async def _receipt(ctx: Context, day: date, sent: Sent) -> Turn:
    """Say what was stored, where one works now, and the next working day unasked; home is below it."""
    outcome = sent.health
    verdict = await judge(ctx, day=day)
    next_day = await next_working_day(ctx, after=day)
    ahead = await judge(ctx, day=next_day) if next_day else None
    params = {
        "day": day.isoformat(),
        "at": ctx.sent_at.isoformat(),
        "timezone": ctx.me.timezone,
        "health_code": outcome and outcome.saved.code,
        "plan_code": sent.plan and sent.plan.saved.code,
        "count": sent.count,
        "risk": outcome and outcome.assessment.risk and outcome.assessment.risk.value,
        "may_enter": outcome.assessment.may_enter_office if outcome else True,
        "case": receipts.case_of(outcome.followed) if outcome else None,
        "verdict": brief(verdict) if verdict else None,
        "ahead": brief(ahead) if ahead else None,
        "undo_minutes": UNDO // timedelta(minutes=1) if outcome else 0,
        "late": await _late(ctx, day),
    }
    told = await health_service.told(ctx, outcome, day=day) if outcome else ()
    return done(*told, await _at_home(ctx, Say(message="morning/sent", params=params)))


async def _late(ctx: Context, day: date) -> list[Mapping[str, Any]]:
    """What of it came after its deadline, or would have without what outages gave back."""
    found = [await timely(ctx, kind=kind, day=day, at=ctx.sent_at) for kind in (Owed.HEALTH, Owed.PLAN)]
    return [each for each in found if each and (each["minutes"] or each["is_extended"])]


async def _complete(ctx: Context, day: date, owed: Standing) -> Turn:
    """Show what was sent this morning, and how to change it."""
    args = {"day": day.isoformat()}
    changes = [replace(_CHANGE_PLAN, opens="plan:change", args=args)]
    if owed.health_code is not None:
        changes.insert(0, replace(_CHANGE_HEALTH, opens="health:change", args=args))
    if owed.health_undo:
        changes.append(
            Choice(value="undo", label="undo", opens="health:undo", args={"report": owed.health_undo})
        )
    verdict = await judge(ctx, day=day)
    params = {
        "day": day.isoformat(),
        "timezone": ctx.me.timezone,
        "verdict": brief(verdict) if verdict else None,
        "health_code": owed.health_code,
        "plan": plan_line({}, owed),
    }
    return done(Say(message="morning/complete", params=params, choices=tuple(changes), look=Look.BUTTONS))


async def _at_home(ctx: Context, told: Say) -> Say:
    """Put the choices of home below the receipt itself: one message instead of two."""
    home = await menu.home(ctx)
    return replace(told, choices=home.choices, look=home.look)
