"""The head's chat: the reports of the unit, one of them whole, leaving somebody out, a recommendation, sending."""

from typing import Any

from db.periodic_reports.reports import ReportState
from handlers.flow import Context
from handlers.paging import Page, number_in, says_menu
from handlers.periodic import acts, asking, service
from handlers.periodic.listing import ask_which
from handlers.periodic.service import Opened
from handlers.periodic.showing import pages_of, report_say
from handlers.update import STAY, Answer, Choice, Look, Say, Turn, again, ask, done

MOST_REASON, MOST_NOTE, MOST_REMARK = 300, 1000, 700
_SEND, _NOTE, _OUT, _PDF = (
    Choice(value=name, label=name)
    for name in ("periodic_send", "periodic_note", "periodic_out", "periodic_pdf")
)
REPLY, MORE, BACK = (
    Choice(value=value, label=label)
    for value, label in (("reply", "reply"), ("more", "next_page"), ("back", "line_back"))
)
_SURE = (Choice(value="send", label="send"), BACK)


async def listed(ctx: Context, _answer: Answer) -> Turn:
    """List the reports of one's units, what waits first."""
    return ask_which(await service.of_head(ctx), page=0, empty="periodic/none")


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Open the report that was picked, or turn the page."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "more":
        return ask_which(await service.of_head(ctx), page=ctx.draft["_page"] + 1, empty="periodic/none")
    number = number_in(answer.value or answer.text, most=len(ctx.draft["_reports"]))
    return await show(ctx, ctx.draft["_reports"][number - 1]) if number else again("common/pick")


async def opened(ctx: Context, answer: Answer) -> Turn:
    """Open one report from a button, long after."""
    return await show(ctx, str(answer.args.get("report", "")))


async def show(ctx: Context, report_id: str, *, page: int = 0, before: tuple[Say, ...] = ()) -> Turn:
    """Show a report whole, page by page, with what can be done now."""
    found = await service.open_as_head(ctx, report_id)
    if found is None:
        return _not_yours()
    whole = report_say(found, page=page, timezone=ctx.me.timezone)
    return ask(
        "periodic/what_next",
        step="one",
        choices=_choices(found),
        draft={"_report": report_id, "_page": page, "_seen": found.seen},
        before=(*found.says, *before, whole),
        state=found.report.state.value,
        until=whole.params["until"],
    )


async def decided(ctx: Context, answer: Answer) -> Turn:
    """Do with the shown report what was tapped."""
    if answer.value == "back":
        return Turn(opens="periodic:start")
    if answer.value == "more":
        return await show(ctx, ctx.draft["_report"], page=ctx.draft["_page"] + 1)
    found = await _same(ctx)
    if isinstance(found, Turn):
        return found
    match answer.value:
        case "periodic_send" if found.report.state is ReportState.READY:
            return _ask_sure(found, ctx)
        case "periodic_note":
            return ask("periodic/note", step="note", draft=dict(ctx.draft), most=MOST_NOTE)
        case "reply":
            return ask("periodic/remark", step="remark", draft=dict(ctx.draft), most=MOST_REMARK)
        case "periodic_out":
            return _ask_who(ctx, found, page=0)
        case "periodic_pdf":
            await asking.pdf(ctx, found)
            return Turn(says=(Say(message="periodic/preparing", look=Look.BUTTONS),), step=STAY)
    return again("common/pick")


async def noted(ctx: Context, answer: Answer) -> Turn:
    """Take the recommendation."""
    if len(answer.text) > MOST_NOTE:
        return again("common/too_long", chars=len(answer.text), most=MOST_NOTE)
    found = await _same(ctx)
    if isinstance(found, Turn):
        return found
    kept = await acts.note(ctx, found, answer.text)
    return await show(ctx, found.report.id, before=_said("periodic/noted", kept))


async def replied(ctx: Context, answer: Answer) -> Turn:
    """Take the answer to what the PyB asked."""
    if len(answer.text) > MOST_REMARK:
        return again("common/too_long", chars=len(answer.text), most=MOST_REMARK)
    found = await _same(ctx)
    if isinstance(found, Turn):
        return found
    says = await acts.remark(ctx, found, answer.text)
    said = _said("periodic/remark_sent", says, is_told=bool(says))
    return await show(ctx, found.report.id, before=(*(says or ()), *said))


