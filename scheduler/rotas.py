"""Rotas by the clock: next week's is drawn and proposed to its head, and publishes itself if the head does not.

Whatever process looks, and however often: a week is proposed once (a unit's row is held, and a proposal is looked
for under it), and published by one guarded update. What is told has a key of its own.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from db import audit, units
from db.engine import Db, Tx, transact
from db.rota import drawing as rota_drawing
from db.rota import rotas
from db.rota import settings as rota_settings
from db.rota import units as rota_units
from db.rota.cards import Card
from db.rota.rotas import ITSELF, Rota
from db.sealed import Seal
from db.sending.outbox import Class
from db.two_clocks import hold
from db.units import Unit
from policy.book import Book
from policy.calendar import WEEK, local_date, monday_of, zone_named
from scheduler import rows
from scheduler.rows import Errand
from scheduler.swaps import swaps_ended
from scheduler.telling import Word, tell

log = logging.getLogger("piket.rotas")
_KEPT = timedelta(days=7)
_MOST_PROBLEMS = 3


@dataclass(frozen=True, kw_only=True)
class _Due:
    unit_code: str
    monday: date  # of the week to draw


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Draw, publish and end what is due; return how many rotas were made or published, and swaps ended."""
    async with db.reading() as tx:
        due = await _to_draw(tx, now=now)
        open_ids = await rotas.to_publish(tx, now=now)

    async def draw(some: Sequence[_Due]) -> int:
        return sum(
            [await transact(db, partial(_draw, seal=seal, book=book, due=each, now=now)) for each in some]
        )

    async def out(some: Sequence[str]) -> int:
        return sum(
            [
                await transact(db, partial(publish, seal=seal, book=book, rota_id=each, now=now))
                for each in some
            ]
        )

    drawing = Errand[_Due](job="rotas", key=lambda each: f"{each.unit_code}:{each.monday}", do=draw)
    made = await rows.apart(db, seal, drawing, due, now=now)
    made += await rows.apart(db, seal, Errand[str](job="rotas", key=str, do=out), open_ids, now=now)
    return made + await swaps_ended(db, seal, now)


async def mend(tx: Tx, seal: Seal, book: Book, *, unit_code: str, first_day: date, now: datetime) -> set[str]:
    """Plan a unit's published weeks again from a day on, because something changed; return the people who were told.

    As few people as possible move, and only they are told, once, with their new days. Call it in the transaction
    of whatever looks at the change: what fails undoes all of it.
    """
    today = local_date(now, await rota_units.zone_of(tx, unit_code=unit_code))
    first, unit = max(first_day, today), await units.by_code(tx, code=unit_code)
    told: set[str] = set()
    await hold(tx, "units", key=unit_code)
    for monday in await rotas.published_weeks(tx, unit_code=unit_code, first=first):
        mended = await rota_drawing.mend(
            tx, seal, book, unit_code=unit_code, monday=monday, first=first, by=ITSELF, now=now
        )
        if mended is None or unit is None:
            continue
        rota, cards = mended
        await _tell_people(tx, seal, unit, rota, cards, is_news=False, now=now)
        await _tell_head(tx, seal, unit, rota, _changed(unit, rota, cards, now), now=now)
        told |= {card.person.id for card in cards}
    return told


async def _to_draw(tx: Tx, *, now: datetime) -> list[_Due]:
    """The units whose agency's moment for next week has come, and that have no rota for it yet."""
    found: list[_Due] = []
    for timezone in await rota_units.timezones(tx):
        today = local_date(now, zone_named(timezone))
        this = monday_of(today)
        agencies: dict[str, bool] = {}
        for code, agency in await rota_units.without_rota(tx, timezone=timezone, week=this + WEEK, now=now):
            if agency not in agencies:
                hours = await rota_settings.hours(tx, agency_code=agency, on=today, now=now)
                moment = hours.draw_at.in_week_of(this).replace(tzinfo=zone_named(timezone))
                agencies[agency] = now >= moment
            if agencies[agency]:
                found.append(_Due(unit_code=code, monday=this + WEEK))
    return found


