"""Whoever has not reported yet is reminded, privately and few times; what is past its deadline is marked as overdue.

Rows decide: a day is looked at when its `look_at` has come, the rules are asked again, and in one short transaction
for many people the day moves on, what is owed is marked and what is said is queued. Done again from its start by
any number of processes, after any kill, it says nothing twice.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from db import keyboards, looks, obligations, skipped, verdicts, workdays
from db.engine import Db, Tx, transact
from db.facts import units_for_all
from db.looks import Step
from db.obligations import Obligation
from db.sealed import Seal
from db.sending import outbox
from db.two_clocks import hold_many
from db.workdays import Workday
from policy.book import Book
from policy.model import Audience, Verdict, visible_to
from policy.reminding import Fate, Move, next_move
from scheduler import rows
from scheduler.days import workday
from scheduler.reminding import days as reminder_days
from scheduler.reminding.days import Known, Units
from scheduler.reminding.words import Letter, letter, tells_shift, words_of
from scheduler.rows import Errand

log = logging.getLogger("piket.scheduler")

BATCH = 50  # people at a time: neither the loop nor SQLite's one writer is held for longer than a moment
MOST = 1000  # of one look, which sees what was decided until it began; the next sees more
Verdicts = Mapping[tuple[str, date], Verdict]


@dataclass(frozen=True, kw_only=True)
class _Moved:
    """A day of which it is decided what happens, by what was known of it; and what is said, ready to be queued."""

    workday: Workday
    owed: Sequence[Obligation]
    move: Move
    letters: Sequence[Letter] = ()


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Look at the days that are due, the longest waiting first; return at how many. A thousand at most."""
    async with db.reading() as tx:
        found = await workdays.due(tx, now=now, limit=MOST, holds=False)
    errand = Errand(
        job="reminders",
        key=lambda each: each.id,
        do=partial(_batch, db, seal, book, now=now, units={}),
        push_on=partial(_set_aside, now=now),
    )
    said = 0
    for first in range(0, len(found), BATCH):
        said += await rows.run(db, seal, errand, found[first : first + BATCH], now=now)
    if found:
        looked = {"action": "reminders_looked_at", "days": len(found), "said": said}
        log.info("reminders_looked_at", extra=looked)
    return len(found)


async def _set_aside(tx: Tx, day: Workday, *, now: datetime) -> None:
    await looks.move_many(tx, [Step(workday=day, look_at=None, log=[("day", now, "failed")])])


async def _batch(
    db: Db, seal: Seal, book: Book, found: Sequence[Workday], *, now: datetime, units: Units
) -> int:
    """Judge beside the writers, move on in a short transaction; return how many are reminded."""
    async with db.reading() as tx:
        owing = await reminder_days.owing(tx, found)
        known = await reminder_days.known(tx, found, owing, now=now)
        moved = [_moved(known, each, owing[_key(each)]) for each in found]
        telling = [each.workday for each in moved if _acts(each.move)]
        for on, _ in reminder_days.by_day(telling):
            if not any(day == on for _, day in units):
                units |= await units_for_all(tx, on=on, now=now, book=book)
        judged = await reminder_days.judged(tx, seal, telling, now=now, units=units)
        shifts = [each.workday for each in moved if tells_shift(each.move)]
        untold = await _untold(tx, seal, shifts, judged)
    await asyncio.sleep(0)  # people who write meanwhile are answered
    stale = [each for each in telling if not _stands(each, judged)]
    left = {each.id for each in stale}
    moving = [_worded(seal, known, each, judged) for each in moved if each.workday.id not in left]
    said = await transact(db, partial(_move_on, seal=seal, moving=moving, untold=untold, now=now))
    for on, people in reminder_days.by_day(stale):
        await workday.refresh(db, seal, book, people=people, day=on, now=now, units=units)
    return said


def _moved(known: Known, each: Workday, owed: Sequence[Obligation]) -> _Moved:
    return _Moved(workday=each, owed=owed, move=next_move(known.day(each, owed), known.now))


def _acts(move: Move) -> bool:
    """Whether anything is said or held against somebody: then the verdict must be the one of now."""
    return bool(move.said or move.overdue)


