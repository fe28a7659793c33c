"""Days are written as the verdict has them: opened, moved, closed, opened again.

Whoever was reminded of what is other now hears of it, once.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db import closing, identities, obligations, workdays
from db.engine import Tx
from db.obligations import CLOCK, Obligation, Owing
from db.sealed import Seal
from db.sending import reminders as outbox_reminders
from db.sending.outbox import Class
from db.two_clocks import hold_many
from db.workdays import Opening, Workday
from policy.calendar import local_date
from policy.deadlines import Owed, Span, State
from scheduler.days.planning import Planned
from scheduler.telling import Word, not_at_night, tell_at

NOT_ASKED = "not_asked"  # the agency asks it no more
LEAST = timedelta(hours=1)  # what a change asks for, or asks for sooner, is not due before


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A person's day as it is known now. `planned`: None if it is not worked, `because` of a word such as holiday."""

    person_id: str
    planned: Planned | None
    because: str
    may_open: bool  # it has come, and its hours are not over


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """How many days were opened (also again), closed, moved, and how many people were told."""

    opened: int = 0
    closed: int = 0
    moved: int = 0
    told: int = 0

    def __add__(self, other: "Refreshed") -> "Refreshed":
        return Refreshed(
            opened=self.opened + other.opened,
            closed=self.closed + other.closed,
            moved=self.moved + other.moved,
            told=self.told + other.told,
        )


@dataclass(frozen=True, kw_only=True)
class _Writing:
    tx: Tx
    seal: Seal
    on: date
    now: datetime


async def write_openings(tx: Tx, *, planned: Sequence[Planned], on: date, now: datetime) -> None:
    """Open these days, and close at once what was reported before; one that is open already stays as it is."""
    people = [each.opening.person_id for each in planned]
    await hold_many(tx, "people", keys=sorted(people))  # so that a report stored meanwhile is not overlooked
    await workdays.open_many(tx, [each.opening for each in planned], now=now)
    await obligations.open_many(
        tx,
        on=on,
        unit_of={each.opening.person_id: each.opening.unit_code for each in planned},
        owing={
            each.opening.person_id: [fair(owing, before=None, now=now) for owing in each.owing]
            for each in planned
        },
    )
    await closing.settle(tx, people=people, on=on, now=now)


def fair(owing: Owing, *, before: datetime | None, now: datetime) -> Owing:
    """What is owed, due no sooner than in an hour, or than it was before."""
    least = now + LEAST if before is None else min(before, now + LEAST)
    if owing.span.due >= least:
        return owing
    return replace(owing, span=Span(owing.span.opens, least))


async def agree(tx: Tx, seal: Seal, judged: Sequence[Judged], *, on: date, now: datetime) -> Refreshed:
    """Let the rows of these people, some fifty, say what their verdict says now."""
    people = sorted(each.person_id for each in judged)
    await hold_many(tx, "people", keys=people)
    days = await workdays.of_people(tx, people=people, on=on, holds=True)
    owed = await obligations.of_people(tx, people=people, on=on)
    writing = _Writing(tx=tx, seal=seal, on=on, now=now)
    done = Refreshed()
    for each in judged:
        day = days.get(each.person_id)
        if day is not None and each.planned is None and not day.is_closed:
            done += await _close(writing, day, each.because)
        elif day is not None and each.planned is not None and (each.may_open or not day.is_closed):
            done += await _move(writing, day, each.planned, owed.get(each.person_id, []))
    new = [each.planned for each in judged if each.planned and each.may_open and each.person_id not in days]
    if new:
        await write_openings(tx, planned=new, on=on, now=now)
    return done + Refreshed(opened=len(new))


async def _close(writing: _Writing, day: Workday, because: str) -> Refreshed:
    """The day is not worked: nothing more is said or owed."""
    tx, now = writing.tx, writing.now
    pings = await _unsaid(writing, day)
    if not await workdays.change(
        tx, day, replace(day, gist=f"off|{because}", look_at=None), now=now, is_worked=False
    ):
        return Refreshed()
    await obligations.excuse_all(tx, people=[day.person_id], on=writing.on, because=because, now=now)
    told = await _tell_off(writing, day, because, pings) if pings else 0
    return Refreshed(closed=1, told=told)


async def _unsaid(writing: _Writing, day: Workday) -> int:
    """Drop what waits to be sent; return how many pings were."""
    dropped = await outbox_reminders.drop(
        writing.tx, workday_id=day.id, person_id=day.person_id, now=writing.now
    )
    if dropped:
        await workdays.unsay(writing.tx, day, stages=dropped)
    return day.pings - len(dropped)