async def chosen(ctx: Context, answer: Answer) -> Turn:
    """Take who shall not be named, and ask why; who is left out already is named again."""
    found = await _same(ctx)
    if isinstance(found, Turn):
        return found
    if answer.value == "more":
        return _ask_who(ctx, found, page=ctx.draft["_who"] + 1)
    number = number_in(answer.value or answer.text, most=len(found.standing))
    if not number:
        return again("common/pick")
    line = found.standing[number - 1]
    if line.left_out:
        says = await acts.leave_out(ctx, found, line, "")
        return await show(ctx, found.report.id, before=_said("periodic/named_again", says, name=line.name))
    draft = {**ctx.draft, "_line": line.id}
    return ask("periodic/why_out", step="why", draft=draft, name=line.name, most=MOST_REASON)


async def reasoned(ctx: Context, answer: Answer) -> Turn:
    """Leave somebody out, with the reason."""
    if len(answer.text) > MOST_REASON:
        return again("common/too_long", chars=len(answer.text), most=MOST_REASON)
    found = await _same(ctx)
    if isinstance(found, Turn):
        return found
    line = next((each for each in found.standing if each.id == ctx.draft["_line"]), None)
    if line is None:
        return await show(ctx, found.report.id)
    says = await acts.leave_out(ctx, found, line, " ".join(answer.text.split()))
    return await show(ctx, found.report.id, before=_said("periodic/out", says, name=line.name))


async def sent(ctx: Context, answer: Answer) -> Turn:
    """Send what was shown, if nothing of it has changed since."""
    if answer.value == "back":
        return await show(ctx, ctx.draft["_report"])
    if answer.value != "send":
        return again("common/pick")
    found = await _same(ctx)
    if isinstance(found, Turn):
        return found
    says = await acts.send(ctx, found)
    if says is None:
        return await show(ctx, found.report.id)
    has_receiver = any(say.message == "periodic/arrived" for say in says)
    params = {"number": found.report.number, "has_receiver": has_receiver}
    return done(*says, Say(message="periodic/sent", params=params, look=Look.BUTTONS))


async def _same(ctx: Context) -> Opened | Turn:
    """Return the report as it was shown; or show it anew, where an answer or a note came meanwhile."""
    found = await service.open_as_head(ctx, ctx.draft["_report"])
    if found is None:
        return _not_yours()
    if found.seen == ctx.draft["_seen"]:
        return found
    newer = Say(message="periodic/newer", look=Look.BUTTONS)
    return await show(ctx, found.report.id, before=(*found.says, newer))


def _choices(found: Opened) -> tuple[Choice, ...]:
    report = found.report
    more = (MORE,) if pages_of(found) > 1 else ()
    if report.is_sent:
        reply = (REPLY,) if report.content.remarks else ()
        return (*reply, _PDF, *more, BACK)
    send = (_SEND,) if report.state is ReportState.READY else ()
    out = (_OUT,) if found.standing else ()
    return (*send, _NOTE, *out, _PDF, *more, BACK)


def _ask_sure(found: Opened, ctx: Context) -> Turn:
    params: dict[str, Any] = {
        "number": found.report.number,
        "named": len(found.named),
        "out": len(found.reasons),
        "has_note": bool(found.report.content.note),
    }
    return ask("periodic/sure", step="sure", choices=_SURE, draft=dict(ctx.draft), **params)


def _ask_who(ctx: Context, found: Opened, *, page: int) -> Turn:
    names = [line.name for line in found.standing]
    shown = Page(page, len(names))
    rows = [
        {"number": place + 1, "name": names[place], "is_out": bool(found.standing[place].left_out)}
        for place in range(shown.first, shown.last)
    ]
    draft = {**ctx.draft, "_who": page}
    return ask("periodic/who_out", step="who", choices=shown.choices(names), draft=draft, rows=rows)


def _said(message: str, became: object, **params: Any) -> tuple[Say, ...]:
    """What is said above the report: that it was done, or that it was too late."""
    if became is None:
        return (Say(message="periodic/too_late", look=Look.BUTTONS),)
    return (Say(message=message, params=params, look=Look.BUTTONS),)


def _not_yours() -> Turn:
    return done(Say(message="periodic/not_yours", look=Look.BUTTONS))
