"""Asking for a picture of a week, or for the list of a draw: made after the commit, then sent to this chat."""

from datetime import date
from typing import Any

from db import work
from db.rota import days as rota_days
from db.rota import rotas
from handlers.flow import Context

ROTA = "rota"  # the kind of work


async def picture(ctx: Context, *, unit_code: str, monday: date) -> None:
    """Have the picture of a unit's week made, for who makes its rota."""
    await _add(ctx, {"form": "unit", "unit": unit_code, "week": monday.isoformat()})


async def own_picture(ctx: Context, *, monday: date) -> None:
    """Have the picture of one's own week made."""
    await _add(ctx, {"form": "own", "unit": ctx.me.unit_code, "week": monday.isoformat()})


async def list_of(ctx: Context, *, rota_id: str) -> None:
    """Have the list of a draw made, by which anybody recomputes it."""
    await _add(ctx, {"form": "list", "rota": rota_id})


async def own_rota(ctx: Context, *, monday: date) -> str | None:
    """Return the key of the rota by which the person's unit works that week, or None."""
    turn = None
    for days in range(7):
        day = date.fromordinal(monday.toordinal() + days)
        turn = turn or await rota_days.turn(ctx.db, person_id=ctx.me.id, on=day, as_known_at=ctx.now)
    if turn is None:
        return None
    published = await rotas.published(ctx.db, ctx.seal, unit_code=turn[1], week=monday)
    return published.id if published else turn[0]


async def _add(ctx: Context, task: dict[str, Any]) -> None:
    whole = {
        **task,
        "person": ctx.me.id,
        "channel": ctx.sender.channel,
        "address": ctx.sender.address,
        "locale": ctx.locale,
    }
    once = f"{ROTA}:{ctx.me.id}:{':'.join(str(value) for value in task.values())}:{ctx.now:%Y%m%d%H%M}"
    await work.add(ctx.db, ctx.seal, kind=ROTA, task=whole, once=once, now=ctx.now)
