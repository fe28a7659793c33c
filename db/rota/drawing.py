"""Drawing a unit's week and publishing it: what the head's chat and the clock both do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db import units
from db.engine import Tx
from db.rota import cards as rota_cards
from db.rota import days as rota_days
from db.rota import ground as rota_ground
from db.rota import rotas
from db.rota import settings as rota_settings
from db.rota import shared as rota_shared
from db.rota import units as rota_units
from db.rota.cards import Card
from db.rota.days import Day
from db.rota.rotas import Draft, Rota
from db.rota.weeks import Week
from db.sealed import Seal
from db.two_clocks import hold
from policy import roster
from policy.book import Book
from policy.calendar import WEEK, local_date
from policy.roster import Assignment
from policy.rota.published import order_out

DRAWN, AGAIN, EDITED, MENDED, NOT_NEEDED = "drawn", "again", "edited", "mended", "not_needed"
_SETTLED = frozenset({roster.Slot.OFFICE, roster.Slot.HOME, roster.Slot.AWAY})
BY_HAND = "head"  # why a day says so, when the head changed it


async def draw(
    tx: Tx, seal: Seal, book: Book, *, unit_code: str, monday: date, by: str, because: str, now: datetime
) -> Rota:
    """Draw a week and propose it. "again" takes the next seed of the cycle's row; all others the one in use."""
    order = await _order(tx, seal, book, unit_code, monday, by=by, because=because, now=now)
    return await _propose(tx, seal, order, monday, by=by, because=because, now=now)


async def draw_if_needed(
    tx: Tx, seal: Seal, book: Book, *, unit_code: str, monday: date, by: str, now: datetime
) -> Rota | None:
    """Draw a week where a limit holds for the unit; else note that it was looked at, and return None."""
    order = await _order(tx, seal, book, unit_code, monday, by=by, because=DRAWN, now=now)
    if order.limits:
        return await _propose(tx, seal, order, monday, by=by, because=DRAWN, now=now)
    empty = Draft(
        unit_code=unit_code, week=monday, seed=order.seed, inputs={}, problems=(), days=(), because=NOT_NEEDED
    )
    await rotas.discard(tx, await rotas.propose(tx, seal, empty, by=by, now=now), now=now)
    return None


async def mend(
    tx: Tx, seal: Seal, book: Book, *, unit_code: str, monday: date, first: date, by: str, now: datetime
) -> tuple[Rota, list[Card]] | None:
    """Plan a published week again from a day on, moving as few people as possible, and publish it at once.

    Where a rule, an absence or a letter settles somebody's day, their turn stands as it was: it is not the rota that
    moves them, and it counts again when that ends. None if nothing changes. A proposal that waited beside it is
    discarded: it was made from what holds no more.
    """
    await rota_shared.hold_office(tx, unit_code=unit_code)
    last = monday + WEEK - timedelta(days=1)
    stands = await rota_days.standing_now(tx, unit_code=unit_code, first=monday, last=last)
    order = await rota_ground.order_of(
        tx, seal, book, unit_code=unit_code, monday=monday, now=now, keeps=stands, first=first
    )
    made = roster.plan(order)
    members = [(on, await rota_units.names(tx, unit_code=unit_code, on=on, now=now)) for on in order.days]
    settled = _settled(order)
    kept = [stands[who, on] for on, names in members for who in names if (who, on) in settled & stands.keys()]
    days = [day for day in days_in(made) if (day.person_id, day.on) not in settled] + kept
    if _places(days) == _places(stands.values()):
        return None
    rota = await _propose(tx, seal, order, monday, by=by, because=MENDED, now=now, days=days)
    cards = await _publish(tx, seal, book, rota, by=by, now=now)
    return (rota, cards) if cards is not None else None


def _settled(order: roster.Order) -> set[tuple[str, date]]:
    return {(each.id, on) for each in order.members for on, slot in each.slots.items() if slot in _SETTLED}


def _places(days: Iterable[Day]) -> set[tuple[str, date, str, str | None]]:
    return {(day.person_id, day.on, day.arrangement.value, day.shift) for day in days}


async def _order(
    tx: Tx,
    seal: Seal,
    book: Book,
    unit_code: str,
    monday: date,
    *,
    by: str,
    because: str,
    now: datetime,
) -> roster.Order:
    await rota_settings.fix_seed(tx, unit_code=unit_code, week=monday, by=by, now=now)
    number = await rotas.count(tx, unit_code=unit_code, week=monday, because=(AGAIN,))
    draw = number + (because == AGAIN)
    return await rota_ground.order_of(tx, seal, book, unit_code=unit_code, monday=monday, now=now, draw=draw)


