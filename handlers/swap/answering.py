"""Answering a swap: by the partner, by the head, or by the asker who takes it back. Whoever is late changes nothing."""

from db import swaps
from db.swaps import State, Swap
from handlers.flow import Context
from handlers.swap import service, showing
from handlers.update import Answer, Look, Say, Turn, done


async def agreed(ctx: Context, answer: Answer) -> Turn:
    """The partner agrees: it is done, or goes to the head."""
    swap = await _found(ctx, answer, state="asked")
    if swap is None or swap.partner_id != ctx.me.id:
        return _over()
    if not await service.is_possible(ctx, swap):
        return await _overtaken(ctx, swap)
    if not await service.needs_approval(ctx, swap):
        return await _carry_out(ctx, swap, is_partner=True)
    if not await swaps.move(ctx.db, swap=swap, state="agreed", now=ctx.now, partner=True):
        return _over()
    await service.note(ctx, "swap_agreed", swap)
    return done(*await showing.to_approve(ctx, swap), _say("swap/agreed", code=swap.code))


async def refused(ctx: Context, answer: Answer) -> Turn:
    """The partner does not agree; they need not say why."""
    swap = await _found(ctx, answer, state="asked")
    if swap is None or swap.partner_id != ctx.me.id:
        return _over()
    return await _end(ctx, swap, "refused", is_partner=True)


async def withdrawn(ctx: Context, answer: Answer) -> Turn:
    """The asker takes it back, while it is not done."""
    swap = await _found(ctx, answer)
    if swap is None or swap.asked_by != ctx.me.id:
        return _over()
    return await _end(ctx, swap, "withdrawn")


async def approved(ctx: Context, answer: Answer) -> Turn:
    """The head approves, if they are the head now."""
    swap = await _found(ctx, answer, state="agreed")
    if swap is None or not await service.may_approve(ctx, swap):
        return _over()
    if not await service.is_possible(ctx, swap):
        return await _overtaken(ctx, swap)
    return await _carry_out(ctx, swap, is_partner=False)


async def declined(ctx: Context, answer: Answer) -> Turn:
    """The head does not approve."""
    swap = await _found(ctx, answer, state="agreed")
    if swap is None or not await service.may_approve(ctx, swap):
        return _over()
    return await _end(ctx, swap, "refused")


async def _found(ctx: Context, answer: Answer, *, state: State | None = None) -> Swap | None:
    """Return the swap of a button, while it is open (and in that state)."""
    swap = await swaps.by_id(ctx.db, swap_id=str(answer.args.get("id", "")))
    return swap if swap and swap.is_open and state in (None, swap.state) else None


async def _carry_out(ctx: Context, swap: Swap, *, is_partner: bool) -> Turn:
    terms = await showing.whole(ctx, swap)  # as it was until now
    cards = await service.carry_out(ctx, swap, by=None if is_partner else ctx.me.id, is_partner=is_partner)
    if cards is None:
        return _over()
    return done(*await showing.carried_out(ctx, swap, terms, cards), _say("swap/done", code=swap.code))


async def _end(ctx: Context, swap: Swap, state: State, *, is_partner: bool = False) -> Turn:
    by = ctx.me.id if state == "refused" and not is_partner else None
    if not await swaps.move(ctx.db, swap=swap, state=state, now=ctx.now, by=by, partner=is_partner):
        return _over()
    await service.note(ctx, f"swap_{state}", swap)
    told = await showing.ended(ctx, swap, state=state)
    return done(*told, _say("swap/you_ended", code=swap.code, state=state))


async def _overtaken(ctx: Context, swap: Swap) -> Turn:
    """The rota, a rule or a person changed meanwhile, or the day has come: both hear that it is over."""
    if await swaps.move(ctx.db, swap=swap, state="overtaken", now=ctx.now):
        await service.note(ctx, "swap_overtaken", swap)
    told = await showing.ended(ctx, swap, state="overtaken")
    return done(*told, _say("swap/ended", code=swap.code, state="overtaken", by=""))


def _over() -> Turn:
    return done(_say("swap/over"))


def _say(message: str, **params: object) -> Say:
    return Say(message=message, params=params, look=Look.BUTTONS)
