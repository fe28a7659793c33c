"""Two people who change a turn with each other: asked, agreed or refused, approved, done; or withdrawn, or overtaken.

asked -> agreed (the head must approve) -> done; asked -> done (the head is only told); asked -> refused, withdrawn;
asked or agreed -> refused (by the head), overtaken (the rota, a rule or a person changed meanwhile, or the day came).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from db.engine import Row, Tx
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.receipts import new_code
from db.two_clocks import hold

State = Literal["asked", "agreed", "refused", "done", "withdrawn", "overtaken"]
OPEN: tuple[State, ...] = ("asked", "agreed")


@dataclass(frozen=True, kw_only=True)
class Swap:
    """The asker gives away their turn on `gives`, and takes the partner's on `takes`; the partner the other way."""

    id: str
    code: str
    unit_code: str
    asked_by: str
    partner_id: str
    gives: date
    takes: date
    state: State
    asked_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def first_day(self) -> date:
        return min(self.gives, self.takes)


_COLUMNS = "id, code, unit_code, asked_by, partner_id, gives_date, takes_date, state, asked_at"
_UNTIL = (
    f"SELECT {_COLUMNS} FROM swaps WHERE state IN ('asked', 'agreed')"
    " AND (gives_date <= :day OR takes_date <= :day) ORDER BY asked_at, id"
)


async def ask(
    tx: Tx, *, unit_code: str, asked_by: str, partner_id: str, gives: date, takes: date, now: datetime
) -> Swap | None:
    """Ask somebody to swap. None if one of the two has an open swap on one of these days already."""
    await hold(tx, "units", key=unit_code)
    if await _meeting(tx, people=(asked_by, partner_id), days=(gives, takes)):
        return None
    swap_id = new_id()
    await tx.run(
        "INSERT INTO swaps (id, code, unit_code, asked_by, partner_id, gives_date, takes_date, state, asked_at)"
        " VALUES (:id, :code, :unit, :asker, :partner, :gives, :takes, 'asked', :now)",
        id=swap_id,
        code=new_code("T"),
        unit=unit_code,
        asker=asked_by,
        partner=partner_id,
        gives=gives.isoformat(),
        takes=takes.isoformat(),
        now=to_micros(now),
    )
    return await by_id(tx, swap_id=swap_id)


async def by_id(tx: Tx, *, swap_id: str) -> Swap | None:
    """Return a swap, or None."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM swaps WHERE id = :id", id=swap_id)
    return _swap(row) if row else None


async def open_until(tx: Tx, *, day: date) -> list[Swap]:
    """Return the open swaps of which a day is this one or an earlier one."""
    rows = await tx.all(_UNTIL, day=day.isoformat())
    return [_swap(row) for row in rows]


async def move(
    tx: Tx, *, swap: Swap, state: State, now: datetime, by: str | None = None, partner: bool = False
) -> bool:
    """Move a swap on from the state it was read in. False if somebody else got there first.

    `partner`: it is the partner's answer. `by` is the head who decided.
    """
    touched = await tx.run(
        "UPDATE swaps SET state = :state, answered_at = CASE WHEN :partner = 1 THEN :now ELSE answered_at END,"
        " decided_by = COALESCE(:by, decided_by), ended_at = :ended WHERE id = :id AND state = :before",
        state=state,
        partner=int(partner),
        now=to_micros(now),
        by=by,
        ended=None if state in OPEN else to_micros(now),
        id=swap.id,
        before=swap.state,
    )
    return touched > 0


async def _meeting(tx: Tx, *, people: tuple[str, str], days: tuple[date, date]) -> bool:
    row = await tx.one(
        "SELECT 1 AS found FROM swaps WHERE state IN ('asked', 'agreed')"
        " AND (asked_by IN (:one, :two) OR partner_id IN (:one, :two))"
        " AND (gives_date IN (:first, :last) OR takes_date IN (:first, :last))",
        one=people[0],
        two=people[1],
        first=days[0].isoformat(),
        last=days[1].isoformat(),
    )
    return row is not None


def _swap(row: Row) -> Swap:
    plain = ("id", "code", "unit_code", "asked_by", "partner_id", "state")
    return Swap(
        **{name: row[name] for name in plain},
        gives=date.fromisoformat(row["gives_date"]),
        takes=date.fromisoformat(row["takes_date"]),
        asked_at=from_micros(row["asked_at"]),
    )