def _stands(each: Workday, judged: Verdicts) -> bool:
    verdict = judged.get(_key(each))
    return verdict is not None and workday.gist_of(verdict) == each.gist


def _worded(seal: Seal, known: Known, each: _Moved, judged: Verdicts) -> _Moved:
    if not each.move.said:
        return each
    words = words_of(each.workday, each.move, judged[_key(each.workday)], each.owed, known.now)
    chats = known.chats[each.workday.person_id]
    letters = [letter(seal, each.workday, each.move, words, chat, now=known.now) for chat in chats]
    return replace(each, letters=letters)


async def _untold(tx: Tx, seal: Seal, days: Sequence[Workday], judged: Verdicts) -> Verdicts:
    """What is going to be said of these people's places that they were not told before."""
    found: dict[tuple[str, date], Verdict] = {}
    for on, people in reminder_days.by_day(days):
        own = {
            person: visible_to(judged[person, on], Audience.SELF)
            for person in people
            if (person, on) in judged
        }
        new = await verdicts.untold(tx, seal, on=on, verdicts=own)
        found |= {(person, on): each for person, each in new.items()}
    return found


async def _move_on(tx: Tx, *, seal: Seal, moving: Sequence[_Moved], untold: Verdicts, now: datetime) -> int:
    """Do what was decided, but for whom anything is other by now: they are looked at anew."""
    # Before the days, as whoever changes a person's records does.
    await hold_many(tx, "people", keys=sorted({person for person, _ in untold}))
    held = await looks.hold(tx, [each.workday for each in moving])
    owing, stand = await reminder_days.owing(tx, held), {each.id for each in held}
    sure = [each for each in moving if each.workday.id in stand and owing[_key(each.workday)] == each.owed]
    await _mark(tx, sure)
    await looks.move_many(tx, [_step(each, now) for each in sure])
    told = [each.workday for each in sure if _key(each.workday) in untold]
    await _keep_told(tx, seal, told, untold, now=now)
    await _note_late(tx, sure, now=now)
    letters = [letter for each in sure for letter in each.letters]
    await outbox.add_many(tx, [each.message for each in letters])
    await keyboards.keep_many(tx, [each.buttons for each in letters])
    return sum(bool(each.move.said) for each in sure)


async def _mark(tx: Tx, moved: Sequence[_Moved]) -> None:
    of = {(each.person_id, each.on, each.kind): each for one in moved for each in one.owed}
    reminded, overdue = [], []
    for each in moved:
        key = _key(each.workday)
        reminded += [of[*key, todo.kind] for todo in each.move.named]
        overdue += [(of[*key, todo.kind], todo.span.due) for todo in each.move.overdue]
    await obligations.mark_many(tx, reminded=reminded, overdue=overdue)


async def _note_late(tx: Tx, moved: Sequence[_Moved], *, now: datetime) -> None:
    """Write down, once for an agency and day, which reminders nobody looked at in time; each day's log has them too."""
    late = {
        (each.workday.agency_code, each.workday.on, ended.stage): ended.at
        for each in moved
        for ended, fate in each.move.ended
        if fate is Fate.LATE
    }
    for (agency, on, stage), due_at in sorted(late.items()):
        once = f"reminder:{agency}:{on.isoformat()}:{stage}"
        what = f"reminder/{stage}"
        await skipped.note(
            tx, what=what, subject=agency, once=once, due_at=due_at, because="too_late", now=now
        )


def _step(each: _Moved, now: datetime) -> Step:
    return Step(
        workday=each.workday,
        look_at=each.move.look_at,
        log=[(ended.name, now, fate.value) for ended, fate in each.move.ended],
        pinged_at=now if each.move.said else None,
    )


async def _keep_told(tx: Tx, seal: Seal, days: Sequence[Workday], untold: Verdicts, *, now: datetime) -> None:
    """What a reminder says of somebody's place is kept as told, as every answer is."""
    for on, people in reminder_days.by_day(days):
        told = {person: untold[person, on] for person in people}
        await verdicts.tell_many(tx, seal, on=on, verdicts=told, because={}, now=now)


def _key(each: Workday) -> tuple[str, date]:
    return each.person_id, each.on
