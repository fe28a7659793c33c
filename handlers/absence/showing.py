"""What messages say of an absence: to the person, to who decides, and to who opens the letter."""

from typing import Any

from db import people
from db.absence_requests import Request, Wanted
from db.roles import Role
from handlers import telling
from handlers.absence.kinds import PRIVATE
from handlers.absence.service import Asked, Decided
from handlers.flow import Context
from handlers.telling import Word
from handlers.update import Choice, Say

Params = dict[str, Any]


def about(wanted: Wanted) -> Params:
    """Return what names an absence: its kind and its days."""
    return {
        "kind": wanted.kind.value,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "part": wanted.part and wanted.part.value,
    }


def own_choices(request: Request) -> tuple[Choice, ...]:
    """Return what the person can still do with a request of theirs."""
    args = {"id": request.id}
    has_letter = request.wanted.letter or request.wanted.file_id
    add = Choice(value="letter", label="send_letter", opens="absence:letter", args=args)
    take_back = Choice(value="cancel", label="cancel_absence", opens="absence:cancel", args=args)
    return (take_back,) if has_letter else (add, take_back)


def decisions(request: Request) -> tuple[Choice, ...]:
    """Return what may be done with a request by who decides it."""
    args = {"id": request.id}
    choices = (
        Choice(value="approve", label="approve", opens="absence:approve", args=args),
        Choice(value="decline", label="decline", opens="absence:decline", args=args),
    )
    letter = Choice(value="letter", label="see_letter", opens="absence:see", args=args)
    return (*choices, letter) if request.wanted.file_id and not is_private(request) else choices


def is_private(request: Request) -> bool:
    """Return whether the letter is for the health officers alone: it may name an illness."""
    return request.wanted.kind in PRIVATE


async def for_approver(ctx: Context, request: Request) -> Params:
    """Return what who decides reads: the kind, because they must judge it, and never a letter of illness."""
    owner = await people.by_id(ctx.db, person_id=request.person_id, now=ctx.now)
    return {
        **about(request.wanted),
        "name": owner.name if owner else "",
        "code": request.code,
        "asked_at": request.asked_at.isoformat(),
        "timezone": ctx.me.timezone,
        "letter": None if is_private(request) else request.wanted.letter,  # what is typed there may name it
        "has_letter": request.wanted.letter is not None,
        "has_file": request.wanted.file_id is not None,
        "is_private": is_private(request),
        "reason": request.wanted.reason,
    }


async def tell_approver(ctx: Context, asked: Asked) -> tuple[Say, ...]:
    """Return the alert to who decides, at once, with the buttons to do it; to the admins where nobody else does."""
    request, approver = asked.request, asked.approver
    params = await for_approver(ctx, request)
    once, choices = f"absence:{request.id}", decisions(request)
    if approver is not None:
        word = Word(message="absence/wanted", params=params, choices=choices, once=once)
        return await telling.one(ctx, approver.person_id, word, role_needed=approver.capacity)
    says = await telling.holders(
        ctx,
        role=Role.ADMIN,
        message="absence/wanted",
        params=params,
        choices=choices,
        once=once,
        unit_code=ctx.me.unit_code,
    )
    return tuple(say for say in says if say.to_person != ctx.me.id)


async def tell_officers(ctx: Context, request: Request) -> tuple[Say, ...]:
    """Return the alert to the health officers that a letter of illness came in: nobody else may open it."""
    if request.wanted.file_id is None or not is_private(request):
        return ()
    button = Choice(value="letter", label="see_letter", opens="absence:see", args={"id": request.id})
    return await telling.holders(
        ctx,
        role=Role.HEALTH,
        message="absence/letter_came",
        params={**about(request.wanted), "name": ctx.me.name, "code": request.code},
        choices=(button,),
        once=f"letter:{request.id}:{request.wanted.file_id}",
        unit_code=ctx.me.unit_code,
    )


async def tell_owner(
    ctx: Context, request: Request, decided: Decided, *, is_approved: bool, note: str | None = None
) -> tuple[Say, ...]:
    """Return the answer to the person, with what their first day is now."""
    again = Choice(value="absence", label="absence", opens="absence:start")
    word = Word(
        message="absence/decided",
        params={
            **about(request.wanted),
            "code": request.code,
            "approved": is_approved,
            "by": ctx.me.name,
            "note": note,
            "verdict": decided.verdict,
        },
        choices=own_choices(request) if is_approved else (again,),
        once=f"absence:{request.id}:decided",
    )
    return await telling.one(ctx, request.person_id, word)