async def _move(writing: _Writing, day: Workday, planned: Planned, owed: Sequence[Obligation]) -> Refreshed:
    """Let what is not done yet be as planned now; a closed day is opened again."""
    changed = await _owe(writing, planned, {each.kind: each for each in owed})
    to = replace(planned.opening, look_at=None if _is_over(writing, day) else writing.now)
    if not day.is_closed and not changed and _same(day, to):
        return Refreshed()
    pings = await _unsaid(writing, day)
    if not await workdays.change(writing.tx, day, to, now=writing.now, is_worked=True):
        return Refreshed()
    await closing.settle(writing.tx, people=[day.person_id], on=writing.on, now=writing.now)
    if day.is_closed:
        return Refreshed(opened=1)
    told = await _tell_moved(writing, to, day.id, changed) if pings and changed else 0
    return Refreshed(moved=1, told=told)


def _same(day: Workday, to: Opening) -> bool:
    return (day.gist, day.unit_code, day.agency_code, day.timezone) == (
        to.gist,
        to.unit_code,
        to.agency_code,
        to.timezone,
    )


async def _owe(writing: _Writing, planned: Planned, owed: Mapping[Owed, Obligation]) -> list[Owing]:
    """Let what is not done be owed as planned; return what is owed at another time than was said."""
    tx, now, opening = writing.tx, writing.now, planned.opening
    new = [each for each in planned.owing if each.kind not in owed]
    if new:
        new_days = [replace(planned, owing=tuple(new))]
        await write_openings(tx, planned=new_days, on=writing.on, now=now)
    changed = list(new)
    for each in planned.owing:
        before = owed.get(each.kind)
        if (
            before is None
            or not (before.is_missing or before.by_id == CLOCK)
            or closing.is_given_back(before)
        ):
            continue
        to = fair(each, before=before.due_at if before.is_missing else None, now=now)
        if _is_other(before, to, opening.unit_code):
            await obligations.move(tx, before, to, unit_code=opening.unit_code, now=now)
        if before.is_missing and to.span.due != before.due_at:
            changed.append(to)
    asked = {each.kind for each in planned.owing}
    for kind, before in owed.items():
        if kind not in asked and before.is_missing:
            await obligations.excuse(tx, obligation_id=before.id, because=NOT_ASKED, by=CLOCK, now=now)
    return changed


def _is_other(before: Obligation, to: Owing, unit_code: str) -> bool:
    return before.state is State.EXCUSED or (before.basis, before.span, before.unit_code) != (
        to.basis,
        to.span,
        unit_code,
    )


async def _tell_off(writing: _Writing, day: Workday, because: str, pings: int) -> int:
    """Explain to whoever was reminded that nothing is asked of them, once."""
    params = {"day": writing.on.isoformat(), "is_today": _is_today(writing, day), "because": because}
    return await _tell(writing, day, "reminders/off", params, once=f"{day.id}:{pings}")


async def _tell_moved(writing: _Writing, day: Opening, day_id: str, changed: Sequence[Owing]) -> int:
    """Tell whoever was reminded until when each is asked for now, once for these times."""
    times = [{"kind": each.kind.value, "due": each.span.due.isoformat()} for each in changed]
    params = {
        "day": writing.on.isoformat(),
        "is_today": _is_today(writing, day),
        "times": times,
        "timezone": day.timezone,
    }
    return await _tell(
        writing, day, "reminders/moved", params, once=f"{day_id}:{zlib.crc32(repr(times).encode())}"
    )


def _is_today(writing: _Writing, day: Opening) -> bool:
    return local_date(writing.now, ZoneInfo(day.timezone)) == writing.on


def _is_over(writing: _Writing, day: Opening) -> bool:
    return writing.on < local_date(writing.now, ZoneInfo(day.timezone))


async def _tell(
    writing: _Writing, day: Opening, message: str, params: Mapping[str, object], *, once: str
) -> int:
    """Tell one person, by day and while the day lasts; return how many were (0: they have no chat, or it is over)."""
    zone, tx, now = ZoneInfo(day.timezone), writing.tx, writing.now
    chats = await identities.chats_of(tx, people=[day.person_id])
    if _is_over(writing, day) or not chats:
        return 0
    word = Word(
        message=message,
        params=params,
        once=f"{message}:{once}",
        urgency=Class.ALERT,
        not_before=not_at_night(now.astimezone(zone)),
        expires_at=datetime.combine(writing.on + timedelta(days=1), time(0), tzinfo=zone),
    )
    await tell_at(tx, writing.seal, chats[day.person_id], word, now=now)
    return 1
