"""A superior's "hari ini": who is where, who has not reported what; then the names, one of them, or another day."""

from datetime import date, timedelta

from handlers.board import reminding, service, showing
from handlers.board.service import Board
from handlers.flow import Context, Flow
from handlers.judging import today
from handlers.paging import Page, number_in, says_menu
from handlers.understand import day_named, meaning
from handlers.update import STAY, Answer, Choice, Look, Say, Turn, again, ask, done

flow = Flow("board", is_of_a_day=False, roles=("head", "superior"))

_FURTHEST = timedelta(days=62)
_REMIND, _MISSING, _WHERE, _VERIFY, _YESTERDAY, _TODAY, _UNITS, _BACK, _MENU = (
    Choice(value="remind", label="board_remind"),
    Choice(value="missing", label="board_missing"),
    Choice(value="where", label="board_where"),
    Choice(value="verify", label="verify", opens="unit:verify"),
    Choice(value="yesterday", label="board_yesterday"),
    Choice(value="today", label="board_today"),
    Choice(value="units", label="rota_units"),
    Choice(value="back", label="line_back"),
    Choice(value="menu", label="menu", opens="menu:start"),
)


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """Show the day of one's own unit, or the unit and day that a button or the words name."""
    named = answer.args.get("on") or answer.args.get("day")
    on = date.fromisoformat(named) if named else day_named(answer.text, today=today(ctx)) or today(ctx)
    return await show(ctx, on=on, unit_code=str(answer.args.get("unit", "")))


async def show(ctx: Context, *, on: date, unit_code: str = "", before: tuple[Say, ...] = ()) -> Turn:
    """Show a unit's day; units of which nobody is under the person (any more) are nobody's to them (V05)."""
    if abs(on - today(ctx)) > _FURTHEST:
        return done(*before, Say(message="board/too_far", params={"days": _FURTHEST.days}, look=Look.BUTTONS))
    board = await service.board(ctx, on=on, unit_code=unit_code)
    if board is None:
        return done(*before, Say(message="unit/nobody", look=Look.BUTTONS))
    draft = {"_unit": board.group.code, "_on": on.isoformat(), "_page": 0, "_view": ""}
    params = showing.summary(ctx, board, today=today(ctx))
    return ask("board/day", step="day", choices=_choices(ctx, board), draft=draft, before=before, **params)


@flow.step("day", wants_text=True)
async def answered(ctx: Context, answer: Answer) -> Turn:
    """Do what was tapped below the day, or show the day, the number or the name that was typed."""
    on, unit_code = date.fromisoformat(ctx.draft["_on"]), ctx.draft["_unit"]
    match answer.value:
        case "remind":
            return await _remind(ctx, on=on, unit_code=unit_code)
        case "missing" | "where":
            return await _list(ctx, view=answer.value, page=0)
        case "more":
            return await _list(ctx, view=ctx.draft["_view"], page=ctx.draft["_page"] + 1)
        case "yesterday":
            return await show(ctx, on=today(ctx) - timedelta(days=1), unit_code=unit_code)
        case "today":
            return await show(ctx, on=today(ctx), unit_code=unit_code)
        case "back":
            return await show(ctx, on=on, unit_code=unit_code)
        case "units":
            return await _ask_unit(ctx, page=0)
    return await _typed(ctx, answer)


async def _remind(ctx: Context, *, on: date, unit_code: str) -> Turn:
    """Remind everybody who is missing at this moment, or the one person that is shown."""
    board = await service.board(ctx, on=on, unit_code=unit_code)
    only = ctx.draft.get("_person")
    missing = (
        [each for each in board.missing(ctx.now) if only in (None, each.member.person_id)] if board else []
    )
    if not missing:
        return await show(ctx, on=on, unit_code=unit_code)
    done_ = await reminding.remind(ctx, missing, on=on)
    params = {
        "told": done_.told,
        "quiet": done_.quiet,
        "without_chat": done_.without_chat,
        "just_now": done_.just_now,
    }
    return Turn(says=(*done_.says, Say(message="board/reminded", params=params)), step=STAY)


async def _typed(ctx: Context, answer: Answer) -> Turn:
    text = answer.value or answer.text
    if says_menu(text):
        return Turn(opens="menu:start")
    if number := number_in(text, most=len(ctx.draft.get("_people", ()))):
        return await _person(ctx, ctx.draft["_people"][number - 1])
    if day := day_named(text, today=today(ctx)):
        return await show(ctx, on=day, unit_code=ctx.draft["_unit"])
    wanted = meaning(text, today=today(ctx)).intents
    return Turn(opens=wanted[0]) if len(wanted) == 1 else again("common/pick")


