"""Giving tasks: to whom (one, several, all), what, for which day. Each is told, and their plan of that day has it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from db import tasks
from db.subordinates import Subordinate
from db.tasks import Task
from handlers import telling
from handlers.flow import Context
from handlers.judging import today
from handlers.paging import says_menu
from handlers.picking import ask_who, several_named
from handlers.telling import Word
from handlers.understand import day_named
from handlers.unit import service
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done

MOST_CHARS = 300
_FURTHEST = timedelta(days=31)
_DAYS = (Choice(value="0", label="until_today"), Choice(value="1", label="until_tomorrow"))
_SURE = (Choice(value="send", label="send"), Choice(value="cancel", label="cancel"))


async def people(ctx: Context, answer: Answer) -> Turn:
    """Ask whom the task is for, unless a button named them."""
    under = await service.people_under(ctx)
    named = [each for each in under if each.person_id == answer.args.get("person")]
    return _ask_task(named) if named else ask_who(under, what="task", page=0, with_all=True)


async def chosen(ctx: Context, answer: Answer) -> Turn:
    """Take one's own people, by tap, numbers or name, and ask for the task."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    under = await service.people_under(ctx)
    if answer.value == "more":
        return ask_who(under, what="task", page=ctx.draft["_page"] + 1, with_all=True)
    found = several_named(under, answer.value or answer.text)
    return _ask_task(found) if found else again("unit/who_unread")


def _ask_task(found: Sequence[Subordinate]) -> Turn:
    draft = {"_people": [each.person_id for each in found]}
    return ask("unit/task", step="task", draft=draft, names=_names(found), count=len(found), most=MOST_CHARS)


async def worded(ctx: Context, answer: Answer) -> Turn:
    """Take the words of the task, and ask for its day."""
    words = " ".join(answer.text.split())
    if len(words) > MOST_CHARS:
        return again("common/too_long", chars=len(words), most=MOST_CHARS)
    return ask("unit/when", step="when", choices=_DAYS, draft={**ctx.draft, "words": words}, words=words)


async def dated(ctx: Context, answer: Answer) -> Turn:
    """Take the day, and show the whole before it is sent."""
    first = today(ctx)
    on = first + timedelta(days=int(answer.value)) if answer.value else day_named(answer.text, today=first)
    if on is None or not first <= on <= first + _FURTHEST:
        return again("unit/due_unread")
    found = await _still_under(ctx)
    if not found:
        return _not_yours()
    draft = {**ctx.draft, "on": on.isoformat()}
    params = {"names": _names(found), "count": len(found), "words": draft["words"], "day": draft["on"]}
    return ask("unit/sure", step="sure", choices=_SURE, draft=draft, **params)


async def confirmed(ctx: Context, answer: Answer) -> Turn:
    """Give the task to each of those who are still under the superior, and tell them."""
    if answer.value != "send":
        return again("common/pick")
    found = await _still_under(ctx)
    if not found:
        return _not_yours()
    on, words = date.fromisoformat(ctx.draft["on"]), ctx.draft["words"]
    given = [await _give(ctx, each, on=on) for each in found]
    told = [
        await _tell(ctx, each.person_id, "unit/task_for_you", key, words=words, day=on)
        for each, key in zip(found, given, strict=True)
    ]
    without = [each for each, says in zip(found, told, strict=True) if not says]
    params = {
        "names": _names(found),
        "count": len(found),
        "words": words,
        "day": on.isoformat(),
        "without": _names(without),
        "untold": len(without),
    }
    back = Choice(value="take_back", label="take_task_back", opens="unit:take_back", args={"tasks": given})
    said = Say(message="unit/given", params=params, choices=(back,), look=Look.BUTTONS)
    return done(*[say for says in told for say in says], said)


async def _give(ctx: Context, person: Subordinate, *, on: date) -> str:
    return await tasks.give(
        ctx.db,
        person_id=person.person_id,
        given_by=ctx.me.id,
        on=on,
        activity=ctx.draft["words"],
        now=ctx.now,
    )


async def given(ctx: Context, _answer: Answer) -> Turn:
    """Show what became of the tasks of the last two weeks."""
    rows = [
        {"name": name, "words": task.activity, "day": task.on.isoformat(), "became": task.ended_as or "open"}
        for task, name in await service.given_tasks(ctx)
    ]
    return done(Say(message="unit/tasks", params={"rows": rows[:20], "more": max(0, len(rows) - 20)}))


async def taken_back(ctx: Context, answer: Answer) -> Turn:
    """Withdraw what is still open of a task, and tell those who had it."""
    keys = answer.args.get("tasks") or [answer.args.get("task", "")]
    found = [task for key in keys if (task := await _own(ctx, str(key))) is not None]
    if not found:
        return done(Say(message="common/old_button"))
    withdrawn = [
        task for task in found if await tasks.end(ctx.db, task_id=task.id, ended_as="withdrawn", now=ctx.now)
    ]
    told = [
        say
        for task in withdrawn
        for say in await _tell(
            ctx, task.person_id, "unit/task_off", task.id, words=task.activity, day=task.on
        )
    ]
    params = {"words": found[0].activity, "withdrawn": len(withdrawn), "ended": len(found) - len(withdrawn)}
    return done(*told, Say(message="unit/taken_back", params=params))


async def _own(ctx: Context, key: str) -> Task | None:
    task = await tasks.of(ctx.db, task_id=key)
    return task if task is not None and task.given_by == ctx.me.id else None


def _names(found: Sequence[Subordinate]) -> list[str]:
    """Return the first few names; the count says how many there are."""
    return [each.name for each in found[:5]]


async def _still_under(ctx: Context) -> list[Subordinate]:
    wanted = set(ctx.draft["_people"])
    return [each for each in await service.people_under(ctx) if each.person_id in wanted]


def _not_yours() -> Turn:
    return Turn(says=(Say(message="unit/not_yours", look=Look.BUTTONS),), opens="unit:start")


async def _tell(
    ctx: Context, person_id: str, message: str, task_id: str, *, words: str, day: date
) -> tuple[Say, ...]:
    params: dict[str, Any] = {"by": ctx.me.name, "words": words, "day": day.isoformat()}
    return await telling.one(
        ctx, person_id, Word(message=message, params=params, once=f"{message}:{task_id}")
    )
