"""Verifying reports: the days that wait, one of them whole, approved or returned with a note and a new deadline."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from db.appointments import Power
from handlers import powers, telling
from handlers.flow import Context
from handlers.itemized import line_params
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.telling import Word
from handlers.understand import day_named, meaning
from handlers.unit import scoring, service
from handlers.unit.evidence import evidence_in, evidence_says
from handlers.unit.service import Day, Judged, Waiting
from handlers.update import STAY, Answer, Choice, Look, Say, Turn, again, ask, done

_MOST_NOTE = 300
_FURTHEST = timedelta(days=31)
_ALL = Choice(value="all", label="approve_all")
_APPROVE, _RETURN = (Choice(value=value, label=value) for value in ("approve", "give_back"))
_PROOF = Choice(value="proof", label="see_proof")
_BACK = Choice(value="back", label="line_back")
_CANCEL = Choice(value="cancel", label="cancel")
_DAYS = (Choice(value="0", label="until_today"), Choice(value="1", label="until_tomorrow"))


async def listed(ctx: Context, _answer: Answer) -> Turn:
    """List the days that wait."""
    return await _list(ctx, page=0)


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Open the day that was picked, turn the page, or ask whether all of them shall be approved."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    waiting = await service.waiting(ctx)
    if answer.value == "more":
        return await _list(ctx, page=ctx.draft["_page"] + 1)
    if answer.value == "all":
        return _ask_all(waiting)
    number = number_in(answer.value or answer.text, most=len(ctx.draft["_days"]))
    if not number:
        return again("common/pick")
    person_id, on = ctx.draft["_days"][number - 1]
    return await show(ctx, person_id=person_id, on=date.fromisoformat(on))


async def opened(ctx: Context, answer: Answer) -> Turn:
    """Open one day from a button, long after its list is gone."""
    args = answer.args
    if not {"person", "on"} <= args.keys():
        return await _list(ctx, page=0)
    return await show(ctx, person_id=args["person"], on=date.fromisoformat(args["on"]))


async def show(ctx: Context, *, person_id: str, on: date, before: tuple[Say, ...] = ()) -> Turn:
    """Show somebody's day whole; whoever is not under this superior (any more) is nobody to them (A09, V05)."""
    day = await service.day_of(ctx, person_id=person_id, on=on)
    if day is None:
        refused = await powers.refused(ctx, Power.VERIFY, otherwise="unit/not_yours")
        return Turn(says=(refused,), opens="unit:start")
    proof = (_PROOF,) if evidence_in(day) else ()
    score = (scoring.SCORE,) if scoring.has_output(day) else ()
    choices = (*((_APPROVE,) if day.open_parts else ()), *score, _RETURN, *proof, _BACK)
    draft = {"_person": person_id, "_on": on.isoformat(), "_shown": day.shown}
    params = await _day_params(ctx, day)
    return ask("unit/report", step="one", choices=choices, draft=draft, before=before, **params)


async def judged(ctx: Context, answer: Answer) -> Turn:
    """Approve what is shown, or ask for the note with which it goes back."""
    if answer.value == "back":
        return await _list(ctx, page=0)
    day = await _same_day(ctx)
    if isinstance(day, Turn):
        return day
    if answer.value == "proof":
        return Turn(says=await evidence_says(ctx, day), step=STAY)
    if answer.value == "approve":
        return await _approve(ctx, day, score=None)
    if answer.value == "score":
        return scoring.ask_score(ctx, day)
    score = scoring.score_in(answer.text) if scoring.has_output(day) else None
    if answer.value is None and score is not None:
        return await _approve(ctx, day, score=score)
    if answer.value == "give_back":
        return ask("unit/note", step="note", draft=dict(ctx.draft), name=day.person.name, most=_MOST_NOTE)
    return _elsewhere(ctx, answer)


