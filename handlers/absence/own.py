"""What somebody has asked for: seen, the letter that came later, and taking it back from a day on."""

from datetime import date, timedelta

from db import absence_requests
from db.absence_requests import Request
from handlers import telling
from handlers.absence import service, showing
from handlers.absence.asking import MOST_LETTER
from handlers.attaching import take
from handlers.flow import Context
from handlers.judging import today
from handlers.spans import Span, span_named
from handlers.telling import Word
from handlers.update import STAY, Answer, Choice, Look, Say, Turn, again, ask, done, say

MOST_LISTED = 8
_KEEP = Choice(value="keep", label="keep_absence")


async def mine(ctx: Context, _answer: Answer) -> Turn:
    """List what was asked for and is not over."""
    standing = (await service.standing(ctx))[:MOST_LISTED]
    if not standing:
        return done(say("absence/nothing_asked"))
    lines = [{**showing.about(each.wanted), "code": each.code, "state": each.state} for each in standing]
    choices = tuple(
        Choice(value=each.id, words=f"{number} {each.code}", opens="absence:own", args={"id": each.id})
        for number, each in enumerate(standing, 1)
    )
    return done(Say(message="absence/mine", params={"lines": lines}, choices=choices, look=Look.KEYBOARD))


async def own(ctx: Context, answer: Answer) -> Turn:
    """Show one of them, with what can still be done."""
    found = await _own(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("absence/not_standing"))
    return done(
        Say(
            message="absence/own",
            params={
                **showing.about(found.wanted),
                "code": found.code,
                "state": found.state,
                "letter": found.wanted.letter,
                "has_file": found.wanted.file_id is not None,
                "reason": found.wanted.reason,
            },
            choices=showing.own_choices(found),
            look=Look.KEYBOARD,
        )
    )


async def letter(ctx: Context, answer: Answer) -> Turn:
    """Ask for the letter that was to come later."""
    found = await _own(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("absence/not_standing"))
    return ask("absence/letter", step="add_letter", draft={"request": found.id})


async def add_letter(ctx: Context, answer: Answer) -> Turn:
    """Keep the number, or the photo or PDF."""
    if answer.is_more:
        return Turn(step=STAY)
    if answer.file is None and len(answer.text) > MOST_LETTER:
        return again("absence/too_long", chars=len(answer.text), most=MOST_LETTER)
    file_id = await take(ctx, answer.file, kind="letter") if answer.file else None
    number = answer.text if file_id is None else None  # a caption is no number, and may name an illness
    is_kept = await absence_requests.attach(
        ctx.db, request_id=ctx.draft["request"], letter=number, file_id=file_id
    )
    found = await _own(ctx, ctx.draft["request"])
    if not is_kept or found is None:
        return done(say("absence/not_standing"))
    officers = await showing.tell_officers(ctx, found)
    return done(*officers, say("absence/letter_added", code=found.code, number=number))


async def cancel(ctx: Context, answer: Answer) -> Turn:
    """Ask from when on it is taken back; of what is undecided, or has not begun, that is all of it."""
    found = await _own(ctx, answer.args.get("id", ""))
    if found is None:
        return done(say("absence/not_standing"))
    return _ask_from(ctx, found)


async def take_back(ctx: Context, answer: Answer) -> Turn:
    """Take it back from the day that was picked or typed."""
    found = await _own(ctx, ctx.draft["request"])
    if found is None:
        return done(say("absence/not_standing"))
    if answer.value == "keep":
        return done(say("absence/kept", code=found.code))
    first = _from(ctx, answer, found)
    if first is None:
        return again(
            "absence/which_day", first=_open_from(ctx, found).isoformat(), last=found.wanted.last.isoformat()
        )
    decided = await service.cancel(ctx, found, first=first)
    if decided is None:
        return done(say("absence/not_standing"))
    return done(*await _tell(ctx, found, first), _receipt(ctx, found, decided, first))


async def _own(ctx: Context, request_id: str) -> Request | None:
    """Return a request of the person's own that is undecided or approved, and not over."""
    found = await absence_requests.by_id(ctx.db, ctx.seal, request_id=request_id)
    stands = found is not None and found.state in ("asked", "approved") and found.wanted.last >= today(ctx)
    return found if found is not None and stands and found.person_id == ctx.me.id else None


def _open_from(ctx: Context, request: Request) -> date:
    """The first day that can be taken back: of an approved absence today, for what is over was an absence."""
    first = request.wanted.first
    return first if request.state == "asked" else max(first, today(ctx))


def _ask_from(ctx: Context, request: Request) -> Turn:
    begins, last = _open_from(ctx, request), request.wanted.last
    has_begun = begins > request.wanted.first
    choices = [Choice(value=begins.isoformat(), label="from_today" if has_begun else "cancel_all")]
    if has_begun and last > begins:
        tomorrow = begins + timedelta(days=1)
        choices.append(Choice(value=tomorrow.isoformat(), label="from_tomorrow"))
    return ask(
        "absence/cancel",
        step="take_back",
        choices=(*choices, _KEEP),
        draft={"request": request.id},
        **showing.about(request.wanted),
        code=request.code,
        state=request.state,
        may_shorten=request.state == "approved" and last > begins,
    )


def _from(ctx: Context, answer: Answer, request: Request) -> date | None:
    begins = _open_from(ctx, request)
    if answer.value:
        return max(date.fromisoformat(answer.value), begins)  # "from today" may have been asked yesterday
    span = span_named(answer.text, today=today(ctx))
    is_day = isinstance(span, Span) and request.state == "approved"
    return (
        span.first
        if isinstance(span, Span) and is_day and begins <= span.first <= request.wanted.last
        else None
    )


async def _tell(ctx: Context, request: Request, first: date) -> tuple[Say, ...]:
    """Tell who decided, or would have."""
    approver = await service.approver_of(ctx, person_id=ctx.me.id)
    person_id = request.decided_by or (approver.person_id if approver else None)
    if person_id is None:
        return ()
    word = Word(
        message="absence/taken_back",
        params={
            **showing.about(request.wanted),
            "name": ctx.me.name,
            "code": request.code,
            "from_day": first.isoformat(),
            "is_all": first <= request.wanted.first,
        },
        once=f"absence:{request.id}:back:{first}",
    )
    return await telling.one(ctx, person_id, word)


def _receipt(ctx: Context, request: Request, decided: service.Decided, first: date) -> Say:
    return say(
        "absence/cancelled",
        **showing.about(request.wanted),
        code=request.code,
        at=ctx.sent_at.isoformat(),
        timezone=ctx.me.timezone,
        from_day=first.isoformat(),
        is_all=first <= request.wanted.first,
        verdict=decided.verdict if request.state == "approved" else None,
    )
