"""Excusing: whom, one or several, and why; they owe it no more, and hear the reason."""

import re

from db.alerting.people import Missing
from handlers.alerts import service, showing
from handlers.alerts.service import Found
from handlers.flow import Context
from handlers.paging import Page, number_in, says_menu
from handlers.text import folded
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done

MOST_CHARS = 200
_EVERYBODY = Choice(value="everybody", label="everybody")
_REASONS = tuple(Choice(value=each, label=f"excuse_{each}") for each in ("signal", "duty", "told", "leave"))


async def who(ctx: Context, answer: Answer) -> Turn:
    """Ask whom; where only one is missing, ask why at once."""
    this = await _found(ctx, str(answer.args.get("alert", "")))
    if isinstance(this, Turn):
        return this
    if len(this.others) == 1:
        return _ask_why(this, this.others)
    return _ask_whom(this, page=0)


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Take one or several, by tap, number or name, or everybody."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    this = await _found(ctx, ctx.draft["_alert"])
    if isinstance(this, Turn):
        return this
    if answer.value == "more":
        return _ask_whom(this, page=ctx.draft["_page"] + 1)
    shown = [each for key in ctx.draft["_people"] for each in this.others if each.person_id == key]
    people = shown if answer.value == "everybody" else _named(ctx, this, answer.value or answer.text)
    return _ask_why(this, people) if people else again("alerts/who_unread")


async def reasoned(ctx: Context, answer: Answer) -> Turn:
    """Take the reason, and excuse who still owes it."""
    this = await _found(ctx, ctx.draft["_alert"])
    if isinstance(this, Turn):
        return this
    words = "" if answer.value else " ".join(answer.text.split())
    if len(words) > MOST_CHARS:
        return again("common/too_long", chars=len(words), most=MOST_CHARS)
    people = [each for each in this.others if each.person_id in ctx.draft["_people"]]
    reason = answer.value or "own"
    excused = await service.excuse(ctx, this, people, reason=reason, words=words)
    told = [
        say
        for each in excused
        for say in await showing.tell_excused(ctx, this, each, reason=reason, words=words)
    ]
    params = {
        "names": [each.name for each in excused],
        "reason": reason,
        "words": words,
        "left": len(this.shown.missing) - len(excused),
    }
    look = showing.button("alert_look", "open", this.alert.id)
    return done(
        *told,
        Say(message="alerts/you_excused", params=params, choices=(look, showing.MENU), look=Look.KEYBOARD),
    )


async def _found(ctx: Context, alert_id: str) -> Found | Turn:
    """Return the alert; or what is said where it is not theirs, or nobody is left to excuse."""
    this = await service.found(ctx, alert_id)
    if this is None or not (this.is_of_reports and this.reader.sees_names):
        return done(await showing.not_yours(ctx))
    return this if this.others else done(await showing.as_it_is(ctx, this))


def _ask_whom(this: Found, *, page: int) -> Turn:
    people = this.others
    shown = Page(page, len(people))
    rows = [
        {"number": number, "name": each.name}
        for number, each in enumerate(people[shown.first : shown.last], shown.first + 1)
    ]
    return ask(
        "alerts/whom",
        step="whom",
        choices=(*shown.choices([each.name for each in people]), _EVERYBODY),
        draft={"_alert": this.alert.id, "_page": page, "_people": [each.person_id for each in people]},
        rows=rows,
        count=len(people),
    )


def _ask_why(this: Found, people: list[Missing]) -> Turn:
    return ask(
        "alerts/why",
        step="why",
        choices=_REASONS,
        draft={"_alert": this.alert.id, "_people": [each.person_id for each in people]},
        names=[each.name for each in people],
        most=MOST_CHARS,
    )


def _named(ctx: Context, this: Found, text: str) -> list[Missing]:
    """Return who is meant by "2", "1 3", "1 dan 3" or part of a name: by the list as it was shown."""
    offered: list[str] = ctx.draft["_people"]
    still = {each.person_id: each for each in this.others}
    numbers = [number_in(each, most=len(offered)) for each in re.findall(r"\d+", text)]
    if numbers and all(numbers):
        return [still[key] for key in dict.fromkeys(offered[n - 1] for n in numbers) if key in still]
    found = [each for each in still.values() if folded(text) and folded(text) in folded(each.name)]
    return found if len(found) == 1 else []
