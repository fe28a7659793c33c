"""What speaks against changing a rota by hand: a limit, a settled day, a week with too many days elsewhere.

The planner itself is the judge: what it would not keep of a changed rota breaks a limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from policy.roster import Assignment, Because, Member, Order, Rota, Slot, plan
from policy.words import Arrangement

Places = Mapping[tuple[str, date], Assignment]
_SPREAD = 1  # days by which people in the same position may differ


@dataclass(frozen=True, kw_only=True)
class Objection:
    """Why it cannot be: settled_office, settled_home, away, cap, floor or week; with the day and the person."""

    key: str
    person: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A change that every limit allows: the places that are new, with their shifts, as the planner keeps them."""

    places: Places
    uneven: tuple[str, ...]  # people who would be in the office more days than others like them


def change(order: Order, said: Places, wanted: Mapping[tuple[str, date], Arrangement]) -> Changed | Objection:
    """Return what becomes of a rota (`said`) when some people's days are `wanted` otherwise, or what is against it.

    Whatever limits the rota breaks already, such as a floor that nobody can meet, speaks against nothing.
    """
    members = {member.id: member for member in order.members}
    for (person, on), arrangement in wanted.items():
        found = _settled(members.get(person), on, arrangement)
        if found is not None:
            return Objection(key=found, person=person, on=on)
    before = _kept(order, said)
    asked = {**said, **{key: Assignment(arrangement=each) for key, each in wanted.items()}}
    after = _kept(order, asked)
    for on, people in after.days.items():
        for person, place in people.items():
            was = _place(before, person, on)
            meant = wanted.get((person, on)) or (was and was.arrangement)
            if meant is not None and place.is_office != (meant is Arrangement.WFO):
                return _against(place, person, on, wanted)
    places = {(person, on): after.days[on][person] for person, on in wanted}
    return Changed(places=places, uneven=_uneven(order, after, {person for person, _ in wanted}))


def _kept(order: Order, said: Places) -> Rota:
    published: dict[date, dict[str, Assignment]] = {}
    for (person, on), place in said.items():
        published.setdefault(on, {})[person] = place
    return plan(replace(order, published=published))


def _place(rota: Rota, person: str, on: date) -> Assignment | None:
    return rota.days.get(on, {}).get(person)


def _settled(member: Member | None, on: date, wanted: Arrangement) -> str | None:
    slot = member.slots.get(on, Slot.FREE) if member else Slot.AWAY
    if slot is Slot.AWAY:
        return "away"
    if slot is Slot.OFFICE and wanted is not Arrangement.WFO:
        return "settled_office"
    return "settled_home" if slot is Slot.HOME and wanted is Arrangement.WFO else None


def _against(
    place: Assignment, person: str, on: date, wanted: Mapping[tuple[str, date], Arrangement]
) -> Objection:
    """Name the limit by what the planner did instead: somebody was called in, or had no seat."""
    if not place.is_office:
        return Objection(key="cap", person=person, on=on)
    key = "week" if place.because is Because.WEEK else "floor"
    return Objection(key=key, person=person if (person, on) in wanted else next(iter(wanted))[0], on=on)


def _uneven(order: Order, after: Rota, people: set[str]) -> tuple[str, ...]:
    """Of the people whose days change, those who end the week further from others like them than one day."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for member in order.members:
        like = (tuple(sorted(member.groups)), member.home_first, member.office_first)
        alike.setdefault(like, []).append(member.id)
    days = {person: tally.days for person, tally in after.ledger.tallies.items()}
    uneven = []
    for group in alike.values():
        counted = [days.get(person, 0) for person in group]
        for person in people.intersection(group):
            furthest = max(max(counted) - days.get(person, 0), days.get(person, 0) - min(counted))
            if furthest > _SPREAD * 1000:
                uneven.append(person)
    return tuple(sorted(uneven))
