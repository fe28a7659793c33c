"""The office's side: the questions that wait, one opened, answered, closed. For admins, where they are admins now."""

from db import threads
from handlers.flow import Context, Flow
from handlers.question import service
from handlers.question.flow import CONFIRM
from handlers.question.service import MOST_CHARS
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done, say

flow = Flow("inbox", roles=("admin",), is_of_a_day=False)

A_PAGE = 8


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """List the questions that wait, the oldest first, a page at a time."""
    page = int(answer.args.get("page", 0))
    units = await service.admin_units(ctx)
    found = await threads.waiting(ctx.db, units=units, skip=page * A_PAGE, most=A_PAGE + 1)
    if not found:
        return done(say("question/inbox_empty"))
    lines = [
        {"code": each.code, "name": each.name, "opened_at": each.opened_at.isoformat()}
        for each in found[:A_PAGE]
    ]
    choices = tuple(
        Choice(value=each.id, words=each.code, opens="inbox:thread", args={"id": each.id})
        for each in found[:A_PAGE]
    )
    if len(found) > A_PAGE:
        following = Choice(value="next", label="next_page", opens="inbox:start", args={"page": page + 1})
        choices = (*choices, following)
    params = {"lines": lines, "timezone": ctx.me.timezone}
    return done(Say(message="question/inbox", params=params, choices=choices, look=Look.KEYBOARD))


@flow.action("thread")
async def thread(ctx: Context, answer: Answer) -> Turn:
    """Show a question with the ways to answer or close it."""
    found = await service.of_office(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("question/none"))
    args = {"id": found.id}
    choices = (
        Choice(value="answer", label="answer", opens="inbox:answer", args=args),
        Choice(value="close", label="close_question", opens="inbox:close", args=args),
        Choice(value="inbox", label="inbox", opens="inbox:start"),
    )
    params = await service.shown(ctx, found)
    offered = choices if found.is_open else choices[-1:]
    return done(Say(message="question/thread", params=params, choices=offered, look=Look.KEYBOARD))


@flow.action("answer")
async def answer_it(ctx: Context, answer: Answer) -> Turn:
    """Ask for the answer."""
    found = await service.of_office(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("question/none"))
    if not found.is_open:
        return done(say("question/closed_already", code=found.code))
    draft = {"thread": found.id, "words": ""}
    return ask(
        "question/answer", step="words", draft=draft, code=found.code, asker=found.name, most=MOST_CHARS
    )


@flow.step("words", wants_text=True)
async def words(ctx: Context, answer: Answer) -> Turn:
    """Read the answer and show it back."""
    if len(answer.text) > MOST_CHARS:
        return again("question/too_long", chars=len(answer.text), most=MOST_CHARS)
    draft = {**ctx.draft, "words": answer.text}
    return ask("question/confirm", step="confirm", choices=CONFIRM, draft=draft, words=answer.text)


@flow.step("confirm")
async def confirm(ctx: Context, answer: Answer) -> Turn:
    """Send or change; the right to answer is looked at once more."""
    if answer.value == "change":
        return await answer_it(ctx, Answer(args={"id": ctx.draft["thread"]}))
    if answer.value != "send":  # nothing but the word itself sends
        return again("common/pick")
    given = ctx.draft["words"]
    found = await service.of_office(ctx, ctx.draft["thread"])
    if found is None or "admin" not in ctx.me.roles:
        return done(say("question/none"))
    if not await service.add(ctx, found, given):
        return done(say("question/closed_already", code=found.code))
    told = await service.tell_asker(ctx, found, given, key=f"{ctx.me.id}:{ctx.now.isoformat()}")
    at, timezone = ctx.sent_at.isoformat(), ctx.me.timezone
    receipt = say(
        "question/answer_sent",
        code=found.code,
        asker=found.name,
        at=at,
        timezone=timezone,
        is_told=bool(told),
    )
    return done(*told, receipt)


@flow.action("close")
async def close(ctx: Context, answer: Answer) -> Turn:
    """Close a question; who asked is told."""
    found = await service.of_office(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("question/none"))
    if not await service.close(ctx, found):
        return done(say("question/closed_already", code=found.code))
    return done(*await service.tell_closed(ctx, found), say("question/closed", code=found.code))
