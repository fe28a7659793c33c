"""What a rota goes by for one person: fixed office days, and whether a service needs them."""

from datetime import date

from db import audit
from db.rota import settings as rota_settings
from db.rota.weeks import Week
from handlers.flow import Context
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.rota import service, table
from handlers.update import Answer, Choice, Turn, again, ask

_BACK = Choice(value="back", label="rota_back")
_WORKDAYS = range(5)


async def ask_who(ctx: Context, shown: Week, *, page: int) -> Turn:
    """Ask about whom: everybody of the unit, with what is set for them."""
    people = list(shown.names.items())
    part = Page(page, len(people))
    fixed, needed = await _settings(ctx, shown.unit.code)
    rows = [
        {
            "number": place + 1,
            "name": people[place][1],
            "days": sorted(fixed.get(people[place][0], ())),
            "needed": people[place][0] in needed,
        }
        for place in range(part.first, part.last)
    ]
    return ask(
        "rota/people",
        step="people",
        choices=(*part.choices([name for _, name in people]), _BACK),
        draft={**ctx.draft, "_page": part.number, "_people": [person for person, _ in people]},
        rows=rows,
    )


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Show what is set for the person that was picked."""
    shown = await _week(ctx)
    if isinstance(shown, Turn) or answer.value == "back" or says_menu(answer.text):
        return shown if isinstance(shown, Turn) else await _back(ctx)
    if answer.value == "more":
        return await ask_who(ctx, shown, page=ctx.draft["_page"] + 1)
    people = ctx.draft["_people"]
    number = number_in(answer.value or answer.text, most=len(people))
    return await _show(ctx, shown, people[number - 1]) if number else again("common/pick")


async def changed(ctx: Context, answer: Answer) -> Turn:
    """Turn a fixed day, or the need of a service, on or off: from the coming week on."""
    shown, person_id = await _week(ctx), ctx.draft["_person"]
    if isinstance(shown, Turn):
        return shown
    if answer.value == "back":
        return await ask_who(ctx, shown, page=ctx.draft["_page"])
    fixed, needed = await _settings(ctx, shown.unit.code)
    when = {"unit_code": shown.unit.code, "person_id": person_id, "by": ctx.me.id, "now": ctx.now}
    if answer.value == "needed":
        is_needed = person_id not in needed
        await rota_settings.set_needed(ctx.db, **when, is_needed=is_needed, first=_first(ctx))
    elif answer.value in {str(day) for day in _WORKDAYS}:
        days = fixed.get(person_id, frozenset()) ^ {int(answer.value)}
        await rota_settings.set_fixed_days(ctx.db, **when, weekdays=days, first=_first(ctx))
    else:
        return again("common/pick")
    detail = {"unit": shown.unit.code, "what": answer.value}
    await audit.note(
        ctx.db, actor=ctx.me.id, action="rota_person_set", subject=person_id, detail=detail, now=ctx.now
    )
    return await _show(ctx, shown, person_id)


async def _show(ctx: Context, shown: Week, person_id: str) -> Turn:
    if person_id not in shown.names:
        return await ask_who(ctx, shown, page=0)
    fixed, needed = await _settings(ctx, shown.unit.code)
    days, is_needed = fixed.get(person_id, frozenset()), person_id in needed
    choices = tuple(
        Choice(value=str(day), label=f"weekday_{day}_on" if day in days else f"weekday_{day}")
        for day in _WORKDAYS
    )
    need = Choice(value="needed", label="rota_needed_on" if is_needed else "rota_needed")
    return ask(
        "rota/person",
        step="person",
        choices=(*choices, need, _BACK),
        draft={**ctx.draft, "_person": person_id},
        name=shown.names[person_id],
        days=sorted(days),
        needed=is_needed,
    )


async def _settings(ctx: Context, unit_code: str) -> tuple[dict[str, frozenset[int]], frozenset[str]]:
    fixed = await rota_settings.fixed_days(ctx.db, unit_code=unit_code, on=_first(ctx), now=ctx.now)
    return fixed, await rota_settings.needed(ctx.db, unit_code=unit_code, on=_first(ctx), now=ctx.now)


def _first(ctx: Context) -> date:
    """What is set holds from today on: it counts for every draw after it."""
    return today(ctx)


async def _week(ctx: Context) -> Week | Turn:
    shown = await service.week(
        ctx, unit_code=ctx.draft["_unit"], monday=date.fromisoformat(ctx.draft["_week"])
    )
    return shown or await _back(ctx)


async def _back(ctx: Context) -> Turn:
    return await table.show(ctx, unit_code=ctx.draft["_unit"], monday=date.fromisoformat(ctx.draft["_week"]))
