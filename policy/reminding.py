"""When somebody is reminded on a working day, and of what: pure rules, the day and the moment in, one move out.

Each stage of the day ends once: it is said, or it is not, with a reason. Only what is missing is named, and all of
it in one message. Nothing is said in somebody's quiet hours, while they do not wish it, or beyond the day's budget.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.deadlines import State
from policy.reminder_stages import DUE, Day, Planned, Profile, Stage, Todo, planned


class Fate(StrEnum):
    """How a stage ended."""

    SENT = "sent"
    DONE = "done"  # nothing of it was missing, or could be done (any more)
    PROFILE = "profile"  # not wished by the profile
    QUIET = "quiet"  # it fell into the quiet hours, and was over with them
    SNOOZED = "snoozed"
    BUDGET = "budget"
    NO_CHAT = "no_chat"
    LATE = "late"  # nobody looked in time: it would say something of another moment


BUDGETS = {Profile.LIGHT: 4, Profile.STANDARD: 8}  # pings a day at most; no agency can raise them
TOGETHER = timedelta(minutes=10)  # stages of one person this near to each other are one message
_LIGHT = frozenset({Stage.START, Stage.HEALTH_80, Stage.PLAN_80, Stage.OUTPUT_OPEN, Stage.AWAKE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What is to be done now. `said` are stages that make one message, which names `named`; often there are none."""

    said: tuple[Planned, ...]
    named: tuple[Todo, ...]
    ended: tuple[tuple[Planned, Fate], ...]
    overdue: tuple[Todo, ...]  # to be marked, as of their deadline
    look_at: datetime | None  # always after now; None: the day is over
    expires_at: datetime | None  # of the message


def next_move(day: Day, now: datetime) -> Move:
    """Return what is to be said and marked now, and when to look next."""
    waiting = [each for each in planned(day) if each.name not in day.ended]
    fates = {each: _fate(day, each, now) for each in waiting if each.at <= now}
    said = [each for each, fate in fates.items() if fate is Fate.SENT]
    if said:
        said += [each for each in waiting if each not in fates and _joins(day, each, now)]
    ended = {each: fate for each, fate in fates.items() if fate} | dict.fromkeys(said, Fate.SENT)
    rest = [each for each in waiting if each not in ended]
    overdue = tuple(each for each in day.missing if each.state is not State.OVERDUE and each.span.due <= now)
    return Move(
        said=tuple(said),
        named=_named(day, said, now),
        ended=tuple(ended.items()),
        overdue=overdue,
        look_at=min(_looks(day, rest, now), default=None),
        expires_at=_expiry(day, said, rest, now) if said else None,
    )


def first_look(day: Day) -> datetime | None:
    """Return when to look at a day that is opened: its first stage or deadline, be it past."""
    stages = [each.at for each in planned(day) if each.name not in day.ended]
    return min([*stages, *(each.span.due for each in day.missing)], default=None)


def _fate(day: Day, each: Planned, now: datetime) -> Fate | None:
    """How a stage ends whose moment has come; None while it waits for the end of the quiet hours."""
    if each.kinds and not any(todo.kind in each.kinds for todo in day.open(now)):
        return Fate.DONE
    if day.profile is Profile.LIGHT and each.stage not in _LIGHT:
        return Fate.PROFILE
    if not day.is_reachable:
        return Fate.NO_CHAT
    if _after_quiet(day, each.at) >= each.until:
        return Fate.QUIET
    if now >= each.until:
        return Fate.LATE
    if (loud := _after_quiet(day, now)) > now:
        return None if loud < each.until else Fate.QUIET
    if day.snoozed_until is not None and now < day.snoozed_until:
        return Fate.SNOOZED
    return Fate.SENT if day.pings < BUDGETS[day.profile] else Fate.BUDGET


def _joins(day: Day, each: Planned, now: datetime) -> bool:
    """Whether what is to be said soon is said already now; of a deadline only when it has passed."""
    if each.at > now + TOGETHER or each.stage is Stage.AWAKE:
        return False
    due = [todo.span.due for todo in day.owed if todo.kind is DUE.get(each.stage)]
    return all(moment <= now for moment in due) and _fate(day, each, now) is Fate.SENT


def _after_quiet(day: Day, moment: datetime) -> datetime:
    return day.quiet.end(moment.astimezone(day.zone)) or moment


def _named(day: Day, said: Iterable[Planned], now: datetime) -> tuple[Todo, ...]:
    """Everything that is missing by now and is still taken, and what the stages are about."""
    kinds = {kind for each in said for kind in each.kinds}
    if not kinds:
        return ()
    return tuple(each for each in day.open(now) if each.kind in kinds or each.span.opens <= now)


def _looks(day: Day, rest: Iterable[Planned], now: datetime) -> Iterable[datetime]:
    for each in rest:
        yield each.at if each.at > now else _after_quiet(day, now)
    for todo in day.missing:
        if todo.span.due > now:
            yield todo.span.due


def _expiry(day: Day, said: Iterable[Planned], rest: Iterable[Planned], now: datetime) -> datetime:
    """When the next stage comes, which says it all anew, or this makes no sense any more."""
    wished = [each for each in rest if day.profile is Profile.STANDARD or each.stage in _LIGHT]
    return min([*(each.until for each in said), *(each.at for each in wished if each.at > now)])
