"""What is held, paused or out of reach at this moment: the part of the examination that changes by the minute."""

from datetime import datetime, timedelta

from bot.finding import Finding
from bot.pacing import CLASSES, Lane, Rates
from db import channel_states, clock_holds, leases, pauses
from db.channel_states import UP
from db.clock_holds import ClockHold
from db.engine import Tx
from db.moments import to_micros
from db.pauses import Pause
from db.sending import outbox
from policy.calendar import zone_named

CLOCKS_DIFFER = 2.0
_LANES = {
    Lane.ANSWERS: "answers",
    Lane.URGENT: "codes and alerts",
    Lane.BULK: "reminders, digests and broadcasts",
}


async def now_standing(tx: Tx, *, now: datetime, real: datetime) -> list[Finding]:
    """Return what keeps messages from going out, and a clock that is wrong; nothing where all is well."""
    hold = await clock_holds.current(tx)
    held = [Finding(about_hold(hold), is_well=False)] if hold else []
    return [*held, *await _clocks(tx, real), *await _channels(tx, now=now, real=real)]


def about_hold(hold: ClockHold) -> str:
    """Say in a sentence why what time drives is held, and how that ends."""
    seconds = round(hold.jumped.total_seconds())
    way = "ahead" if seconds > 0 else "back"
    return (
        f"The clock of this machine went {way} by {timedelta(seconds=abs(seconds))}, to {_local(hold.shown_at)}. "
        "Reminders, digests, broadcasts and jobs are held; answers go on. If the clock is wrong, set it right: the "
        "hold then ends by itself. If it is right: piket clock confirm"
    )


async def _clocks(tx: Tx, real: datetime) -> list[Finding]:
    theirs = await leases.server_now(tx)
    ahead = 0.0 if theirs is None else (theirs - to_micros(real)) / 1_000_000
    if abs(ahead) <= CLOCKS_DIFFER:
        return []
    way = "ahead of" if ahead > 0 else "behind"
    sentence = f"The database's clock is {abs(ahead):,.0f} s {way} this machine's. Let both follow NTP."
    return [Finding(sentence, is_well=False)]


async def _channels(tx: Tx, *, now: datetime, real: datetime) -> list[Finding]:
    found = []
    for name, state in (await channel_states.states(tx)).items():
        if state.state != UP:
            sentence = (
                f"{name} is {state.state} since {_local(state.since)}: {state.detail}. What waits is kept."
            )
            found.append(Finding(sentence, is_well=False))
        due = await outbox.due_by_class(tx, channel=name, now=now)
        for pause in await pauses.in_force(tx, channel=name, real_now=real):
            found.append(Finding(_paused(name, pause, due, real=real), is_well=None))
    return found


def _paused(channel: str, pause: Pause, due: dict[int, int], *, real: datetime) -> str:
    """Say until when a lane or a chat waits, and about when what waits for it will be out (fault C08)."""
    seconds = (pause.until - real).total_seconds()
    until = f"until {_local(pause.until)}, {seconds:,.0f} s from now"
    if pause.what not in list(Lane):
        return f"{channel} asked to leave one chat alone {until}."
    lane = Lane(pause.what)
    first, last = CLASSES[lane]
    waiting = sum(number for class_, number in due.items() if first <= class_ <= last)
    out = pause.until + timedelta(seconds=waiting / Rates().bulk)
    return (
        f"{channel} asked to send slower: {_LANES[lane]} wait {until}. Waiting: {waiting:,}; "
        f"all out about {_local(out)}."
    )


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(zone_named('WIB')):%Y-%m-%d %H:%M:%S} WIB"
