"""What a person owes on a working day (health, plan, output), until when, and how it ended.

open -> reminded -> overdue -> closed (in time) or late (done, but after the deadline); or excused, with the reason.
Storing a report closes what it answers, in the same transaction; withdrawing it opens it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import outages
from db.engine import Row, Tx
from db.ids import new_id
from db.moments import from_micros, to_micros
from policy.deadlines import Owed, Span, State, is_late


@dataclass(frozen=True, kw_only=True)
class Obligation:
    id: str
    person_id: str
    on: date
    kind: Owed
    unit_code: str
    basis: str  # the duty it rests on, or the legal basis that the agency recorded
    opens_at: datetime
    due_at: datetime
    state: State
    done_at: datetime | None = None  # by the platform's time
    overdue_at: datetime | None = None  # when it was marked
    because: str | None = None  # of an excuse

    @property
    def span(self) -> Span:
        return Span(self.opens_at, self.due_at)

    @property
    def is_missing(self) -> bool:
        """Whether it is owed and not done."""
        return self.state in (State.OPEN, State.REMINDED, State.OVERDUE)


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What is to be owed: an obligation that is not there yet, or is to be as this says."""

    kind: Owed
    basis: str
    span: Span


_COLUMNS = (
    "id, person_id, on_date, kind, unit_code, basis, opens_at, due_at, state, done_at, overdue_at, because"
)
_OF = f"SELECT {_COLUMNS} FROM obligations WHERE person_id = :person_id AND on_date = :on"
_STATES_MISSING = "('open', 'reminded', 'overdue')"


async def of(tx: Tx, *, person_id: str, on: date) -> list[Obligation]:
    """Return what somebody owes or owed on that day, in the day's order."""
    rows = await tx.all(_OF, person_id=person_id, on=on.isoformat())
    order = list(Owed)
    return sorted((_obligation(row) for row in rows), key=lambda each: order.index(each.kind))


async def of_people(tx: Tx, *, people: Sequence[str], on: date) -> dict[str, list[Obligation]]:
    """Return what these people, a few hundred at most, owe or owed that day, in the day's order."""
    if not people:
        return {}
    ids = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM obligations WHERE person_id IN ({these}) AND on_date = :on",
        on=on.isoformat(),
        **ids,
    )
    found: dict[str, list[Obligation]] = {person: [] for person in people}
    for row in rows:
        found[row["person_id"]].append(_obligation(row))
    order = list(Owed)
    return {
        person: sorted(each, key=lambda one: order.index(one.kind)) for person, each in found.items() if each
    }


async def of_units(tx: Tx, *, units: Sequence[str], first: date, last: date) -> list[Obligation]:
    """Return what the people of these units owed from `first` to `last`, by day and person."""
    if not units:
        return []
    codes = {f"u{number}": code for number, code in enumerate(units)}
    these = ", ".join(f":{name}" for name in codes)
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM obligations WHERE unit_code IN ({these}) AND on_date >= :first"
        " AND on_date <= :last ORDER BY on_date, person_id",
        first=first.isoformat(),
        last=last.isoformat(),
        **codes,
    )
    return [_obligation(row) for row in rows]


async def open_many(
    tx: Tx, *, on: date, unit_of: Mapping[str, str], owing: Mapping[str, Sequence[Owing]]
) -> int:
    """Let people owe these things that day, by person; what they owe already stays. Return how many are asked for."""
    rows = [
        {
            "id": new_id(),
            "person_id": person,
            "on": on.isoformat(),
            "kind": each.kind.value,
            "unit": unit_of[person],
            "basis": each.basis,
            "opens": to_micros(each.span.opens),
            "due": to_micros(each.span.due),
        }
        for person, all_ in owing.items()
        for each in all_
    ]
    await tx.run_many(
        "INSERT INTO obligations (id, person_id, on_date, kind, unit_code, basis, opens_at, due_at, state)"
        " VALUES (:id, :person_id, :on, :kind, :unit, :basis, :opens, :due, 'open')"
        " ON CONFLICT (person_id, on_date, kind) DO NOTHING",
        rows,
    )
    return len(rows)


async def reported(tx: Tx, *, person_id: str, on: date, kind: Owed, at: datetime, now: datetime) -> None:
    """A report of that kind stands, first sent at `at` (the platform's time): what asked for it is done.

    Lateness inside an outage of ours or of the platform is none.
    """
    row = await tx.one(_OF + " AND kind = :kind", person_id=person_id, on=on.isoformat(), kind=kind.value)
    if row is None or row["state"] not in ("open", "reminded", "overdue"):
        return
    owed = _obligation(row)
    gaps = await outages.between(tx, start=owed.opens_at, end=at) if at > owed.due_at else []
    late = is_late(at, owed.span, [(gap.began_at, gap.ended_at) for gap in gaps])
    excused = "outage" if at > owed.due_at and not late else None
    await tx.run(
        "UPDATE obligations SET state = :state, done_at = :at, ended_at = :now, because = :because"
        " WHERE id = :id AND state IN " + _STATES_MISSING,
        id=owed.id,
        state=State.LATE.value if late else State.CLOSED.value,
        at=to_micros(at),
        now=to_micros(now),
        because=excused,
    )


async def reopened(tx: Tx, *, person_id: str, on: date, kind: Owed) -> None:
    """Nothing of that kind stands any more: it is owed again, as overdue if it was so before."""
    await tx.run(
        "UPDATE obligations SET state = CASE WHEN overdue_at IS NULL THEN 'open' ELSE 'overdue' END,"
        " done_at = NULL, ended_at = NULL, because = NULL WHERE person_id = :person_id AND on_date = :on"
        " AND kind = :kind AND state IN ('closed', 'late')",
        person_id=person_id,
        on=on.isoformat(),
        kind=kind.value,
    )


async def excuse(tx: Tx, *, obligation_id: str, because: str, by: str, now: datetime) -> bool:
    """Let something missing be owed no more. False if it is not missing (any more)."""
    touched = await tx.run(
        "UPDATE obligations SET state = 'excused', because = :because, by_id = :by, ended_at = :now"
        " WHERE id = :id AND state IN " + _STATES_MISSING,
        id=obligation_id,
        because=because,
        by=by,
        now=to_micros(now),
    )
    return touched > 0


def _obligation(row: Row) -> Obligation:
    return Obligation(
        id=row["id"],
        person_id=row["person_id"],
        on=date.fromisoformat(row["on_date"]),
        kind=Owed(row["kind"]),
        unit_code=row["unit_code"],
        basis=row["basis"],
        opens_at=from_micros(row["opens_at"]),
        due_at=from_micros(row["due_at"]),
        state=State(row["state"]),
        done_at=_moment(row["done_at"]),
        overdue_at=_moment(row["overdue_at"]),
        because=row["because"],
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
