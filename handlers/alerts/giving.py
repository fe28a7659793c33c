"""Giving one alert to somebody under the head: they are told, and may act on this alert and on no other."""

from db import rights
from db.subordinates import Subordinate
from handlers import telling
from handlers.alerts import service, showing
from handlers.alerts.service import Found
from handlers.flow import Context
from handlers.paging import Page, number_in, says_menu
from handlers.telling import Word
from handlers.text import folded
from handlers.update import Answer, Look, Say, Turn, again, ask, done


async def who(ctx: Context, answer: Answer) -> Turn:
    """Ask to whom."""
    this = await _found(ctx, str(answer.args.get("alert", "")))
    return this if isinstance(this, Turn) else await _ask_who(ctx, this, page=0)


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Give it to whom was picked, by tap, number or name, and tell them."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    this = await _found(ctx, ctx.draft["_alert"])
    if isinstance(this, Turn):
        return this
    if answer.value == "more":
        return await _ask_who(ctx, this, page=ctx.draft["_page"] + 1)
    to = _named(ctx, await service.may_take_it(ctx, this), answer.value or answer.text)
    if to is None:
        return again("alerts/who_unread")
    told = await _tell(ctx, this, to) if await service.give(ctx, this, to) else ()
    params = {"name": to.name, "is_told": bool(told), "is_open": this.alert.state == "open"}
    look = showing.button("alert_look", "open", this.alert.id)
    return done(
        *told, Say(message="alerts/given", params=params, choices=(look, showing.MENU), look=Look.KEYBOARD)
    )


async def _found(ctx: Context, alert_id: str) -> Found | Turn:
    this = await service.found(ctx, alert_id)
    if this is None or not this.may_give:
        return done(await showing.not_yours(ctx))
    return this if this.shown.missing else done(await showing.settled(ctx, this))


async def _ask_who(ctx: Context, this: Found, *, page: int) -> Turn:
    people = await service.may_take_it(ctx, this)
    if not people:
        return done(Say(message="unit/nobody", look=Look.BUTTONS))
    shown = Page(page, len(people))
    rows = [
        {"number": number, "name": each.name}
        for number, each in enumerate(people[shown.first : shown.last], shown.first + 1)
    ]
    return ask(
        "alerts/to_whom",
        step="to",
        choices=shown.choices([each.name for each in people]),
        draft={"_alert": this.alert.id, "_page": page, "_people": [each.person_id for each in people]},
        rows=rows,
        count=len(people),
    )


def _named(ctx: Context, people: list[Subordinate], text: str) -> Subordinate | None:
    """Return the only person with this number in the list as it was shown, or with this in their name."""
    offered: list[str] = ctx.draft["_people"]
    number = number_in(text, most=len(offered))
    if number:
        return next((each for each in people if each.person_id == offered[number - 1]), None)
    found = [each for each in people if folded(text) and folded(text) in folded(each.name)]
    return found[0] if len(found) == 1 else None


async def _tell(ctx: Context, this: Found, to: Subordinate) -> tuple[Say, ...]:
    theirs = await service.as_given(ctx, this, to)
    if theirs is None:
        return ()
    word = Word(
        message=theirs.shown.message,
        params=theirs.shown.params,
        once=f"alert:{this.alert.id}:given:{ctx.now:%Y%m%d%H%M%S}",
        choices=showing.choices(theirs),
    )
    return await telling.one(ctx, to.person_id, word, role_needed=rights.to_handle(this.alert.id))
