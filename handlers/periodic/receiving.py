"""The authorised official's chat (PyB): what came, one report whole, acknowledging it, asking the head about it."""

from db.periodic_reports.reports import ReportState
from handlers.flow import Context
from handlers.paging import number_in, says_menu
from handlers.periodic import acts, asking, service
from handlers.periodic.head import BACK, MORE, MOST_REMARK
from handlers.periodic.listing import ask_which
from handlers.periodic.service import Opened
from handlers.periodic.showing import pages_of, report_say
from handlers.update import STAY, Answer, Choice, Look, Say, Turn, again, ask, done

_RECEIVE, _ASK, _PDF = (
    Choice(value=name, label=name) for name in ("periodic_receive", "periodic_ask", "periodic_pdf")
)


async def listed(ctx: Context, _answer: Answer) -> Turn:
    """List what was sent to somebody as PyB, what waits for them first."""
    return ask_which(await service.of_receiver(ctx), page=0, empty="periodic/none_received")


async def picked(ctx: Context, answer: Answer) -> Turn:
    """Open the report that was picked, or turn the page."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "more":
        page = ctx.draft["_page"] + 1
        return ask_which(await service.of_receiver(ctx), page=page, empty="periodic/none_received")
    number = number_in(answer.value or answer.text, most=len(ctx.draft["_reports"]))
    return await show(ctx, ctx.draft["_reports"][number - 1]) if number else again("common/pick")


async def opened(ctx: Context, answer: Answer) -> Turn:
    """Open one report from a button, long after."""
    return await show(ctx, str(answer.args.get("report", "")))


async def show(ctx: Context, report_id: str, *, page: int = 0, before: tuple[Say, ...] = ()) -> Turn:
    """Show a report as it was sent."""
    found = await service.open_as_receiver(ctx, report_id)
    if found is None:
        return _not_yours()
    await acts.note_read(ctx, found)
    whole = report_say(found, page=page, timezone=ctx.me.timezone)
    return ask(
        "periodic/what_next",
        step="one",
        choices=_choices(found),
        draft={"_report": report_id, "_page": page},
        before=(*before, whole),
        state=found.report.state.value,
        until=whole.params["until"],
    )


async def decided(ctx: Context, answer: Answer) -> Turn:
    """Do with the shown report what was tapped."""
    if answer.value == "back":
        return Turn(opens="periodic_received:start")
    if answer.value == "more":
        return await show(ctx, ctx.draft["_report"], page=ctx.draft["_page"] + 1)
    found = await service.open_as_receiver(ctx, ctx.draft["_report"])
    if found is None:
        return _not_yours()
    match answer.value:
        case "periodic_receive":
            return await _receive(ctx, found)
        case "periodic_ask":
            return ask("periodic/question", step="question", draft=dict(ctx.draft), most=MOST_REMARK)
        case "periodic_pdf":
            await asking.pdf(ctx, found)
            return Turn(says=(Say(message="periodic/preparing", look=Look.BUTTONS),), step=STAY)
    return again("common/pick")


async def asked(ctx: Context, answer: Answer) -> Turn:
    """Take the question, and bring it to who leads the unit."""
    if len(answer.text) > MOST_REMARK:
        return again("common/too_long", chars=len(answer.text), most=MOST_REMARK)
    found = await service.open_as_receiver(ctx, ctx.draft["_report"])
    if found is None:
        return _not_yours()
    says = await acts.remark(ctx, found, answer.text) or ()
    said = Say(message="periodic/remark_sent", params={"is_told": bool(says)}, look=Look.BUTTONS)
    return await show(ctx, found.report.id, before=(*says, said))


async def _receive(ctx: Context, found: Opened) -> Turn:
    says = await acts.receive(ctx, found)
    message = "common/already" if says is None else "periodic/received"
    params = {} if says is None else {"number": found.report.number}
    said = Say(message=message, params=params, look=Look.BUTTONS)
    return Turn(says=(*(says or ()), said), opens="periodic_received:start")


def _choices(found: Opened) -> tuple[Choice, ...]:
    more = (MORE,) if pages_of(found) > 1 else ()
    receive = (_RECEIVE,) if found.report.state is ReportState.SENT else ()
    return (*receive, _ASK, _PDF, *more, BACK)


def _not_yours() -> Turn:
    return done(Say(message="periodic/not_yours", look=Look.BUTTONS))