async def _list(ctx: Context, *, view: str, page: int) -> Turn:
    """Show names: of those who have not reported, or of everybody with where they are."""
    on = date.fromisoformat(ctx.draft["_on"])
    board = await service.board(ctx, on=on, unit_code=ctx.draft["_unit"])
    if board is None:
        return done(Say(message="unit/nobody", look=Look.BUTTONS))
    all_ = board.missing(ctx.now) if view == "missing" else list(board.days)
    if not all_:
        return await show(ctx, on=on, unit_code=board.group.code)
    shown = Page(page, len(all_))
    people = [each.member.person_id for each in all_]
    draft = {**ctx.draft, "_view": view, "_page": page, "_people": people}
    params = showing.listing(ctx, board, all_[shown.first : shown.last], first=shown.first, count=len(all_))
    choices = (*shown.choices([each.member.name for each in all_]), _BACK)
    return ask(f"board/{view}", step="day", choices=choices, draft=draft, **params)


@flow.action("person")
async def person(ctx: Context, answer: Answer) -> Turn:
    """Show one person's day, from a button."""
    on = date.fromisoformat(answer.args["on"]) if "on" in answer.args else today(ctx)
    return await _show_person(ctx, str(answer.args.get("person", "")), on=on)


async def _person(ctx: Context, person_id: str) -> Turn:
    return await _show_person(ctx, person_id, on=date.fromisoformat(ctx.draft["_on"]))


async def _show_person(ctx: Context, person_id: str, *, on: date) -> Turn:
    day = await service.one(ctx, person_id=person_id, on=on)
    if day is None:
        return Turn(says=(Say(message="unit/not_yours", look=Look.BUTTONS),), opens="unit:start")
    args = {"person": person_id, "on": on.isoformat()}
    report = (Choice(value="report", label="board_report", opens="unit:day", args=args),)
    choices = (
        *((_REMIND,) if service.asked(day, ctx.now) else ()),
        *(report if day.reported else ()),
        Choice(value="give_task", label="give_task", opens="unit:give", args=args),
        Choice(value="record", label="record_absence", opens="absence:record", args=args),
        Choice(value="override", label="override", opens="override:start", args=args),
        _BACK,
    )
    draft = {
        "_unit": day.member.unit_code,
        "_on": on.isoformat(),
        "_page": 0,
        "_view": "",
        "_person": person_id,
    }
    params = showing.person(ctx, day, on=on, today=today(ctx))
    return ask("board/person", step="day", choices=choices, draft=draft, **params)


async def _ask_unit(ctx: Context, *, page: int) -> Turn:
    groups = service.groups(ctx, await service.members(ctx))
    if not groups:
        return done(Say(message="unit/nobody", look=Look.BUTTONS))
    shown = Page(page, len(groups))
    rows = [
        {"number": number, "name": group.name, "people": len(group.members)}
        for number, group in enumerate(groups[shown.first : shown.last], shown.first + 1)
    ]
    draft = {**ctx.draft, "_page": page, "_units": [group.code for group in groups]}
    choices = shown.choices([group.name for group in groups])
    return ask("board/units", step="unit", choices=choices, draft=draft, rows=rows)


@flow.step("unit", wants_text=True)
async def picked(ctx: Context, answer: Answer) -> Turn:
    """Show the unit that was picked, on the same day."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "more":
        return await _ask_unit(ctx, page=ctx.draft["_page"] + 1)
    number = number_in(answer.value or answer.text, most=len(ctx.draft["_units"]))
    if not number:
        return again("common/pick")
    unit_code = ctx.draft["_units"][number - 1]
    return await show(ctx, on=date.fromisoformat(ctx.draft["_on"]), unit_code=unit_code)


def _choices(ctx: Context, board: Board) -> tuple[Choice, ...]:
    """At most ten: what a list of the narrowest platform holds."""
    is_today = board.on == today(ctx)
    return (
        *((_REMIND, _MISSING) if board.missing(ctx.now) else ()),
        _WHERE,
        _VERIFY,
        _YESTERDAY if is_today else _TODAY,
        *((_UNITS,) if board.others else ()),
        _MENU,
    )
