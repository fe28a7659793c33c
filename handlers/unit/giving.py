"""Giving tasks: to whom, what, for which day. The person is told, and their plan of that day begins with it."""

from datetime import date, timedelta
from typing import Any

from db import tasks
from db.subordinates import Subordinate
from handlers import telling
from handlers.flow import Context
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.telling import Word
from handlers.text import folded
from handlers.understand import day_named
from handlers.unit import service
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done

MOST_CHARS = 300
_FURTHEST = timedelta(days=31)
_DAYS = (Choice(value="0", label="until_today"), Choice(value="1", label="until_tomorrow"))
_SURE = (Choice(value="send", label="send"), Choice(value="cancel", label="cancel"))


async def people(ctx: Context, _answer: Answer) -> Turn:
    """Ask whom the task is for."""
    return _ask_who(await service.people_under(ctx), page=0)


async def chosen(ctx: Context, answer: Answer) -> Turn:
    """Take one's own person, by tap, number or name, and ask for the task."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    under = await service.people_under(ctx)
    if answer.value == "more":
        return _ask_who(under, page=ctx.draft["_page"] + 1)
    found = _named(under, answer.value or answer.text)
    if found is None:
        return again("unit/who_unread")
    return ask("unit/task", step="task", draft={"_person": found.person_id}, name=found.name, most=MOST_CHARS)


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
    person = await _still_under(ctx, ctx.draft["_person"])
    if person is None:
        return _not_yours()
    draft = {**ctx.draft, "on": on.isoformat()}
    return ask(
        "unit/sure",
        step="sure",
        choices=_SURE,
        draft=draft,
        name=person.name,
        words=draft["words"],
        day=draft["on"],
    )


async def confirmed(ctx: Context, answer: Answer) -> Turn:
    """Give the task and tell the person."""
    if answer.value != "send":
        return again("common/pick")
    person = await _still_under(ctx, ctx.draft["_person"])
    if person is None:
        return _not_yours()
    on = date.fromisoformat(ctx.draft["on"])
    task_id = await tasks.give(
        ctx.db,
        person_id=person.person_id,
        given_by=ctx.me.id,
        on=on,
        activity=ctx.draft["words"],
        now=ctx.now,
    )
    told = await _tell(ctx, person.person_id, "unit/task_for_you", task_id, words=ctx.draft["words"], day=on)
    params = {"name": person.name, "words": ctx.draft["words"], "day": on.isoformat(), "is_told": bool(told)}
    back = Choice(value="take_back", label="take_task_back", opens="unit:take_back", args={"task": task_id})
    return done(*told, Say(message="unit/given", params=params, choices=(back,), look=Look.BUTTONS))


async def given(ctx: Context, _answer: Answer) -> Turn:
    """Show what became of the tasks of the last two weeks."""
    rows = [
        {"name": name, "words": task.activity, "day": task.on.isoformat(), "became": task.ended_as or "open"}
        for task, name in await service.given_tasks(ctx)
    ]
    return done(Say(message="unit/tasks", params={"rows": rows[:20], "more": max(0, len(rows) - 20)}))


async def taken_back(ctx: Context, answer: Answer) -> Turn:
    """Withdraw a task that is still open, and tell the person."""
    task = await tasks.of(ctx.db, task_id=str(answer.args.get("task", "")))
    if task is None or task.given_by != ctx.me.id:
        return done(Say(message="common/old_button"))
    was_open = await tasks.end(ctx.db, task_id=task.id, ended_as="withdrawn", now=ctx.now)
    told = (
        await _tell(ctx, task.person_id, "unit/task_off", task.id, words=task.activity, day=task.on)
        if was_open
        else ()
    )
    became = "withdrawn" if was_open else task.ended_as
    return done(*told, Say(message="unit/taken_back", params={"words": task.activity, "became": became}))


def _ask_who(under: list[Subordinate], *, page: int) -> Turn:
    if not under:
        return done(Say(message="unit/nobody"))
    shown = Page(page, len(under))
    rows = [
        {"number": number, "name": each.name}
        for number, each in enumerate(under[shown.first : shown.last], shown.first + 1)
    ]
    choices = shown.choices([each.name for each in under])
    return ask("unit/who", step="who", choices=choices, draft={"_page": page}, rows=rows, count=len(under))


def _named(under: list[Subordinate], text: str) -> Subordinate | None:
    """Return the only person with this number in the list, or with this in their name."""
    number = number_in(text, most=len(under))
    if number:
        return under[number - 1]
    found = [each for each in under if folded(text) and folded(text) in folded(each.name)]
    return found[0] if len(found) == 1 else None


async def _still_under(ctx: Context, person_id: str) -> Subordinate | None:
    return next((each for each in await service.people_under(ctx) if each.person_id == person_id), None)


def _not_yours() -> Turn:
    return Turn(says=(Say(message="unit/not_yours", look=Look.BUTTONS),), opens="unit:start")


async def _tell(
    ctx: Context, person_id: str, message: str, task_id: str, *, words: str, day: date
) -> tuple[Say, ...]:
    params: dict[str, Any] = {"by": ctx.me.name, "words": words, "day": day.isoformat()}
    return await telling.one(
        ctx, person_id, Word(message=message, params=params, once=f"{message}:{task_id}")
    )