async def _draw(tx: Tx, seal: Seal, book: Book, due: _Due, now: datetime) -> int:
    """Draw one week and propose it to the head. 0 if another process got there first, or none is needed."""
    await hold(tx, "units", key=due.unit_code)
    unit = await units.by_code(tx, code=due.unit_code)
    if unit is None or await rotas.count(tx, unit_code=unit.code, week=due.monday):
        return 0
    rota = await rota_drawing.draw_if_needed(
        tx, seal, book, unit_code=unit.code, monday=due.monday, by=ITSELF, now=now
    )
    if rota is None:
        return 0
    # The seed of the cycle after this one stands long before its first draw: nobody can wait for a better one.
    await rota_settings.fix_seed(
        tx, unit_code=unit.code, week=due.monday + rota_settings.CYCLE, by=ITSELF, now=now
    )
    await _tell_head(tx, seal, unit, rota, _proposed(unit, rota, now), now=now)
    return 1


async def publish(tx: Tx, seal: Seal, book: Book, rota_id: str, now: datetime) -> int:
    """Publish one proposal whose moment has come. 0 if the head, or another process, got there first."""
    rota = await rotas.due(tx, seal, rota_id=rota_id, now=now)
    unit = await units.by_code(tx, code=rota.unit_code) if rota else None
    cards = await rota_drawing.publish(tx, seal, book, rota, by=ITSELF, now=now) if rota else None
    if rota is None or unit is None or cards is None:
        return 0
    detail = {"rota": rota.code, "week": rota.week.isoformat(), "seed": rota.seed, "promise": rota.promise}
    await audit.note(tx, actor=ITSELF, action="rota_published", subject=unit.code, detail=detail, now=now)
    await _tell_people(tx, seal, unit, rota, cards, is_news=True, now=now)
    await _tell_head(tx, seal, unit, rota, _published(unit, rota, cards, now), now=now)
    return 1


async def _tell_people(
    tx: Tx, seal: Seal, unit: Unit, rota: Rota, cards: Sequence[Card], *, is_news: bool, now: datetime
) -> None:
    for card in cards:
        word = Word(
            message="rota/your_days",
            params=card.told(unit=unit.name, code=rota.code, is_news=is_news),
            once=f"rota:{rota.id}",
            urgency=Class.ALERT,
            expires_at=now + _KEPT,
            opens="today:week",
            label="my_week",
        )
        await tell(tx, seal, card.person, word, now=now)


async def _tell_head(tx: Tx, seal: Seal, unit: Unit, rota: Rota, word: Word, *, now: datetime) -> None:
    """Tell who makes the unit's rota: who leads it, else the nearest level above that somebody leads."""
    today = local_date(now, await rota_units.zone_of(tx, unit_code=unit.code))
    head = await rota_units.reachable_head(tx, unit_code=unit.code, on=today, now=now)
    if head is not None:
        await tell(tx, seal, head, word, now=now)
    else:
        log.warning("rota_without_head", extra={"action": "rota_without_head", "rota": rota.code})


def _proposed(unit: Unit, rota: Rota, now: datetime) -> Word:
    return _to_head("rota/proposed", unit, rota, {"promise": rota.promise}, now)


def _published(unit: Unit, rota: Rota, cards: Sequence[Card], now: datetime) -> Word:
    return _to_head("rota/published_itself", unit, rota, {"people": len(cards)}, now)


def _changed(unit: Unit, rota: Rota, cards: Sequence[Card], now: datetime) -> Word:
    return _to_head("rota/mended", unit, rota, {"people": len(cards)}, now)


def _to_head(message: str, unit: Unit, rota: Rota, more: Mapping[str, object], now: datetime) -> Word:
    """What a head is told of a rota, with what cannot be met, and the button that opens its week."""
    about = {
        "unit": unit.name,
        "week": rota.week.isoformat(),
        "code": rota.code,
        "problems": [_problem(each) for each in rota.problems[:_MOST_PROBLEMS]],
        "more": max(0, len(rota.problems) - _MOST_PROBLEMS),
    }
    at = {"publish_at": rota.publish_at and rota.publish_at.isoformat()} if message == "rota/proposed" else {}
    return Word(
        message=message,
        params={**about, **at, **more},
        once=f"{message}:{rota.id}",
        urgency=Class.ALERT,
        expires_at=now + _KEPT,
        opens="rota:week",
        label="open_rota",
        args={"unit": unit.code, "week": rota.week.isoformat()},
        role_needed="head",
    )


def _problem(stored: Mapping[str, object]) -> dict[str, object]:
    """A problem as the templates want it; whom it is about, if it is one person, the opened week says."""
    return {"key": stored["key"], "day": stored["on"], "name": None, "numbers": stored["numbers"]}
