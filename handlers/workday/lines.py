"""One line of the card: its words, result, amount, per cent and evidence; moved to another day, or taken out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from db.reports import Item, Kind
from handlers import attaching
from handlers.flow import Context
from handlers.itemized import line_params
from handlers.judging import next_working_day, today
from handlers.understand import day_named
from handlers.update import Answer, Choice, Turn, again, ask
from handlers.workday import service, showing
from handlers.workday.form import Form, form_of
from handlers.workday.reading import amount_in, link_in, percent_in

_FURTHEST = timedelta(days=60)
_BACK = Choice(value="back", label="line_back")
_ASKED: Mapping[str, tuple[Choice, ...]] = {
    "words": (_BACK,),
    "result": (_BACK,),
    "amount": (_BACK,),
    "percent": (*(Choice(value=str(part), words=f"{part} %") for part in (25, 50, 75, 100)), _BACK),
    "proof": (_BACK,),
    "move": (Choice(value="next_day", label="next_working_day"), _BACK),
}


async def line(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Open a part of the line; what is typed at once is read as what it looks like."""
    form = form_of(ctx, kind)
    if answer.value == "back":
        return await showing.card(ctx, form)
    if answer.value == "remove":
        return await showing.card(ctx, form.with_line(None))
    if answer.value is not None and answer.value in _ASKED:
        return _ask(form, answer.value)
    if answer.value is not None:
        return again("common/pick")
    return await (_set if answer.is_edit else _read_loosely)(ctx, answer, form)


async def words(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Take other words for the line."""
    return await _set(ctx, answer, form_of(ctx, kind))


async def result(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Take what came, or is to come, of it."""
    return await _set(ctx, answer, form_of(ctx, kind), is_result=True)


async def amount(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Take volume and unit, written together."""
    form = form_of(ctx, kind)
    if answer.value == "back":
        return await showing.line(ctx, form)
    read = amount_in(answer.text)
    if read is None:
        return again("workday/not_read", part="amount")
    return await showing.card(ctx, form.with_line(replace(form.line, volume=read[0], unit=read[1])))


async def percent(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Take how much of it is done."""
    form = form_of(ctx, kind)
    if answer.value == "back":
        return await showing.line(ctx, form)
    read = percent_in(answer.value or answer.text)
    if read is None:
        return again("workday/not_read", part="percent")
    return await showing.card(ctx, form.with_line(replace(form.line, achievement=read)))


async def proof(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Take photos, documents and links, one after the other, until it is enough."""
    form = form_of(ctx, kind)
    if answer.value == "back":
        return await showing.card(ctx, form)
    return await take(ctx, answer, form)


async def take(ctx: Context, answer: Answer, form: Form) -> Turn:
    """Keep what came as evidence of the current line, and ask for more; an album is answered once."""
    found = await _proof_in(ctx, answer, form)
    if found is None:
        return again("workday/not_read", part="proof")
    grown = form.with_line(found)
    if answer.is_more:  # of the same album, which is answered already (I05)
        return Turn(step="proof", draft=grown.draft())
    return ask(
        "workday/proof",
        step="proof",
        choices=(_ENOUGH,),
        draft=grown.draft(),
        line=await line_params(ctx.db, found),
        most=_MOST if len(found.evidence) >= _MOST else None,
    )


_MOST = service.MOST_EVIDENCE
_ENOUGH = Choice(value="back", label="done")


async def _proof_in(ctx: Context, answer: Answer, form: Form) -> Item | None:
    """Return the line with the evidence of an answer; None if it holds none. Beyond the limit it stays as it is."""
    item = form.line
    link = link_in(answer.text)
    if answer.file is None and link is None:
        return None
    if len(item.evidence) >= _MOST or (link and link in item.evidence):
        return item
    if answer.file is None:
        return replace(item, evidence=(*item.evidence, str(link)))
    file_id = await attaching.take(ctx, answer.file, kind="evidence")
    return replace(item, evidence=(*item.evidence, f"file:{file_id}"))


async def move(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
    """Put the line off to another day; it is offered in that day's plan."""
    form = form_of(ctx, kind)
    if answer.value == "back":
        return await showing.line(ctx, form)
    if answer.value == "next_day":
        to = await next_working_day(ctx, after=max(form.day, today(ctx)))
    else:
        to = day_named(answer.text, today=today(ctx))
    if to is None or not _can_wait_until(ctx, form, to):
        return again("workday/not_read", part="move")
    moved = (*form.moved, (form.line, to))
    return await showing.card(ctx, replace(form, moved=moved).with_line(None))


def _unless_edited(step: Callable[..., Awaitable[Turn]]) -> Callable[..., Awaitable[Turn]]:
    """An edited message says nothing of the line it was about: another one may be open by now."""

    async def read(ctx: Context, answer: Answer, *, kind: Kind) -> Turn:
        return again("common/edit_ignored") if answer.is_edit else await step(ctx, answer, kind=kind)

    return read


STEPS: Mapping[str, Callable[..., Awaitable[Turn]]] = {
    "line": line,
    "words": words,
    "result": _unless_edited(result),
    "amount": _unless_edited(amount),
    "percent": _unless_edited(percent),
    "proof": _unless_edited(proof),
    "move": _unless_edited(move),
}
TAKE_FILES = frozenset({"line", "proof"})


def _ask(form: Form, part: str) -> Turn:
    return ask(
        "workday/part",
        step=part,
        choices=_ASKED[part],
        draft=form.draft(),
        part=part,
        kind=form.kind,
        activity=form.line.activity,
    )


async def _read_loosely(ctx: Context, answer: Answer, form: Form) -> Turn:
    """A photo or link is evidence, "80 %" how much is done, "3 dokumen" an amount; other words are the line's own."""
    is_output = form.kind == "output"
    if is_output and (answer.file is not None or link_in(answer.text)):
        return await proof(ctx, answer, kind=form.kind)
    if answer.file is not None:
        return again("workday/not_read", part="proof_later")
    if is_output and "%" in answer.text and percent_in(answer.text) is not None:
        return await percent(ctx, answer, kind=form.kind)
    if amount_in(answer.text):
        return await amount(ctx, answer, kind=form.kind)
    return await _set(ctx, answer, form)


async def _set(ctx: Context, answer: Answer, form: Form, *, is_result: bool = False) -> Turn:
    if answer.value == "back":
        return await showing.line(ctx, form)
    source = answer.message_key or ""
    if answer.is_edit:
        at = next((n for n, item in enumerate(form.items, 1) if item.typed_in == source), 0)
        if not at:
            return again("common/edit_ignored")
        form = replace(form, at=at)
    said = " ".join(answer.text.split())
    grown = form.with_line(
        replace(form.line, output=said) if is_result else replace(form.line, activity=said, typed_in=source)
    )
    beyond = service.too_much(grown.items)
    if beyond is not None:
        refusal = showing.refusal(beyond)
        return again(refusal.message, **refusal.params)
    return await showing.card(ctx, grown)


def _can_wait_until(ctx: Context, form: Form, to: date) -> bool:
    first = max(form.day, today(ctx))
    return first < to <= first + _FURTHEST
