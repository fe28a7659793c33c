"""Asking for a swap: which of one's days, with whom, and a last look before it is sent."""

from datetime import date
from typing import Any

from handlers.flow import Context
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.swap import service, showing
from handlers.understand import day_named
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done

_ASK, _CANCEL = Choice(value="ask", label="swap_ask"), Choice(value="cancel", label="cancel")
_AGAIN = Choice(value="again", label="swap_again", opens="swap:start")
_MENU = Choice(value="menu", label="menu")


async def start(ctx: Context, _answer: Answer) -> Turn:
    """Ask which of one's own coming days shall be given away."""
    own = await service.own_days(ctx)
    if not own:
        return done(Say(message="swap/none", look=Look.BUTTONS))
    rows = [
        {"number": number, "day": on.isoformat(), "place": place.value}
        for number, (on, place) in enumerate(own, 1)
    ]
    return ask(
        "swap/which",
        step="mine",
        choices=_days(own),
        draft={"_days": [on.isoformat() for on, _ in own], "_page": 0},
        rows=rows,
    )


async def day_picked(ctx: Context, answer: Answer) -> Turn:
    """Take one's own day, and offer whoever can take it over."""
    if answer.value == "menu" or says_menu(answer.text):
        return Turn(opens="menu:start")
    days = [date.fromisoformat(day) for day in ctx.draft["_days"]]
    number = number_in(answer.value or answer.text, most=len(days))
    day = days[number - 1] if number else day_named(answer.text, today=today(ctx))
    if day not in days or day is None:
        return again("common/pick")
    return await _offer(ctx, day, page=0)


async def partner_picked(ctx: Context, answer: Answer) -> Turn:
    """Take the partner with their day, and show the swap whole."""
    if answer.value == "menu" or says_menu(answer.text):
        return Turn(opens="menu:start")
    day = date.fromisoformat(ctx.draft["_day"])
    if answer.value == "more":
        return await _offer(ctx, day, page=ctx.draft["_page"] + 1)
    offered = ctx.draft["_offers"]
    number = number_in(answer.value or answer.text, most=len(offered))
    if not number:
        return again("common/pick")
    partner_id, name, takes = offered[number - 1]
    terms = showing.terms(
        asker=ctx.me.name, partner=name, gives=day, takes=date.fromisoformat(takes), place=ctx.draft["_place"]
    )
    draft = {**ctx.draft, "_partner": partner_id, "_takes": takes}
    return ask("swap/sure", step="sure", choices=(_ASK, _CANCEL), draft=draft, **terms)


async def confirmed(ctx: Context, answer: Answer) -> Turn:
    """Send it, if it is still possible."""
    if answer.value != "ask":
        return again("common/pick")
    gives, takes = (date.fromisoformat(ctx.draft[name]) for name in ("_day", "_takes"))
    swap = await service.ask(ctx, partner_id=ctx.draft["_partner"], gives=gives, takes=takes)
    if isinstance(swap, str):
        return done(Say(message=f"swap/{swap}", choices=(_AGAIN,), look=Look.BUTTONS))
    return done(*await showing.sent(ctx, swap))


async def _offer(ctx: Context, day: date, *, page: int) -> Turn:
    offered = await service.offers(ctx, day=day)
    own = dict(await service.own_days(ctx))
    if not offered or day not in own:
        said = Say(
            message="swap/no_partner", params={"day": day.isoformat()}, choices=(_AGAIN,), look=Look.BUTTONS
        )
        return done(said)
    part = Page(page, len(offered))
    rows = [
        {"number": place + 1, "name": offered[place][1], "day": offered[place][2].isoformat()}
        for place in range(part.first, part.last)
    ]
    titles = [f"{on:%d/%m} {name}" for _, name, on in offered]
    draft: dict[str, Any] = {
        "_day": day.isoformat(),
        "_place": own[day].value,
        "_page": part.number,
        "_offers": [(person, name, on.isoformat()) for person, name, on in offered],
    }
    return ask(
        "swap/whom",
        step="whom",
        choices=(*part.choices(titles), _MENU),
        draft=draft,
        day=day.isoformat(),
        place=own[day].value,
        rows=rows,
    )


def _days(own: list[tuple[date, Any]]) -> tuple[Choice, ...]:
    """The days of two weeks at most: ten, as many as the narrowest list shows."""
    return tuple(
        Choice(value=str(number), words=f"{number}. {on:%d/%m}") for number, (on, _) in enumerate(own, 1)
    )[:10]
