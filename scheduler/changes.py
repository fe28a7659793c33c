"""What was decided is looked at once: whoever's today or next working day became another gets the new card, once.

A look takes every change that has settled and may be done again from its start after any kill, in any number of
processes: who was told is in the verdicts told, kept in the transaction that queues the message.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from db import changes, identities, verdicts
from db.changes import Change, ChangeKind
from db.engine import Db, Tx, transact
from db.identities import Chat
from db.rota import shared as rota_shared
from db.sealed import Seal
from db.sending.outbox import Class
from policy.book import Book
from policy.calendar import local_date
from policy.card import card, headline
from policy.model import Arrangement, Step, Verdict
from scheduler import rotas, rows
from scheduler.change_days import WESTERNMOST, Days, Seen, days_to_look_at, looked_at
from scheduler.days.following import follow
from scheduler.rows import Errand
from scheduler.telling import Word, not_at_night, tell_at

log = logging.getLogger("piket.scheduler")

SETTLES = timedelta(minutes=1)  # what is corrected within this time is told once, as it stands then
LONGEST = timedelta(minutes=5)  # however much is being decided, the first waits no longer
BATCH = 25  # people at a time: neither the loop nor SQLite's one writer is held for longer than a moment
_PUBLIC = frozenset(ChangeKind) - {ChangeKind.OVERRIDE, ChangeKind.PERSON, ChangeKind.MEMBERSHIP}
_DECIDING = frozenset(
    {"rule", "permitted", "force_not_stated", "quota", "office_by_default", "override", "judgement"}
)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What came of a look: changes seen to their end, people they may touch, told, and with no chat to tell."""

    changes: int
    touched: int
    told: int
    without_chat: int


@dataclass(frozen=True, kw_only=True)
class Looking:
    """What a look works with, the same for every batch."""

    seal: Seal
    days: Days
    by_person: Mapping[str, Sequence[Change]]
    all: Sequence[Change]
    mended: frozenset[str]  # who has heard already that the rota gives them other days


async def look(
    db: Db, seal: Seal, book: Book, now: datetime, *, settles: timedelta = SETTLES
) -> Looked | None:
    """Look at the changes that have settled, to their end. None if there are none."""
    async with db.reading() as tx:
        waiting = await changes.waiting(tx)
        if not waiting or not _has_settled(waiting, now, settles):
            return None
        before = waiting[0].recorded_at - timedelta(microseconds=1)
        days = await days_to_look_at(tx, book, before=before, now=now)
        by_person = await _touched(tx, days, waiting)
    mended = await _mend(db, seal, book, waiting, now)
    touched = by_person.keys()
    await follow(db, seal, book, waiting, people=touched, units=days.units_now, now=now)
    looking = Looking(seal=seal, days=days, by_person=by_person, all=waiting, mended=mended)
    told, without = len(mended), 0

    async def tell(some: Sequence[str]) -> int:
        nonlocal without
        heard, unheard = await _batch(db, looking, some)
        without += unheard
        return heard

    last = waiting[-1].id
    errand = Errand[str](job="changes", key=lambda person: f"{last}:{person}", do=tell, most_tries=1)
    for people in _batches(sorted(by_person)):
        told += await rows.run(db, seal, errand, people, now=now)
    await _end(db, waiting, now)
    looked = Looked(changes=len(waiting), touched=len(by_person), told=told, without_chat=without)
    log.info("changes_looked_at", extra={"action": "changes_looked_at", **vars(looked)})
    return looked


def _has_settled(waiting: Sequence[Change], now: datetime, settles: timedelta) -> bool:
    is_calm = now - waiting[-1].recorded_at >= settles
    return is_calm or now - waiting[0].recorded_at >= LONGEST


async def _mend(db: Db, seal: Seal, book: Book, waiting: Sequence[Change], now: datetime) -> frozenset[str]:
    """Plan the published rotas anew that no longer stand, a unit at a time; return who was told of other days."""
    by_unit: dict[str, list[Change]] = defaultdict(list)
    async with db.reading() as tx:
        for change in waiting:
            since = max(change.first_day, local_date(now, WESTERNMOST))
            for unit in await changes.with_rota(tx, change, since=since, now=now):
                by_unit[unit].append(change)
        shared = await _shared(tx, seal, book, waiting, now)
    told: set[str] = set()
    mending = [
        *sorted(by_unit.items()),
        *sorted((unit, shared[unit]) for unit in shared.keys() - by_unit.keys()),
    ]

    async def mend(some: Sequence[tuple[str, list[Change]]]) -> int:
        for unit, found in some:
            told.update(await transact(db, partial(_mend_unit, seal, book, unit, found, now)))
        return len(some)

    last = waiting[-1].id
    errand = Errand[tuple[str, list[Change]]](
        job="changes", key=lambda each: f"{last}:{each[0]}", do=mend, most_tries=1
    )
    await rows.apart(db, seal, errand, mending, now=now)
    return frozenset(told)


