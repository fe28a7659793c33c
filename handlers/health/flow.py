"""How is your health today? By the six questions of KMK 328/2020 or by fit/unfit, as the agency has chosen.

Nothing is guessed from a word: only numbers, taps and a plain "none of these" answer, and then a confirmation.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from db import health
from handlers import menu
from handlers.card import headline
from handlers.flow import Context, Flow
from handlers.health import service
from handlers.health.reading import numbers_in, says_none
from handlers.health.service import Outcome
from handlers.judging import today
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done, say
from policy.health import QUESTIONS

flow = Flow("health")

_CONFIRM = (
    Choice(value="send", label="send"),
    Choice(value="change", label="change"),
    Choice(value="cancel", label="cancel"),
)
_FIT = (Choice(value="fit", label="fit"), Choice(value="unfit", label="unfit"))
_GRACE = timedelta(days=1)  # a form that was opened before midnight may be sent after it
LAST = len(QUESTIONS) + 1  # the row below the questions: "none of these" or "done"


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    mode = await menu.health_mode(ctx)
    if mode == "off":
        return done(say("health/off"))
    day = date.fromisoformat(answer.args["day"]) if "day" in answer.args else today(ctx)
    if day != today(ctx):
        return done(say("health/only_today", day=day.isoformat()))
    before = await health.latest(ctx.db, ctx.seal, person_id=ctx.me.id, on=day)
    code = before.code if before else None
    if mode != "kmk328":
        return _ask_fitness(day, code=code)
    return _ask_questions(day, yes=[], code=code)


@flow.action("change")
async def change(ctx: Context, answer: Answer) -> Turn:
    return await start(ctx, answer)


@flow.step("questions", wants_text=True)
async def questions(ctx: Context, answer: Answer) -> Turn:
    ticked = [int(number) for number in ctx.draft["yes"]]
    if answer.value == "all_no" or says_none(answer.text):
        return _confirm(ctx, yes=[])
    if answer.value == "done":
        return _confirm(ctx, yes=ticked)
    given = [int(answer.value)] if answer.value else numbers_in(answer.text, most=LAST)
    if given == [LAST]:
        return _confirm(ctx, yes=ticked)
    if not given or LAST in given:
        return again("health/numbers_only", most=len(QUESTIONS))
    return _ask_questions(ctx.day, yes=given if answer.is_edit else _ticks(ticked, given))


@flow.step("fit")
async def fit(ctx: Context, answer: Answer) -> Turn:
    if answer.value not in ("fit", "unfit"):
        return again("common/pick")
    return _confirm(ctx, yes=[], fit=answer.value == "fit")


@flow.step("confirm")
async def confirm(ctx: Context, answer: Answer) -> Turn:
    draft = ctx.draft
    if await menu.health_mode(ctx) == "off":  # switched off since the form was opened
        return done(say("health/off"))
    if today(ctx) - ctx.day > _GRACE:
        return done(say("health/only_today", day=ctx.day.isoformat()))
    if answer.value == "change":
        return (
            _ask_fitness(ctx.day) if draft["fit"] is not None else _ask_questions(ctx.day, yes=draft["yes"])
        )
    if answer.value != "send":  # nothing but the word itself sends
        return again("common/pick")
    if draft["fit"] is not None:
        outcome = await service.submit_fitness(ctx, day=ctx.day, is_fit=draft["fit"])
    else:
        outcome = await service.submit_answers(ctx, day=ctx.day, yes=draft["yes"])
    receipt = _receipt(ctx.day.isoformat(), ctx.me.timezone, outcome)
    return done(*(await service.contradiction(ctx, outcome, day=ctx.day)), receipt)


def _ticks(ticked: Sequence[int], given: Sequence[int]) -> list[int]:
    """One number is a tap and turns its tick round; several are all meant as yes."""
    if len(given) == 1:
        return sorted(set(ticked) ^ set(given))
    return sorted(set(ticked) | set(given))


def _ask_questions(day: date, *, yes: Sequence[int], code: str | None = None) -> Turn:
    rows = tuple(
        Choice(
            value=str(question.number),
            label=f"q{question.number}" + ("_on" if question.number in yes else ""),
            hint=f"q{question.number}_hint",
        )
        for question in QUESTIONS
    )
    last = Choice(value="done", label="done") if yes else Choice(value="all_no", label="all_no")
    return ask(
        "health/questions",
        step="questions",
        choices=(*rows, last),
        draft={"day": day.isoformat(), "yes": list(yes), "fit": None},
        day=day.isoformat(),
        yes=list(yes),
        code=code,
    )


def _ask_fitness(day: date, *, code: str | None = None) -> Turn:
    return ask(
        "health/fit",
        step="fit",
        choices=_FIT,
        draft={"day": day.isoformat(), "yes": [], "fit": None},
        day=day.isoformat(),
        code=code,
    )


def _confirm(ctx: Context, *, yes: Sequence[int], fit: bool | None = None) -> Turn:
    day = ctx.day.isoformat()
    draft: dict[str, Any] = {"day": day, "yes": list(yes), "fit": fit}
    return ask(
        "health/confirm", step="confirm", choices=_CONFIRM, draft=draft, day=day, yes=list(yes), fit=fit
    )


def _receipt(day: str, timezone: str, outcome: Outcome) -> Say:
    saved, assessment = outcome.saved, outcome.assessment
    params: dict[str, Any] = {
        "day": day,
        "code": saved.code,
        "at": outcome.at.isoformat(),
        "timezone": timezone,
    }
    message = "health/already"
    if not saved.already:
        message = "health/saved"
        params |= {
            "replaced": saved.version > 1,
            "risk": assessment.risk and assessment.risk.value,
            "may_enter": assessment.may_enter_office,
            "verdict": headline(outcome.verdict) if outcome.verdict else None,
        }
    button = Choice(value="change", label="change", opens="health:change", args={"day": day})
    return Say(message=message, params=params, choices=(button,), look=Look.BUTTONS)
