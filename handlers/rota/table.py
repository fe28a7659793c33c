"""A unit's week as it stands in its head's chat, and what can be tapped below it."""

from datetime import date

from db.appointments import Power
from db.rota.weeks import Week
from handlers import powers
from handlers.flow import Context
from handlers.judging import today
from handlers.rota import service, showing
from handlers.update import Choice, Look, Say, Turn, ask, done

_PUBLISH, _CHANGE, _AGAIN, _LATER, _DRAW, _DISCARD, _PEOPLE, _PICTURE, _LIST = (
    Choice(value=value, label=f"rota_{value}")
    for value in ("publish", "change", "again", "later", "draw", "discard", "people", "picture", "list")
)
_OTHER_WEEK = {True: Choice(value="next", label="rota_next"), False: Choice(value="this", label="rota_this")}
_UNITS = Choice(value="units", label="rota_units")
_MENU = Choice(value="menu", label="menu")


async def show(ctx: Context, *, unit_code: str, monday: date, before: tuple[Say, ...] = ()) -> Turn:
    """Show a week; a unit that is not (any more) the person's to plan is nobody's to them (V05)."""
    shown = await service.week(ctx, unit_code=unit_code, monday=monday)
    if shown is None:
        return done(await powers.refused(ctx, Power.ROTA, otherwise="rota/not_yours"))
    if not shown.names:
        return done(*before, Say(message="rota/nobody", params={"unit": shown.unit.name}, look=Look.BUTTONS))
    if not shown.needs_rota and shown.rota is None:
        return done(
            *before, Say(message="rota/not_needed", params={"unit": shown.unit.name}, look=Look.BUTTONS)
        )
    draft = {"_unit": unit_code, "_week": monday.isoformat(), "_rota": shown.rota.id if shown.rota else ""}
    several = len(await service.led(ctx)) > 1
    return ask(
        "rota/week",
        step="week",
        choices=_choices(ctx, shown, several=several),
        draft=draft,
        before=before,
        **showing.week(shown, timezone=ctx.me.timezone),
    )


async def same_week(ctx: Context) -> Week | Turn:
    """Return the week as it was shown; or show it anew, where somebody changed it meanwhile."""
    unit_code, monday = ctx.draft["_unit"], date.fromisoformat(ctx.draft["_week"])
    shown = await service.week(ctx, unit_code=unit_code, monday=monday)
    if shown is not None and (shown.rota.id if shown.rota else "") == ctx.draft["_rota"]:
        return shown
    moved = () if shown is None else (Say(message="rota/moved", look=Look.BUTTONS),)
    return await show(ctx, unit_code=unit_code, monday=monday, before=moved)


def _choices(ctx: Context, shown: Week, *, several: bool) -> tuple[Choice, ...]:
    """At most ten: what a list of the narrowest platform holds."""
    rota = shown.rota
    is_this = shown.monday <= today(ctx)
    first: tuple[Choice, ...] = (_DRAW,)
    if rota is not None and rota.is_open:
        again_or_later = _AGAIN if rota.publish_at or rota.made_because == "edited" else _LATER
        first = (_PUBLISH, _CHANGE, again_or_later, _DISCARD, _LIST)
    elif rota is not None:
        first = (_CHANGE, _LIST)
    return (*first, _PICTURE, _PEOPLE, _OTHER_WEEK[is_this], *((_UNITS,) if several else ()), _MENU)
