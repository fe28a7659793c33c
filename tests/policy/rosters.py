"""Random units for the rota's properties: people, limits, absences, priorities, groups, shifts, events."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import strategies as st

from policy.roster import Assignment, Division, Hours, Ledger, Limit, Member, Order, Rota, Slot, plan
from policy.rota.shifts import cliques
from policy.words import Arrangement, Counted

MONDAY = date(2026, 11, 30)
SHIFTS = (
    Hours("1", time(7), time(15, 30)),
    Hours("2", time(10), time(18, 30)),
    Hours("3", time(16), time(22)),
)
SLOTS = (Slot.FREE,) * 8 + tuple(Slot)
SMALL = st.none() | st.integers(0, 6)


def weeks(count: int, start: date = MONDAY) -> tuple[date, ...]:
    """The working days of so many weeks."""
    return tuple(start + timedelta(days=7 * week + day) for week in range(count) for day in range(5))


def days_of(count: int) -> st.SearchStrategy[tuple[date, ...]]:
    """The days of so many weeks, some of them holidays."""
    return st.sets(st.sampled_from(weeks(count)), min_size=1).map(lambda found: tuple(sorted(found)))


@st.composite
def members(
    draw: st.DrawFn, days: Sequence[date], groups: Sequence[str], most: int = 10
) -> tuple[Member, ...]:
    return tuple(
        Member(
            id=f"p{number}",
            groups=("u", *sorted(draw(st.sets(st.sampled_from(groups))))),
            home_first=draw(st.booleans()),
            office_first=draw(st.booleans()),
            slots={day: slot for day in days if (slot := draw(st.sampled_from(SLOTS))) is not Slot.FREE},
            wishes=frozenset(draw(st.sets(st.sampled_from(days), max_size=3))),
            elsewhere_most=draw(st.sampled_from((None, None, 2))),
        )
        for number in range(draw(st.integers(1, most)))
    )


@st.composite
def limits(draw: st.DrawFn, days: Sequence[date], groups: Sequence[str]) -> tuple[Limit, ...]:
    return tuple(
        Limit(
            group=group,
            on=day,
            cap=draw(SMALL),
            floor=draw(SMALL) if draw(st.booleans()) else None,
            need=draw(SMALL) if draw(st.booleans()) else None,
            target=draw(SMALL) if draw(st.booleans()) else None,
            taken=draw(st.sampled_from((0, 0, 1, 2))),
            counted=draw(st.sampled_from((Counted.DAY, Counted.DAY, Counted.SHIFT, Counted.MOMENT))),
        )
        for day in days
        for group in groups
        if draw(st.booleans())
    )


@st.composite
def divisions(draw: st.DrawFn, days: Sequence[date], ids: Sequence[str]) -> dict[date, Division]:
    shifts = SHIFTS[: draw(st.integers(1, 3))]
    only = frozenset(draw(st.sets(st.sampled_from(ids))))
    return {day: Division(shifts, draw(st.booleans()), only) for day in days if draw(st.booleans())}


@st.composite
def orders(draw: st.DrawFn, count: int = 1, is_published: bool | None = None) -> Order:
    """An order of so many weeks with anything in it; with a published rota of other limits, without, or either."""
    days = draw(days_of(count))
    groups = ("u", "v", "w")
    people = draw(members(days, groups[1:]))
    found = Order(
        unit="u",
        days=days,
        seed=draw(st.sampled_from(("one", "two"))),
        members=people,
        limits=draw(limits(days, groups)),
        divisions=draw(divisions(days, [each.id for each in people])),
        bridge_days=frozenset(draw(st.sets(st.sampled_from(days), max_size=1))),
    )
    if draw(st.booleans()) if is_published is None else is_published:
        before = plan(replace(found, limits=draw(limits(days, groups)), seed="before"))
        found = replace(found, published=before.days, ledger=draw(st.sampled_from((Ledger(), before.ledger))))
    return found


@st.composite
def plain(draw: st.DrawFn, count: int = 1, least: int = 2, most: int = 9) -> Order:
    """People alike, in one group with one cap for each day: whatever happens is by turn."""
    days = draw(days_of(count))
    people = draw(st.integers(least, most))
    return Order(
        unit="u",
        days=days,
        seed=draw(st.sampled_from(("one", "two", "three"))),
        members=tuple(Member(id=f"p{number}", groups=("u",)) for number in range(people)),
        limits=tuple(Limit(group="u", on=day, cap=draw(st.integers(1, people))) for day in days),
    )


def counts(rota: Rota) -> dict[str, int]:
    """Days in the office of everybody who stands in the rota."""
    found: dict[str, int] = {}
    for places in rota.days.values():
        for who, place in places.items():
            found[who] = found.get(who, 0) + place.is_office
    return found


def seats(rota: Rota) -> dict[date, tuple[str, ...]]:
    return {day: rota.in_office(day) for day in rota.days}


def moved(before: Rota, after: Rota) -> set[tuple[date, str]]:
    """Everybody whose place differs, with the day; who was or is away is in it."""
    pairs = {(day, who) for rota in (before, after) for day, places in rota.days.items() for who in places}
    return {pair for pair in pairs if _place(before, *pair) != _place(after, *pair)}


def _place(rota: Rota, day: date, who: str) -> tuple[Arrangement, str | None] | None:
    place: Assignment | None = rota.days.get(day, {}).get(who)
    return None if place is None else (place.arrangement, place.shift)


def inside(order: Order, rota: Rota, limit: Limit) -> list[str]:
    """Who of the limit's group is in the office on its day."""
    group = {member.id for member in order.members if limit.group in member.groups}
    return [who for who in rota.in_office(limit.on) if who in group]


def at_once(order: Order, rota: Rota, limit: Limit, people: Iterable[str]) -> int:
    """The most of these people who are in the office at the same time, as the limit counts them."""
    return _moments(order, rota, limit, people)[-1]


def at_least(order: Order, rota: Rota, limit: Limit) -> int:
    """The fewest of the limit's people who are in the office at the same time."""
    return _moments(order, rota, limit, inside(order, rota, limit))[0]


def _moments(order: Order, rota: Rota, limit: Limit, people: Iterable[str]) -> list[int]:
    division = order.divisions.get(limit.on)
    found = [rota.days[limit.on][who].shift for who in people]
    if division is None or limit.counted not in (Counted.SHIFT, Counted.MOMENT):
        return [len(found)]
    names = [shift.name for shift in division.shifts]
    return sorted(
        sum(shift is None or names.index(shift) in clique for shift in found)
        for clique in cliques(division.shifts, limit.counted)
    )
