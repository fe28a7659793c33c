"""What somebody does about an alert by tapping, days later too: always with what is true then, and only by who may."""

from db.alerting.shown import line
from handlers.alerts import excusing, giving, service, showing
from handlers.alerts.service import Found
from handlers.flow import Context, Flow
from handlers.update import Answer, Look, Say, Turn, done

flow = Flow("alerts", is_of_a_day=False)  # no role: an alert can be given to anybody under a head


@flow.action("open")
async def opened(ctx: Context, answer: Answer) -> Turn:
    """Show how it stands."""
    this = await _found(ctx, answer)
    return done(await showing.as_it_is(ctx, this)) if this else done(await showing.not_yours(ctx))


@flow.action("take")
async def taken(ctx: Context, answer: Answer) -> Turn:
    """Deal with it: it is neither repeated nor passed on."""
    this = await _found(ctx, answer)
    if this is None:
        return done(await showing.not_yours(ctx))
    if not this.shown.missing:
        return done(await showing.settled(ctx, this))
    if not await service.take(ctx, this):
        return done(await showing.as_it_is(ctx, this))  # it says who deals with it
    params = {
        "unit": this.shown.params["unit"],
        "part": this.alert.part.value,
        "day": this.alert.on.isoformat(),
        "missing": len(this.shown.missing),
    }
    choices = showing.kept(this, but="take")
    return done(Say(message="alerts/taken", params=params, choices=choices, look=Look.KEYBOARD))


@flow.action("remind")
async def reminded(ctx: Context, answer: Answer) -> Turn:
    """Remind each of those who are missing, privately, at most once in two hours."""
    this = await _found(ctx, answer)
    if this is None or not this.is_of_reports:
        return done(await showing.not_yours(ctx))
    if not this.shown.missing:
        return done(await showing.settled(ctx, this))
    if not this.may_report:
        over = Say(message="alerts/day_over", params={"day": this.alert.on.isoformat()}, look=Look.BUTTONS)
        return done(over, await showing.as_it_is(ctx, this))
    people = await service.may_be_reminded(ctx, this)
    told = [(each, says) for each in people if (says := await showing.remind(ctx, this, each))]
    await service.reminded(ctx, this, [each for each, _ in told])
    params = {
        "told": len(told),
        "without_chat": len(people) - len(told),
        "quiet": len(this.others) - len(people),
    }
    choices = showing.kept(this, but="remind")
    said = Say(message="alerts/reminded", params=params, choices=choices, look=Look.KEYBOARD)
    return done(*[say for _, says in told for say in says], said)


@flow.action("list")
async def listed(ctx: Context, answer: Answer) -> Turn:
    """Name everybody, to who leads them."""
    this = await _found(ctx, answer)
    if this is None or not (this.is_of_reports and this.reader.sees_names):
        return done(await showing.not_yours(ctx))
    names = ("unit", "part", "day", "at", "timezone")
    params = {name: this.shown.params[name] for name in names}
    rows = [line(each, me=ctx.me.id) for each in this.shown.missing]
    choices = showing.kept(this, but="list")
    return done(
        Say(message="alerts/list", params={**params, "rows": rows}, choices=choices, look=Look.KEYBOARD)
    )


async def _found(ctx: Context, answer: Answer) -> Found | None:
    return await service.found(ctx, str(answer.args.get("alert", "")))


flow.action("excuse")(excusing.who)
flow.step("whom", wants_text=True)(excusing.picked)
flow.step("why", wants_text=True)(excusing.reasoned)
flow.action("give")(giving.who)
flow.step("to", wants_text=True)(giving.picked)
