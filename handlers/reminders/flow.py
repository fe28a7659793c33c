"""How one is reminded, as each decides for themself: how often, and when not. And why a message came at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db import obligations, preferences, snoozes, workdays
from db.obligations import Obligation
from db.preferences import Preferences
from handlers.flow import Context, Flow
from handlers.judging import today
from handlers.reminders.reading import LONGEST, lasts, quiet_named
from handlers.text import folded
from handlers.update import Answer, Choice, Turn, again, ask, done, say
from policy.reminder_stages import Profile
from policy.reminding import BUDGETS

flow = Flow("reminders", is_of_a_day=False)
why_flow = Flow("why", is_aside=True)

_USUAL = ("21.00-05.00", "20.00-06.00", "18.00-07.00")  # quiet hours to pick from
_SETTINGS = Choice(value="reminders", label="reminders", opens="reminders:start")
_QUIET = Choice(value="quiet", label="quiet_hours", opens="reminders:quiet")
_PAUSE = Choice(value="snooze", label="snooze", opens="snooze:start")
_WAKE = Choice(value="wake", label="wake", opens="snooze:end")
_OTHER = {
    Profile.STANDARD: Choice(
        value="light", label="remind_less", opens="reminders:profile", args={"profile": Profile.LIGHT.value}
    ),
    Profile.LIGHT: Choice(
        value="standard",
        label="remind_more",
        opens="reminders:profile",
        args={"profile": Profile.STANDARD.value},
    ),
}


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    """Show how one is reminded, and offer to change it."""
    wish = await preferences.of(ctx.db, person_id=ctx.me.id)
    return await _shown(ctx, wish, is_changed=False)


@flow.action("profile")
async def profile(ctx: Context, answer: Answer) -> Turn:
    """Take the profile that a button carries."""
    wish = await preferences.of(ctx.db, person_id=ctx.me.id)
    chosen = Profile(answer.args["profile"]) if "profile" in answer.args else wish.profile
    return await _chosen(ctx, Preferences(profile=chosen, quiet=wish.quiet))


@flow.action("quiet")
async def ask_quiet(ctx: Context, _answer: Answer) -> Turn:
    """Ask when not to disturb."""
    wish = await preferences.of(ctx.db, person_id=ctx.me.id)
    choices = tuple(Choice(value=hours, words=hours) for hours in _USUAL)
    hours = _quiet(wish)
    return ask(
        "reminders/quiet",
        step="quiet",
        choices=choices,
        quiet_from=hours["quiet_from"],
        quiet_until=hours["quiet_until"],
    )


@flow.step("quiet", wants_text=True)
async def quiet(ctx: Context, answer: Answer) -> Turn:
    """Take the quiet hours."""
    plain = folded(answer.text)
    by_number = _USUAL[int(plain) - 1] if plain in ("1", "2", "3") else ""
    named = quiet_named(answer.value or by_number or answer.text)
    if named is None:
        return again("reminders/quiet_unclear")
    if lasts(named) > LONGEST:
        return again("reminders/quiet_too_long", most=int(LONGEST.total_seconds() // 3600))
    wish = await preferences.of(ctx.db, person_id=ctx.me.id)
    return await _chosen(ctx, Preferences(profile=wish.profile, quiet=named))


@why_flow.action("start")
async def why(ctx: Context, answer: Answer) -> Turn:
    """Tell on what a reminder rests: the duty, the agency's times, one's own wishes, and how many may come."""
    day = date.fromisoformat(answer.args["day"]) if "day" in answer.args else today(ctx)
    owed = await obligations.of(ctx.db, person_id=ctx.me.id, on=day)
    workday = await workdays.of(ctx.db, person_id=ctx.me.id, on=day)
    wish = await preferences.of(ctx.db, person_id=ctx.me.id)
    told = say(
        "reminders/why",
        choices=(_SETTINGS, _PAUSE),
        day=day.isoformat(),
        duties=_duties(owed),
        pings=workday.pings if workday else 0,
        **await _wishes(ctx, wish),
    )
    return done(told)


async def _chosen(ctx: Context, wish: Preferences) -> Turn:
    await preferences.choose(ctx.db, person_id=ctx.me.id, preferences=wish, now=ctx.now)
    return await _shown(ctx, wish, is_changed=True)


async def _shown(ctx: Context, wish: Preferences, *, is_changed: bool) -> Turn:
    wishes = await _wishes(ctx, wish)
    choices = (_OTHER[wish.profile], _QUIET, _WAKE if wishes["paused_until"] else _PAUSE)
    return done(say("reminders/settings", choices=choices, is_changed=is_changed, **wishes))


async def _wishes(ctx: Context, wish: Preferences) -> dict[str, Any]:
    until = await snoozes.until(ctx.db, person_id=ctx.me.id, now=ctx.now)
    return {
        "profile": wish.profile.value,
        "budget": BUDGETS[wish.profile],
        "paused_until": until and until.isoformat(),
        "timezone": ctx.me.timezone,
        **_quiet(wish),
    }


def _quiet(wish: Preferences) -> dict[str, str]:
    return {
        "quiet_from": wish.quiet.since.isoformat("minutes"),
        "quiet_until": wish.quiet.until.isoformat("minutes"),
    }


def _duties(owed: Sequence[Obligation]) -> list[dict[str, Any]]:
    """What is owed, by the basis on which it rests."""
    by_basis: dict[str, list[dict[str, str]]] = {}
    for each in owed:
        times = {"opens": each.opens_at.isoformat(), "due": each.due_at.isoformat()}
        by_basis.setdefault(each.basis, []).append({"kind": each.kind.value, **times})
    return [{"basis": basis, "owed": of_basis} for basis, of_basis in by_basis.items()]
