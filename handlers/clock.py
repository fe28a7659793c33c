"""An admin confirms, by one tap on the alarm, that a clock which jumped is right; what was held then goes on."""

from db import clock_holds
from handlers.flow import Context, Flow
from handlers.update import Answer, Turn, done, say

flow = Flow("clock", is_of_a_day=False, roles=("admin",))


@flow.action("confirm")
async def confirm(ctx: Context, answer: Answer) -> Turn:
    hold = str(answer.args.get("hold", ""))
    is_done = await clock_holds.end(ctx.db, hold_id=hold, by=ctx.me.id, now=ctx.now)
    return done(say("clock/confirmed" if is_done else "clock/over"))
