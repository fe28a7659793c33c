"""What the health role may do: see the open cases below them, contact, extend, clear; and who hears of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from db import audit, cases, cases_waiting, people, roles
from db.cases import Case, Kind
from db.cases_waiting import Waiting
from db.people import Person
from db.roles import Role
from handlers import gating, telling
from handlers.flow import Context
from handlers.judging import judge, today
from handlers.telling import Word
from handlers.update import Say
from policy.card import headline


@dataclass(frozen=True, kw_only=True)
class Found:
    """A case, and whom it is about."""

    case: Case
    person: Person


Told = tuple[Say, ...]


async def open_cases(ctx: Context) -> list[Waiting]:
    """Return the open cases of everybody below the officer, the nearest decision first."""
    return await cases_waiting.open_cases(ctx.db, units=await _units(ctx), on=today(ctx), now=ctx.now)


async def find(ctx: Context, case_id: str) -> Found | None:
    """Return a case of somebody below the officer. None, whatever the reason: nobody learns more (A10)."""
    case = await cases.by_id(ctx.db, case_id=case_id)
    person = await people.by_id(ctx.db, person_id=case.person_id, now=ctx.now) if case else None
    if case is None or person is None:
        return None
    units = await _units(ctx)
    return Found(case=case, person=person) if units is None or person.unit_code in units else None


async def is_for_others(ctx: Context, found: Found) -> bool:
    """Whether it is the officer's own case, and another officer is there to decide it."""
    if found.person.id != ctx.me.id:
        return False
    officers = await roles.holders(
        ctx.db, role=Role.HEALTH, on=today(ctx), as_known_at=ctx.now, unit_code=ctx.me.unit_code
    )
    return any(officer != ctx.me.id for officer in officers)


async def contact(ctx: Context, found: Found, *, note: str) -> Told | None:
    """Write down that the person was contacted. None, as in the two below, if the case has ended already (D12)."""
    if not await _is_still_open(ctx, found):
        return None
    key = await _add(ctx, found, Kind.CONTACTED, note=note)
    params = {"at": ctx.now.isoformat(), "timezone": found.person.timezone}
    return await telling.one(
        ctx, found.person.id, Word(message="cases/told_contacted", params=params, once=f"case:{key}")
    )


async def extend(ctx: Context, found: Found, *, until: date, note: str) -> Told | None:
    """State the last day out of the office, anew."""
    if not await _is_still_open(ctx, found):
        return None
    key = await _add(ctx, found, Kind.EXTENDED, until=until, note=note)
    look_at = await cases_waiting.when_to_look(
        ctx.db, ctx.policy, person=found.person, since=found.case.since, until=until, now=ctx.now
    )
    await cases_waiting.look_again(ctx.db, {found.case.id: look_at})
    await gating.moved(ctx, found.person.id, first=found.case.since)
    params = {"until": until.isoformat(), "code": found.case.code}
    told = await telling.one(
        ctx, found.person.id, Word(message="cases/told_until", params=params, once=f"case:{key}")
    )
    return (*told, *await _tell_above(ctx, found, once=f"case:{key}", until=until, back=None))


async def clear(ctx: Context, found: Found, *, first: date, note: str) -> Told | None:
    """Let the person enter the office again from `first` on."""
    ended = await cases.end(
        ctx.db,
        ctx.seal,
        case_id=found.case.id,
        ending=Kind.CLEARED,
        by=ctx.me.id,
        last_day=first - timedelta(days=1),
        note=note,
        now=ctx.now,
    )
    if not ended:
        return None
    await _audit(ctx, found, Kind.CLEARED)
    await gating.moved(ctx, found.person.id, first=first)
    once = f"case_cleared:{found.case.id}"
    verdict = await judge(replace(ctx, person=found.person), day=first)
    params = {
        "first": first.isoformat(),
        "code": found.case.code,
        "verdict": headline(verdict) if verdict else None,
    }
    told = await telling.one(
        ctx, found.person.id, Word(message="cases/told_cleared", params=params, once=once)
    )
    return (*told, *await _tell_above(ctx, found, once=once, until=None, back=first))


async def _units(ctx: Context) -> frozenset[str] | None:
    return await roles.units_of(
        ctx.db, person_id=ctx.me.id, role=Role.HEALTH, on=today(ctx), as_known_at=ctx.now
    )


async def _is_still_open(ctx: Context, found: Found) -> bool:
    held = await cases.held(ctx.db, case_id=found.case.id)
    return held is not None and held.is_open


async def _add(ctx: Context, found: Found, kind: Kind, *, note: str, until: date | None = None) -> str:
    await _audit(ctx, found, kind)
    return await cases.add_event(
        ctx.db,
        ctx.seal,
        case_id=found.case.id,
        kind=kind,
        by=ctx.me.id,
        until=until,
        note=note,
        now=ctx.now,
    )


async def _audit(ctx: Context, found: Found, kind: Kind) -> None:
    detail = {"case": found.case.code}
    await audit.note(ctx.db, actor=ctx.me.id, action=f"case_{kind}", detail=detail, now=ctx.now)


async def _tell_above(
    ctx: Context, found: Found, *, once: str, until: date | None, back: date | None
) -> Told:
    """Those above hear where somebody is or is not, and never why."""
    params = {
        "name": found.person.name,
        "until": until and until.isoformat(),
        "back": back and back.isoformat(),
    }
    return await telling.those_above(
        ctx, found.person, Word(message="unit/whereabouts", params=params, once=f"{once}:above")
    )
