"""Those under a superior, with where they work; and a day of theirs: verdict, what is owed, what was reported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import obligations
from db.engine import Tx, Value
from db.facts import UnitFacts, facts_for_some, units_between
from db.moments import to_micros
from db.obligations import Obligation
from db.sealed import Seal
from db.subordinates import RANK, Capacity, under
from db.two_clocks import with_clocks
from policy.book import Book
from policy.engine import decide
from policy.model import Verdict

BATCH = 100  # people asked about at once


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody under a superior today. `capacity`: in which the superior judges them."""

    person_id: str
    name: str
    nip: str | None
    employment: str
    position: str
    unit_code: str
    unit_name: str
    capacity: Capacity


@dataclass(frozen=True, kw_only=True)
class OneDay:
    """A member's day. `verdict` is whole: who shows it says only what others may know; None: not here that day."""

    member: Member
    verdict: Verdict | None
    owed: Sequence[Obligation]
    reported: frozenset[str]  # plan, output: what stands


_MEMBERS = under() + with_clocks("""
SELECT j.person_id, j.capacity, p.name, p.nip, p.employment, m.position, m.unit_code, u.name AS unit_name
FROM judged j JOIN people p ON p.id = j.person_id
JOIN memberships m ON m.person_id = p.id AND HOLDS(m)
JOIN units u ON u.code = m.unit_code
ORDER BY p.name, p.id
""")
_REPORTED = """
SELECT DISTINCT person_id, kind FROM reports
WHERE on_date = :on AND withdrawn_at IS NULL AND superseded_at IS NULL AND person_id IN ({these})
"""


async def of(tx: Tx, *, person_id: str, on: date, now: datetime) -> list[Member]:
    """Return everybody who is under somebody on that day, as known now, by name; each once."""
    rows = await tx.all(_MEMBERS, me=person_id, on=on.isoformat(), known=to_micros(now))
    found: dict[str, Member] = {}
    for row in rows:
        one = Member(**dict(row))
        if one.person_id not in found or RANK[one.capacity] < RANK[found[one.person_id].capacity]:
            found[one.person_id] = one
    return list(found.values())


async def day(
    tx: Tx, seal: Seal, book: Book, *, members: Sequence[Member], on: date, now: datetime
) -> list[OneDay]:
    """Return that day of these people, in their order, as known now: in some queries for every hundred."""
    codes = sorted({each.unit_code for each in members})
    units = await units_between(tx, units=codes, first=on, last=on, now=now, book=book)
    return [each for some in batches(members) for each in await _some(tx, seal, some, units, on=on, now=now)]


async def _some(
    tx: Tx, seal: Seal, members: Sequence[Member], units: UnitFacts, *, on: date, now: datetime
) -> list[OneDay]:
    ids = [each.person_id for each in members]
    facts = await facts_for_some(tx, seal, people=ids, on=on, now=now, units=units)
    owed = await obligations.of_people(tx, people=ids, on=on)
    reported = await _reported(tx, ids, on=on)
    return [
        OneDay(
            member=each,
            verdict=decide(facts[each.person_id]),
            owed=owed.get(each.person_id, ()),
            reported=frozenset(reported.get(each.person_id, ())),
        )
        if each.person_id in facts
        else OneDay(member=each, verdict=None, owed=(), reported=frozenset())  # they worked elsewhere (V05)
        for each in members
    ]


async def _reported(tx: Tx, people: Sequence[str], *, on: date) -> dict[str, set[str]]:
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    found: dict[str, set[str]] = {}
    for row in await tx.all(_REPORTED.format(these=these), on=on.isoformat(), **ids):
        found.setdefault(row["person_id"], set()).add(row["kind"])
    return found


def batches(members: Sequence[Member]) -> Iterator[Sequence[Member]]:
    """Yield members a hundred at a time."""
    for first in range(0, len(members), BATCH):
        yield members[first : first + BATCH]
