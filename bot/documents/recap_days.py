"""A superior's people over some days, as the recaps count them: read a piece at a time, so that nobody waits for it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import recap, team
from db.engine import Db
from db.facts import UnitFacts, facts_for_some, units_between
from db.recap import Kept
from db.sealed import Seal
from db.team import Member
from handlers.places import place_of
from policy.book import Book
from policy.engine import decide
from policy.model import Verdict

AT_WORK = ("WFO", "WFH", "WFA", "field", "travel", "undecided", "stay_out")
_SPAN = timedelta(days=31)  # so much ground is read at once
_WEEK = timedelta(days=6)  # and so much of what is kept of a hundred people: the loop is not held for long
_NOTHING = Kept()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A member's day: where they were, in the word that others may know, and what is kept of it."""

    person_id: str
    on: date
    place: str
    shift: str
    kept: Kept

    @property
    def is_worked(self) -> bool:
        return self.place in AT_WORK


@dataclass(frozen=True, kw_only=True)
class Days:
    """Everything that a recap counts, as it stood at one moment."""

    members: Sequence[Member]
    first: date
    last: date
    lines: Sequence[Line]  # by day, then in the order of the members; days on which nobody works are left out
    circulars: Sequence[str]  # what binds the units: "SE Gubernur … nomor …"

    @property
    def on(self) -> list[date]:
        """The days on which anybody works or is away."""
        return sorted({line.on for line in self.lines})

    @property
    def bases(self) -> list[str]:
        """On what the reports were asked for."""
        return sorted({due.basis for line in self.lines for due in line.kept.owed.values()})


async def read(
    db: Db, seal: Seal, book: Book, *, members: Sequence[Member], first: date, last: date, now: datetime
) -> Days:
    """Return the days of these people. Readings are short: between two of them whoever writes is answered."""
    lines: list[Line] = []
    circulars: dict[str, None] = {}
    codes = sorted({each.unit_code for each in members})
    for begin, end in _spans(first, last):
        async with db.reading() as tx:
            units = await units_between(tx, units=codes, first=begin, last=end, now=now, book=book)
        circulars |= dict.fromkeys(
            f"{each.form} {each.issuer} nomor {each.number}"
            for facts in units.values()
            for each in facts.circulars
        )
        for some in team.batches(members):
            lines += await _batch(db, seal, some, units, first=begin, last=end, now=now)
    kept = await asyncio.to_thread(_in_order, lines, [each.person_id for each in members])
    return Days(members=members, first=first, last=last, lines=kept, circulars=list(circulars))


def _in_order(lines: Sequence[Line], people: Sequence[str]) -> list[Line]:
    """Sort by day and person; days on which everybody rests are left out."""
    order = {person: number for number, person in enumerate(people)}
    worked = {line.on for line in lines if line.place != "rest"}
    return sorted(
        (line for line in lines if line.on in worked), key=lambda line: (line.on, order[line.person_id])
    )


async def _batch(
    db: Db,
    seal: Seal,
    members: Sequence[Member],
    units: UnitFacts,
    *,
    first: date,
    last: date,
    now: datetime,
) -> list[Line]:
    people = [each.person_id for each in members]
    worked = {on for (_, on), facts in units.items() if facts.day.is_working}  # on others everybody rests
    lines: list[Line] = []
    kept: Mapping[tuple[str, date], Kept] = {}
    read_until = first - timedelta(days=1)
    for on in _days(first, last):
        if on not in worked:
            continue
        if on > read_until:
            read_until = min(last, on + _WEEK)
            async with db.reading() as tx:
                kept = await recap.kept(tx, people=people, first=on, last=read_until)
        async with db.reading() as tx:
            facts = await facts_for_some(tx, seal, people=people, on=on, now=now, units=units)
        verdicts: Mapping[str, Verdict] = {person: decide(each) for person, each in facts.items()}
        lines += [
            _line(person, verdicts[person], kept.get((person, on))) for person in people if person in facts
        ]
        await asyncio.sleep(0)
    return lines


def _line(person: str, verdict: Verdict, kept: Kept | None) -> Line:
    return Line(
        person_id=person,
        on=verdict.on,
        place=place_of(verdict, for_others=True),
        shift=verdict.shift or "",
        kept=kept or _NOTHING,
    )


def _spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        yield first, min(last, first + _SPAN - timedelta(days=1))
        first += _SPAN


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)
