"""The first answers to a plan or output form: lines ticked by tap or number, and lines typed."""

from dataclasses import replace

from db.reports import Kind
from handlers.flow import Context
from handlers.text import folded
from handlers.understand import greets, thanks
from handlers.update import Answer, Turn, again
from handlers.workday import service, showing
from handlers.workday.form import Form, form_of
from handlers.workday.reading import items_in, numbers_in, only_numbers, says

_IN_WORDS = (("next", "next"), ("all", "all_done"))


async def items(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Read typed lines and show them back."""
    return await typed(ctx, answer, form_of(ctx, kind))


async def ticks(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Turn ticks round, take them all, or go on to the card; typed lines come beside what is ticked."""
    form = form_of(ctx, kind)
    every = tuple(range(1, len(form.offered) + 1))
    meant = _meant(answer)
    if meant == "all":
        return await _to_card(ctx, replace(form, ticked=every).with_ticked())
    if meant == "next" and (form.ticks or form.items):
        return await _to_card(ctx, form.with_ticked())
    given = numbers_in(answer.value or answer.text, most=len(every))
    if given and not answer.is_edit:
        return await showing.offer(ctx, replace(form, ticked=_turned(form, given)))
    if answer.value is not None:  # a row of an older list
        return again("common/pick")
    if not given and only_numbers(answer.text):  # a number that no line has is nobody's work
        return again("workday/no_such_line", most=len(every))
    return await typed(ctx, answer, form)


async def typed(ctx: Context, answer: Answer, form: Form) -> Turn:
    """Show the form with typed lines, or say that they are none or too much; nothing is lost then."""
    if greets(folded(answer.text)) or thanks(answer.text):  # said to us, and nobody's work
        return again("workday/empty")
    source = answer.message_key or ""
    given = items_in(answer.text, source=source)
    grown = form.retyped(given, source=source) if answer.is_edit else form.with_ticked(given)
    if not given:
        return again("workday/empty")
    return await _to_card(ctx, replace(grown, source=source or form.source))


async def _to_card(ctx: Context, form: Form) -> Turn:
    """Show the card, or say that it would be too much; the form then stays as it was."""
    beyond = service.too_much(form.items)
    if beyond is None:
        return await showing.card(ctx, form)
    refusal = showing.refusal(beyond)
    return again(refusal.message, **refusal.params)


def _meant(answer: Answer) -> str | None:
    """Return the choice that was tapped, or meant by usual words where lines are awaited: "lanjut", "semua"."""
    if answer.value is not None or answer.is_edit:
        return answer.value
    return next((value for value, label in _IN_WORDS if says(answer.text, label)), None)


def _turned(form: Form, given: list[int]) -> tuple[int, ...]:
    """One number is a tap and turns its tick round; several are all meant."""
    ticks = set(form.ticks)
    return tuple(sorted(ticks ^ set(given) if len(given) == 1 else ticks | set(given)))
