"""A unit's week as the parameters of messages: a table that fits a phone, what is counted, what cannot be met."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.rota.weeks import Week
from handlers.text import fitted
from policy.rota.words import Limit, Slot

Params = dict[str, Any]
MOST_NAME = 11  # characters of a name in the table: with five days it is as wide as the narrowest phone
MOST_PROBLEMS = 4
_SETTLED = {Slot.OFFICE: "office", Slot.HOME: "home", Slot.AWAY: "away"}


def week(shown: Week, *, timezone: str) -> Params:
    """Return the parameters of `rota/week`."""
    rota = shown.rota
    return {
        "unit": shown.unit.name,
        "week": shown.monday.isoformat(),
        "last": shown.days[-1].isoformat() if shown.days else shown.monday.isoformat(),
        "state": rota.state if rota else "none",
        "code": rota.code if rota else None,
        "publish_at": rota.publish_at.isoformat() if rota and rota.publish_at else None,
        "timezone": timezone,
        "days": [day.isoformat() for day in shown.days],
        "rows": table(shown),
        "counts": counts(shown),
        "problems": problems(shown)[:MOST_PROBLEMS],
        "more": max(0, len(problems(shown)) - MOST_PROBLEMS),
        "seed": rota.seed if rota else "",  # before the draw nobody knows it
    }


def table(shown: Week) -> list[Params]:
    """Return a row for each person: a short name, and a mark for each day."""
    names = short_names(shown.names)
    return [
        {"name": names[person].ljust(MOST_NAME), "marks": [mark(shown, person, day) for day in shown.days]}
        for person in shown.names
    ]


def mark(shown: Week, person_id: str, day: date) -> str:
    """Return where somebody is on a day: office, home, away, or open while nothing says so."""
    slot = shown.slot(person_id, day)
    if slot in _SETTLED:
        return _SETTLED[slot]
    said = shown.said.get((person_id, day))
    if said is None:
        return "open"
    return "office" if said.arrangement == "WFO" else "home"


def counts(shown: Week) -> list[Params]:
    """Return for each day how many are in the office, and the narrowest limits that hold for the unit that day."""
    found = []
    for day in shown.days:
        limits = [limit for limit in shown.order.limits if limit.on == day]
        inside = [person for person in shown.names if mark(shown, person, day) == "office"]
        found.append({"day": day.isoformat(), "inside": len(inside), **_limits(limits)})
    return found


def _limits(limits: Sequence[Limit]) -> Params:
    """The limit with the lowest cap, and the one with the highest floor; None where nothing is said."""
    caps = [limit.cap - limit.taken for limit in limits if limit.cap is not None]
    floors = [limit.floor for limit in limits if limit.floor is not None]
    return {"cap": max(0, min(caps)) if caps else None, "floor": max(floors) if floors else None}


def problems(shown: Week) -> list[Params]:
    """Return what cannot be met, each with its day, whom it is about and its numbers."""
    found = shown.rota.problems if shown.rota and shown.rota.is_open else ()
    return [
        {
            "key": each["key"],
            "day": each["on"],
            "name": shown.names.get(each["group"]),
            "numbers": dict(each["numbers"]),
        }
        for each in found
    ]


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return first names with as much of the rest as tells people apart, cut to the table's width."""
    short = {person: _short(name) for person, name in names.items()}
    seen: dict[str, int] = {}
    for person, name in short.items():
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:  # two of one name: the second has a number
            short[person] = fitted(name, most=MOST_NAME - 2).rstrip("…") + f" {seen[name]}"
    return short


def _short(name: str) -> str:
    first, _, rest = name.partition(" ")
    initial = f" {rest[0]}" if rest else ""
    return fitted(first, most=MOST_NAME - len(initial)) + initial
