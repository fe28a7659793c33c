"""The recap of one's people over any days, as a workbook or on paper: which days, of which unit, in which form."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from handlers.board import service
from handlers.flow import Context, Flow
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.recap import asking
from handlers.recap.ranges import MOST_DAYS, Range, month_back, range_named, week
from handlers.text import folded
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done

flow = Flow("recap", is_of_a_day=False)

MOST_PERSON_DAYS = 40_000
_RANGES = tuple(
    Choice(value=value, label=f"recap_{value}")
    for value in ("week", "last_week", "month", "last_month", "other")
)
_FORMS = tuple(Choice(value=value, label=f"recap_{value}") for value in ("xlsx", "pdf", "both"))
_ALL = Choice(value="all", label="recap_all_units")
_WORDS: Mapping[str, tuple[asking.Form, ...]] = {
    "pdf": ("pdf",), "excel": ("xlsx",), "xlsx": ("xlsx",), "keduanya": ("xlsx", "pdf"), "both": ("xlsx", "pdf")
}  # fmt: skip


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """Begin with what the text says already; whoever leads nobody sees their own days."""
    if not await service.members(ctx):
        return Turn(opens="history:start")
    text = str(answer.args.get("text") or ("" if answer.value else answer.text))
    found = range_named(text, today=today(ctx)) if text else None
    draft = {"_forms": _forms_in(text), "_unit": None}
    if found is None:
        return ask("recap/range", step="range", choices=_RANGES, draft=draft, most=MOST_DAYS)
    return await _next(ctx, {**draft, **_of(found)})


@flow.action("range")
async def ranged(ctx: Context, answer: Answer) -> Turn:
    """Begin with a unit and days, from the button of a digest."""
    args = answer.args
    if not {"unit", "first", "last"} <= args.keys() or not await service.members(ctx):
        return await start(ctx, Answer())
    draft = {"_forms": [], "_unit": args["unit"], "_first": args["first"], "_last": args["last"]}
    return await _next(ctx, draft)


@flow.step("range", wants_text=True)
async def days(ctx: Context, answer: Answer) -> Turn:
    """Read which days."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "other":
        return again("recap/which_days", most=MOST_DAYS)
    found = _picked(answer.value, today(ctx)) or range_named(answer.text, today=today(ctx))
    if found is None:
        return again("recap/days_unread", most=MOST_DAYS)
    forms = ctx.draft["_forms"] or _forms_in(answer.text)
    return await _next(ctx, {**ctx.draft, "_forms": forms, **_of(found)})


def _picked(value: str | None, day: date) -> Range | None:
    if value in ("week", "last_week"):
        return week(day, back=int(value == "last_week"))
    if value in ("month", "last_month"):
        found = month_back(day, int(value == "last_month"))
        return Range(first=found.first, last=min(found.last, day))
    return None


def _of(found: Range) -> dict[str, str]:
    return {"_first": found.first.isoformat(), "_last": found.last.isoformat()}


def _forms_in(text: str) -> list[asking.Form]:
    words = folded(text).split()
    return list(next((forms for word, forms in _WORDS.items() if word in words), ()))


async def _next(ctx: Context, draft: Mapping[str, Any], *, page: int = 0) -> Turn:
    """Ask for what is still missing, else have it made."""
    wanted = Range(first=date.fromisoformat(draft["_first"]), last=date.fromisoformat(draft["_last"]))
    groups = service.groups(ctx, await service.members(ctx))
    if wanted.days > MOST_DAYS:
        return ask("recap/range", step="range", choices=_RANGES, draft=draft, most=MOST_DAYS)
    if draft["_unit"] is None and len(groups) > 1:
        return _ask_unit(groups, draft, page=page)
    unit_code = draft["_unit"] or ""
    people = sum(len(group.members) for group in groups if unit_code in ("", group.code))
    if not people:
        return done(Say(message="unit/not_yours", look=Look.BUTTONS))
    if people * wanted.days > MOST_PERSON_DAYS:
        most = max(1, MOST_PERSON_DAYS // people)
        return done(Say(message="recap/too_much", params={"people": people, "most": most}, look=Look.BUTTONS))
    if not draft["_forms"]:
        params = {"first": draft["_first"], "last": draft["_last"], "people": people}
        return ask("recap/form", step="form", choices=_FORMS, draft={**draft, "_unit": unit_code}, **params)
    return await _made(ctx, wanted, unit_code, draft["_forms"])


def _ask_unit(groups: list[service.Group], draft: Mapping[str, Any], *, page: int) -> Turn:
    shown = Page(page, len(groups))
    rows = [
        {"number": number, "name": group.name, "people": len(group.members)}
        for number, group in enumerate(groups[shown.first : shown.last], shown.first + 1)
    ]
    choices = (*shown.choices([group.name for group in groups]), _ALL)
    kept = {**draft, "_page": page, "_units": [group.code for group in groups]}
    return ask("board/units", step="unit", choices=choices, draft=kept, rows=rows)


@flow.step("unit", wants_text=True)
async def unit(ctx: Context, answer: Answer) -> Turn:
    """Read of which unit, or of all."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "more":
        return await _next(ctx, ctx.draft, page=ctx.draft["_page"] + 1)
    if answer.value == "all":
        return await _next(ctx, {**ctx.draft, "_unit": ""})
    number = number_in(answer.value or answer.text, most=len(ctx.draft["_units"]))
    if not number:
        return again("common/pick")
    return await _next(ctx, {**ctx.draft, "_unit": ctx.draft["_units"][number - 1]})


@flow.step("form", wants_text=True)
async def form(ctx: Context, answer: Answer) -> Turn:
    """Read the form."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    picked: dict[str, list[Literal["xlsx", "pdf"]]] = {
        "xlsx": ["xlsx"],
        "pdf": ["pdf"],
        "both": ["xlsx", "pdf"],
    }
    forms = picked.get(answer.value or "") or _forms_in(answer.text)
    if not forms:
        return again("common/pick")
    return await _next(ctx, {**ctx.draft, "_forms": forms})


async def _made(ctx: Context, wanted: Range, unit_code: str, forms: list[asking.Form]) -> Turn:
    asked = [
        await asking.ask_for(ctx, form=each, unit_code=unit_code, first=wanted.first, last=wanted.last)
        for each in forms
    ]
    if not any(asked):
        return done(Say(message="recap/enough", params={"most": asking.MOST_A_DAY}, look=Look.BUTTONS))
    params = {"first": wanted.first.isoformat(), "last": wanted.last.isoformat(), "count": sum(asked)}
    return done(Say(message="recap/preparing", params=params, look=Look.BUTTONS))
