"""Deciding about an absence: who may, by today's record, sees what they must judge, and says yes or no."""

from db import absence_requests, files
from db.absence_requests import Request
from db.appointments import Power
from handlers import powers
from handlers.absence import service, showing
from handlers.flow import Context
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done, say

MOST_LISTED = 8
MOST_NOTE = 300
_NO_NOTE = Choice(value="none", label="no_note")


async def pending(ctx: Context, _answer: Answer) -> Turn:
    """List the requests that wait for this person."""
    waiting = await service.waiting_for(ctx)
    if not waiting:
        return done(await powers.refused(ctx, Power.ABSENCES, otherwise="absence/nothing_waits"))
    listed = [await showing.for_approver(ctx, each) for each in waiting[:MOST_LISTED]]
    choices = tuple(
        Choice(
            value=request.id,
            words=f"{number} {params['name']}"[:20].strip(),
            opens="absence:request",
            args={"id": request.id},
        )
        for number, (request, params) in enumerate(zip(waiting, listed, strict=False), 1)
    )
    lines = [{name: each[name] for name in ("name", "kind", "first", "last", "part")} for each in listed]
    more = len(waiting) - len(listed)
    return done(
        Say(
            message="absence/pending",
            params={"lines": lines, "more": more},
            choices=choices,
            look=Look.KEYBOARD,
        )
    )


async def request(ctx: Context, answer: Answer) -> Turn:
    """Show one request with the choices to decide it."""
    found = await _mine_to_decide(ctx, answer)
    if isinstance(found, Turn):
        return found
    params = await showing.for_approver(ctx, found)
    choices = showing.decisions(found)
    return done(Say(message="absence/wanted", params=params, choices=choices, look=Look.KEYBOARD))


async def approve(ctx: Context, answer: Answer) -> Turn:
    """Approve at once: the person is excused and hears it."""
    found = await _mine_to_decide(ctx, answer)
    if isinstance(found, Turn):
        return found
    decided = await service.approve(ctx, found)
    if decided is None:
        return done(say("absence/decided_already", state="other", code=found.code))
    told = await showing.tell_owner(ctx, found, decided, is_approved=True)
    return done(*told, _done(ctx, found, decided, is_approved=True))


async def decline(ctx: Context, answer: Answer) -> Turn:
    """Ask for a word to the person before it is declined."""
    found = await _mine_to_decide(ctx, answer)
    if isinstance(found, Turn):
        return found
    params = await showing.for_approver(ctx, found)
    names = {name: params[name] for name in ("name", "kind", "first", "last", "part", "code")}
    return ask("absence/why_declined", step="note", choices=(_NO_NOTE,), draft={"request": found.id}, **names)


async def note(ctx: Context, answer: Answer) -> Turn:
    """Decline, with the word or without."""
    if len(answer.text) > MOST_NOTE:
        return again("absence/too_long", chars=len(answer.text), most=MOST_NOTE)
    found = await _mine_to_decide(ctx, Answer(args={"id": ctx.draft["request"]}))
    if isinstance(found, Turn):
        return found
    words = None if answer.value else answer.text
    decided = await service.decline(ctx, found, note=words)
    if decided is None:
        return done(say("absence/decided_already", state="other", code=found.code))
    told = await showing.tell_owner(ctx, found, decided, is_approved=False, note=words)
    return done(*told, _done(ctx, found, decided, is_approved=False))


async def see(ctx: Context, answer: Answer) -> Turn:
    """Send the letter to who may read it: the person, who decides, or for an illness the health officers alone."""
    found = await absence_requests.by_id(ctx.db, ctx.seal, request_id=answer.args.get("id", ""))
    if found is None or found.wanted.file_id is None or not await _may_read_letter(ctx, found):
        return done(say("absence/not_yours"))
    letter = await files.of(ctx.db, file_id=found.wanted.file_id)
    if letter is None or letter.state != "kept":
        return done(
            say(
                "absence/letter_missing", code=found.code, is_coming=bool(letter and letter.state == "wanted")
            )
        )
    return done(
        Say(message="absence/letter_here", params={"code": found.code}, file=letter.id, look=Look.BUTTONS)
    )


async def _may_read_letter(ctx: Context, request: Request) -> bool:
    if request.person_id == ctx.me.id:
        return True
    if showing.is_private(request):
        return await service.is_officer_over(ctx, request.person_id)
    return await service.may_decide(ctx, request)


async def _mine_to_decide(ctx: Context, answer: Answer) -> Request | Turn:
    """Return the request, or what is said to who may not decide it, or comes too late."""
    found = await absence_requests.by_id(ctx.db, ctx.seal, request_id=answer.args.get("id", ""))
    if found is None or not await service.may_decide(ctx, found):
        return done(await powers.refused(ctx, Power.ABSENCES, otherwise="absence/not_yours"))
    if found.state != "asked":
        return done(say("absence/decided_already", state=found.state, code=found.code))
    return found


def _done(ctx: Context, request: Request, decided: service.Decided, *, is_approved: bool) -> Say:
    return say(
        "absence/you_decided",
        **showing.about(request.wanted),
        name=decided.owner.name if decided.owner else "",
        code=request.code,
        approved=is_approved,
        at=ctx.now.isoformat(),
        timezone=ctx.me.timezone,
    )
