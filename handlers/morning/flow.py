"""The whole morning on one card: where I work today, my health, my plan. As yesterday, it is one tap and one yes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers import menu
from handlers.card import brief
from handlers.flow import Context, Flow
from handlers.health import service as health_service
from handlers.health.reading import numbers_in, says_none
from handlers.judging import judge, next_working_day, today
from handlers.morning import service
from handlers.morning.service import Sent, Standing
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done
from handlers.workday import service as workday_service
from policy.health import QUESTIONS
from policy.model import Arrangement

flow = Flow("morning")

_SEND = Choice(value="send", label="send")
_CHANGE_HEALTH = Choice(value="health", label="change_health")
_CHANGE_PLAN = Choice(value="plan", label="change_plan")
_CANCEL = Choice(value="cancel", label="cancel")
_GRACE = timedelta(days=1)  # a card that was opened before midnight may be sent after it
_LAST = len(QUESTIONS) + 1  # the row below the questions: "none of these" or "done"


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    """Show the card, or first ask for what cannot be taken over from the last working day."""
    day = today(ctx)
    verdict = await judge(ctx, day=day)
    if verdict is not None and verdict.arrangement is Arrangement.OFF:
        next_day = await next_working_day(ctx, after=day)
        return done(Say(message="morning/day_off", params={**brief(verdict), "next_day": _iso(next_day)}))
    owed = await service.standing(ctx, day=day)
    if owed.is_complete:
        return await _complete(ctx, day, owed)
    return await _go_on(ctx, await service.as_before(ctx, day=day), owed)


@flow.step("card")
async def card(ctx: Context, answer: Answer) -> Turn:
    """Send it all, or change a line of it."""
    draft, day = ctx.draft, ctx.day
    owed = await service.standing(ctx, day=day)
    if answer.value == "health" and owed.owes_health:
        return _ask_health(draft, owed)
    if answer.value == "plan" and owed.owes_plan:
        return _ask_plan(ctx, draft)
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
    if answer.value == "all_no" or says_none(answer.text):
        return await _answered(ctx, owed, yes=[])
    given = [int(answer.value)] if (answer.value or "").isdigit() else numbers_in(answer.text, most=_LAST)
    if answer.value == "done" or given == [_LAST]:
        return await _answered(ctx, owed, yes=ticked)
    if not given or _LAST in given:
        return again("health/numbers_only", most=len(QUESTIONS))
    chosen = (
        set(given) if answer.is_edit else set(ticked) ^ set(given) if len(given) == 1 else {*ticked, *given}
    )
    return _ask_questions({**ctx.draft, "yes": sorted(chosen)})


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
    refusal = workday_service.refusal(items)
    if refusal is not None:
        return again(refusal.message, **refusal.params)
    owed = await service.standing(ctx, day=ctx.day)
    draft = {**ctx.draft, "items": [item.to_json() for item in items], "plan_from": None}
    return await _go_on(ctx, draft, owed)


async def _answered(ctx: Context, owed: Standing, *, yes: Sequence[int], fit: bool | None = None) -> Turn:
    return await _go_on(ctx, {**ctx.draft, "yes": list(yes), "fit": fit, "health_from": None}, owed)


async def _go_on(ctx: Context, draft: Mapping[str, Any], owed: Standing) -> Turn:
    """Ask for the first thing that is missing; when nothing is, show the card."""
    if owed.owes_health and not _has_health(draft, owed):
        return _ask_health({**draft, "yes": None, "fit": None}, owed)
    if owed.owes_plan and not draft["items"]:
        return _ask_plan(ctx, draft)
    return await _ask_card(ctx, draft, owed)


def _is_whole(draft: Mapping[str, Any], owed: Standing) -> bool:
    return (not owed.owes_health or _has_health(draft, owed)) and (not owed.owes_plan or bool(draft["items"]))


def _has_health(draft: Mapping[str, Any], owed: Standing) -> bool:
    """Whether the draft answers what the agency asks now: it may have changed its form since."""
    return draft["yes"] is not None and (draft["fit"] is None) == (owed.health_mode == "kmk328")


async def _ask_card(ctx: Context, draft: Mapping[str, Any], owed: Standing) -> Turn:
    day = date.fromisoformat(draft["day"])
    verdict = await judge(ctx, day=day)
    changes = [_CHANGE_HEALTH] * owed.owes_health + [_CHANGE_PLAN] * owed.owes_plan
    return ask(
        "morning/card",
        step="card",
        choices=(_SEND, *changes, _CANCEL),
        draft=draft,
        day=draft["day"],
        timezone=ctx.me.timezone,
        verdict=brief(verdict) if verdict else None,
        health=_health_line(draft, owed),
        plan=_plan_line(draft, owed),
    )


def _health_line(draft: Mapping[str, Any], owed: Standing) -> dict[str, Any] | None:
    if owed.health_mode == "off":
        return None
    if not owed.owes_health:
        return {"code": owed.health_code, "yes": [], "fit": None, "like": None}
    return {"code": None, "yes": draft["yes"], "fit": draft["fit"], "like": draft["health_from"]}


def _plan_line(draft: Mapping[str, Any], owed: Standing) -> dict[str, Any]:
    if owed.plan is not None:
        return {"code": owed.plan.code, "items": _worded(owed.plan.items), "like": None}
    return {"code": None, "items": _worded(service.items_of(draft)), "like": draft["plan_from"]}


def _worded(items: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"activity": item.activity, "is_task": bool(item.task_id)} for item in items]


def _ask_health(draft: Mapping[str, Any], owed: Standing) -> Turn:
    if owed.health_mode == "kmk328":
        return _ask_questions(draft)
    fit = tuple(Choice(value=value, label=value) for value in ("fit", "unfit"))
    return ask("health/fit", step="fitness", choices=fit, draft=draft, day=draft["day"], code=None)


def _ask_questions(draft: Mapping[str, Any]) -> Turn:
    yes = draft["yes"] or []
    rows = tuple(
        Choice(
            value=str(q.number),
            label=f"q{q.number}" + ("_on" if q.number in yes else ""),
            hint=f"q{q.number}_hint",
        )
        for q in QUESTIONS
    )
    last = Choice(value="done", label="done") if yes else Choice(value="all_no", label="all_no")
    return ask(
        "health/questions",
        step="questions",
        choices=(*rows, last),
        draft=draft,
        day=draft["day"],
        yes=list(yes),
        code=None,
    )


def _ask_plan(ctx: Context, draft: Mapping[str, Any]) -> Turn:
    items = _worded(service.items_of(draft))
    most = workday_service.MOST_ITEMS
    return ask("morning/plan", step="plan", draft=draft, day=draft["day"], items=items, most=most)


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
        "count": sent.plan.count if sent.plan else 0,
        "risk": outcome and outcome.assessment.risk and outcome.assessment.risk.value,
        "may_enter": outcome.assessment.may_enter_office if outcome else True,
        "verdict": brief(verdict) if verdict else None,
        "ahead": brief(ahead) if ahead else None,
    }
    warned = await health_service.contradiction(ctx, outcome, day=day) if outcome else ()
    return done(*warned, await _at_home(ctx, Say(message="morning/sent", params=params)))


async def _complete(ctx: Context, day: date, owed: Standing) -> Turn:
    """Show what was sent this morning, and how to change it."""
    opens = {"args": {"day": day.isoformat()}}
    changes = [replace(_CHANGE_PLAN, opens="plan:change", **opens)]
    if owed.health_code is not None:
        changes.insert(0, replace(_CHANGE_HEALTH, opens="health:change", **opens))
    verdict = await judge(ctx, day=day)
    params = {
        "day": day.isoformat(),
        "timezone": ctx.me.timezone,
        "verdict": brief(verdict) if verdict else None,
        "health_code": owed.health_code,
        "plan": _plan_line({}, owed),
    }
    return done(Say(message="morning/complete", params=params, choices=tuple(changes), look=Look.BUTTONS))


async def _at_home(ctx: Context, told: Say) -> Say:
    """Put the choices of home below the receipt itself: one message instead of two."""
    home = await menu.home(ctx)
    return replace(told, choices=home.choices, look=home.look)


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()
