"""Leave, training, travel and other absences: one on a day, whole or half; the record made last is right."""

from datetime import date, datetime

from db import two_clocks
from db.engine import Row, Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks
from policy.model import Absence, AbsenceKind, Part

ABSENCES = Table(name="absences", series=("person_id",), values=("kind", "letter", "part"), owner="people")


async def excuse(
    tx: Tx,
    *,
    person_id: str,
    kind: AbsenceKind,
    valid_from: date,
    valid_until: date | None,
    by: str,
    now: datetime,
    letter: str | None = None,
    part: Part | None = None,
) -> str:
    """Record that somebody is away on these days (or that half of each), the last included; return its key."""
    return await two_clocks.record(
        tx,
        ABSENCES,
        of={"person_id": person_id},
        values={"kind": kind.value, "letter": letter, "part": part and part.value},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def withdraw(
    tx: Tx, *, person_id: str, first: date, by: str, now: datetime, last: date | None = None
) -> int:
    """Record that somebody is not away from `first` on (to `last`). Return how many records gave way."""
    return await two_clocks.end(
        tx, ABSENCES, of={"person_id": person_id}, first=first, last=last, by=by, now=now
    )


async def of(tx: Tx, *, person_id: str, on: date, as_known_at: datetime) -> Absence | None:
    """Return why somebody is away on that day, as known at that moment; None if they are not."""
    row = await tx.one(_OF, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    return _absence(row) if row else None


async def between(tx: Tx, *, person_id: str, first: date, last: date, as_known_at: datetime) -> list[Absence]:
    """Return every absence that meets these days, as known at that moment, the earliest first."""
    rows = await tx.all(
        _BETWEEN,
        person_id=person_id,
        first=first.isoformat(),
        last=last.isoformat(),
        known=to_micros(as_known_at),
    )
    return [_absence(row) for row in rows]


def absence(*, kind: str, since: str, until: str | None, part: str | None) -> Absence:
    """Return a stored absence as the rules want it."""
    last = date.fromisoformat(until) if until is not None else None
    half = Part(part) if part is not None else None
    return Absence(AbsenceKind(kind), since=date.fromisoformat(since), until=last, part=half)


def opened(row: Row) -> Absence | None:
    """Return the absence in a row that joins it, if there is one."""
    return None if row["kind"] is None else _absence(row)


def _absence(row: Row) -> Absence:
    return absence(kind=row["kind"], since=row["valid_from"], until=row["valid_until"], part=row["part"])


_COLUMNS = "a.kind, a.part, a.valid_from, a.valid_until"
_OF = with_clocks(f"SELECT {_COLUMNS} FROM absences a WHERE a.person_id = :person_id AND HOLDS(a)")
_BETWEEN = with_clocks(
    f"SELECT {_COLUMNS} FROM absences a WHERE a.person_id = :person_id AND KNOWN(a) AND a.valid_from <= :last"
    " AND (a.valid_until IS NULL OR a.valid_until >= :first) ORDER BY a.valid_from"
)
