"""What is said of a swap: to the one who asks, the partner, the head; and the new cards of both."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from db import people
from db.rota import days as rota_days
from db.rota.cards import Card
from db.swaps import Swap
from handlers import telling
from handlers.flow import Context
from handlers.swap import service
from handlers.telling import Word
from handlers.update import Choice, Look, Say
from policy.words import Arrangement

Params = dict[str, Any]
_MY_WEEK = Choice(value="my_week", label="my_week", opens="today:week")


def terms(*, asker: str, partner: str, gives: date, takes: date, place: str) -> Params:
    """Return who gives which day for which; `place` is where the asker works on the day that they give away.

    On the day that they take over, the partner works in the same kind of place: else there were nothing to swap.
    """
    return {
        "asker": asker,
        "partner": partner,
        "gives": gives.isoformat(),
        "takes": takes.isoformat(),
        "place": place,
    }


async def whole(ctx: Context, swap: Swap) -> Params:
    """Return everything that a message about a swap shows, as its two people are called now."""
    asker = await people.by_id(ctx.db, person_id=swap.asked_by, now=ctx.now)
    partner = await people.by_id(ctx.db, person_id=swap.partner_id, now=ctx.now)
    turn = await rota_days.turn(ctx.db, person_id=swap.asked_by, on=swap.gives, as_known_at=ctx.now)
    place = turn[2].arrangement.value if turn else Arrangement.WFO.value
    return {
        **terms(
            asker=asker.name if asker else "",
            partner=partner.name if partner else "",
            gives=swap.gives,
            takes=swap.takes,
            place=place,
        ),
        "unit": asker.unit_name if asker else "",
        "code": swap.code,
    }


async def sent(ctx: Context, swap: Swap) -> tuple[Say, ...]:
    """Ask the partner, and tell the asker that it was asked."""
    params = await whole(ctx, swap)
    del params["unit"]  # both know it
    word = Word(
        message="swap/wanted",
        params=params,
        choices=_buttons(swap, "agree", "refuse"),
        once=f"swap:{swap.id}:wanted",
    )
    told = await telling.one(ctx, swap.partner_id, word)
    receipt = Say(message="swap/sent", params=params, choices=_buttons(swap, "withdraw"), look=Look.BUTTONS)
    return (*told, receipt)


async def to_approve(ctx: Context, swap: Swap) -> tuple[Say, ...]:
    """Ask the head, and tell the asker that it waits for them."""
    params, head = await whole(ctx, swap), await service.head(ctx, swap)
    word = Word(
        message="swap/to_approve",
        params=params,
        choices=_buttons(swap, "approve", "decline"),
        once=f"swap:{swap.id}:approve",
    )
    asked = await telling.one(ctx, head.id, word, role_needed="head") if head else ()
    waits = Word(
        message="swap/waits_for_head",
        params={"code": swap.code, "partner": params["partner"]},
        once=f"swap:{swap.id}:agreed",
    )
    return (*asked, *await telling.one(ctx, swap.asked_by, waits))


async def carried_out(ctx: Context, swap: Swap, terms_of: Params, cards: Iterable[Card]) -> tuple[Say, ...]:
    """Give both their new days, and tell the head unless they have just approved it."""
    says: list[Say] = []
    for card in cards:
        word = Word(
            message="rota/your_days",
            params=card.told(unit=terms_of["unit"], code=swap.code, is_news=False),
            once=f"swap:{swap.id}:done",
            choices=(_MY_WEEK,),
        )
        says += await telling.one(ctx, card.person.id, word)
    head = await service.head(ctx, swap)
    if head is not None and head.id != ctx.me.id:
        told = Word(message="swap/told", params=terms_of, once=f"swap:{swap.id}:told")
        says += await telling.one(ctx, head.id, told, role_needed="head")
    return tuple(says)


async def ended(ctx: Context, swap: Swap, *, state: str) -> tuple[Say, ...]:
    """Tell those of the two who did not end it themselves that it is over, never why somebody would not."""
    says: list[Say] = []
    for person_id in (swap.asked_by, swap.partner_id):
        if person_id != ctx.me.id:
            params = {"code": swap.code, "state": state, "by": ctx.me.name}
            word = Word(message="swap/ended", params=params, once=f"swap:{swap.id}:{state}")
            says += await telling.one(ctx, person_id, word)
    return tuple(says)


def _buttons(swap: Swap, *names: str) -> tuple[Choice, ...]:
    args = {"id": swap.id}
    return tuple(Choice(value=name, label=f"swap_{name}", opens=f"swap:{name}", args=args) for name in names)
