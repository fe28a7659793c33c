"""What a report does to the person's health case: it opens one, is noted in it, or ends it when taken back at once."""

from dataclasses import dataclass
from datetime import date

from db import audit, cases, cases_waiting, settings
from db.cases import Case, Kind
from db.receipts import Saved
from db.roles import Role
from handlers import telling
from handlers.flow import Context
from handlers.judging import today
from handlers.telling import Word
from handlers.update import Choice, Say
from policy.follow_up import state_until
from policy.health import HIGH_RISK, Assessment

DAYS_SETTING = "health_case_days"  # how many days an agency keeps somebody out, where it has decided so


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The open case after a report; `told` is what the health officers hear of it."""

    case: Case
    is_new: bool
    told: tuple[Say, ...] = ()


async def needs_a_case(ctx: Context, assessment: Assessment) -> bool:
    """Whether a report of high risk finds no case open: also the same answers as before the last was cleared."""
    if assessment.code != HIGH_RISK:
        return False
    return await cases.of_person(ctx.db, person_id=ctx.me.id) is None


async def after_report(
    ctx: Context, saved: Saved, assessment: Assessment, *, day: date, contradicts: bool
) -> Followed | None:
    """Open a case for a report of high risk, or note the report in the one that is open; None where there is none."""
    if assessment.code == HIGH_RISK:
        case, is_new = await _opened(ctx, saved, day=day)
        if is_new:
            await note(ctx, "case_opened", case)
            return Followed(case=case, is_new=True, told=await _tell(ctx, case, contradicts=contradicts))
    else:
        found = await cases.of_person(ctx.db, person_id=ctx.me.id)
        if found is None:
            return None
        case = found
    if not saved.already:
        await _add(ctx, case, said=assessment.code)
    return Followed(case=case, is_new=False)


async def after_withdrawal(ctx: Context, report_id: str) -> tuple[Case, tuple[Say, ...]] | None:
    """End the case that this very report opened; return it with what the health officers hear, or None."""
    case = await cases.of_person(ctx.db, person_id=ctx.me.id)
    if case is None:
        return None
    if case.report_id != report_id:
        await _add(ctx, case, said="withdrawn")
        return None
    await cases.end(ctx.db, ctx.seal, case_id=case.id, ending=Kind.WITHDRAWN, by=ctx.me.id, now=ctx.now)
    await note(ctx, "case_withdrawn", case)
    officers = await telling.holders(
        ctx,
        role=Role.HEALTH,
        message="health/case_withdrawn",
        params={"name": ctx.me.name, "code": case.code},
        once=f"case_withdrawn:{case.id}",
        unit_code=ctx.me.unit_code,
    )
    return case, (*officers, *await _take_back_the_date(ctx, case))


async def _take_back_the_date(ctx: Context, case: Case) -> tuple[Say, ...]:
    """Tell those above that the person can come again, where an officer had told them of a day already."""
    happened = await cases.events(ctx.db, ctx.seal, case_id=case.id)
    if not any(event.kind is Kind.EXTENDED for event in happened):
        return ()
    params = {"name": ctx.me.name, "until": None, "back": today(ctx).isoformat()}
    word = Word(message="unit/whereabouts", params=params, once=f"case_withdrawn:{case.id}:above")
    return await telling.those_above(ctx, ctx.me, word)


def button(case: Case) -> Choice:
    """Return what opens a case for those who may see it."""
    return Choice(value="case", label="open_case", opens="cases:case", args={"case": case.id})


async def note(ctx: Context, action: str, case: Case) -> None:
    """Write down who did what, with the case's code and no word of health."""
    await audit.note(ctx.db, actor=ctx.me.id, action=action, detail={"case": case.code}, now=ctx.now)


async def _opened(ctx: Context, saved: Saved, *, day: date) -> tuple[Case, bool]:
    setting = await settings.value(
        ctx.db, unit_code=ctx.me.agency_code, name=DAYS_SETTING, on=day, now=ctx.now
    )
    until = state_until(day, days=int(setting.value) if setting else None)
    look_at = await cases_waiting.when_to_look(
        ctx.db, ctx.policy, person=ctx.me, since=day, until=until, now=ctx.now
    )
    return await cases.open_case(
        ctx.db,
        ctx.seal,
        person_id=ctx.me.id,
        report_id=saved.id,
        since=day,
        until=until,
        look_at=look_at,
        now=ctx.now,
    )


async def _add(ctx: Context, case: Case, *, said: str) -> None:
    await cases.add_event(
        ctx.db, ctx.seal, case_id=case.id, kind=Kind.REPORTED, by=ctx.me.id, note=said, now=ctx.now
    )


async def _tell(ctx: Context, case: Case, *, contradicts: bool) -> tuple[Say, ...]:
    params = {
        "name": ctx.me.name,
        "unit": ctx.me.unit_name,
        "since": case.since.isoformat(),
        "until": case.until and case.until.isoformat(),
        "code": case.code,
        "contradicts": contradicts,
    }
    return await telling.holders(
        ctx,
        role=Role.HEALTH,
        message="health/case_opened",
        params=params,
        once=f"case_opened:{case.id}",
        unit_code=ctx.me.unit_code,
        choices=(button(case),),
    )
