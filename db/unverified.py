"""Reports that nobody judged in time, and who owes the judging: the direct superior, or whoever stands in for them.

Whoever leads an agency and has no superior here is judged by nobody here: their reports do not wait.

A report waits for its superior until 24.00 of some working day after it (SE MenPANRB 58/2020 asks superiors to see
to it that work is done; the day is the agency's data).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import leading, memberships, rights, subordinates, superiors
from db.alerting.alerts import Alert, Part
from db.appointments import Power
from db.engine import Tx
from db.moments import from_micros, to_micros
from db.people import Person
from db.two_clocks import with_clocks
from policy.deadlines import Owed

_LATEST = 2**62  # as known by now
# Reports that stand, under a duty of that day, and were not judged; a plan waits with the output of its day.
_WAITS = """
r.person_id = o.person_id AND r.on_date = o.on_date AND r.kind = o.kind AND r.withdrawn_at IS NULL
AND r.superseded_at IS NULL AND NOT EXISTS (SELECT 1 FROM verifications v WHERE v.report_id = r.id)
AND NOT (r.kind = 'plan' AND EXISTS (
  SELECT 1 FROM reports q JOIN verifications v ON v.report_id = q.id WHERE q.person_id = r.person_id
  AND q.on_date = r.on_date AND q.kind = 'output' AND q.withdrawn_at IS NULL AND q.superseded_at IS NULL))
"""
_IS_JUDGED = """
(EXISTS (SELECT 1 FROM superiors s WHERE s.person_id = o.person_id AND s.superior_id <> o.person_id AND HOLDS(s))
OR NOT EXISTS (
  SELECT 1 FROM appointments a JOIN units top ON top.code = a.unit_code AND top.parent_code IS NULL
  WHERE a.person_id = o.person_id AND a.kind IN ('head', 'plt') AND HOLDS(a)))
"""
_UNITS = with_clocks(f"""
WITH RECURSIVE tree AS (
  SELECT code FROM units WHERE code = :agency
  UNION SELECT u.code FROM units u JOIN tree t ON u.parent_code = t.code
)
SELECT t.code FROM tree t
WHERE NOT EXISTS (SELECT 1 FROM alerts a WHERE a.unit_code = t.code AND a.on_date = :on AND a.part = :part)
AND EXISTS (
  SELECT 1 FROM obligations o JOIN reports r ON {_WAITS} WHERE o.unit_code = t.code AND o.on_date = :on
  AND o.kind IN ('plan', 'output') AND r.reported_at < :before AND {_IS_JUDGED})
ORDER BY t.code
""")
_OF_UNIT = with_clocks(f"""
SELECT r.id, r.person_id, p.name, r.kind, r.reported_at FROM obligations o JOIN reports r ON {_WAITS}
JOIN people p ON p.id = r.person_id WHERE o.unit_code = :unit AND o.on_date = :on AND o.kind IN ('plan', 'output')
AND {_IS_JUDGED}
ORDER BY p.name, p.id, r.kind DESC
""")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A report that waits."""

    report_id: str
    person_id: str
    name: str
    kind: Owed
    reported_at: datetime


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Who owes the judging, and by what right (db/rights.py) they are told."""

    person: Person
    right: str


async def units(tx: Tx, *, agency_code: str, on: date, before: datetime) -> list[str]:
    """Return the units with a report of that day, from before that moment, that waits and has no alert yet."""
    rows = await tx.all(
        _UNITS,
        agency=agency_code,
        on=on.isoformat(),
        part=Part.VERIFICATION.value,
        before=to_micros(before),
        known=_LATEST,
    )
    return [row["code"] for row in rows]


async def waiting(tx: Tx, alert: Alert) -> list[Waiting]:
    """Return what of the alert's unit and day still waits, by name."""
    rows = await tx.all(_OF_UNIT, unit=alert.unit_code, on=alert.on.isoformat(), known=_LATEST)
    return [
        Waiting(
            report_id=row["id"],
            person_id=row["person_id"],
            name=row["name"],
            kind=Owed(row["kind"]),
            reported_at=from_micros(row["reported_at"]),
        )
        for row in rows
    ]


async def by_judge(
    tx: Tx, found: Sequence[Waiting], *, on: date, now: datetime
) -> list[tuple[Judge, list[Waiting]]]:
    """Return who owes the judging on that day, each with theirs; what nobody owes who can be reached is left out."""
    judges: dict[str, Judge] = {}
    theirs: dict[str, list[Waiting]] = {}
    of: dict[str, Judge | None] = {}
    for each in found:
        if each.person_id not in of:
            of[each.person_id] = await judge(tx, person_id=each.person_id, on=on, now=now)
        who = of[each.person_id]
        if who is not None:
            judges.setdefault(who.person.id, who)
            theirs.setdefault(who.person.id, []).append(each)
    return [(judges[key], theirs[key]) for key in judges]


async def judge(tx: Tx, *, person_id: str, on: date, now: datetime) -> Judge | None:
    """Return who judges somebody's reports and can be reached: the superior or who stands in, else who leads."""
    superior = await superiors.of(tx, person_id=person_id, on=on, as_known_at=now)
    if superior is not None and superior != person_id:
        found = await _superior(tx, superior, of=person_id, on=on, now=now)
        if found is not None:
            return found
    place = await memberships.of(tx, person_id=person_id, on=on, as_known_at=now)
    if place is None:
        return None
    lead = await leading.reachable(
        tx, unit_code=place.unit_code, on=on, now=now, power=Power.VERIFY, but={person_id, superior or ""}
    )
    may = lead and await subordinates.capacity(
        tx, superior_id=lead.person.id, person_id=person_id, on=on, now=now, power=Power.VERIFY
    )
    if lead is None or may is None:  # the level above a head who is away may not judge for them
        return None
    return Judge(person=lead.person, right=rights.to_lead(lead.unit_code, power=Power.VERIFY))


async def _superior(tx: Tx, superior: str, *, of: str, on: date, now: datetime) -> Judge | None:
    """The superior; where they are a head for whom somebody acts, that one. None if they cannot be reached."""
    acting = await leading.stands_in_for(tx, person_id=superior, on=on, now=now, power=Power.VERIFY)
    if acting in (None, of):
        person = await leading.reachable_person(tx, person_id=superior, on=on, now=now)
        return Judge(person=person, right=rights.to_be_over(of)) if isinstance(person, Person) else None
    person = await leading.reachable_person(tx, person_id=str(acting), on=on, now=now)
    return Judge(person=person, right="head") if isinstance(person, Person) else None