async def _propose(
    tx: Tx,
    seal: Seal,
    order: roster.Order,
    monday: date,
    *,
    by: str,
    because: str,
    now: datetime,
    days: Sequence[Day] | None = None,
) -> Rota:
    made = roster.plan(order)
    draft = Draft(
        unit_code=order.unit,
        week=monday,
        seed=order.seed,
        inputs={"order": order_out(order)},
        problems=[_stored(problem) for problem in made.problems],
        days=days_in(made) if days is None else days,
        because=because,
        publish_at=await publishes_at(tx, unit_code=order.unit, monday=monday, now=now),
    )
    return await rotas.propose(tx, seal, draft, by=by, now=now)


async def edit(
    tx: Tx, seal: Seal, shown: Week, changed: Mapping[tuple[str, date], Assignment], *, by: str, now: datetime
) -> Rota | None:
    """Let a week say something else of some days: in its proposal, or in a new one beside what is published.

    None if what was shown is no proposal any more.
    """
    rota, new = shown.rota, {key: _by_hand(key, place) for key, place in changed.items()}
    if rota is None:
        return None
    await hold(tx, "units", key=rota.unit_code)  # else it may be published between the look and the change
    if not rota.is_open:
        draft = Draft(
            unit_code=rota.unit_code,
            week=rota.week,
            seed=rota.seed,
            inputs=rota.inputs,
            problems=rota.problems,
            days=list((dict(shown.said) | new).values()),
            because=EDITED,
        )
        return await rotas.propose(tx, seal, draft, by=by, now=now)
    for day in new.values():
        if not await rota_days.change_day(tx, rota_id=rota.id, day=day):
            return None
    await rotas.schedule(tx, rota_id=rota.id, publish_at=None)  # what the head has begun is theirs to publish
    return rota


async def publish(tx: Tx, seal: Seal, book: Book, rota: Rota, *, by: str, now: datetime) -> list[Card] | None:
    """Publish a proposal; return the card of everybody whose day is new or changed. None if it is none any more.

    Days that became unlawful since it was made are put right first, with as few moves as can be: sibling units may
    have taken places of a limit that they share.
    """
    await rota_shared.hold_office(tx, unit_code=rota.unit_code)
    await _put_right(tx, seal, book, rota, now=now)
    return await _publish(tx, seal, book, rota, by=by, now=now)


async def _put_right(tx: Tx, seal: Seal, book: Book, rota: Rota, *, now: datetime) -> None:
    said = {(day.person_id, day.on): day for day in await rota_days.days_of(tx, rota_id=rota.id)}
    today = local_date(now, await rota_units.zone_of(tx, unit_code=rota.unit_code))
    order = await rota_ground.order_of(
        tx, seal, book, unit_code=rota.unit_code, monday=rota.week, now=now, keeps=said, first=today
    )
    settled = _settled(order)
    for day in days_in(roster.plan(order)):
        was = said.get((day.person_id, day.on))
        if was is not None and (day.person_id, day.on) not in settled and _places([was]) != _places([day]):
            await rota_days.change_day(tx, rota_id=rota.id, day=day)


async def _publish(
    tx: Tx, seal: Seal, book: Book, rota: Rota, *, by: str, now: datetime
) -> list[Card] | None:
    changed = await rotas.publish(tx, rota, by=by, now=now)
    return None if changed is None else await rota_cards.cards(tx, seal, book, changed, now=now)


async def publishes_at(tx: Tx, *, unit_code: str, monday: date, now: datetime) -> datetime | None:
    """Return when the rota of a week publishes itself, as its agency stated; None if that moment is past."""
    chain, zone = await units.chain(tx, code=unit_code), await rota_units.zone_of(tx, unit_code=unit_code)
    hours = await rota_settings.hours(tx, agency_code=chain[-1], on=local_date(now, zone), now=now)
    moment = hours.publish_at.in_week_of(monday - WEEK).replace(tzinfo=zone).astimezone(UTC)
    return moment if moment > now else None


def _by_hand(key: tuple[str, date], place: Assignment) -> Day:
    person, on = key
    return Day(person_id=person, on=on, arrangement=place.arrangement, shift=place.shift, because=BY_HAND)


def _stored(problem: roster.Problem) -> dict[str, Any]:
    return {
        "key": problem.key,
        "on": problem.on.isoformat(),
        "group": problem.group,
        "numbers": dict(problem.numbers),
    }


def days_in(made: roster.Rota) -> list[Day]:
    """Return what a drawn rota says, a row for each person and day."""
    return [
        Day(
            person_id=person,
            on=on,
            arrangement=each.arrangement,
            shift=each.shift,
            because=each.because.value,
        )
        for on, people in made.days.items()
        for person, each in people.items()
    ]
