"""The whole staff at once: for an import to compare with, for lists, and to take many people in together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import to_micros
from db.two_clocks import with_clocks


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody whom the office knows. Who works nowhere on the day has no unit; who left may come back."""

    id: str
    nip: str | None
    name: str
    phone: str | None
    employment: str
    has_left: bool
    unit_code: str | None
    position: str | None
    job_level: str | None
    function: str | None
    is_strategic: bool | None
    born: date | None  # as recorded; None where only the number tells it
    superior_id: str | None
    leads: frozenset[str]  # units of which they are the head (not Plt or Plh)
    is_linked: bool
    has_code: bool  # was given a one-time code that still works

    @property
    def is_active(self) -> bool:
        return not self.has_left and self.unit_code is not None


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody to be taken in; `superior_id` may be another newcomer's."""

    id: str
    nip: str | None
    name: str
    phone: str | None
    employment: str
    unit_code: str
    position: str
    job_level: str
    superior_id: str | None
    function: str | None = None
    is_strategic: bool | None = None
    born: date | None = None


_MEMBERS = with_clocks("""
SELECT p.id, p.nip, p.name, p.phone, p.employment, p.left_at, p.born, m.unit_code, m.position, m.job_level,
  m.function, m.is_strategic, s.superior_id,
  EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id AND i.unlinked_at IS NULL) AS is_linked,
  EXISTS (SELECT 1 FROM enrol_codes c WHERE c.person_id = p.id AND c.used_at IS NULL AND c.burnt_at IS NULL
          AND c.expires_at > :known) AS has_code
FROM people p
LEFT JOIN memberships m ON m.person_id = p.id AND HOLDS(m)
LEFT JOIN superiors s ON s.person_id = p.id AND HOLDS(s)
ORDER BY p.name, p.id
""")
_HEADS = with_clocks("SELECT a.person_id, a.unit_code FROM appointments a WHERE a.kind = 'head' AND HOLDS(a)")


async def members(tx: Tx, *, on: date, now: datetime) -> list[Member]:
    """Return everybody whom the office has ever known, as they stand on that day, in two queries."""
    when: dict[str, Value] = {"on": on.isoformat(), "known": to_micros(now)}
    leads: dict[str, set[str]] = defaultdict(set)
    for row in await tx.all(_HEADS, **when):
        leads[row["person_id"]].add(row["unit_code"])
    return [_member(row, leads[row["id"]], known=to_micros(now)) for row in await tx.all(_MEMBERS, **when)]


async def take_in(tx: Tx, newcomers: Sequence[Newcomer], *, valid_from: date, by: str, now: datetime) -> None:
    """Record many people, their places and superiors; they must not be known yet. For one, use people.add."""
    recorded = to_micros(now)
    clocks: dict[str, Value] = {
        "valid_from": valid_from.isoformat(),
        "recorded_at": recorded,
        "recorded_by": by,
    }
    await tx.run_many(
        "INSERT INTO people (id, nip, name, phone, employment, locale, born, recorded_at)"
        " VALUES (:id, :nip, :name, :phone, :employment, 'id', :born, :recorded_at)",
        [
            {
                "id": each.id,
                "nip": each.nip,
                "name": each.name,
                "phone": each.phone,
                "employment": each.employment,
                "born": each.born.isoformat() if each.born else None,
                "recorded_at": recorded,
            }
            for each in newcomers
        ],
    )
    await tx.run_many(
        "INSERT INTO memberships (id, person_id, unit_code, position, job_level, function, is_strategic, valid_from,"
        " recorded_at, recorded_by) VALUES (:id, :person_id, :unit_code, :position, :job_level, :function,"
        " :is_strategic, :valid_from, :recorded_at, :recorded_by)",
        [
            {
                "id": new_id(),
                "person_id": each.id,
                "unit_code": each.unit_code,
                "position": each.position,
                "job_level": each.job_level,
                "function": each.function,
                "is_strategic": None if each.is_strategic is None else int(each.is_strategic),
                **clocks,
            }
            for each in newcomers
        ],
    )
    await tx.run_many(
        "INSERT INTO superiors (id, person_id, superior_id, valid_from, recorded_at, recorded_by)"
        " VALUES (:id, :person_id, :superior_id, :valid_from, :recorded_at, :recorded_by)",
        [
            {"id": new_id(), "person_id": each.id, "superior_id": each.superior_id, **clocks}
            for each in newcomers
            if each.superior_id is not None
        ],
    )


def _member(row: Row, leads: set[str], *, known: int) -> Member:
    plain = ("id", "nip", "name", "phone", "employment", "unit_code", "position", "job_level", "function")
    return Member(
        **{name: row[name] for name in plain},
        is_strategic=None if row["is_strategic"] is None else bool(row["is_strategic"]),
        born=date.fromisoformat(row["born"]) if row["born"] else None,
        superior_id=row["superior_id"],
        has_left=row["left_at"] is not None and row["left_at"] <= known,
        leads=frozenset(leads),
        is_linked=bool(row["is_linked"]),
        has_code=bool(row["has_code"]),
    )
