"""One week of one unit: as a table, as a picture, as a list to recompute; drawn, drawn again, published."""

from datetime import date
from typing import Any

from db.appointments import Power
from db.rota import rotas
from db.rota.weeks import Week
from handlers import powers, telling
from handlers.flow import Context
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.rota import asking, editing, people, service, table
from handlers.telling import Word
from handlers.understand import meaning
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done
from policy.calendar import WEEK, monday_of


async def start(ctx: Context, _answer: Answer) -> Turn:
    """Show the week of the unit one leads, or ask which unit; who leads none sees their own week."""
    led = await service.led(ctx)
    if not led:
        refused = await powers.refusal(ctx, Power.ROTA)
        return done(refused) if refused else Turn(opens="today:week")
    if len(led) > 1:
        return await _ask_unit(ctx, page=0)
    return await _show_usual(ctx, unit_code=led[0].code)


async def _show_usual(ctx: Context, *, unit_code: str) -> Turn:
    """Show the week one looks at first; where it needs no rota, the one after it, if that needs one."""
    first = service.usual_week(ctx)
    for monday in (first, first + WEEK):
        shown = await service.week(ctx, unit_code=unit_code, monday=monday)
        if shown is not None and (shown.needs_rota or shown.rota is not None):
            return await table.show(ctx, unit_code=unit_code, monday=monday)
    return await table.show(ctx, unit_code=unit_code, monday=first)


async def opened(ctx: Context, answer: Answer) -> Turn:
    """Open a week from a button, however long ago it was sent."""
    args = answer.args
    if not {"unit", "week"} <= args.keys():
        return await start(ctx, answer)
    monday = date.fromisoformat(args["week"])
    return await table.show(
        ctx,
        unit_code=args["unit"],
        monday=monday if service.is_near(ctx, monday) else service.usual_week(ctx),
    )


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Take the unit that was picked."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "more":
        return await _ask_unit(ctx, page=ctx.draft["_page"] + 1)
    codes = ctx.draft["_units"]
    number = number_in(answer.value or answer.text, most=len(codes))
    if not number:
        return again("common/pick")
    return await _show_usual(ctx, unit_code=codes[number - 1])


async def answered(ctx: Context, answer: Answer) -> Turn:
    """Do what was tapped below the week."""
    if answer.value == "menu" or says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value is None:
        wanted = meaning(answer.text, today=today(ctx)).intents
        return Turn(opens=wanted[0]) if len(wanted) == 1 else again("common/pick")
    unit_code, monday = ctx.draft["_unit"], date.fromisoformat(ctx.draft["_week"])
    if answer.value == "units":
        return await _ask_unit(ctx, page=0)
    if answer.value in ("next", "this"):
        this = monday_of(today(ctx))
        other = this + WEEK if answer.value == "next" else this
        return await table.show(ctx, unit_code=unit_code, monday=other)
    shown = await table.same_week(ctx)
    return shown if isinstance(shown, Turn) else await _do(ctx, answer.value, shown, monday)


async def _do(ctx: Context, wanted: str, shown: Week, monday: date) -> Turn:
    rota, unit_code = shown.rota, shown.unit.code
    is_open = rota is not None and rota.is_open
    match wanted:
        case "draw" | "again" if rota is None or is_open:
            because = "again" if rota else "drawn"
            drawn = await service.draw(ctx, shown, because=because)
            params = {"seed": drawn.seed, "because": because, "promise": drawn.promise}
            said = Say(message="rota/drawn", params=params, look=Look.BUTTONS)
            return await table.show(ctx, unit_code=unit_code, monday=monday, before=(said,))
        case "publish" if is_open:
            return await _publish(ctx, shown)
        case "later" if rota is not None and is_open:
            said = Say(message="rota/later", params=await service.schedule(ctx, rota), look=Look.BUTTONS)
            return await table.show(ctx, unit_code=unit_code, monday=monday, before=(said,))
        case "discard" if rota is not None and is_open:
            await service.discard(ctx, rota)
            said = Say(message="rota/discarded", look=Look.BUTTONS)
            return await table.show(ctx, unit_code=unit_code, monday=monday, before=(said,))
        case "change" if rota is not None:
            return editing.ask_day(ctx, shown)
        case "people":
            return await people.ask_who(ctx, shown, page=0)
        case "picture":
            await asking.picture(ctx, unit_code=unit_code, monday=monday)
            return again("rota/preparing")
        case "list" if rota is not None:
            await asking.list_of(ctx, rota_id=rota.id)
            return again("rota/preparing")
    return again("common/pick")


async def _publish(ctx: Context, shown: Week) -> Turn:
    rota = shown.rota
    before = await rotas.published(ctx.db, ctx.seal, unit_code=shown.unit.code, week=shown.monday)
    cards = await service.publish(ctx, rota) if rota else None
    if rota is None or cards is None:
        return await table.show(ctx, unit_code=shown.unit.code, monday=shown.monday)
    says: list[Say] = []
    for card in cards:
        word = Word(
            message="rota/your_days",
            params=card.told(unit=shown.unit.name, code=rota.code, is_news=before is None),
            once=f"rota:{rota.id}",
            choices=CARD_CHOICES,
        )
        says += await telling.one(ctx, card.person.id, word)
    told = len({say.to_person for say in says})
    params: dict[str, Any] = {
        "unit": shown.unit.name,
        "week": shown.monday.isoformat(),
        "people": len(cards),
        "told": told,
    }
    said = Say(message="rota/published", params=params, look=Look.BUTTONS)
    return await table.show(ctx, unit_code=shown.unit.code, monday=shown.monday, before=(*says, said))


CARD_CHOICES = (
    Choice(value="my_week", label="my_week", opens="today:week"),
    Choice(value="swap", label="swap", opens="swap:start"),
)


async def picture(ctx: Context, answer: Answer) -> Turn:
    """Prepare the picture of one's own week; of a unit's, for who makes its rota."""
    monday = date.fromisoformat(answer.args["week"]) if "week" in answer.args else service.usual_week(ctx)
    await asking.own_picture(ctx, monday=monday)
    return done(Say(message="rota/preparing", look=Look.BUTTONS))


async def listed(ctx: Context, answer: Answer) -> Turn:
    """Send the list by which anybody in the unit recomputes the draw of their week."""
    monday = date.fromisoformat(answer.args["week"]) if "week" in answer.args else service.usual_week(ctx)
    rota_id = await asking.own_rota(ctx, monday=monday)
    if rota_id is None:
        return done(
            Say(message="rota/none_published", params={"week": monday.isoformat()}, look=Look.BUTTONS)
        )
    await asking.list_of(ctx, rota_id=rota_id)
    return done(Say(message="rota/preparing", look=Look.BUTTONS))


async def _ask_unit(ctx: Context, *, page: int) -> Turn:
    led = await service.led(ctx)
    if not led:
        return done(await powers.refused(ctx, Power.ROTA, otherwise="rota/not_yours"))
    shown = Page(page, len(led))
    rows = [
        {"number": number, "name": unit.name}
        for number, unit in enumerate(led[shown.first : shown.last], shown.first + 1)
    ]
    return ask(
        "rota/units",
        step="units",
        choices=shown.choices([unit.name for unit in led]),
        draft={"_page": page, "_units": [unit.code for unit in led]},
        rows=rows,
    )
