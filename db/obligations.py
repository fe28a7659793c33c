"""What a person owes on a working day (health, plan, output), until when, and how it ended.

open -> reminded -> overdue -> closed (in time) or late (done, but after the deadline); or excused, with the reason.
How reports close them is in db/closing.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Row, Tx
from db.ids import new_id
from db.moments import from_micros, to_micros
from policy.deadlines import MISSING, Owed, Span, State


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
    by_id: str | None = None  # who excused it; CLOCK: a change of the day

    @property
    def span(self) -> Span:
        return Span(self.opens_at, self.due_at)

    @property
    def is_missing(self) -> bool:
        """Whether it is owed and not done."""
        return self.state in MISSING


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What is to be owed: an obligation that is not there yet, or is to be as this says."""

    kind: Owed
    basis: str
    span: Span


_COLUMNS = (
    "id, person_id, on_date, kind, unit_code, basis, opens_at, due_at, state, done_at, overdue_at, because,"
    " by_id"
)
_OF = f"SELECT {_COLUMNS} FROM obligations WHERE person_id = :person_id AND on_date = :on"
CLOCK = "clock"  # whoever excuses because the day is not what it was
_STATES_MISSING = "('open', 'reminded', 'overdue')"


async def of(tx: Tx, *, person_id: str, on: date) -> list[Obligation]:
    """Return what somebody owes or owed on that day, in the day's order."""
    rows = await tx.all(_OF, person_id=person_id, on=on.isoformat())
    order = list(Owed)
    return sorted((_obligation(row) for row in rows), key=lambda each: order.index(each.kind))


async def one(tx: Tx, *, person_id: str, on: date, kind: Owed) -> Obligation | None:
    """Return what somebody owes or owed of that kind on that day."""
    row = await tx.one(_OF + " AND kind = :kind", person_id=person_id, on=on.isoformat(), kind=kind.value)
    return _obligation(row) if row else None


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


async def move(tx: Tx, obligation: Obligation, to: Owing, *, unit_code: str, now: datetime) -> None:
    """Let what is not done yet be owed as `to` says, overdue no more if there is time again.

    What a change had excused is owed again.
    """
    await tx.run(
        "UPDATE obligations SET unit_code = :unit, basis = :basis, opens_at = :opens, due_at = :due,"
        " state = CASE WHEN state = 'excused' OR (state = 'overdue' AND CAST(:ahead AS INTEGER) = 1) THEN 'open'"
        " ELSE state END,"
        " overdue_at = CASE WHEN state = 'overdue' AND CAST(:ahead AS INTEGER) = 1 THEN NULL ELSE overdue_at END,"
        " because = NULL, by_id = NULL, ended_at = NULL"
        f" WHERE id = :id AND (state IN {_STATES_MISSING} OR (state = 'excused' AND by_id = :clock))",
        id=obligation.id,
        unit=unit_code,
        basis=to.basis,
        opens=to_micros(to.span.opens),
        due=to_micros(to.span.due),
        clock=CLOCK,
        ahead=int(to.span.due > now),
    )


async def excuse_all(tx: Tx, *, people: Sequence[str], on: date, because: str, now: datetime) -> None:
    """The day is not worked: let these people, a few hundred at most, owe nothing of it, nor have been late."""
    ids = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    await tx.run(
        "UPDATE obligations SET state = CASE WHEN state = 'late' THEN 'closed' ELSE 'excused' END,"
        " because = :because, by_id = :clock, ended_at = :now"
        f" WHERE person_id IN ({these}) AND on_date = :on AND (state = 'late' OR state IN {_STATES_MISSING})",
        on=on.isoformat(),
        because=because,
        clock=CLOCK,
        now=to_micros(now),
        **ids,
    )


async def unsettled(tx: Tx, *, people: Sequence[str], first: date, last: date) -> dict[date, list[str]]:
    """Return by day who of these people, a few hundred at most, has something missing or late in that time."""
    if not people:
        return {}
    ids = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    rows = await tx.all(
        f"SELECT DISTINCT on_date, person_id FROM obligations WHERE person_id IN ({these}) AND on_date >= :first"
        f" AND on_date <= :last AND (state = 'late' OR state IN {_STATES_MISSING}) ORDER BY on_date, person_id",
        first=first.isoformat(),
        last=last.isoformat(),
        **ids,
    )
    found: dict[date, list[str]] = {}
    for row in rows:
        found.setdefault(date.fromisoformat(row["on_date"]), []).append(row["person_id"])
    return found


async def mark_many(
    tx: Tx, *, reminded: Iterable[Obligation] = (), overdue: Iterable[tuple[Obligation, datetime]] = ()
) -> None:
    """Let these be reminded of; and let these be overdue since their deadline, if they are missing still."""
    await tx.run_many(
        "UPDATE obligations SET state = 'reminded' WHERE id = :id AND state = 'open'",
        [{"id": each.id} for each in reminded],
    )
    await tx.run_many(
        "UPDATE obligations SET state = 'overdue', overdue_at = :at WHERE id = :id"
        " AND state IN ('open', 'reminded')",
        [{"id": each.id, "at": to_micros(at)} for each, at in overdue],
    )


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
        by_id=row["by_id"],
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
