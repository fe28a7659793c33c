"""Who leads a unit: its head (kepala), and acting heads (Plt, Plh) with dates, by a letter that may name powers.

A power that the letter of an acting head leaves out stays with whoever would lead without them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db import two_clocks
from db.engine import Row, Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks

APPOINTMENTS = Table(
    name="appointments", series=("unit_code", "kind"), values=("person_id", "letter", "powers"), owner="units"
)


class Post(StrEnum):
    """How somebody leads: as the head, or in their place (Plt: the post is vacant; Plh: the head is away)."""

    HEAD = "head"
    PLT = "plt"
    PLH = "plh"


class Power(StrEnum):
    """What a letter of appointment may allow; one that names none allows all of it."""

    VERIFY = "verify"
    ABSENCES = "absences"
    OVERRIDES = "overrides"
    ROTA = "rota"
    ALERTS = "alerts"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Somebody leads a unit on a day. `powers` is None where the letter names none: all that the post brings."""

    unit_code: str
    person_id: str
    post: Post
    letter: str | None
    powers: frozenset[Power] | None

    def gives(self, power: Power | None) -> bool:
        """Whether it brings this power; without one named: whether somebody leads at all."""
        return power is None or self.powers is None or power in self.powers


async def appoint(
    tx: Tx,
    *,
    unit_code: str,
    person_id: str,
    post: Post,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
    letter: str | None = None,
    powers: Collection[Power] | None = None,
) -> str:
    """Record who leads a unit from a day on, and with what powers (None: all); return the record's key."""
    return await two_clocks.record(
        tx,
        APPOINTMENTS,
        of={"unit_code": unit_code, "kind": post.value},
        values={"person_id": person_id, "letter": letter, "powers": _written(powers)},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
    )


async def dismiss(tx: Tx, *, unit_code: str, post: Post, first: date, by: str, now: datetime) -> int:
    """Leave a unit's post vacant from `first` on. Return how many records gave way."""
    return await two_clocks.end(
        tx, APPOINTMENTS, of={"unit_code": unit_code, "kind": post.value}, first=first, by=by, now=now
    )


async def leader(
    tx: Tx, *, unit_code: str, on: date, as_known_at: datetime, power: Power | None = None
) -> str | None:
    """Return the key of who leads the unit on that day: its Plh, else its Plt, else its head, who has the power."""
    found = await leading(tx, unit_code=unit_code, on=on, as_known_at=as_known_at, power=power)
    return found.person_id if found else None


async def leading(
    tx: Tx, *, unit_code: str, on: date, as_known_at: datetime, power: Power | None = None
) -> Appointment | None:
    """Return by which appointment the unit is led on that day, for what needs this power; None if by none."""
    found = await of_unit(tx, unit_code=unit_code, on=on, as_known_at=as_known_at)
    return next((each for each in found if each.gives(power)), None)


async def of_unit(tx: Tx, *, unit_code: str, on: date, as_known_at: datetime) -> list[Appointment]:
    """Return who is appointed to lead the unit on that day: Plh, Plt, head."""
    rows = await tx.all(_OF_UNIT, unit_code=unit_code, on=on.isoformat(), known=to_micros(as_known_at))
    return [_appointment(row) for row in rows]


async def of_person(tx: Tx, *, person_id: str, on: date, as_known_at: datetime) -> list[Appointment]:
    """Return every appointment that somebody holds on that day."""
    rows = await tx.all(_OF_PERSON, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    return [_appointment(row) for row in rows]


_COLUMNS = "a.unit_code, a.person_id, a.kind, a.letter, a.powers"
_ORDER = " ORDER BY CASE a.kind WHEN 'plh' THEN 0 WHEN 'plt' THEN 1 ELSE 2 END"
_OF_UNIT = with_clocks(
    f"SELECT {_COLUMNS} FROM appointments a WHERE a.unit_code = :unit_code AND HOLDS(a)" + _ORDER
)
_OF_PERSON = with_clocks(
    f"SELECT {_COLUMNS} FROM appointments a WHERE a.person_id = :person_id AND HOLDS(a){_ORDER}, a.unit_code"
)


def _written(powers: Collection[Power] | None) -> str | None:
    return None if powers is None else ",".join(sorted(powers))


def _appointment(row: Row) -> Appointment:
    powers = row["powers"]
    return Appointment(
        unit_code=row["unit_code"],
        person_id=row["person_id"],
        post=Post(row["kind"]),
        letter=row["letter"],
        powers=None if powers is None else frozenset(Power(each) for each in powers.split(",") if each),
    )
