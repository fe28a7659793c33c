"""A question to the office: who is told of it, who may read it, what becomes of it."""

from collections.abc import Sequence
from typing import Any

from db import audit, roles, threads
from db.roles import Role
from db.threads import Message, Thread
from handlers import telling
from handlers.flow import Context
from handlers.telling import Word
from handlers.update import Choice, Say
from policy.calendar import local_date, zone_named

MOST_CHARS = 1000
MOST_SHOWN = 4  # messages of a thread, the newest: four of the longest still fit into one message


async def ask(ctx: Context, words: str) -> Thread:
    """Store a new question."""
    thread = await threads.begin(
        ctx.db, ctx.seal, person_id=ctx.me.id, unit_code=ctx.me.unit_code, words=words, now=ctx.now
    )
    await _note(ctx, "question_asked", thread)
    return thread


async def add(ctx: Context, thread: Thread, words: str) -> bool:
    """Write on in a thread, as who asked or as who answers. False if it was closed before."""
    is_kept = await threads.add(ctx.db, ctx.seal, thread=thread, by=ctx.me.id, words=words, now=ctx.now)
    if is_kept:
        action = "question_added" if thread.person_id == ctx.me.id else "question_answered"
        await _note(ctx, action, thread)
    return is_kept


async def close(ctx: Context, thread: Thread) -> bool:
    """Close a thread. False if it was closed before."""
    is_closed = await threads.close(ctx.db, thread_id=thread.id, now=ctx.now)
    if is_closed:
        await _note(ctx, "question_closed", thread)
    return is_closed


async def own(ctx: Context, thread_id: str) -> Thread | None:
    """Return a thread if the person began it."""
    thread = await threads.by_id(ctx.db, thread_id=thread_id)
    return thread if thread and thread.person_id == ctx.me.id else None


async def of_office(ctx: Context, thread_id: str) -> Thread | None:
    """Return a thread if the person is an admin, now, where who asked works."""
    thread = await threads.by_id(ctx.db, thread_id=thread_id)
    units = await admin_units(ctx)
    return thread if thread and (units is None or thread.unit_code in units) else None


async def admin_units(ctx: Context) -> frozenset[str] | None:
    """Return the units whose questions the person may read now; None for all."""
    on = local_date(ctx.now, zone_named(ctx.me.timezone))
    return await roles.units_of(ctx.db, person_id=ctx.me.id, role=Role.ADMIN, on=on, as_known_at=ctx.now)


async def shown(ctx: Context, thread: Thread) -> dict[str, Any]:
    """Return what a message shows of a thread: the last of what was written, and who wrote it."""
    written: Sequence[Message] = await threads.messages(ctx.db, ctx.seal, thread_id=thread.id)
    return {
        "code": thread.code,
        "asker": thread.name,
        "lines": [_line(ctx, thread, each) for each in written[-MOST_SHOWN:]],
        "earlier": max(0, len(written) - MOST_SHOWN),
        "is_open": thread.is_open,
        "timezone": ctx.me.timezone,
    }


async def tell_admins(ctx: Context, thread: Thread, words: str, *, is_new: bool) -> tuple[Say, ...]:
    """Return the alert to the admins: once for a question, and once more when a follow-up makes it wait again."""
    if not is_new and thread.answered_at is None:
        return ()  # it waits already, and they know
    says = await telling.holders(
        ctx,
        role=Role.ADMIN,
        message="question/came",
        params={
            "code": thread.code,
            "name": ctx.me.name,
            "unit": ctx.me.unit_name,
            "words": words,
            "is_new": is_new,
        },
        choices=(Choice(value="open", label="open_question", opens="inbox:thread", args={"id": thread.id}),),
        once=f"question:{thread.id}:{thread.answered_at or 'new'}",
        unit_code=thread.unit_code,
    )
    return tuple(say for say in says if say.to_person != ctx.me.id)


async def tell_asker(ctx: Context, thread: Thread, words: str, *, key: str) -> tuple[Say, ...]:
    """Return the answer as an alert to who asked, with the ways to go on."""
    args = {"id": thread.id}
    choices = (
        Choice(value="reply", label="reply", opens="question:reply", args=args),
        Choice(value="clear", label="clear_now", opens="question:clear", args=args),
    )
    params = {"code": thread.code, "by": ctx.me.name, "words": words}
    word = Word(message="question/answered", params=params, choices=choices, once=f"answer:{thread.id}:{key}")
    return await telling.one(ctx, thread.person_id, word)


async def tell_closed(ctx: Context, thread: Thread) -> tuple[Say, ...]:
    """Return what who asked hears when the office closes their question."""
    again = Choice(value="question", label="question", opens="question:start")
    word = Word(
        message="question/closed_by_office",
        params={"code": thread.code, "by": ctx.me.name},
        choices=(again,),
        once=f"closed:{thread.id}",
    )
    return await telling.one(ctx, thread.person_id, word)


def _line(ctx: Context, thread: Thread, message: Message) -> dict[str, Any]:
    return {
        "name": message.name,
        "is_own": message.by_id == ctx.me.id,
        "is_answer": message.by_id != thread.person_id,
        "at": message.at.isoformat(),
        "words": message.words,
    }


async def _note(ctx: Context, action: str, thread: Thread) -> None:
    detail = {"thread": thread.code}
    await audit.note(
        ctx.db, actor=ctx.me.id, action=action, subject=thread.person_id, detail=detail, now=ctx.now
    )
