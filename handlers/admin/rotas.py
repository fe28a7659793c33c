"""What an agency states of its rotas: when they are drawn and published, and what heads have to do with swaps."""

from dataclasses import dataclass
from datetime import date, datetime, time

from db import audit
from db.engine import Tx
from db.rota import settings as rota_settings
from db.rota.settings import AgencyHours, SwapRule, WeeklyMoment
from handlers.admin.finding import agency_named
from handlers.admin.refusal import AdminRefused
from handlers.understand import WEEKDAYS

_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What holds from the stated day on, in words."""

    agency: str
    draw: str
    publish: str
    swap: SwapRule


async def state(
    tx: Tx,
    *,
    agency_code: str,
    draw: str | None,
    publish: str | None,
    swap: str | None,
    valid_from: date,
    by: str,
    now: datetime,
) -> Stated:
    """Record what is given, leave the rest as it is, and return all of it. Raises AdminRefused."""
    agency = await agency_named(tx, agency_code, what="when rotas are drawn")
    before = await rota_settings.hours(tx, agency_code=agency.code, on=valid_from, now=now)
    hours = AgencyHours(
        draw_at=_moment(draw) if draw else before.draw_at,
        publish_at=_moment(publish) if publish else before.publish_at,
    )
    if (hours.publish_at.weekday, hours.publish_at.at) <= (hours.draw_at.weekday, hours.draw_at.at):
        raise AdminRefused(
            f"Rotas cannot publish themselves on {_worded(hours.publish_at)}: "
            f"they are drawn only on {_worded(hours.draw_at)}."
        )
    await rota_settings.set_hours(
        tx, agency_code=agency.code, hours=hours, valid_from=valid_from, by=by, now=now
    )
    if swap in ("told", "approve"):
        rule: SwapRule = "approve" if swap == "approve" else "told"
        await rota_settings.set_swap_rule(
            tx, unit_code=agency.code, rule=rule, valid_from=valid_from, by=by, now=now
        )
    stated = Stated(
        agency=agency.name,
        draw=_worded(hours.draw_at),
        publish=_worded(hours.publish_at),
        swap=await rota_settings.swap_rule(tx, unit_code=agency.code, on=valid_from, now=now),
    )
    detail = {
        "draw": stated.draw,
        "publish": stated.publish,
        "swap": stated.swap,
        "from": valid_from.isoformat(),
    }
    await audit.note(tx, actor=by, action="rota_stated", subject=agency.code, detail=detail, now=now)
    return stated


def _moment(text: str) -> WeeklyMoment:
    """Return the moment that "Kamis 09:00" names."""
    day, _, clock = text.strip().casefold().partition(" ")
    try:
        return WeeklyMoment(WEEKDAYS[day], time.fromisoformat(clock.strip().replace(".", ":")))
    except (KeyError, ValueError):
        raise AdminRefused(f'{text!r} names no weekday and time; write it like "Kamis 09:00".') from None


def _worded(moment: WeeklyMoment) -> str:
    return f"{_NAMES[moment.weekday]} {moment.at:%H:%M}"