def _elsewhere(ctx: Context, answer: Answer) -> Turn:
    """Follow what was typed to where it leads; else the choices are shown again."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    wanted = meaning(answer.text, today=today(ctx)).intents
    return Turn(opens=wanted[0]) if len(wanted) == 1 else again("common/pick")


async def scored(ctx: Context, answer: Answer) -> Turn:
    """Take the score, or leave it out, and approve."""
    score = scoring.score_in(answer.value or answer.text)
    if score is None and answer.value != "skip":
        return Turn(opens="menu:start") if says_menu(answer.text) else again("unit/score_unread")
    day = await _same_day(ctx)
    return day if isinstance(day, Turn) else await _approve(ctx, day, score=score)


async def _approve(ctx: Context, day: Day, *, score: int | None) -> Turn:
    approved = await service.approve(ctx, day, score=score)
    return Turn(says=(_approved(day, count=len(approved), score=score),), opens="unit:verify")


async def noted(ctx: Context, answer: Answer) -> Turn:
    """Take the note and ask until when it may be put right."""
    note = " ".join(answer.text.split())
    if len(note) > _MOST_NOTE:
        return again("common/too_long", chars=len(note), most=_MOST_NOTE)
    return ask("unit/due", step="due", choices=_DAYS, draft={**ctx.draft, "note": note}, note=note)


async def returned(ctx: Context, answer: Answer) -> Turn:
    """Give the report back, and tell its author what to put right and until when."""
    first = today(ctx)
    until = first + timedelta(days=int(answer.value)) if answer.value else day_named(answer.text, today=first)
    if until is None or not first <= until <= first + _FURTHEST:
        return again("unit/due_unread")
    day = await _same_day(ctx)
    if isinstance(day, Turn):
        return day
    report = await service.give_back(ctx, day, note=ctx.draft["note"], until=until)
    params = {
        "kind": report.kind,
        "day": day.on.isoformat(),
        "note": ctx.draft["note"],
        "due": until.isoformat(),
    }
    change = Choice(
        value="change", label="change", opens=f"{report.kind}:change", args={"day": day.on.isoformat()}
    )
    word = Word(
        message="unit/returned",
        params={**params, "by": ctx.me.name, "capacity": day.capacity, "version": report.version},
        once=f"returned:{report.id}:{ctx.now:%Y%m%d%H%M%S}",
        choices=(change,),
    )
    told = await telling.one(ctx, day.person.id, word)
    said = Say(message="unit/given_back", params={**params, "name": day.person.name, "is_told": bool(told)})
    return Turn(says=(*told, said), opens="unit:verify")


async def all_approved(ctx: Context, answer: Answer) -> Turn:
    """Approve every version that was counted, and nothing that came since."""
    if answer.value != "approve":
        return again("common/pick")
    approved, left = await service.approve_versions(ctx, ctx.draft["_reports"])
    said = Say(message="unit/all_approved", params={"approved": approved, "left": left}, look=Look.BUTTONS)
    return Turn(says=(said,), opens="unit:start")


async def _list(ctx: Context, *, page: int) -> Turn:
    waiting = await service.waiting(ctx)
    if not waiting:
        return done(await powers.refused(ctx, Power.VERIFY, otherwise="unit/none_waiting"))
    shown = Page(page, len(waiting))
    names = [f"{each.name.split()[0]} {each.on:%d/%m}" for each in waiting]
    rows = [
        {"number": number, "name": each.name, "day": each.on.isoformat(), "kinds": sorted(each.reports)}
        for number, each in enumerate(waiting[shown.first : shown.last], shown.first + 1)
    ]
    days = [(each.person_id, each.on.isoformat()) for each in waiting]
    return ask(
        "unit/waiting",
        step="list",
        choices=(*shown.choices(names), _ALL),
        draft={"_page": page, "_days": days},
        rows=rows,
        count=len(waiting),
    )


def _ask_all(waiting: list[Waiting]) -> Turn:
    return ask(
        "unit/all",
        step="all",
        choices=(_APPROVE, _CANCEL),
        draft={"_reports": [key for each in waiting for key in each.reports.values()]},
        outputs=sum("output" in each.reports for each in waiting),
        plans=sum("plan" in each.reports for each in waiting),
        people=len({each.person_id for each in waiting}),
    )


async def _same_day(ctx: Context) -> Day | Turn:
    """Return the day as it was shown; or show it anew, where a newer version came meanwhile."""
    person_id, on = ctx.draft["_person"], date.fromisoformat(ctx.draft["_on"])
    day = await service.day_of(ctx, person_id=person_id, on=on)
    if day is None or day.shown == ctx.draft["_shown"]:
        return day or await show(ctx, person_id=person_id, on=on)
    newer = Say(message="unit/newer", params={"name": day.person.name}, look=Look.BUTTONS)
    return await show(ctx, person_id=person_id, on=on, before=(newer,))


def _approved(day: Day, *, count: int, score: int | None) -> Say:
    reopen = Choice(
        value="reopen",
        label="give_back",
        opens="unit:day",
        args={"person": day.person.id, "on": day.on.isoformat()},
    )
    params = {"name": day.person.name, "day": day.on.isoformat(), "count": count, "score": score}
    return Say(message="unit/approved", params=params, choices=(reopen,), look=Look.BUTTONS)


async def _day_params(ctx: Context, day: Day) -> Mapping[str, Any]:
    output = next((part.report for part in day.parts if part.report.kind == "output"), None)
    done_keys = {item.key for item in output.items if item.is_complete} if output else set()
    parts = [await _part_params(ctx, part, done_keys if output else None) for part in day.parts]
    return {"name": day.person.name, "day": day.on.isoformat(), "parts": parts, "timezone": ctx.me.timezone}


async def _part_params(ctx: Context, part: Judged, done_keys: set[str] | None) -> dict[str, Any]:
    report, decision = part.report, part.decision
    is_plan = report.kind == "plan"
    lines = [
        {
            **await line_params(ctx.db, item),
            "done": item.key in done_keys if is_plan and done_keys is not None else None,
        }
        for item in report.items
    ]
    return {
        "kind": report.kind,
        "code": report.code,
        "at": report.reported_at.isoformat(),
        "updated": report.version > 1,
        "lines": lines,
        "decision": decision.decision if decision else None,
        "by": decision.by_name if decision else "",
        "score": decision.score if decision else None,
    }
