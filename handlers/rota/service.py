"""Making a unit's rota: whose right it is at this moment, and what is done with the week that is shown."""

from datetime import date, timedelta

from db import audit
from db.rota import drawing as rota_drawing
from db.rota import rotas
from db.rota import units as rota_units
from db.rota import weeks as rota_weeks
from db.rota.cards import Card
from db.rota.rotas import Rota
from db.rota.weeks import Week
from db.units import Unit
from handlers.flow import Context
from handlers.judging import today
from policy.calendar import WEEK, local_date, monday_of, zone_named

MOST_WEEKS_AHEAD = 4  # facts of later weeks change before they come


def usual_week(ctx: Context) -> date:
    """Return the Monday of the week one looks at first: this one, or from Thursday on the next."""
    day = today(ctx)
    return monday_of(day) + (WEEK if day.weekday() > 2 else timedelta(0))


def is_near(ctx: Context, monday: date) -> bool:
    """Whether a week is one that can be looked at: this week, or one of the next few."""
    this = monday_of(today(ctx))
    return this <= monday <= this + MOST_WEEKS_AHEAD * WEEK


async def led(ctx: Context) -> list[Unit]:
    """Return the units whose rota the person makes at this moment."""
    here = local_date(ctx.now, zone_named(ctx.me.timezone))
    return await rota_units.of_head(ctx.db, person_id=ctx.me.id, on=here, now=ctx.now)


async def week(ctx: Context, *, unit_code: str, monday: date) -> Week | None:
    """Return a week of a unit whose rota the person makes now; None if they do not (any more) (V05)."""
    if unit_code not in {unit.code for unit in await led(ctx)}:
        return None
    return await rota_weeks.read(
        ctx.db, ctx.seal, ctx.policy, unit_code=unit_code, monday=monday, now=ctx.now
    )


async def draw(ctx: Context, shown: Week, *, because: str) -> Rota:
    """Draw the week and propose it; `again`: with the next seed of the row, which everybody can see."""
    rota = await rota_drawing.draw(
        ctx.db,
        ctx.seal,
        ctx.policy,
        unit_code=shown.unit.code,
        monday=shown.monday,
        by=ctx.me.id,
        because=because,
        now=ctx.now,
    )
    await _note(ctx, f"rota_{because}", rota)
    return rota


async def publish(ctx: Context, rota: Rota) -> list[Card] | None:
    """Publish a proposal; return the card of everybody whose day is new or changed. None if it is none any more."""
    cards = await rota_drawing.publish(ctx.db, ctx.seal, ctx.policy, rota, by=ctx.me.id, now=ctx.now)
    if cards is not None:
        await _note(ctx, "rota_published", rota)
    return cards


async def schedule(ctx: Context, rota: Rota) -> dict[str, str | None]:
    """Let a changed proposal publish itself at the stated moment; return that moment, or None if it is past."""
    at = await rota_drawing.publishes_at(ctx.db, unit_code=rota.unit_code, monday=rota.week, now=ctx.now)
    await rotas.schedule(ctx.db, rota_id=rota.id, publish_at=at)
    return {"at": at.isoformat() if at else None, "timezone": ctx.me.timezone}


async def discard(ctx: Context, rota: Rota) -> bool:
    """Let an edited copy go, so that what is published stands alone again."""
    is_gone = await rotas.discard(ctx.db, rota, now=ctx.now)
    if is_gone:
        await _note(ctx, "rota_discarded", rota)
    return is_gone


async def _note(ctx: Context, action: str, rota: Rota) -> None:
    detail = {"rota": rota.code, "week": rota.week.isoformat(), "seed": rota.seed, "promise": rota.promise}
    await audit.note(
        ctx.db, actor=ctx.me.id, action=action, subject=rota.unit_code, detail=detail, now=ctx.now
    )
