"""What is recorded of a person that a rule may ask for: expecting, comorbid, new in the service, under a sanction.

Which trait it is stands sealed; in the clear is only whose it is to record. They are opened for the person's own
verdict (db/facts.py) and for the health role or the person, never for a list.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from db import two_clocks
from db.engine import Row, Tx
from db.moments import to_micros
from db.sealed import Seal
from db.two_clocks import Table, with_clocks
from policy.words import Trait

TRAITS = Table(
    name="traits",
    series=("person_id", "kind"),
    values=(),
    owner="people",
    sealed="body",
    sealed_series="trait",
)


class TraitKind(StrEnum):
    """Whose a trait is to record, and to read."""

    HEALTH = "health"
    DISCIPLINE = "discipline"
    WORK = "work"


KIND_OF: Mapping[Trait, TraitKind] = MappingProxyType(
    dict.fromkeys(Trait, TraitKind.HEALTH)
    | {Trait.HUKUMAN_DISIPLIN: TraitKind.DISCIPLINE, Trait.PEGAWAI_BARU: TraitKind.WORK}
)
# For db/facts.py: one row for each trait that holds; `:on` is the day asked about, `:known` the moment of knowing.
COLUMNS = "tr.id AS trait_id, tr.body AS trait_body, tr.valid_from AS trait_since"
JOINS = "LEFT JOIN traits tr ON tr.person_id = p.id AND HOLDS(tr)"
_OF = with_clocks(f"SELECT {COLUMNS}, tr.kind FROM traits tr WHERE tr.person_id = :person_id AND HOLDS(tr)")


async def record(
    tx: Tx,
    seal: Seal,
    *,
    person_id: str,
    trait: Trait,
    basis: str | None,
    valid_from: date,
    by: str,
    now: datetime,
    valid_until: date | None = None,
) -> str:
    """Record a trait on these days, with the legal basis on which it may be kept; return the record's key."""
    return await two_clocks.record(
        tx,
        TRAITS,
        of=_series(person_id, trait),
        values={"body": {"trait": trait.value, "basis": basis}},
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
        now=now,
        seal=seal,
    )


async def end(
    tx: Tx, seal: Seal, *, person_id: str, trait: Trait, first: date, by: str, now: datetime
) -> int:
    """Let a trait hold no more from `first` on. Return how many records gave way."""
    return await two_clocks.end(
        tx, TRAITS, of=_series(person_id, trait), first=first, by=by, now=now, seal=seal
    )


async def of(
    tx: Tx, seal: Seal, *, person_id: str, on: date, as_known_at: datetime, kinds: frozenset[TraitKind]
) -> dict[str, date]:
    """Return the traits of these kinds that hold on that day, and since when. Ask only for what the reader may read."""
    rows = await tx.all(_OF, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    return opened(seal, [row for row in rows if row["kind"] in kinds])


def opened(seal: Seal, rows: Sequence[Row]) -> dict[str, date]:
    """Return the traits in rows with the columns above, and since when each holds."""
    return {
        Trait(seal.open(row["trait_body"], place=TRAITS.place(row["trait_id"]))["trait"]): date.fromisoformat(
            row["trait_since"]
        )
        for row in rows
        if row["trait_id"] is not None
    }


def _series(person_id: str, trait: Trait) -> dict[str, str]:
    return {"person_id": person_id, "kind": KIND_OF[trait].value, "trait": trait.value}
