"""The days of rotas: what each says of a person and day; proposed, published, superseded.

A day counts from `published_at` until `superseded_at`. Who publishes a week anew supersedes only the days that
changed: what somebody was told of the others stands, under the rota by which they were told it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import workdays
from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import to_micros
from db.two_clocks import hold
from policy.calendar import WEEK
from policy.words import Arrangement


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a rota says of one person and day, and why: a word of policy.roster."""

    person_id: str
    on: date
    arrangement: Arrangement
    shift: str | None
    because: str


async def days_of(tx: Tx, *, rota_id: str) -> list[Day]:
    """Return every day of a rota, proposed or published, by day and person."""
    rows = await tx.all(f"{_DAYS} WHERE rota_id = :id ORDER BY on_date, person_id", id=rota_id)
    return [_day(row) for row in rows]


async def change_day(tx: Tx, *, rota_id: str, day: Day) -> bool:
    """Let a proposal say something else of a day. False if it is no proposal any more, or has no such day."""
    touched = await tx.run(
        "UPDATE rota_days SET arrangement = :arrangement, shift = :shift, because = :because"
        " WHERE rota_id = :rota AND person_id = :person AND on_date = :on"
        " AND EXISTS (SELECT 1 FROM rotas r WHERE r.id = :rota AND r.state = 'proposed')",
        rota=rota_id,
        **_values(day),
    )
    return touched > 0


async def standing(
    tx: Tx, *, unit_code: str, first: date, last: date, as_known_at: datetime
) -> dict[tuple[str, date], Day]:
    """Return the published days of a unit's rotas between these days, as they stood at that moment."""
    return await _between(tx, _KNOWN, unit_code, first, last, known=to_micros(as_known_at))


async def standing_now(tx: Tx, *, unit_code: str, first: date, last: date) -> dict[tuple[str, date], Day]:
    """Return the same as it stands by what is stored, for whoever changes it.

    Their own moment may lie before the last change: they waited for the unit while somebody else made it.
    """
    return await _between(tx, _LAST, unit_code, first, last)


async def _between(
    tx: Tx, stands: str, unit_code: str, first: date, last: date, **known: Value
) -> dict[tuple[str, date], Day]:
    rows = await tx.all(
        f"{_TURNS} WHERE {stands} AND r.unit_code = :unit AND d.on_date BETWEEN :first AND :last",
        unit=unit_code,
        first=first.isoformat(),
        last=last.isoformat(),
        **known,
    )
    return {(day.person_id, day.on): day for day in map(_day, rows)}


async def turn(tx: Tx, *, person_id: str, on: date, as_known_at: datetime) -> tuple[str, str, Day] | None:
    """Return (the rota's key, its unit, the published day) of a person and day as it stood then, or None."""
    row = await tx.one(
        f"{_TURNS} WHERE {_KNOWN} AND d.person_id = :person AND d.on_date = :on ORDER BY d.published_at DESC",
        person=person_id,
        on=on.isoformat(),
        known=to_micros(as_known_at),
    )
    return (row["rota_id"], row["unit_code"], _day(row)) if row else None


async def replace_turns(tx: Tx, *, unit_code: str, days: Sequence[Day], now: datetime) -> bool:
    """Let published days say something else, as a swap does. False, and nothing changed, if one is not published.

    They stay days of the rota that they were published in.
    """
    await hold(tx, "units", key=unit_code)
    rotas = [row["rota_id"] for day in days if (row := await _published(tx, unit_code, day)) is not None]
    if len(rotas) < len(days):
        return False
    for rota_id, day in zip(rotas, days, strict=True):
        await _supersede(tx, unit_code, day.person_id, day.on, now=now)
        await add_days(tx, rota_id, [day], published_at=now)
    await workdays.look_at_all(tx, [(day.person_id, day.on) for day in days], at=now)
    return True


async def take_effect(tx: Tx, *, rota_id: str, unit_code: str, week: date, now: datetime) -> list[Day]:
    """Let the days of a rota count from now on; return those that are new or changed. The others stand as before."""
    last = week + WEEK - timedelta(days=1)
    before = await standing_now(tx, unit_code=unit_code, first=week, last=last)
    new = {(day.person_id, day.on): day for day in await days_of(tx, rota_id=rota_id)}
    changed = [day for key, day in new.items() if not _is_same(before.get(key), day)]
    others = sorted(before.keys() - new.keys() | {(day.person_id, day.on) for day in changed})
    for person_id, on in others:
        await _supersede(tx, unit_code, person_id, on, now=now)
    await tx.run_many(
        "UPDATE rota_days SET published_at = :now WHERE rota_id = :rota AND person_id = :person AND on_date = :on",
        [
            {"now": to_micros(now), "rota": rota_id, "person": day.person_id, "on": day.on.isoformat()}
            for day in changed
        ],
    )
    await workdays.look_at_all(tx, others, at=now)
    return changed


async def _published(tx: Tx, unit_code: str, day: Day) -> Row | None:
    """Return the row that stands for a person and day in a rota of this unit, whatever moment it is from."""
    return await tx.one(
        f"{_TURNS} WHERE {_LAST} AND d.person_id = :person AND d.on_date = :on AND r.unit_code = :unit",
        person=day.person_id,
        on=day.on.isoformat(),
        unit=unit_code,
    )


def _is_same(before: Day | None, after: Day) -> bool:
    return before is not None and (before.arrangement, before.shift) == (after.arrangement, after.shift)


async def _supersede(tx: Tx, unit_code: str, person_id: str, on: date, *, now: datetime) -> None:
    await tx.run(
        "UPDATE rota_days SET superseded_at = :now WHERE person_id = :person AND on_date = :on"
        " AND published_at IS NOT NULL AND superseded_at IS NULL"
        " AND rota_id IN (SELECT id FROM rotas WHERE unit_code = :unit)",
        now=to_micros(now),
        person=person_id,
        on=on.isoformat(),
        unit=unit_code,
    )


async def add_days(
    tx: Tx, rota_id: str, days: Sequence[Day], *, published_at: datetime | None = None
) -> None:
    """Keep these days of a rota: proposed, or published at that moment."""
    await tx.run_many(
        "INSERT INTO rota_days (id, rota_id, person_id, on_date, arrangement, shift, because, published_at)"
        " VALUES (:id, :rota, :person, :on, :arrangement, :shift, :because, :published_at)",
        [
            {
                "id": new_id(),
                "rota": rota_id,
                "published_at": to_micros(published_at) if published_at else None,
                **_values(day),
            }
            for day in days
        ],
    )


def _values(day: Day) -> dict[str, Value]:
    return {
        "person": day.person_id,
        "on": day.on.isoformat(),
        "arrangement": day.arrangement.value,
        "shift": day.shift,
        "because": day.because,
    }


def _day(row: Row) -> Day:
    return Day(
        person_id=row["person_id"],
        on=date.fromisoformat(row["on_date"]),
        arrangement=Arrangement(row["arrangement"]),
        shift=row["shift"],
        because=row["because"],
    )


_OF_DAYS = "person_id, on_date, arrangement, shift, because"
_DAYS = f"SELECT {_OF_DAYS} FROM rota_days"
_TURNS = (
    "SELECT d.person_id, d.on_date, d.arrangement, d.shift, d.because, d.rota_id, r.unit_code"
    " FROM rota_days d JOIN rotas r ON r.id = d.rota_id"
)
_KNOWN = "d.published_at <= :known AND (d.superseded_at IS NULL OR d.superseded_at > :known)"
_LAST = "d.published_at IS NOT NULL AND d.superseded_at IS NULL"
