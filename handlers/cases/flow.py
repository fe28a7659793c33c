"""The health role's chat: open cases, one case, and what is done about it. Every step is confirmed before it counts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.cases import service
from handlers.cases.cards import PAGE, card, lines
from handlers.cases.reading import last_day
from handlers.cases.service import Found, Told
from handlers.flow import Context, Flow
from handlers.judging import next_working_day, today
from handlers.text import folded
from handlers.update import Answer, Choice, Turn, again, ask, done, say
from handlers.vocabulary import SYNONYMS

flow = Flow("cases", roles=("health",))

MOST_NOTE = 500
_MENU = Choice(value="menu", label="menu", opens="menu:start")
_PLUS = {"case_3": 3, "case_7": 7, "case_14": 14}


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    found = await service.open_cases(ctx)
    if not found:
        return done(say("cases/none"))
    pages = (len(found) - 1) // PAGE + 1
    page = int(answer.args.get("page", 0)) % pages
    shown = found[page * PAGE : (page + 1) * PAGE]
    people = tuple(
        Choice(value="case", words=f"{number} {each.name}"[:20].rstrip(), args={"case": each.id})
        for number, each in enumerate(shown, 1)
    )
    more = (Choice(value="next", label="case_next", args={"page": page + 1}),) if pages > 1 else ()
    return ask(
        "cases/list",
        step="pick",
        choices=(*people, *more, _MENU),
        draft={},
        cases=lines(shown, on=today(ctx)),
        total=len(found),
        page=page + 1,
        pages=pages,
        timezone=ctx.me.timezone,
    )


@flow.step("pick")
async def pick(ctx: Context, answer: Answer) -> Turn:
    return await (start(ctx, answer) if answer.value == "next" else show(ctx, answer))


@flow.action("case")
async def show(ctx: Context, answer: Answer) -> Turn:
    found = await _found(ctx, answer)
    return await _show(ctx, found) if isinstance(found, Found) else found


@flow.step("act")
async def act(ctx: Context, answer: Answer) -> Turn:
    if answer.value == "case_back":
        return Turn(opens="cases:start")
    found = await _found(ctx, answer)
    if not isinstance(found, Found):
        return found
    match answer.value:
        case "case_contact":
            return await _confirm(ctx, found, kind="contact")
        case "case_extend":
            return _ask_until(ctx, found)
        case "case_clear":
            return await _confirm(ctx, found, kind="clear")
    return again("common/pick")


@flow.step("until", wants_text=True)
async def until(ctx: Context, answer: Answer) -> Turn:
    found = await _found(ctx, answer)
    if not isinstance(found, Found):
        return found
    if answer.value == "case_back":
        return await _show(ctx, found)
    plus = _PLUS.get(answer.value or "")
    day = _from(ctx, found) + timedelta(days=plus) if plus else last_day(answer.text, today=today(ctx))
    if day is None:
        return again("cases/which_day")
    return await _confirm(ctx, found, kind="extend", day=day)


@flow.step("confirm", wants_text=True)
async def confirm(ctx: Context, answer: Answer) -> Turn:
    """A choice counts; whatever else is typed is the note."""
    found = await _found(ctx, answer)
    if not isinstance(found, Found):
        return found
    kind, day = ctx.draft["kind"], ctx.draft["until"]
    if answer.value == "case_back":
        return await _show(ctx, found)
    says_save = kind != "clear" and folded(answer.text) in SYNONYMS["save"]
    if answer.value or says_save:
        return await _perform(ctx, found, kind=kind, answer=answer)
    if len(answer.text) > MOST_NOTE:
        return again("cases/note_too_long", chars=len(answer.text), most=MOST_NOTE)
    return await _confirm(
        ctx, found, kind=kind, day=date.fromisoformat(day) if day else None, note=answer.text
    )


async def _found(ctx: Context, answer: Answer) -> Found | Turn:
    """The case that is meant, or what is said when there is none (any more) to decide."""
    found = await service.find(ctx, str(answer.args.get("case") or ctx.draft.get("case", "")))
    if found is None:
        return Turn(says=(say("cases/not_found"),), opens="cases:start")
    if not found.case.is_open:
        return _ended(found)
    if await service.is_for_others(ctx, found):
        return done(say("cases/own", code=found.case.code))
    return found


def _ended(found: Found) -> Turn:
    told = say(
        "cases/ended", name=found.person.name, code=found.case.code, ended_as=found.case.ended_as or "cleared"
    )
    return Turn(says=(told,), opens="cases:start")


async def _show(ctx: Context, found: Found) -> Turn:
    args = {"case": found.case.id}
    names = ("case_contact", "case_extend", "case_clear", "case_back")
    choices = tuple(Choice(value=name, label=name, args=args) for name in names)
    return ask("cases/case", step="act", choices=choices, draft={}, **await card(ctx, found))


def _from(ctx: Context, found: Found) -> date:
    """From which day on days are added: the last one stated, unless it is over."""
    return max(today(ctx), found.case.until or today(ctx))


def _ask_until(ctx: Context, found: Found) -> Turn:
    names = (*_PLUS, "case_back")
    args = {"case": found.case.id}
    days = [(_from(ctx, found) + timedelta(days=plus)).isoformat() for plus in _PLUS.values()]
    return ask(
        "cases/until",
        step="until",
        choices=tuple(Choice(value=name, label=name, args=args) for name in names),
        draft={"case": found.case.id},
        name=found.person.name,
        until=found.case.until and found.case.until.isoformat(),
        days=[{"plus": plus, "day": day} for plus, day in zip(_PLUS.values(), days, strict=True)],
    )


async def _confirm(ctx: Context, found: Found, *, kind: str, day: date | None = None, note: str = "") -> Turn:
    theirs = replace(ctx, person=found.person)
    later = await next_working_day(theirs, after=today(ctx)) if kind == "clear" else None
    days = ("case_today", "case_later") if later else ("case_today",)
    names = (*(days if kind == "clear" else ("save",)), "case_back")
    draft = {"case": found.case.id, "kind": kind, "until": day and day.isoformat(), "note": note}
    params: dict[str, Any] = {
        "kind": kind,
        "name": found.person.name,
        "until": day and day.isoformat(),
        "today": today(ctx).isoformat(),
        "later": later and later.isoformat(),
        "note": note,
    }
    args = {"case": found.case.id} | ({"later": params["later"]} if later else {})
    choices = tuple(Choice(value=name, label=name, args=args) for name in names)
    return ask("cases/confirm", step="confirm", choices=choices, draft=draft, **params)


async def _perform(ctx: Context, found: Found, *, kind: str, answer: Answer) -> Turn:
    note = str(ctx.draft.get("note", ""))
    first = date.fromisoformat(answer.args["later"]) if answer.value == "case_later" else today(ctx)
    told: Told | None
    match kind:
        case "contact":
            told = await service.contact(ctx, found, note=note)
        case "extend":
            last = date.fromisoformat(ctx.draft["until"])
            told = await service.extend(ctx, found, until=last, note=note)
        case _:
            told = await service.clear(ctx, found, first=first, note=note)
    if told is None:
        return _ended(found)
    saved = say(
        "cases/saved",
        kind=kind,
        name=found.person.name,
        code=found.case.code,
        until=ctx.draft["until"],
        first=first.isoformat(),
        at=ctx.now.isoformat(),
        timezone=ctx.me.timezone,
        is_told=any(each.to_person == found.person.id for each in told),
    )
    return Turn(says=(*told, saved), opens="cases:start")
