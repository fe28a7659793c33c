"""Rows become the Order of a unit's week: who is free on which day, which limits hold, whose turn it was before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from db.engine import Tx
from db.facts import facts_of_unit
from db.moments import to_micros
from db.rota import days as rota_days
from db.rota import rotas
from db.rota import settings as rota_settings
from db.rota import shared as rota_shared
from db.rota.days import Day
from db.sealed import Seal
from policy.book import Book
from policy.calendar import WEEK
from policy.model import Facts
from policy.roster import Assignment, Because, Ledger, Order, plan
from policy.rota import order as rota_order
from policy.rota.published import order_in

_AGAIN = "again"
_LONGEST_AGO = 5  # weeks: of what was planned before them, only the ledger that they began with is used


async def order_of(
    tx: Tx,
    seal: Seal,
    book: Book,
    *,
    unit_code: str,
    monday: date,
    now: datetime,
    draw: int | None = None,
    keeps: Mapping[tuple[str, date], Day] | None = None,
    first: date | None = None,
) -> Order:
    """Return the order of a unit's week as known now. `draw` counts how often it was drawn again.

    `keeps`: these days are kept where the rules allow it, and days before `first` as they were; else the week is
    planned afresh.
    """
    own = await week_facts(tx, seal, book, unit_code=unit_code, monday=monday, now=now)
    facts = await rota_shared.with_siblings(tx, seal, book, own, unit_code=unit_code, monday=monday, now=now)
    seed = await rota_settings.seed(tx, unit_code=unit_code, week=monday) or ""
    if draw is None:
        draw = await rotas.count(tx, unit_code=unit_code, week=monday, because=(_AGAIN,))
    return rota_order.order_from(
        unit_code,
        facts,
        rota_order.Settings(
            seed=seed_of(seed, draw),
            fixed=await rota_settings.fixed_days(tx, unit_code=unit_code, on=monday, now=now),
            needed=await rota_settings.needed(tx, unit_code=unit_code, on=monday, now=now),
            ledger=await ledger(tx, seal, unit_code=unit_code, monday=monday, now=now),
            published=places(keeps or {}),
            locked_before=first if keeps is not None else None,
        ),
    )


def seed_of(cycle_seed: str, draw: int) -> str:
    """Return the seed of a draw: the cycle's own, or the next ones of the row that follows from it."""
    return f"{cycle_seed}-{draw + 1}" if draw else cycle_seed


def places(days: Mapping[tuple[str, date], Day]) -> dict[date, dict[str, Assignment]]:
    """Return stored days as the planner knows them."""
    found: dict[date, dict[str, Assignment]] = {}
    for (person, on), day in days.items():
        found.setdefault(on, {})[person] = place(day)
    return found


def place(day: Day) -> Assignment:
    """Return one stored day as the planner knows it; by what the head or a swap made of it, it is just published."""
    words = {each.value for each in Because}
    because = Because(day.because) if day.because in words else Because.PUBLISHED
    return Assignment(arrangement=day.arrangement, because=because, shift=day.shift)


async def week_facts(
    tx: Tx, seal: Seal, book: Book, *, unit_code: str, monday: date, now: datetime
) -> dict[date, dict[str, Facts]]:
    """Return the facts of everybody who works in the unit, for each day of the week on which they do."""
    last = monday + WEEK - timedelta(days=1)
    return await facts_of_unit(tx, seal, unit_code=unit_code, first=monday, last=last, now=now, book=book)


async def ledger(tx: Tx, seal: Seal, *, unit_code: str, monday: date, now: datetime) -> Ledger:
    """Return everybody's tally before this week: the weeks published before it, as they really stood at last."""
    rows = await tx.all(
        "SELECT id FROM rotas WHERE unit_code = :unit AND week < :week AND week >= :first AND published_at <= :known"
        " AND state IN ('published', 'superseded') ORDER BY week, version",
        unit=unit_code,
        week=monday.isoformat(),
        first=(monday - _LONGEST_AGO * WEEK).isoformat(),
        known=to_micros(now),
    )
    published = [await rotas.by_id(tx, seal, rota_id=row["id"]) for row in rows]
    last_of = {rota.week: rota for rota in published if rota is not None}
    found: Ledger | None = None
    for week, rota in last_of.items():
        order = order_in(rota.inputs["order"])
        stood = await rota_days.standing(
            tx, unit_code=unit_code, first=week, last=week + WEEK - timedelta(days=1), as_known_at=now
        )
        ran = replace(order, published=places(stood), locked_before=week + WEEK, ledger=found or order.ledger)
        found = plan(ran).ledger
    return found or Ledger()
