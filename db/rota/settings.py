"""What a unit's rota goes by: the seed of a cycle, the agency's hours for drawing and publishing, people's fixed days.

All of it is kept as settings (db/settings.py), so each has two clocks and says who decided it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from db import settings, units
from db.engine import Tx
from db.moments import to_micros
from db.two_clocks import hold, with_clocks

SEED, FIXED, NEEDED = "rota_seed", "rota_fixed", "rota_needed"
DRAW_AT, PUBLISH_AT, SWAP = "rota_draw_at", "rota_publish_at", "rota_swap"
SwapRule = Literal["told", "approve"]
CYCLE = timedelta(weeks=4)
_ORIGIN = date(2020, 1, 6)  # a Monday; cycles are counted from it, the same for every unit


@dataclass(frozen=True)
class WeeklyMoment:
    """A weekday (0: Monday) and a local time, as in "3 09:00"."""

    weekday: int
    at: time

    @staticmethod
    def read(text: str) -> "WeeklyMoment":
        """Return the moment that a setting names. Raises ValueError."""
        day, _, clock = text.partition(" ")
        if day not in tuple("0123456"):
            raise ValueError(f"{text!r} names no weekday from 0 (Monday) to 6.")
        return WeeklyMoment(int(day), time.fromisoformat(clock))

    def __str__(self) -> str:
        return f"{self.weekday} {self.at:%H:%M}"

    def in_week_of(self, monday: date) -> datetime:
        """Return it in the week that begins with this Monday; naive, local."""
        return datetime.combine(monday + timedelta(days=self.weekday), self.at)


DRAWN = WeeklyMoment(3, time(9))
PUBLISHED = WeeklyMoment(4, time(12))


@dataclass(frozen=True, kw_only=True)
class AgencyHours:
    """When next week's rotas are drawn, and when they publish themselves: in the week before."""

    draw_at: WeeklyMoment
    publish_at: WeeklyMoment


def cycle_of(week: date) -> date:
    """Return the Monday with which the four-week cycle of this week begins."""
    return week - (week - _ORIGIN) % CYCLE


async def seed(tx: Tx, *, unit_code: str, week: date) -> str | None:
    """Return the seed of this week's cycle, if it is fixed already."""
    row = await tx.one(
        "SELECT value FROM settings WHERE unit_code = :unit AND name = :name AND valid_from = :cycle"
        " ORDER BY recorded_at, id",
        unit=unit_code,
        name=SEED,
        cycle=cycle_of(week).isoformat(),
    )
    return str(row["value"]) if row else None


async def fix_seed(tx: Tx, *, unit_code: str, week: date, by: str, now: datetime) -> str:
    """Return the seed of this week's cycle; draw it if there is none. Once fixed, nobody changes it."""
    await hold(tx, "units", key=unit_code)
    found = await seed(tx, unit_code=unit_code, week=week)
    if found is not None:
        return found
    drawn = secrets.token_hex(16)
    await settings.set_value(
        tx, unit_code=unit_code, name=SEED, value=drawn, basis=None, valid_from=cycle_of(week), by=by, now=now
    )
    return drawn


async def hours(tx: Tx, *, agency_code: str, on: date, now: datetime) -> AgencyHours:
    """Return when the agency's rotas are drawn and published."""
    drawn = await _own(tx, agency_code, DRAW_AT, on=on, now=now)
    published = await _own(tx, agency_code, PUBLISH_AT, on=on, now=now)
    return AgencyHours(
        draw_at=WeeklyMoment.read(drawn) if drawn else DRAWN,
        publish_at=WeeklyMoment.read(published) if published else PUBLISHED,
    )


async def swap_rule(tx: Tx, *, unit_code: str, on: date, now: datetime) -> SwapRule:
    """Return whether the head is told of a swap, or must approve it: as the nearest unit above decided."""
    for code in await units.chain(tx, code=unit_code):
        found = await _own(tx, code, SWAP, on=on, now=now)
        if found:
            return "approve" if found == "approve" else "told"
    return "told"


async def set_swap_rule(
    tx: Tx, *, unit_code: str, rule: SwapRule, valid_from: date, by: str, now: datetime
) -> None:
    """Let heads be told of swaps, or approve them, in this unit and below, from a day on."""
    await settings.set_value(
        tx, unit_code=unit_code, name=SWAP, value=rule, basis=None, valid_from=valid_from, by=by, now=now
    )


async def set_hours(
    tx: Tx, *, agency_code: str, hours: "AgencyHours", valid_from: date, by: str, now: datetime
) -> None:
    """Let an agency's rotas be drawn, and publish themselves, at these moments of the week before."""
    for name, moment in ((DRAW_AT, hours.draw_at), (PUBLISH_AT, hours.publish_at)):
        await settings.set_value(
            tx,
            unit_code=agency_code,
            name=name,
            value=str(moment),
            basis=None,
            valid_from=valid_from,
            by=by,
            now=now,
        )


async def fixed_days(tx: Tx, *, unit_code: str, on: date, now: datetime) -> dict[str, frozenset[int]]:
    """Return who always works in the office on which weekdays (0: Monday), by person."""
    found = await _by_person(tx, unit_code, FIXED, on=on, now=now)
    return {person: frozenset(map(int, value)) for person, value in found.items() if value}


async def set_fixed_days(
    tx: Tx, *, unit_code: str, person_id: str, weekdays: Iterable[int], first: date, by: str, now: datetime
) -> None:
    """Let somebody be in the office on these weekdays from a day on; none: as the draw has it."""
    value = "".join(str(day) for day in sorted(set(weekdays)))
    await _set_for(tx, unit_code, FIXED, person_id, value, first=first, by=by, now=now)


async def needed(tx: Tx, *, unit_code: str, on: date, now: datetime) -> frozenset[str]:
    """Return whom a service needs in the office first."""
    found = await _by_person(tx, unit_code, NEEDED, on=on, now=now)
    return frozenset(person for person, value in found.items() if value)


async def set_needed(
    tx: Tx, *, unit_code: str, person_id: str, is_needed: bool, first: date, by: str, now: datetime
) -> None:
    """Let somebody be needed in the office first, from a day on, or not any more."""
    await _set_for(tx, unit_code, NEEDED, person_id, "ya" if is_needed else "", first=first, by=by, now=now)


async def _set_for(
    tx: Tx, unit_code: str, name: str, person_id: str, value: str, *, first: date, by: str, now: datetime
) -> None:
    await settings.set_value(
        tx,
        unit_code=unit_code,
        name=f"{name}:{person_id}",
        value=value,
        basis=None,
        valid_from=first,
        by=by,
        now=now,
    )


async def _own(tx: Tx, unit_code: str, name: str, *, on: date, now: datetime) -> str | None:
    found = await settings.value(tx, unit_code=unit_code, name=name, on=on, now=now)
    return found.value or None if found else None


async def _by_person(tx: Tx, unit_code: str, name: str, *, on: date, now: datetime) -> dict[str, str]:
    rows = await tx.all(
        _LIKE, unit_code=unit_code, prefix=f"{name}:%", on=on.isoformat(), known=to_micros(now)
    )
    return {row["name"].partition(":")[2]: row["value"] for row in rows}


_LIKE = with_clocks(
    "SELECT s.name, s.value FROM settings s WHERE s.unit_code = :unit_code AND s.name LIKE :prefix AND HOLDS(s)"
)
