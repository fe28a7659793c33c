"""For heads and superiors: what waits for them, verifying reports, giving tasks. Nobody sees but their own people."""

from handlers.flow import Context, Flow
from handlers.unit import giving, service, verifying
from handlers.update import Answer, Choice, Look, Say, Turn, done

flow = Flow("unit", roles=("head", "superior"))

_CHOICES = (
    Choice(value="today", label="unit_today", hint="unit_today_hint", opens="board:start"),
    Choice(value="verify", label="verify", opens="unit:verify"),
    Choice(value="give_task", label="give_task", opens="unit:give"),
    Choice(value="tasks", label="tasks_given", opens="unit:tasks"),
    Choice(value="staff", label="staff", hint="staff_hint", opens="unit:staff"),
    Choice(value="rota", label="rota", hint="rota_hint", opens="rota:start"),
    Choice(value="export", label="export", hint="export_hint", opens="recap:start"),
    Choice(value="periodic", label="periodic", hint="periodic_hint", opens="periodic:start"),
    Choice(value="menu", label="menu", opens="menu:start"),
)
_STAFF = (
    Choice(value="pending", label="absence_pending", opens="absence:pending"),
    Choice(value="record", label="record_absence", opens="absence:record"),
    Choice(value="override", label="override", opens="override:start"),
    Choice(value="unit", label="line_back", opens="unit:start"),
)


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    """Say what waits, and offer what can be done about it."""
    waiting = await service.waiting(ctx)
    params = {
        "outputs": sum("output" in each.reports for each in waiting),
        "plans": sum("plan" in each.reports for each in waiting),
        "people": len(await service.people_under(ctx)),
        "requests": await service.requests_waiting(ctx),
        "tasks": sum(task.ended_at is None for task, _ in await service.given_tasks(ctx)),
    }
    return done(Say(message="unit/start", params=params, choices=_CHOICES, look=Look.KEYBOARD))


@flow.action("staff")
async def staff(ctx: Context, _answer: Answer) -> Turn:
    """Offer what is decided about people: requests, absences, and places of work by letter."""
    params = {"requests": await service.requests_waiting(ctx)}
    return done(Say(message="unit/staff", params=params, choices=_STAFF, look=Look.KEYBOARD))


flow.action("verify")(verifying.listed)
flow.action("day")(verifying.opened)
flow.step("list", wants_text=True)(verifying.picked)
flow.step("one", wants_text=True)(verifying.judged)
flow.step("score", wants_text=True)(verifying.scored)
flow.step("note", wants_text=True)(verifying.noted)
flow.step("due", wants_text=True)(verifying.returned)
flow.step("all")(verifying.all_approved)
flow.action("give")(giving.people)
flow.action("tasks")(giving.given)
flow.action("take_back")(giving.taken_back)
flow.step("who", wants_text=True)(giving.chosen)
flow.step("task", wants_text=True)(giving.worded)
flow.step("when", wants_text=True)(giving.dated)
flow.step("sure")(giving.confirmed)
