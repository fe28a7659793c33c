"""Asking the office: a question in one's own words, the thread of its answers, and saying that it is clear."""

from db import threads
from handlers.flow import Context, Flow
from handlers.question import service
from handlers.question.service import MOST_CHARS
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done, say

flow = Flow("question", is_of_a_day=False)

MOST_LISTED = 8
CONFIRM = (
    Choice(value="send", label="send"),
    Choice(value="change", label="change"),
    Choice(value="cancel", label="cancel"),
)


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    """Ask for the question, and offer the threads there are."""
    return await _ask(ctx, thread_id="")


@flow.action("thread")
async def thread(ctx: Context, answer: Answer) -> Turn:
    """Show one of the person's own threads."""
    found = await service.own(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("question/none"))
    args = {"id": found.id}
    choices = (
        Choice(value="reply", label="reply", opens="question:reply", args=args),
        Choice(value="clear", label="clear_now", opens="question:clear", args=args),
    )
    params = await service.shown(ctx, found)
    return done(
        Say(
            message="question/thread",
            params=params,
            choices=choices if found.is_open else (),
            look=Look.KEYBOARD if found.is_open else Look.BUTTONS,
        )
    )


@flow.action("reply")
async def reply(ctx: Context, answer: Answer) -> Turn:
    """Ask what is to be added to a thread."""
    found = await service.own(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("question/none"))
    if not found.is_open:
        return done(say("question/closed_already", code=found.code))
    return await _ask(ctx, thread_id=found.id, code=found.code)


@flow.action("clear")
async def clear(ctx: Context, answer: Answer) -> Turn:
    """Close a thread: its answer was clear."""
    found = await service.own(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("question/none"))
    if not await service.close(ctx, found):
        return done(say("question/closed_already", code=found.code))
    return done(say("question/cleared", code=found.code))


@flow.step("words", wants_text=True)
async def words(ctx: Context, answer: Answer) -> Turn:
    """Read the words and show them back."""
    if len(answer.text) > MOST_CHARS:
        return again("question/too_long", chars=len(answer.text), most=MOST_CHARS)
    draft = {**ctx.draft, "words": answer.text}
    return ask("question/confirm", step="confirm", choices=CONFIRM, draft=draft, words=answer.text)


@flow.step("confirm")
async def confirm(ctx: Context, answer: Answer) -> Turn:
    """Send or change."""
    if answer.value == "change":
        return await _ask(ctx, thread_id=ctx.draft["thread"])
    if answer.value != "send":  # nothing but the word itself sends
        return again("common/pick")
    return await _send(ctx)


async def _send(ctx: Context) -> Turn:
    given = ctx.draft["words"]
    if not ctx.draft["thread"]:
        asked = await service.ask(ctx, given)
        told = await service.tell_admins(ctx, asked, given, is_new=True)
        return done(*told, _receipt(ctx, asked.code, is_told=bool(told), is_new=True))
    found = await service.own(ctx, ctx.draft["thread"])
    if found is None or not await service.add(ctx, found, given):
        return done(say("question/closed_already", code=found.code if found else ""))
    told = await service.tell_admins(ctx, found, given, is_new=False)
    return done(*told, _receipt(ctx, found.code, is_told=True, is_new=False))


async def _ask(ctx: Context, *, thread_id: str, code: str = "") -> Turn:
    own = [] if thread_id else await threads.of(ctx.db, person_id=ctx.me.id, most=MOST_LISTED)
    choices = tuple(
        Choice(value=each.id, words=each.code, opens="question:thread", args={"id": each.id}) for each in own
    )
    lines = [
        {"code": each.code, "is_answered": each.answered_at is not None, "is_open": each.is_open}
        for each in own
    ]
    draft = {"thread": thread_id, "words": ""}
    return ask(
        "question/ask",
        step="words",
        choices=choices,
        draft=draft,
        code=code or None,
        lines=lines,
        most=MOST_CHARS,
    )


def _receipt(ctx: Context, code: str, *, is_told: bool, is_new: bool) -> Say:
    at, timezone = ctx.sent_at.isoformat(), ctx.me.timezone
    return say("question/sent", code=code, at=at, timezone=timezone, is_told=is_told, is_new=is_new)
