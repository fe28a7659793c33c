"""What is other than at the digest before: new absences, reports that stopped, outages and what they excused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from db import outages
from db.digesting.figures import Own, by_root
from db.engine import Row, Tx
from db.moments import to_micros
from db.two_clocks import with_clocks
from policy.figures import LONG_STREAK, Broken, Figures, Missing, NewAbsence, absence_class, streak
from policy.words import AbsenceKind

LOOKS_BACK = timedelta(days=60)  # so far a streak is followed
# What was cut or split since is recorded anew, and is nothing new.
_ABSENCES = with_clocks("""
SELECT m.unit_code, p.name, a.kind, a.valid_from, a.valid_until, a.recorded_at
FROM memberships m JOIN people p ON p.id = m.person_id AND (p.left_at IS NULL OR p.left_at > :known)
JOIN absences a ON a.person_id = p.id AND KNOWN(a) AND a.recorded_at > :since
 AND (a.valid_until IS NULL OR a.valid_until >= :on)
WHERE m.unit_code IN ({units}) AND HOLDS(m) AND NOT EXISTS (
  SELECT 1 FROM absences e WHERE e.person_id = a.person_id AND e.kind = a.kind AND e.recorded_at < a.recorded_at
   AND e.superseded_at = a.recorded_at AND e.valid_from <= a.valid_from
   AND (e.valid_until IS NULL OR e.valid_until >= a.valid_until))
ORDER BY a.valid_from, p.name, p.id
""")
_FORGIVEN = (
    "SELECT b.unit_code, COUNT(*) AS n FROM obligations b WHERE b.unit_code IN ({units}) AND b.on_date = :on"
    " AND b.because = 'outage' AND b.kind IN ('health', 'plan', 'output') GROUP BY b.unit_code"
)


async def absences(
    tx: Tx, own: Own, *, since: Mapping[str, datetime], on: date, now: datetime
) -> dict[str, tuple[NewAbsence, ...]]:
    """Return by unit the absences of its own people, today's and later ones, that were recorded after `since`."""
    units, values = own.placeholders
    rows = await tx.all(
        _ABSENCES.format(units=units),
        on=on.isoformat(),
        known=to_micros(now),
        since=to_micros(min(since.values())),
        **values,
    )
    found: dict[str, list[NewAbsence]] = {}
    for root, of_root in by_root(own, rows).items():
        found[root] = [_absence(row) for row in of_root if row["recorded_at"] > to_micros(since[root])]
    return {code: tuple(each) for code, each in found.items()}


def _absence(row: Row) -> NewAbsence:
    return NewAbsence(
        name=row["name"],
        word=absence_class(AbsenceKind(row["kind"])),
        since=row["valid_from"],
        until=row["valid_until"],
    )


async def streaks(tx: Tx, figures: Sequence[Figures], *, kind: str, on: date) -> dict[str, Broken]:
    """Return by person whose long streak of this kind of report ended today: what is due is not there."""
    people = {each.person_id: each for all_ in figures for each in all_.missing if kind in each.kinds}
    if not people:
        return {}
    reported = await _reported(tx, list(people), kind=kind, on=on)
    ended = {person: streak(days) for person, days in reported.items()}
    return {
        person: Broken(people[person].name, days) for person, days in ended.items() if days >= LONG_STREAK
    }


async def _reported(tx: Tx, people: Sequence[str], *, kind: str, on: date) -> dict[str, list[bool]]:
    ids = {f"p{number}": person for number, person in enumerate(people)}
    rows = await tx.all(
        "SELECT b.person_id, b.on_date, b.state FROM obligations b"
        f" WHERE b.person_id IN ({', '.join(f':{name}' for name in ids)}) AND b.kind = :kind"
        " AND b.on_date BETWEEN :first AND :on AND (b.state <> 'excused' OR b.on_date = :on)"
        " ORDER BY b.person_id, b.on_date",
        kind=kind,
        first=(on - LOOKS_BACK).isoformat(),
        on=on.isoformat(),
        **ids,
    )
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row["state"] in ("closed", "late"))
    return found


def broken(missing: Sequence[Missing], ended: Mapping[str, Broken]) -> tuple[Broken, ...]:
    """Those of these people whose streak ended, the longest first."""
    found = [ended[each.person_id] for each in missing if each.person_id in ended]
    return tuple(sorted(found, key=lambda each: (-each.days, each.name)))


async def outages_of(tx: Tx, *, start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
    """Return (began, ended) of the outages in this stretch of time, as ISO text."""
    found = await outages.between(tx, start=start, end=end)
    return tuple((each.began_at.isoformat(), each.ended_at.isoformat()) for each in found)


async def forgiven(tx: Tx, own: Own, *, on: date) -> dict[str, int]:
    """Return by unit how many reports of the day are in time only because of an outage."""
    units, values = own.placeholders
    rows = await tx.all(_FORGIVEN.format(units=units), on=on.isoformat(), **values)
    return {root: sum(row["n"] for row in of_root) for root, of_root in by_root(own, rows).items()}
