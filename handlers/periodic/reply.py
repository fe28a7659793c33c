"""The chat of somebody who is named: they may answer, and answer again until the report is sent."""

from db.periodic_reports.said import about, days_of, last_answer_day
from handlers.flow import Context
from handlers.paging import says_menu
from handlers.periodic import acts, service
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done

MOST = 600
_SURE = (Choice(value="send", label="send"), Choice(value="change", label="change"))


async def start(ctx: Context, answer: Answer) -> Turn:
    """Show which days it is about, and take the answer."""
    found = await service.own_line(ctx, str(answer.args.get("line", "")))
    if found is None:
        return done(Say(message="periodic/nothing_to_answer", look=Look.BUTTONS))
    line, report = found
    if report.is_sent or line.is_settled:
        return _closed(is_settled=line.is_settled)
    return ask(
        "periodic/answer",
        step="text",
        draft={"_line": line.id},
        **about(report, await service.unit_of(ctx, report)),
        days=days_of(line),
        before_said=line.answer,
        until=last_answer_day(report, ctx.me.timezone),
        most=MOST,
    )


async def worded(ctx: Context, answer: Answer) -> Turn:
    """Show what was understood before it is kept."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if len(answer.text) > MOST:
        return again("common/too_long", chars=len(answer.text), most=MOST)
    draft = {**ctx.draft, "text": answer.text}
    return ask("periodic/answer_sure", step="sure", choices=_SURE, draft=draft, text=answer.text)


async def kept(ctx: Context, answer: Answer) -> Turn:
    """Keep the answer, or ask for it anew."""
    if answer.value == "change":
        return await start(ctx, Answer(args={"line": ctx.draft["_line"]}))
    if answer.value != "send":
        return again("common/pick")
    found = await service.own_line(ctx, ctx.draft["_line"])
    if found is None:
        return done(Say(message="periodic/nothing_to_answer", look=Look.BUTTONS))
    line, report = found
    if await acts.answer(ctx, line, report, ctx.draft["text"]) is None:
        return _closed(is_settled=line.is_settled)
    again_ = Choice(value="answer", label="answer", opens="periodic_reply:start", args={"line": line.id})
    params = {"number": report.number, "text": ctx.draft["text"]}
    return done(Say(message="periodic/answered", params=params, choices=(again_,), look=Look.BUTTONS))


def _closed(*, is_settled: bool) -> Turn:
    return done(Say(message="periodic/answer_closed", params={"is_settled": is_settled}, look=Look.BUTTONS))
