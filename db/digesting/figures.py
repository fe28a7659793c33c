"""Reading what a digest counts, for a few dozen units at once and in a few queries, whoever and however many they are.

A unit's own people are those of the unit and of the units below that nobody leads. A moment `as_of` counts: what
came later was not there, and a report that was withdrawn since, or an excuse, is seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import gates
from db.engine import Row, Tx, Value
from db.moments import to_micros
from db.sealed import Seal
from db.two_clocks import with_clocks
from policy.deadlines import Owed
from policy.figures import Barred, Counted, Figures, Kind, Missing, Outcome, counts_of, place_of

_OWN = with_clocks("""
WITH RECURSIVE own AS (
  SELECT u.code AS root, u.code, u.name FROM units u WHERE u.code IN ({units})
  UNION
  SELECT o.root, u.code, u.name FROM own o JOIN units u ON u.parent_code = o.code
  WHERE NOT EXISTS (SELECT 1 FROM appointments a WHERE a.unit_code = u.code AND HOLDS(a))
)
SELECT root, code, name FROM own ORDER BY code
""")
# The units are named one by one: joined with a list made above, SQLite reads all obligations that there are.
_PEOPLE = with_clocks(f"""
SELECT m.unit_code, p.id, p.name, w.arrangement, w.closed_at, {gates.COLUMNS}
FROM memberships m JOIN people p ON p.id = m.person_id AND (p.left_at IS NULL OR p.left_at > :known)
LEFT JOIN workdays w ON w.person_id = p.id AND w.on_date = :on
{gates.JOINS}
WHERE m.unit_code IN ({{units}}) AND HOLDS(m) ORDER BY p.name, p.id
""")
_DONE = "b.done_at IS NOT NULL AND b.done_at <= :as_of"
_OWED = (
    "FROM obligations b {join} WHERE b.unit_code IN ({units}) AND b.on_date BETWEEN :first AND :last"
    " AND b.kind IN ('health', 'plan', 'output')"
)
_COUNTS = f"""
SELECT unit_code, on_date, kind, outcome, COUNT(*) AS n FROM (
  SELECT b.unit_code, b.on_date, b.kind, CASE
    WHEN b.state = 'excused' THEN 'excused'
    WHEN {_DONE} THEN CASE WHEN b.state = 'late' THEN 'late' ELSE 'in_time' END
    WHEN b.due_at <= :as_of THEN 'missing' ELSE 'ahead' END AS outcome
  {_OWED.replace("{join}", "")}
) counted GROUP BY unit_code, on_date, kind, outcome
"""
_MISSING = f"""
SELECT b.unit_code, p.id, p.name, b.kind, COUNT(*) AS n
{_OWED.replace("{join}", "JOIN people p ON p.id = b.person_id")}
AND b.state <> 'excused' AND b.due_at <= :as_of AND NOT ({_DONE})
GROUP BY b.unit_code, p.id, p.name, b.kind ORDER BY p.name, p.id
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is read: the digest of which days, as things stood at `as_of`."""

    kind: Kind
    first: date
    on: date
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class Own:
    """Units whose digests are read (`names`: code -> name) with those below them that nobody leads."""

    names: Mapping[str, str]
    root_of: Mapping[str, str]  # unit -> the unit whose digest counts its people
    unit_names: Mapping[str, str]

    @property
    def placeholders(self) -> tuple[str, dict[str, Value]]:
        """Those of all these units in a query, and their values."""
        return these(self.root_of)


async def own_of(tx: Tx, *, names: Mapping[str, str], on: date, now: datetime) -> Own:
    """Return what belongs to these units (code -> name, a few dozen) on that day."""
    units, values = these(names)
    rows = await tx.all(_OWN.format(units=units), on=on.isoformat(), known=to_micros(now), **values)
    return Own(
        names=names,
        root_of={row["code"]: row["root"] for row in rows},
        unit_names={row["code"]: row["name"] for row in rows},
    )


async def counted(tx: Tx, seal: Seal, own: Own, asked: Asked) -> dict[str, Figures]:
    """Return the figures of these units and their own people, without what changed."""
    units, values = own.placeholders
    span: dict[str, Value] = {"first": asked.first.isoformat(), "last": asked.on.isoformat()}
    span["as_of"] = known = to_micros(asked.as_of)
    on: dict[str, Value] = {"on": asked.on.isoformat(), "known": known}
    people = by_root(own, await tx.all(_PEOPLE.format(units=units), **on, **values))
    counts = by_root(own, await tx.all(_COUNTS.format(units=units), **span, **values))
    missing = by_root(own, await tx.all(_MISSING.format(units=units), **span, **values))
    return {
        code: _figures(seal, asked, name, people[code], counts[code], missing[code])
        for code, name in own.names.items()
    }


def these(units: Iterable[str]) -> tuple[str, dict[str, Value]]:
    """The placeholders of units in a query, and their values."""
    codes: dict[str, Value] = {f"u{number}": code for number, code in enumerate(units)}
    return ", ".join(f":{name}" for name in codes), codes


def by_root(own: Own, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows with a unit_code by the unit whose own people they are of."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[own.root_of[row["unit_code"]]].append(row)
    return found


def _figures(
    seal: Seal, asked: Asked, name: str, people: Sequence[Row], counts: Sequence[Row], missing: Sequence[Row]
) -> Figures:
    owed, days = counts_of(
        Counted(date.fromisoformat(row["on_date"]), Owed(row["kind"]), Outcome(row["outcome"]), row["n"])
        for row in counts
    )
    is_of_a_day = asked.kind.is_of_a_day
    barred = _barred(seal, people, asked.on) if is_of_a_day else ()
    return Figures(
        kind=asked.kind,
        first=asked.first,
        on=asked.on,
        as_of=asked.as_of,
        units=(name,),
        people=len(people),
        places=_places(people) if is_of_a_day else {},
        owed=owed,
        days={} if is_of_a_day else days,
        not_fit=len(barred),
        missing=_missing(missing),
        barred=barred,
    )


def _places(people: Sequence[Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in people:
        place = place_of(row["arrangement"] if row["closed_at"] is None else None).value
        found[place] = found.get(place, 0) + 1
    return dict(sorted(found.items()))


def _barred(seal: Seal, people: Sequence[Row], on: date) -> tuple[Barred, ...]:
    """Who may not enter the office. Of somebody who does not work today nothing is said."""
    working = [row for row in people if row["arrangement"] is not None and row["closed_at"] is None]
    shut = [(row["name"], gates.gate(seal, row, on=on)) for row in working]
    return tuple(
        Barred(name, gate.until.isoformat() if gate.until else None)
        for name, gate in shut
        if gate is not None
    )


def _missing(rows: Sequence[Row]) -> tuple[Missing, ...]:
    """A line for each person, who misses most first."""
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    names = {row["id"]: row["name"] for row in rows}
    for row in rows:
        kinds[row["id"]][row["kind"]] = row["n"]
    order = [kind.value for kind in Owed]
    found = [
        Missing(
            person_id=person,
            name=names[person],
            kinds=tuple(kind for kind in order if kind in of),
            count=sum(of.values()),
        )
        for person, of in kinds.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.count, each.name, each.person_id)))
