"""The card before saving: save, add, open a line to change it; by tapping, by number, or in words."""

from dataclasses import replace

from db.reports import Kind
from handlers.flow import Context
from handlers.update import STAY, Answer, Turn, again, done
from handlers.workday import lines, service, showing
from handlers.workday.form import Form, form_of
from handlers.workday.reading import order_in, says
from handlers.workday.ticking import typed


async def card(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Do what was tapped or written on the card; other words are further lines."""
    form = form_of(ctx, kind)
    if answer.file is not None:
        return await _attach(ctx, answer, form)
    value, number = answer.value or "", 0
    if value.startswith("line:"):
        number = int(value.removeprefix("line:"))
    elif not value and not answer.is_edit:
        value, number = _in_words(form, answer.text)
    if value == "save":
        return await _save(ctx, form)
    if value == "add":
        return await _add(ctx, form)
    if value == "change":
        number = 1 if len(form.items) == 1 else 0
    if 0 < number <= len(form.items):
        at = replace(form, at=number)
        return await (showing.card(ctx, at.with_line(None)) if value == "remove" else showing.line(ctx, at))
    if value:
        return again("workday/which_line", most=len(form.items))
    return await typed(ctx, answer, form)


def _in_words(form: Form, text: str) -> tuple[str, int]:
    """Return what typed words ask for, and of which line; ("", 0) when they are lines of work."""
    for value in ("save", "change", "add"):
        if says(text, value):
            return value, 0
    order = order_in(text, most=len(form.items))
    if order is None:
        return "", 0
    return "remove" if order.removes else "open", order.number


async def _attach(ctx: Context, answer: Answer, form: Form) -> Turn:
    """Take a photo or document as evidence of the line that its caption names, or of the only one there is."""
    order = order_in(answer.text, most=len(form.items))
    number = order.number if order else len(form.items)
    if form.kind == "output" and (order or number == 1):
        return await lines.take(ctx, answer, replace(form, at=number))
    if answer.is_more:  # of an album that was answered already (I05)
        return Turn(step=STAY)
    return again("workday/not_read", part="proof_where" if form.kind == "output" else "proof_later")


async def _add(ctx: Context, form: Form) -> Turn:
    """Offer what may still be ticked; where there is nothing, ask to type."""
    had = {item.key for item in form.items if item.key} | {
        item.task_id for item in form.items if item.task_id
    }
    words = {item.activity for item in form.items}
    offered = tuple(
        item
        for item in (await service.offers(ctx, kind=form.kind, day=form.day)).items
        if item.key not in had and item.task_id not in had and item.activity not in words
    )
    grown = replace(form, offered=offered, ticked=())
    return await (showing.offer(ctx, grown) if offered else showing.ask_lines(ctx, grown))


async def _save(ctx: Context, form: Form) -> Turn:
    found = await service.openness(ctx, kind=form.kind, day=form.day)
    if not found.is_open:
        return showing.closed(ctx, form, found)
    outcome = await service.submit(
        ctx, kind=form.kind, day=form.day, items=form.items, source_message=form.source, moved=form.moved
    )
    return done(await showing.receipt(ctx, form, outcome))
