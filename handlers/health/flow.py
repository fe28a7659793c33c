"""How is your health today? By the six questions of KMK 328/2020 or by fit/unfit, as the agency has chosen.

Nothing is guessed from a word: only numbers, taps and a plain "none of these" answer, and then a confirmation.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from db import health
from handlers import menu
from handlers.flow import Context, Flow
from handlers.health import asking, receipts, service, undoing
from handlers.health.asking import FIT, LAST
from handlers.health.reading import numbers_in
from handlers.health.undoing import Refusal
from handlers.judging import today
from handlers.timeliness import timely
from handlers.update import Answer, Choice, Turn, again, ask, done, say
from policy.deadlines import Owed
from policy.health import QUESTIONS

flow = Flow("health")

_CONFIRM = (
    Choice(value="send", label="send"),
    Choice(value="change", label="change"),
    Choice(value="cancel", label="cancel"),
)
_SAME = Choice(value="same_before", label="same_before", hint="same_before_hint")
_GRACE = timedelta(days=1)  # a form that was opened before midnight may be sent after it


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
    return await _ask_first(ctx, day, code=code)


@flow.action("change")
async def change(ctx: Context, answer: Answer) -> Turn:
    return await start(ctx, answer)


@flow.step("questions", wants_text=True)
async def questions(ctx: Context, answer: Answer) -> Turn:
    ticked = [int(number) for number in ctx.draft["yes"]]
    if _means_as_before(answer, ticked=ticked):
        return await _confirm_as_before(ctx)
    ended = asking.ended(answer, ticked=ticked)
    if ended is not None:
        return _confirm(ctx, yes=ended)
    chosen = asking.ticks(answer, ticked=ticked)
    if chosen is None:
        return again("health/numbers_only", most=len(QUESTIONS))
    return _ask_questions(ctx.day, yes=chosen)


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
        if draft["fit"] is not None:
            return _ask_fitness(ctx.day)
        return _ask_questions(ctx.day, yes=draft["yes"]) if draft["yes"] else await _ask_first(ctx, ctx.day)
    if answer.value != "send":  # nothing but the word itself sends
        return again("common/pick")
    if draft["fit"] is not None:
        outcome = await service.submit_fitness(ctx, day=ctx.day, is_fit=draft["fit"])
    else:
        outcome = await service.submit_answers(ctx, day=ctx.day, yes=draft["yes"])
    in_time = await timely(ctx, kind=Owed.HEALTH, day=ctx.day, at=ctx.sent_at)
    said = receipts.receipt(ctx.day, ctx.me.timezone, outcome, timely=in_time)
    return done(*(await service.told(ctx, outcome, day=ctx.day)), said)


@flow.action("undo")
async def undo(ctx: Context, answer: Answer) -> Turn:
    report = await health.by_id(
        ctx.db, ctx.seal, person_id=ctx.me.id, report_id=str(answer.args.get("report", ""))
    )
    if report is None:
        return Turn(opens="menu:start")
    outcome = await undoing.undo(ctx, report)
    if isinstance(outcome, Refusal):
        return done(receipts.not_undone(outcome, report, today=today(ctx)))
    return done(*outcome.told, receipts.undone(outcome, at=ctx.sent_at, timezone=ctx.me.timezone))


async def _ask_first(ctx: Context, day: date, *, code: str | None = None) -> Turn:
    """Ask with nothing ticked yet; then the answers of before may be given again."""
    before = await service.as_before(ctx, day=day)
    return _ask_questions(day, yes=[], code=code, same_as=before.on if before else None)


def _means_as_before(answer: Answer, *, ticked: Sequence[int]) -> bool:
    """Its row is the one below the last, while nothing is ticked."""
    is_its_number = answer.value is None and numbers_in(answer.text, most=LAST + 1) == [LAST + 1]
    return answer.value == "same_before" or (is_its_number and not ticked)


async def _confirm_as_before(ctx: Context) -> Turn:
    before = await service.as_before(ctx, day=ctx.day)
    if before is None:  # it was never offered, or is not any more
        return again("health/numbers_only", most=len(QUESTIONS))
    return _confirm(ctx, yes=before.yes, same_as=before.on)


def _ask_questions(
    day: date, *, yes: Sequence[int], code: str | None = None, same_as: date | None = None
) -> Turn:
    return ask(
        "health/questions",
        step="questions",
        choices=(*asking.rows(ticked=yes), *((_SAME,) if same_as else ())),
        draft={"day": day.isoformat(), "yes": list(yes), "fit": None},
        day=day.isoformat(),
        yes=list(yes),
        code=code,
        same_as=same_as and same_as.isoformat(),
    )


def _ask_fitness(day: date, *, code: str | None = None) -> Turn:
    return ask(
        "health/fit",
        step="fit",
        choices=FIT,
        draft={"day": day.isoformat(), "yes": [], "fit": None},
        day=day.isoformat(),
        code=code,
    )


def _confirm(
    ctx: Context, *, yes: Sequence[int], fit: bool | None = None, same_as: date | None = None
) -> Turn:
    shown: dict[str, Any] = {"day": ctx.day.isoformat(), "yes": list(yes), "fit": fit}
    return ask(
        "health/confirm",
        step="confirm",
        choices=_CONFIRM,
        draft=shown,
        **shown,
        same_as=same_as and same_as.isoformat(),
    )
