"""Changing a week by tapping: a day, then people, each turned from office to home or back where the rules allow it."""

import re
from datetime import date
from typing import Any

from db.rota import drawing as rota_drawing
from db.rota.weeks import Week
from handlers.flow import Context
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.rota import service, showing, table
from handlers.text import fitted
from handlers.understand import day_named
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask
from policy.rota.change import Objection, change
from policy.words import Arrangement

_BACK = Choice(value="back", label="rota_back")
_SIGNS = {"office": "K", "home": "R", "away": "–", "open": "·"}
_ROW = 20


def ask_day(ctx: Context, shown: Week) -> Turn:
    """Ask which day shall be changed: one that is not over."""
    days = _open_days(ctx, shown)
    choices = tuple(
        Choice(value=str(number), label=f"weekday_{day.weekday()}") for number, day in enumerate(days, 1)
    )
    return ask(
        "rota/which_day",
        step="days",
        choices=(*choices, _BACK),
        draft={**ctx.draft, "_days": [day.isoformat() for day in days]},
        days=[day.isoformat() for day in days],
    )


async def day_picked(ctx: Context, answer: Answer) -> Turn:
    """Take the day: by tap, number or name."""
    if answer.value == "back" or says_menu(answer.text):
        return await _back(ctx)
    shown = await table.same_week(ctx)
    if isinstance(shown, Turn):
        return shown
    offered = [date.fromisoformat(day) for day in ctx.draft["_days"]]
    number = number_in(answer.value or answer.text, most=len(offered))
    named = offered[number - 1] if number else day_named(answer.text, today=shown.monday)
    if named not in offered or named not in shown.days:
        return again("rota/which_day_unread")
    return _show_day(ctx, shown, named, page=0)


async def toggled(ctx: Context, answer: Answer) -> Turn:
    """Turn somebody's day round, or say what is against it."""
    if answer.value == "back" or says_menu(answer.text):
        return await _back(ctx)
    shown = await table.same_week(ctx)
    if isinstance(shown, Turn):
        return shown
    day, page = date.fromisoformat(ctx.draft["_day"]), ctx.draft["_page"]
    if answer.value == "more":
        return _show_day(ctx, shown, day, page=page + 1)
    picked = _numbers(answer.value or answer.text, most=len(shown.names))
    if not picked:
        return again("common/pick")
    people = list(shown.names)
    return await _toggle(ctx, shown, [people[number - 1] for number in picked], day, page=page)


def _numbers(text: str, *, most: int) -> list[int]:
    """Return the numbers of a text such as "1 3" or "1 dan 3": several people are turned round together."""
    found = [number_in(each, most=most) for each in re.findall(r"\d+", text)]
    return found if all(found) else []


async def _toggle(ctx: Context, shown: Week, people: list[str], day: date, *, page: int) -> Turn:
    wanted = {(person, day): _other(shown, person, day) for person in people}
    found = change(shown.order, shown.places, wanted)
    if isinstance(found, Objection):
        name = shown.names.get(found.person, shown.names[people[0]])
        params = {"key": found.key, "name": name, "day": day.isoformat()}
        return _show_day(ctx, shown, day, page=page, before=(_say("rota/refused", **params),))
    rota = await rota_drawing.edit(ctx.db, ctx.seal, shown, found.places, by=ctx.me.id, now=ctx.now)
    if rota is None:
        return await table.show(ctx, unit_code=shown.unit.code, monday=shown.monday)
    after = await service.week(ctx, unit_code=shown.unit.code, monday=shown.monday)
    if after is None:
        return await _back(ctx)
    uneven = [shown.names[person] for person in found.uneven if person in shown.names]
    before = (_say("rota/uneven", names=uneven),) if uneven else ()
    return _show_day(ctx, after, day, page=page, before=before)


def _other(shown: Week, person_id: str, day: date) -> Arrangement:
    is_in = showing.mark(shown, person_id, day) == "office"
    return shown.order.elsewhere if is_in else Arrangement.WFO


def _show_day(ctx: Context, shown: Week, day: date, *, page: int, before: tuple[Say, ...] = ()) -> Turn:
    people = list(shown.names.items())
    part = Page(page, len(people))
    marks = [showing.mark(shown, person, day) for person, _ in people]
    rows = [
        {"number": place + 1, "name": people[place][1], "mark": marks[place]}
        for place in range(part.first, part.last)
    ]
    titles = [
        fitted(f"{_SIGNS[mark]} {name}", most=_ROW - 3) for (_, name), mark in zip(people, marks, strict=True)
    ]
    count = next(each for each in showing.counts(shown) if each["day"] == day.isoformat())
    draft: dict[str, Any] = {
        **ctx.draft,
        "_day": day.isoformat(),
        "_page": part.number,
        "_rota": shown.rota.id if shown.rota else "",
    }
    return ask(
        "rota/day",
        step="day",
        choices=(*part.choices(titles), _BACK),
        draft=draft,
        before=before,
        rows=rows,
        is_published=shown.rota is not None and not shown.rota.is_open,
        **count,
    )


def _open_days(ctx: Context, shown: Week) -> list[date]:
    return [day for day in shown.days if day >= today(ctx)]


async def _back(ctx: Context) -> Turn:
    return await table.show(ctx, unit_code=ctx.draft["_unit"], monday=date.fromisoformat(ctx.draft["_week"]))


def _say(message: str, **params: Any) -> Say:
    return Say(message=message, params=params, look=Look.BUTTONS)
