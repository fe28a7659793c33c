"""The day's plan and the day's output: ticked or typed, shown back on a card, saved with a receipt, changed after."""

from dataclasses import replace
from datetime import date
from functools import partial

from db import reports
from db.reports import Item, Kind
from handlers.flow import Context, Flow
from handlers.judging import today
from handlers.understand import day_named
from handlers.update import Answer, Turn, done, say
from handlers.workday import card, lines, service, showing, ticking
from handlers.workday.form import Form
from handlers.workday.reading import items_in, wants_fresh, words_beyond


async def start(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Open the form of today, or of the day that was named; words that came with it are its first lines."""
    words = _words(answer)
    named = _day_named(ctx, answer, has_words=bool(words))
    form = Form(kind=kind, day=named or await service.day_meant(ctx, kind=kind))
    found = await service.openness(ctx, kind=kind, day=form.day)
    if not found.is_open:
        return showing.closed(ctx, form, found)
    if beyond := service.too_much(words):
        return done(showing.refusal(beyond))
    standing = await service.standing_items(ctx, kind=kind, day=form.day)
    if standing is not None and not wants_fresh(answer.text):
        form = replace(form, items=standing.items)
        return await showing.card(ctx, form.with_items(words) if words else form, returned=found.returned)
    if standing is not None:
        return await showing.ask_lines(ctx, form, replaces=standing.items, code=standing.code)
    suggested = await service.offers(ctx, kind=kind, day=form.day)
    form = replace(form, offered=suggested.items).begun_with(words, source=answer.message_key)
    return await (showing.offer(ctx, form) if form.offered else showing.ask_lines(ctx, form))


async def change(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Open the card of what stands, long after it was saved."""
    return await start(
        ctx, Answer(args={"day": answer.args["day"]} if "day" in answer.args else {}), kind=kind
    )


async def edited(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Show what an edited message would make of a report that is stored already; saving makes a new version (I02)."""
    form = Form(kind=kind, day=date.fromisoformat(answer.args["day"]), source=answer.message_key)
    found = await service.openness(ctx, kind=kind, day=form.day)
    standing = await service.standing_items(ctx, kind=kind, day=form.day)
    if not found.is_open:
        return showing.closed(ctx, form, found)
    source = answer.message_key or ""
    given = items_in(answer.args["text"], source=source)
    form = replace(form, items=standing.items if standing else ()).retyped(given, source=source)
    beyond = service.too_much(form.items)
    if beyond or not given:
        return done(showing.refusal(beyond))
    return await showing.card(ctx, form, returned=found.returned)


async def undo(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Withdraw what was just saved, without asking anyone; the version before it stands again."""
    report = await reports.with_id(ctx.db, person_id=ctx.me.id, report_id=str(answer.args.get("report", "")))
    if report is None or report.kind != kind:
        return done(say("common/old_button"))
    form = Form(kind=kind, day=report.on)
    found = await service.openness(ctx, kind=kind, day=report.on)
    if found.approved is not None:
        return showing.closed(ctx, form, found)
    standing = await service.standing_items(ctx, kind=kind, day=report.on)
    is_last = standing is not None and standing.id == report.id
    if report.is_withdrawn or not is_last or ctx.now - report.recorded_at > service.UNDO_WITHIN:
        return done(showing.not_undone(form, standing, is_withdrawn=report.is_withdrawn))
    again = await service.undo(ctx, kind=kind, report=report)
    return done(showing.undone(ctx, form, code=report.code, again=again.code if again else None))


def _flow(kind: Kind) -> Flow:
    flow = Flow(kind)
    for name, action in (("start", start), ("change", change), ("edited", edited), ("undo", undo)):
        flow.action(name)(partial(action, kind=kind))
    flow.step("items", wants_text=True)(partial(ticking.items, kind=kind))
    flow.step("ticks", wants_text=True)(partial(ticking.ticks, kind=kind))
    flow.step("card", wants_text=True, wants_file=True)(partial(card.card, kind=kind))
    for name in lines.STEPS:
        flow.step(name, wants_text=True, wants_file=name in lines.TAKE_FILES)(
            partial(lines.STEPS[name], kind=kind)
        )
    return flow


plan_flow = _flow("plan")
output_flow = _flow("output")


def _words(answer: Answer) -> list[Item]:
    """Return the lines that came with the wish to fill in the form (I12); none where it only names form and day."""
    text = str(answer.args.get("text") or answer.text)
    _, work = words_beyond(text)
    is_meant = (
        "text" in answer.args or work != text
    )  # "hasil rapat apa" alone names a form, and says nothing sure
    return items_in(work, source=answer.message_key) if is_meant else []


def _day_named(ctx: Context, answer: Answer, *, has_words: bool) -> date | None:
    """Return the day that was named, if any. One among the words of the work counts only if it may be reported."""
    text = str(answer.args.get("text") or answer.text)
    head = words_beyond(text)[0] if has_words else text
    named = day_named(head, today=today(ctx))
    if "day" in answer.args and not (has_words and head):
        named = date.fromisoformat(answer.args["day"])
    return None if named and has_words and not service.is_open(ctx, day=named) else named
