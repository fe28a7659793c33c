"""What a head decided for one person by letter, against circulars and rota; one on a day, the last one recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import two_clocks
from db.engine import Row, Tx
from db.moments import to_micros
from db.sealed import Seal
from db.two_clocks import Table, with_clocks
from policy.model import Arrangement, Override

OVERRIDES = Table(
    name="overrides",
    series=("person_id",),
    values=("arrangement", "letter", "by_id", "capacity"),
    owner="people",
    sealed="considerations",
)
# For db/facts.py: `:on` is the day asked about, `:known` the moment of knowing.
COLUMNS = """
o.id AS override_id, o.arrangement AS override_arrangement, o.letter AS override_letter,
o.capacity AS override_capacity, ob.name AS override_by, o.considerations AS override_considerations,
o.valid_from AS override_since, o.valid_until AS override_until
"""
JOINS = """
LEFT JOIN overrides o ON o.person_id = p.id AND HOLDS(o)
LEFT JOIN people ob ON ob.id = o.by_id
"""
_OF = with_clocks(f"SELECT {COLUMNS} FROM people p {JOINS} WHERE p.id = :person_id")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the head decided. `capacity` is in what post they did, as it is shown: Kepala, Plt, Plh."""

    arrangement: Arrangement
    letter: str
    by_id: str
    capacity: str
    considerations: Sequence[str] = ()


async def decide(
    tx: Tx,
    seal: Seal,
    decision: Decision,
    *,
    person_id: str,
    valid_from: date,
    valid_until: date | None,
    by: str,
    now: datetime,
) -> str:
    """Record a head's decision for these days, the last included; return the record's key."""
    return await two_clocks.record(
        tx,
        OVERRIDES,
        of={"person_id": person_id},
        values={
            "arrangement": decision.arrangement.value,
            "letter": decision.letter,
            "by_id": decision.by_id,
            "capacity": decision.capacity,
            "considerations": {"named": list(decision.considerations)},
        },
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
        seal=seal,
    )


async def withdraw(
    tx: Tx, seal: Seal, *, person_id: str, first: date, by: str, now: datetime, last: date | None = None
) -> int:
    """Let no decision hold for the person from `first` on (to `last`). Return how many records gave way."""
    return await two_clocks.end(
        tx, OVERRIDES, of={"person_id": person_id}, first=first, last=last, by=by, now=now, seal=seal
    )


async def of(tx: Tx, seal: Seal, *, person_id: str, on: date, as_known_at: datetime) -> Override | None:
    """Return what a head decided for that day, as known at that moment; None if nobody did."""
    row = await tx.one(_OF, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    return None if row is None else opened(seal, row)


def opened(seal: Seal, row: Row) -> Override | None:
    """Return the decision in a row with the columns above; None if it has none."""
    if row["override_id"] is None:
        return None
    until = row["override_until"]
    sealed = seal.open(row["override_considerations"], place=OVERRIDES.place(row["override_id"]))
    return Override(
        arrangement=Arrangement(row["override_arrangement"]),
        letter=row["override_letter"],
        by=f"{row['override_by']} ({row['override_capacity']})",
        since=date.fromisoformat(row["override_since"]),
        until=date.fromisoformat(until) if until else None,
        considerations=tuple(sealed["named"]),
    )