async def _shared(
    tx: Tx, seal: Seal, book: Book, waiting: Sequence[Change], now: datetime
) -> dict[str, list[Change]]:
    """By unit the changes in others of its perangkat daerah that a limit counts together with it."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in waiting:
        since = max(change.first_day, local_date(now, WESTERNMOST))
        units = await changes.units_of(tx, change, since=since, now=now)
        for other in await rota_shared.sharing(tx, seal, book, units=units, since=since, now=now):
            found[other].append(change)
    return found


async def _mend_unit(
    seal: Seal, book: Book, unit: str, found: Sequence[Change], now: datetime, tx: Tx
) -> set[str]:
    if not await changes.hold(tx, found):
        return set()
    first = min(change.first_day for change in found)
    told = await rotas.mend(tx, seal, book, unit_code=unit, first_day=first, now=now)
    await changes.count_told(tx, {change.id: len(told) for change in found})
    return told


async def _touched(tx: Tx, days: Days, waiting: Sequence[Change]) -> dict[str, list[Change]]:
    """By person, what may alter one of the days that matter."""
    by_person: dict[str, list[Change]] = defaultdict(list)
    if not days.all:
        return by_person
    for change in waiting:
        if change.first_day <= days.all[-1]:
            for person in await changes.touched(tx, change, since=days.all[0], now=days.now):
                by_person[person].append(change)
    return by_person


def _batches(people: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(people), BATCH):
        yield people[first : first + BATCH]


async def _batch(db: Db, looking: Looking, people: Sequence[str]) -> tuple[int, int]:
    """Judge beside the writers, tell in a short transaction. Return how many are told, how many have no chat."""
    async with db.reading() as tx:
        seen = await looked_at(tx, looking.seal, looking.days, people)
        by_day = await _other_than_told(tx, looking.seal, seen)
        chats = await identities.chats_of(tx, people=sorted({each.person_id for each in by_day}))
    await asyncio.sleep(0)  # people who write meanwhile are answered
    having = [each for each in by_day if each.person_id in chats]
    without = len({each.person_id for each in by_day} - chats.keys())
    if not having:
        return 0, without

    async def work(tx: Tx) -> int:
        return await _tell(tx, looking, having, chats)

    return await transact(db, work), without


async def _other_than_told(tx: Tx, seal: Seal, seen: Sequence[Seen]) -> list[Seen]:
    """Those to whom something else must be said than they were told, or else would have been told before."""
    found = []
    for day in sorted({each.now.on for each in seen}):
        that_day = [each for each in seen if each.now.on == day]
        told = await verdicts.standing(tx, seal, people=[each.person_id for each in that_day], on=day)
        for each in that_day:
            reference = told.get(each.person_id, each.before)
            if not _is_away(each.now) and (reference is None or _gist(reference) != _gist(each.now)):
                found.append(replace(each, before=reference))
    return found


def _gist(verdict: Verdict) -> tuple[object, ...]:
    """What makes a card another one: where, which shift, whether kept out, and the paragraphs that decide."""
    paragraphs = frozenset(
        (each.citation.circular, each.citation.paragraph)
        for each in verdict.reasons
        if each.key in _DECIDING and each.citation is not None
    )
    return verdict.arrangement, verdict.shift, verdict.barred_from_office, paragraphs


def _is_away(verdict: Verdict) -> bool:
    """Whoever is on leave that day asked for it themself, and is let alone."""
    is_absent = any(reason.step is Step.ABSENCE for reason in verdict.reasons)
    return is_absent and verdict.arrangement is Arrangement.OFF


async def _tell(tx: Tx, looking: Looking, seen: Sequence[Seen], chats: Mapping[str, Sequence[Chat]]) -> int:
    if not await changes.hold(tx, looking.all):
        return 0  # another process has told everybody
    told: set[str] = set()
    for day in sorted({each.now.on for each in seen}):
        of_day = {each.person_id: each for each in seen if each.now.on == day}
        new = await verdicts.tell_many(
            tx,
            looking.seal,
            on=day,
            verdicts={person: each.now for person, each in of_day.items()},
            because={person: _cause(looking.by_person[person]) for person in of_day},
            now=looking.days.now,
        )
        for person in sorted(new):
            await _send(tx, looking, of_day[person], chats[person])
        told |= new
    told -= looking.mended
    counts = Counter(change.id for person in told for change in looking.by_person[person])
    await changes.count_told(tx, counts)
    return len(told)


def _cause(found: Sequence[Change]) -> str:
    """What everybody may know of it; nothing of what was decided about one person alone."""
    return ", ".join(sorted({change.kind.value for change in found if change.kind in _PUBLIC}))


async def _send(tx: Tx, looking: Looking, seen: Seen, chats: Sequence[Chat]) -> None:
    now, zone, day = looking.days.now, ZoneInfo(seen.facts.timezone), seen.now.on
    today = local_date(now, zone)
    was = headline(seen.before) if seen.before else None
    params = card(seen.now, today=today, timezone=seen.facts.timezone)
    word = Word(
        message="today/changed",
        params={**params, "was": was},
        once=f"changed:{looking.by_person[seen.person_id][-1].id}:{day.isoformat()}",
        urgency=Class.ALERT if day == today else Class.BROADCAST,
        not_before=not_at_night(now.astimezone(zone)),
        expires_at=_end_of(seen, day, zone),
    )
    await tell_at(tx, looking.seal, chats, word, now=now)


def _end_of(seen: Seen, day: date, zone: ZoneInfo) -> datetime:
    """When the day is worked, it ends with its hours; else with the night."""
    if seen.now.hours is not None:
        return datetime.combine(day, seen.now.hours.end, tzinfo=zone)
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)


async def _end(db: Db, waiting: Sequence[Change], now: datetime) -> None:
    async def work(tx: Tx) -> None:
        for change in sorted(waiting, key=lambda each: each.id):  # in the order in which others hold them
            await changes.looked_at(tx, change_id=change.id, now=now)

    await transact(db, work)
