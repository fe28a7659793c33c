"""Asking for an absence, deciding it, taking it back: what is stored, who is told, what becomes of the day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from db import absence_requests, absences, approvers, audit, changes, leading, people, roles, superiors
from db.absence_requests import Request, Wanted
from db.appointments import Power
from db.approvers import Approver
from db.changes import ChangeKind
from db.people import Person
from db.roles import Role
from handlers.absence.days import Objection, overlap
from handlers.flow import Context
from handlers.judging import judge
from policy.calendar import local_date, zone_named
from policy.card import headline


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that was stored, and who decides it: None where the admins do."""

    request: Request
    approver: Approver | None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a decision came to: the person it is about, and the first line of their first day now."""

    owner: Person | None
    verdict: dict[str, Any] | None


async def submit(ctx: Context, wanted: Wanted) -> Asked | Objection:
    """Store what is wanted, once: what meets it already is returned instead."""
    await absence_requests.lock(ctx.db, person_id=ctx.me.id)
    found = await overlap(ctx, first=wanted.first, last=wanted.last)
    if found is not None:
        return found
    request = await absence_requests.ask(ctx.db, ctx.seal, person_id=ctx.me.id, wanted=wanted, now=ctx.now)
    await _note(ctx, "absence_asked", request)
    return Asked(request=request, approver=await approver_of(ctx, person_id=ctx.me.id))


async def approver_of(ctx: Context, *, person_id: str) -> Approver | None:
    """Return who decides for somebody at this moment; None: the admins of their agency."""
    return await approvers.of(ctx.db, person_id=person_id, on=_now_here(ctx), now=ctx.now)


async def may_decide(ctx: Context, request: Request) -> bool:
    """Return whether the person may decide this request now: never their own, and never by yesterday's right."""
    if request.person_id == ctx.me.id:
        return False
    approver = await approver_of(ctx, person_id=request.person_id)
    if approver is None:
        return await _holds_over(ctx, Role.ADMIN, request.person_id)
    # Whoever acts for a superior hears of it; the superior keeps the right.
    superior = await superiors.of(ctx.db, person_id=request.person_id, on=_now_here(ctx), as_known_at=ctx.now)
    return ctx.me.id in (approver.person_id, superior)


async def waiting_for(ctx: Context) -> list[Request]:
    """Return the requests that the person may decide, the oldest first."""
    on = _now_here(ctx)
    own = await absence_requests.of_subordinates(ctx.db, ctx.seal, superior_id=ctx.me.id, on=on, now=ctx.now)
    if not ctx.me.roles & {"head", "admin"}:
        return own
    own += [each for each in await _acting(ctx) if each.id not in {one.id for one in own}]
    others = await absence_requests.without_superior(ctx.db, ctx.seal, on=on, now=ctx.now)
    return sorted(
        [*own, *[each for each in others if await may_decide(ctx, each)]], key=lambda each: each.asked_at
    )


async def _acting(ctx: Context) -> list[Request]:
    """Return what waits for the heads for whom the person acts, but what is about themself."""
    on = _now_here(ctx)
    heads = await leading.heads_stood_in_for(
        ctx.db, person_id=ctx.me.id, on=on, now=ctx.now, power=Power.ABSENCES
    )
    found = [
        each
        for head in heads
        for each in await absence_requests.of_subordinates(
            ctx.db, ctx.seal, superior_id=head, on=on, now=ctx.now
        )
    ]
    return [each for each in found if each.person_id != ctx.me.id]


async def standing(ctx: Context) -> list[Request]:
    """Return what the person asked for that is undecided or approved, and not over."""
    return await absence_requests.standing(ctx.db, ctx.seal, person_id=ctx.me.id, on=_now_here(ctx))


async def approve(ctx: Context, request: Request) -> Decided | None:
    """Approve: the person is excused on these days from now on. None if it was decided or cancelled before."""
    await absence_requests.lock(ctx.db, person_id=request.person_id)
    if not await absence_requests.decide(
        ctx.db, ctx.seal, request=request, state="approved", by=ctx.me.id, now=ctx.now
    ):
        return None
    wanted = request.wanted
    await absences.excuse(
        ctx.db,
        person_id=request.person_id,
        kind=wanted.kind,
        part=wanted.part,
        valid_from=wanted.first,
        valid_until=wanted.last,
        letter=wanted.letter,
        by=ctx.me.id,
        now=ctx.now,
    )
    await _changes(ctx, request, first=wanted.first)
    await _note(ctx, "absence_approved", request)
    return await _decided(ctx, request, day=wanted.first)


async def decline(ctx: Context, request: Request, *, note: str | None) -> Decided | None:
    """Decline, with a note to the person or without. None if it was decided or cancelled before."""
    if not await absence_requests.decide(
        ctx.db, ctx.seal, request=request, state="declined", by=ctx.me.id, now=ctx.now, note=note
    ):
        return None
    await _note(ctx, "absence_declined", request)
    return await _decided(ctx, request, day=request.wanted.first)


async def cancel(ctx: Context, request: Request, *, first: date) -> Decided | None:
    """Take a request back from a day on; who was excused is not any more. None if it stands otherwise by now."""
    await absence_requests.lock(ctx.db, person_id=request.person_id)
    wanted = request.wanted
    if first <= wanted.first:
        is_done = await absence_requests.cancel(ctx.db, request=request)
    else:
        is_done = await absence_requests.shorten(ctx.db, request=request, last=first - timedelta(days=1))
    if not is_done:
        return None
    if request.state == "approved":
        await absences.withdraw(
            ctx.db,
            person_id=request.person_id,
            first=max(first, wanted.first),
            last=wanted.last,
            by=ctx.me.id,
            now=ctx.now,
        )
        await _changes(ctx, request, first=max(first, wanted.first))
    await _note(ctx, "absence_cancelled", request)
    return await _decided(ctx, request, day=max(first, wanted.first))


async def _decided(ctx: Context, request: Request, *, day: date) -> Decided:
    """Tell, and keep as told, what the day is now: verdicts follow at once."""
    owner = await people.by_id(ctx.db, person_id=request.person_id, now=ctx.now)
    verdict = await judge(replace(ctx, person=owner), day=day) if owner else None
    return Decided(owner=owner, verdict=headline(verdict) if verdict else None)


async def is_officer_over(ctx: Context, person_id: str) -> bool:
    """Return whether the person is a health officer of somebody's agency now."""
    return await _holds_over(ctx, Role.HEALTH, person_id)


async def _holds_over(ctx: Context, role: Role, person_id: str) -> bool:
    owner = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
    if owner is None or role.value not in ctx.me.roles:
        return False
    units = await roles.units_of(
        ctx.db, person_id=ctx.me.id, role=role, on=_now_here(ctx), as_known_at=ctx.now
    )
    return units is None or owner.unit_code in units


def _now_here(ctx: Context) -> date:
    """The date by which rights are judged: that of the moment, however old the message or its form is."""
    return local_date(ctx.now, zone_named(ctx.me.timezone))


async def _changes(ctx: Context, request: Request, *, first: date) -> None:
    """Let the unit's rota be looked at: somebody else may be needed in the office."""
    await changes.note(
        ctx.db, kind=ChangeKind.PERSON, subject=request.person_id, first_day=first, by=ctx.me.id, now=ctx.now
    )


async def _note(ctx: Context, action: str, request: Request) -> None:
    detail = {"request": request.code}
    await audit.note(
        ctx.db, actor=ctx.me.id, action=action, subject=request.person_id, detail=detail, now=ctx.now
    )
