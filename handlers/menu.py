"""Home: what one can do, and what is still open today."""

from datetime import timedelta

from db import health as health_reports
from db import obligations, reports, settings, verifications
from handlers.flow import Context, Flow
from handlers.judging import rest
from handlers.update import Answer, Choice, Look, Say, Turn, done, say
from policy.calendar import local_date, zone_named

flow = Flow("menu")

TODAY = Choice(value="today", label="today", hint="today_hint", opens="today:start")
TOMORROW = Choice(value="tomorrow", label="tomorrow", hint="tomorrow_hint", opens="today:tomorrow")
HEALTH = Choice(value="health", label="health", hint="health_hint", opens="health:start")
PLAN = Choice(value="plan", label="plan", hint="plan_hint", opens="plan:start")
OUTPUT = Choice(value="output", label="output", hint="output_hint", opens="output:start")
HELP = Choice(value="help", label="help", hint="help_hint", opens="help:start")
MORNING = Choice(value="morning", label="morning", hint="morning_hint", opens="morning:start")
OTHERS = Choice(value="others", label="others", hint="others_hint", opens="menu:others")
# What only some people do, by the role that lets them.
OF_ROLES = (
    (
        frozenset({"head", "superior"}),
        Choice(value="unit", label="unit", hint="unit_hint", opens="unit:start"),
    ),
    (frozenset({"health"}), Choice(value="cases", label="cases", hint="cases_hint", opens="cases:start")),
    (
        frozenset({"pyb"}),
        Choice(
            value="periodic_received",
            label="periodic_received",
            hint="periodic_received_hint",
            opens="periodic_received:start",
        ),
    ),
    (frozenset({"admin"}), Choice(value="inbox", label="inbox", hint="inbox_hint", opens="inbox:start")),
)
MORE = (
    Choice(value="absence", label="absence", hint="absence_hint", opens="absence:start"),
    Choice(value="history", label="history", hint="history_hint", opens="history:start"),
    Choice(value="question", label="question", hint="question_hint", opens="question:start"),
    Choice(value="snooze", label="snooze", hint="snooze_hint", opens="snooze:start"),
    Choice(value="reminders", label="reminders", hint="reminders_hint", opens="reminders:start"),
    Choice(value="language", label="language", opens="language:start"),
    Choice(value="privacy", label="privacy", opens="privacy:start"),
)
# What the words of a choice open wherever they are typed, long after the choice itself is gone.
EVERYTHING = (
    MORNING,
    TODAY,
    HEALTH,
    PLAN,
    OUTPUT,
    TOMORROW,
    OTHERS,
    HELP,
    *(each for _, each in OF_ROLES),
    *MORE,
)
# What is an errand of its own by name, wherever it is typed.
ERRANDS = (MORNING, HEALTH, PLAN, OUTPUT, OTHERS, *(choice for _, choice in OF_ROLES), *MORE[:3])


async def home(ctx: Context) -> Say:
    """Return the message that closes every errand: what is still open today, and everything one can tap."""
    mode = await health_mode(ctx)
    rests = await rest(ctx, day=ctx.day)
    missing = [] if rests else await still_open(ctx, mode=mode)
    returned = await given_back(ctx)
    first = (MORNING, TODAY, HEALTH) if mode != "off" else (MORNING, TODAY)
    of_roles = tuple(choice for roles, choice in OF_ROLES if roles & ctx.me.roles)
    return Say(
        message="menu/next",
        params={"open": missing, "rests": rests, "day": ctx.day.isoformat(), "returned": returned},
        choices=(*first, PLAN, OUTPUT, *(of_roles or (TOMORROW,)), OTHERS, HELP),
        look=Look.KEYBOARD,
    )


async def health_mode(ctx: Context) -> str:
    """Return the agency's health mode today; off until it has recorded its legal basis."""
    setting = await settings.value(
        ctx.db, unit_code=ctx.me.agency_code, name="health_mode", on=ctx.day, now=ctx.now
    )
    return setting.value if setting else "off"


async def still_open(ctx: Context, *, mode: str) -> list[str]:
    """Return which of the day's reports are missing, in the order of the day.

    Where something is owed that day, it is what is owed and missing; else whatever can be reported and is not.
    """
    me, day = ctx.me.id, ctx.day
    owed = await obligations.of(ctx.db, person_id=me, on=day)
    if owed:
        return [each.kind.value for each in owed if each.is_missing]
    missing = []
    if mode != "off" and await health_reports.latest(ctx.db, ctx.seal, person_id=me, on=day) is None:
        missing.append("health")
    stored = await reports.kinds_on(ctx.db, person_id=me, on=day)
    return [*missing, *(kind for kind in ("plan", "output") if kind not in stored)]


async def given_back(ctx: Context) -> list[dict[str, str]]:
    """Return what a superior gave back, and until which day it may be put right."""
    zone, instant = zone_named(ctx.me.timezone), timedelta(microseconds=1)  # 24.00 is of the day that ends
    return [
        {
            "kind": each.kind,
            "day": each.on.isoformat(),
            "due": local_date(each.due_at - instant, zone).isoformat(),
        }
        for each in await verifications.given_back(ctx.db, person_id=ctx.me.id, now=ctx.now)
    ]


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    name, returned = ctx.me.name.split()[0], await given_back(ctx)
    return done(say("menu/welcome", name=name, unit=ctx.me.unit_name, returned=returned))


@flow.action("others")
async def others(ctx: Context, _answer: Answer) -> Turn:
    tomorrow = () if TOMORROW in (await home(ctx)).choices else (TOMORROW,)
    return done(Say(message="menu/others", choices=(*tomorrow, *MORE), look=Look.KEYBOARD))
