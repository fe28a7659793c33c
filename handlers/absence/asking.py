"""Asking for an absence: what is understood from the text, what is missing, then a card with a change for each line."""

from db import people
from handlers.absence import questions, service, showing
from handlers.absence.days import Days, Objection, days_of, overlap
from handlers.absence.kinds import RARE, USUAL, kind_named
from handlers.absence.questions import EMPTY, Draft, next_question, wanted_in
from handlers.attaching import take
from handlers.flow import Context
from handlers.judging import today
from handlers.spans import NoSuchDay, Span, part_named, span_named
from handlers.text import folded
from handlers.update import STAY, Answer, Look, Say, Turn, again, done, say
from policy.model import AbsenceKind

MOST_LETTER = 100
MOST_REASON = 500
_OPENING = frozenset({"izin", "ijin", "cuti", "leave", "permission"})  # alone it opens the door, no more


async def start(ctx: Context, answer: Answer) -> Turn:
    """Begin with what the text says already: "izin besok pagi" leads straight to the card."""
    text = answer.args.get("text") or ("" if answer.value else answer.text)
    return await _heard(ctx, EMPTY, "" if folded(text) in _OPENING else text)


async def kind(ctx: Context, answer: Answer) -> Turn:
    """Read the kind; dates in the same words are taken as well."""
    if answer.value == "others":
        return questions.ask_rare()
    picked = answer.value or _by_number(answer.text, USUAL)
    if picked:
        return await next_question(ctx, {**ctx.draft, "kind": picked})
    if folded(answer.text) == str(len(USUAL) + 1):
        return questions.ask_rare()
    if kind_named(folded(answer.text)) is None:
        return again("absence/kind_unclear")
    return await _heard(ctx, ctx.draft, answer.text)


async def rare(ctx: Context, answer: Answer) -> Turn:
    """Read one of the rarer kinds."""
    if answer.value not in RARE:
        return again("common/pick")
    return await next_question(ctx, {**ctx.draft, "kind": answer.value})


async def dates(ctx: Context, answer: Answer) -> Turn:
    """Read the days."""
    if answer.value:
        picked = span_named("besok" if answer.value == "tomorrow" else "hari ini", today=today(ctx))
    else:
        picked = span_named(answer.text, today=today(ctx))
    found = await _days(ctx, picked)
    if isinstance(found, Objection):
        return again(found.message, **found.params)
    if found is None:
        return again("absence/dates_unclear")
    part, is_half = part_named(answer.text)
    named = {"part": part or "", "half": is_half and part is None} if is_half else {}
    return await next_question(ctx, {**ctx.draft, **_of(found), **named})


async def part(ctx: Context, answer: Answer) -> Turn:
    """Read which half of the day, or all of it."""
    if answer.value not in ("whole", "morning", "afternoon"):
        return again("common/pick")
    picked = "" if answer.value == "whole" else answer.value
    return await next_question(ctx, {**ctx.draft, "part": picked, "half": False})


async def letter(ctx: Context, answer: Answer) -> Turn:
    """Take the letter: its number, a photo or a PDF; or later."""
    if answer.file is not None:
        return await attached(ctx, answer)
    if answer.value == "later":
        return await next_question(ctx, {**ctx.draft, "letter": "", "file": ""})
    if len(answer.text) > MOST_LETTER:
        return again("absence/too_long", chars=len(answer.text), most=MOST_LETTER)
    return await next_question(ctx, {**ctx.draft, "letter": answer.text})


async def reason(ctx: Context, answer: Answer) -> Turn:
    """Take the reason, as it is written."""
    if len(answer.text) > MOST_REASON:
        return again("absence/too_long", chars=len(answer.text), most=MOST_REASON)
    return await next_question(ctx, {**ctx.draft, "reason": "" if answer.value else answer.text})


async def card(ctx: Context, answer: Answer) -> Turn:
    """Send it, or change one line."""
    if answer.file is not None:
        return await attached(ctx, answer)
    if answer.value == "submit":
        return await _submit(ctx)
    changes = {
        "kind": lambda: questions.ask_kind(ctx.draft),
        "dates": questions.ask_dates,
        "part": questions.ask_part,
        "letter": questions.ask_letter,
        "reason": questions.ask_reason,
    }
    asks = changes.get(answer.value or "")
    return asks() if asks else again("common/pick")


async def attached(ctx: Context, answer: Answer) -> Turn:
    """Keep the photo or PDF as the letter. One file is kept; another of the same album is answered once (I05)."""
    if answer.file is None:
        return again("common/pick")
    if not answer.is_more:
        file_id = await take(ctx, answer.file, kind="letter")
        # The caption is left out: below a doctor's letter it may name an illness, and the superior reads the number.
        return await next_question(ctx, {**ctx.draft, "file": file_id, "again": False})
    if ctx.draft["again"]:
        return Turn(step=STAY)
    return await next_question(ctx, {**ctx.draft, "again": True}, before=(say("absence/one_file"),))


async def _heard(ctx: Context, draft: Draft, text: str) -> Turn:
    """Take over what a text says of kind, days and half, and ask for the rest."""
    meant = kind_named(folded(text))
    found = await _days(ctx, span_named(text, today=today(ctx)))
    half, is_half = part_named(text)
    heard = {**draft, "kind": meant.value if meant else draft["kind"]}
    if is_half:
        heard |= {"part": half or "", "half": half is None}
    if isinstance(found, Objection):
        return await next_question(ctx, heard, before=(say(found.message, **found.params),))
    return await next_question(ctx, {**heard, **_of(found)} if found else heard)


async def _days(ctx: Context, span: Span | NoSuchDay | None) -> Days | Objection | None:
    if isinstance(span, NoSuchDay):
        return Objection(message="absence/no_such_day", params={"written": span.written})
    if span is None:
        return None
    found = await days_of(ctx, span)
    if isinstance(found, Objection):
        return found
    return await overlap(ctx, first=found.first, last=found.last) or found


def _of(days: Days) -> Draft:
    return {
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "worked": days.worked,
        "rests": days.has_rest,
    }


async def _submit(ctx: Context) -> Turn:
    """Store it, if the days are still free and open: the card may be hours old."""
    wanted = wanted_in(ctx.draft)
    found = await days_of(ctx, Span(first=wanted.first, last=wanted.last))
    asked = found if isinstance(found, Objection) else await service.submit(ctx, wanted)
    if isinstance(asked, Objection):
        return done(say(asked.message, **asked.params))
    told = await showing.tell_approver(ctx, asked)
    officers = await showing.tell_officers(ctx, asked.request)
    return done(*told, *officers, await _receipt(ctx, asked, is_told=bool(told)))


async def _receipt(ctx: Context, asked: service.Asked, *, is_told: bool) -> Say:
    request, approver = asked.request, asked.approver
    decides = await people.by_id(ctx.db, person_id=approver.person_id, now=ctx.now) if approver else None
    params = {
        **showing.about(request.wanted),
        "code": request.code,
        "at": ctx.sent_at.isoformat(),
        "timezone": ctx.me.timezone,
        "decides": decides.name if decides else None,
        "is_told": is_told,
        "has_letter": bool(request.wanted.letter or request.wanted.file_id),
    }
    choices = showing.own_choices(request)
    return Say(message="absence/asked", params=params, choices=choices, look=Look.BUTTONS)


def _by_number(text: str, offered: tuple[AbsenceKind, ...]) -> str | None:
    typed = folded(text)
    is_one = typed.isdigit() and 0 < int(typed) <= len(offered)
    return offered[int(typed) - 1].value if is_one else None
