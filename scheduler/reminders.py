"""Whoever has not reported yet is reminded, privately and few times; what is past its deadline is marked as overdue.

Rows decide: a day is looked at when its `look_at` has come, the rules are asked again, and in one short transaction
for many people the day moves on, what is owed is marked and what is said is queued. Done again from its start by
any number of processes, after any kill, it says nothing twice.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from db import keyboards, looks, obligations, outbox, verdicts, workdays
from db.engine import Db, Tx, transact
from db.facts import units_for_all
from db.identities import Chat
from db.keyboards import Keyboard
from db.looks import Step
from db.outbox import Class, Queued
from db.outbox_reminders import once_key
from db.sealed import Seal
from db.two_clocks import hold_many
from db.workdays import Workday
from policy.book import Book
from policy.model import Audience, Verdict, visible_to
from policy.reminding import Move, next_move
from scheduler import reminder_days, rows, workday
from scheduler.reminder_days import Known, Owing, Units
from scheduler.reminder_words import Words, tells_shift, words_of
from scheduler.rows import Errand

log = logging.getLogger("piket.scheduler")

BATCH = 100  # people at a time: neither the loop nor SQLite's one writer is held for longer than a moment
MOST = 1000  # of one look, which sees what was decided until it began; the next sees more
BUTTONS_KEPT = timedelta(days=14)
Verdicts = Mapping[tuple[str, date], Verdict]


@dataclass(frozen=True, kw_only=True)
class _Moved:
    """A day of which it is decided what happens."""

    workday: Workday
    owed: Sequence[obligations.Obligation]
    move: Move


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Look at the days that are due, the longest waiting first; return at how many. A thousand at most."""
    async with db.reading() as tx:
        found = await workdays.due(tx, now=now, limit=MOST, holds=False)
    units: Units = {}
    said = 0
    errand = Errand[Workday](
        job="reminders",
        key=lambda each: each.id,
        do=lambda some: _batch(db, seal, book, some, now=now, units=units),
        push_on=lambda tx, each: workdays.move(tx, each, look_at=None),
    )
    for first in range(0, len(found), BATCH):
        said += await rows.run(db, seal, errand, found[first : first + BATCH], now=now)
    if found:
        looked = {"action": "reminders_looked_at", "days": len(found), "said": said}
        log.info("reminders_looked_at", extra=looked)
    return len(found)


async def _batch(
    db: Db, seal: Seal, book: Book, found: Sequence[Workday], *, now: datetime, units: Units
) -> int:
    """Judge beside the writers, move on in a short transaction; return how many are reminded."""
    async with db.reading() as tx:
        owing = await reminder_days.owing(tx, found)
        known = await reminder_days.known(tx, found, owing, now=now)
        telling = [each.workday for each in _moves(known, found, owing) if _acts(each.move)]
        for on, _ in reminder_days.by_day(telling):
            if not any(day == on for _, day in units):
                units |= await units_for_all(tx, on=on, now=now, book=book)
        judged = await reminder_days.judged(tx, seal, telling, now=now, units=units)
    await asyncio.sleep(0)  # people who write meanwhile are answered
    stale = [each for each in telling if not _stands(each, judged)]
    moving = [each for each in found if each not in stale]
    said = await transact(db, partial(_move_on, seal=seal, known=known, found=moving, judged=judged))
    for on, people in reminder_days.by_day(stale):
        await workday.refresh(db, seal, book, people=people, day=on, now=now, units=units)
    return said


def _moves(known: Known, found: Iterable[Workday], owing: Owing) -> list[_Moved]:
    moved = []
    for each in found:
        owed = owing[each.person_id, each.on]
        moved.append(_Moved(workday=each, owed=owed, move=next_move(known.day(each, owed), known.now)))
    return moved


def _acts(move: Move) -> bool:
    """Whether anything is said or held against somebody: then the verdict must be the one of now."""
    return bool(move.said or move.overdue)


def _stands(each: Workday, judged: Verdicts) -> bool:
    verdict = judged.get((each.person_id, each.on))
    return verdict is not None and workday.gist_of(verdict) == each.gist


async def _move_on(tx: Tx, *, seal: Seal, known: Known, found: Sequence[Workday], judged: Verdicts) -> int:
    """Decide once more by what was reported meanwhile; who was done is let alone."""
    telling = sorted({person for person, _ in judged})
    await hold_many(tx, "people", keys=telling)  # before the days, as whoever changes a person's records does
    held = await looks.hold(tx, found)
    moved = _moves(known, held, await reminder_days.owing(tx, held))
    sure = [each for each in moved if not _acts(each.move) or _key(each.workday) in judged]
    await _mark(tx, sure)
    await looks.move_many(tx, [_step(each, known.now) for each in sure])
    said = [each for each in sure if each.move.said]
    await _keep_told(tx, seal, said, judged, now=known.now)
    await _say(tx, seal, known, said, judged)
    return len(said)


async def _mark(tx: Tx, moved: Sequence[_Moved]) -> None:
    of = {(each.person_id, each.on, each.kind): each for one in moved for each in one.owed}
    reminded, overdue = [], []
    for each in moved:
        key = _key(each.workday)
        reminded += [of[*key, todo.kind] for todo in each.move.named]
        overdue += [(of[*key, todo.kind], todo.span.due) for todo in each.move.overdue]
    await obligations.mark_many(tx, reminded=reminded, overdue=overdue)


def _step(each: _Moved, now: datetime) -> Step:
    return Step(
        workday=each.workday,
        look_at=each.move.look_at,
        log=[(stage, now, fate.value) for stage, fate in each.move.ended],
        pinged_at=now if each.move.said else None,
    )


async def _keep_told(tx: Tx, seal: Seal, said: Sequence[_Moved], judged: Verdicts, *, now: datetime) -> None:
    """What a reminder says of somebody's place is kept as told, as every answer is."""
    shifts = [each.workday for each in said if tells_shift(each.move)]
    for on, people in reminder_days.by_day(shifts):
        told = {person: visible_to(judged[person, on], Audience.SELF) for person in people}
        await verdicts.tell_many(tx, seal, on=on, verdicts=told, because={}, now=now)


async def _say(tx: Tx, seal: Seal, known: Known, said: Sequence[_Moved], judged: Verdicts) -> None:
    queued, kept = [], []
    for each in said:
        words = words_of(each.workday, each.move, judged[_key(each.workday)], each.owed, known.now)
        for chat in known.chats[each.workday.person_id]:
            nonce = keyboards.new_nonce(channel=chat.channel, address=chat.address)
            queued.append(_queued(each, words, chat, nonce=nonce))
            kept.append(
                Keyboard(nonce=nonce, channel=chat.channel, address=chat.address, choices=words.choices)
            )
    await outbox.add_many(tx, seal, queued, now=known.now)
    await keyboards.keep_many(tx, seal, kept, now=known.now, expires_at=known.now + BUTTONS_KEPT)


def _queued(each: _Moved, words: Words, chat: Chat, *, nonce: str) -> Queued:
    shown = [
        {"value": choice["value"], "label": choice["label"], "data": f"{nonce}:{number}"}
        for number, choice in enumerate(words.choices)
    ]
    return Queued(
        channel=chat.channel,
        address=chat.address,
        person_id=chat.person_id,
        urgency=Class.REMINDER,
        message=words.message,
        locale=chat.locale,
        body={"params": words.params, "look": "buttons", "choices": shown},
        once=f"{once_key(each.workday.id, each.move.said[0].name)}:{chat.person_id}:{chat.channel}",
        expires_at=each.move.expires_at,
    )


def _key(each: Workday) -> tuple[str, date]:
    return each.person_id, each.on
