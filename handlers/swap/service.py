"""Swapping a day: with whom it can be done now, and every step of it, each safe against what happened meanwhile."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from db import audit, identities, swaps
from db.people import Person
from db.rota import cards as rota_cards
from db.rota import days as rota_days
from db.rota import ground as rota_ground
from db.rota import settings as rota_settings
from db.rota import units as rota_units
from db.rota.cards import Card
from db.rota.days import Day
from db.swaps import Swap
from db.two_clocks import hold
from handlers.flow import Context
from handlers.judging import today
from policy.calendar import WEEK, local_date, monday_of, zone_named
from policy.roster import Assignment, Order, Rota, Slot
from policy.rota.swaps import exchanged, partners
from policy.words import Arrangement

SWAPPED = "swapped"  # why a day says so: db/turns.py reads it
_WEEKS = 2  # this week and the next: no rota is published for later ones


@dataclass(frozen=True, kw_only=True)
class Table:
    """A unit's published week, as swaps are judged: by the rules and the rota as they are now."""

    unit_code: str
    order: Order
    rota: Rota

    def place(self, person_id: str, on: date) -> Assignment | None:
        return self.rota.days.get(on, {}).get(person_id)

    def own_days(self, person_id: str) -> list[date]:
        """The days on which a rota gave somebody a place that nothing else settles, and that are not over."""
        member = next((each for each in self.order.members if each.id == person_id), None)
        first = self.order.locked_before
        return [
            on
            for on in sorted(self.rota.days)
            if member is not None
            and (first is None or on >= first)
            and self.place(person_id, on) is not None
            and member.slots.get(on, Slot.FREE) is Slot.FREE
        ]

    def allows(self, swap: Swap) -> bool:
        """Whether every limit stays true, for both, at this moment."""
        found = partners(self.order, self.rota, swap.asked_by, swap.gives)
        return (swap.partner_id, swap.takes) in found


async def table(ctx: Context, *, unit_code: str, monday: date) -> Table:
    """Return a unit's week as it stands now; today's places are not swapped any more."""
    order = await rota_ground.order_of(
        ctx.db, ctx.seal, ctx.policy, unit_code=unit_code, monday=monday, now=ctx.now
    )
    last = monday + WEEK - timedelta(days=1)
    stands = await rota_days.standing_now(ctx.db, unit_code=unit_code, first=monday, last=last)
    tomorrow = _now_here(ctx) + timedelta(days=1)
    rota = Rota(unit=unit_code, days=rota_ground.places(stands), problems=(), ledger=order.ledger)
    return Table(unit_code=unit_code, order=replace(order, locked_before=tomorrow), rota=rota)


async def own_days(ctx: Context) -> list[tuple[date, Arrangement]]:
    """Return one's own coming days that can be swapped at all."""
    this = monday_of(today(ctx))
    found = []
    for number in range(_WEEKS):
        shown = await table(ctx, unit_code=ctx.me.unit_code, monday=this + number * WEEK)
        for on in shown.own_days(ctx.me.id):
            place = shown.place(ctx.me.id, on)
            if place is not None:
                found.append((on, place.arrangement))
    return found


async def offers(ctx: Context, *, day: date) -> list[tuple[str, str, date]]:
    """Return (person, name, their day) of everybody with whom a day can be swapped; of others nothing is said."""
    shown = await table(ctx, unit_code=ctx.me.unit_code, monday=monday_of(day))
    names = await rota_units.names(ctx.db, unit_code=ctx.me.unit_code, on=day, now=ctx.now)
    found = []
    for person, on in partners(shown.order, shown.rota, ctx.me.id, day):
        if person in names and await identities.linked(ctx.db, person_id=person):
            found.append((person, names[person], on))
    return sorted(found, key=lambda each: (each[2], each[1], each[0]))


async def ask(
    ctx: Context, *, partner_id: str, gives: date, takes: date
) -> Swap | Literal["changed", "busy"]:
    """Ask for a swap. "changed": it is not possible any more; "busy": a day is part of another request."""
    if all((person, on) != (partner_id, takes) for person, _, on in await offers(ctx, day=gives)):
        return "changed"
    swap = await swaps.ask(
        ctx.db,
        unit_code=ctx.me.unit_code,
        asked_by=ctx.me.id,
        partner_id=partner_id,
        gives=gives,
        takes=takes,
        now=ctx.now,
    )
    if swap is None:
        return "busy"
    await note(ctx, "swap_asked", swap)
    return swap


async def needs_approval(ctx: Context, swap: Swap) -> bool:
    """Whether a head must approve it: as the agency decided, and there is a head besides the two."""
    rule = await rota_settings.swap_rule(ctx.db, unit_code=swap.unit_code, on=_now_here(ctx), now=ctx.now)
    return rule == "approve" and await head(ctx, swap) is not None


async def head(ctx: Context, swap: Swap) -> Person | None:
    """Return who is told of a swap, or approves it: who makes the unit's rota, and is none of the two."""
    return await rota_units.reachable_head(
        ctx.db,
        unit_code=swap.unit_code,
        on=_now_here(ctx),
        now=ctx.now,
        but=(swap.asked_by, swap.partner_id),
    )


async def may_approve(ctx: Context, swap: Swap) -> bool:
    """Whether the person decides this swap at this moment (V05)."""
    decides = await head(ctx, swap)
    return decides is not None and decides.id == ctx.me.id


async def is_possible(ctx: Context, swap: Swap) -> bool:
    """Whether it can still be done: both days to come, both people there, every limit kept.

    The unit's rota is held, so that it stays so until this transaction ends.
    """
    await hold(ctx.db, "units", key=swap.unit_code)
    shown = await table(ctx, unit_code=swap.unit_code, monday=monday_of(swap.gives))
    return shown.allows(swap)


async def carry_out(ctx: Context, swap: Swap, *, by: str | None, is_partner: bool) -> list[Card] | None:
    """Exchange the two places; return both cards. None if somebody or something was faster: nothing changed."""
    shown = await table(ctx, unit_code=swap.unit_code, monday=monday_of(swap.gives))
    if not await swaps.move(ctx.db, swap=swap, state="done", now=ctx.now, by=by, partner=is_partner):
        return None
    after = exchanged(shown.rota, swap.asked_by, swap.gives, swap.partner_id, swap.takes)
    days = [
        _day(person, on, after[on][person])
        for person in (swap.asked_by, swap.partner_id)
        for on in (swap.gives, swap.takes)
    ]
    if not await rota_days.replace_turns(ctx.db, unit_code=swap.unit_code, days=days, now=ctx.now):
        raise LookupError("A published day of a swap that was found possible is gone in its own transaction.")
    await note(ctx, "swap_done", swap)
    return await rota_cards.cards(ctx.db, ctx.seal, ctx.policy, days, now=ctx.now)


def _day(person_id: str, on: date, place: Assignment) -> Day:
    return Day(person_id=person_id, on=on, arrangement=place.arrangement, shift=place.shift, because=SWAPPED)


def _now_here(ctx: Context) -> date:
    return local_date(ctx.now, zone_named(ctx.me.timezone))


async def note(ctx: Context, action: str, swap: Swap) -> None:
    """Keep who did what to a swap."""
    detail = {"swap": swap.code, "unit": swap.unit_code}
    await audit.note(
        ctx.db, actor=ctx.me.id, action=action, subject=swap.asked_by, detail=detail, now=ctx.now
    )
