"""People with the same constraints: how far apart they may be in four weeks, in Fridays, bridge days and shifts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policy.roster import Assignment, Ledger, Limit, Member, Order, Slot, plan
from tests.policy.rosters import SHIFTS, Division, weeks

ALIKE = 4  # kinds of people in a unit at most
Days = dict[date, dict[str, Assignment]]


@st.composite
def units(draw: st.DrawFn, *, cycles: int = 1, shifts: bool = False) -> Order:
    """Kinds of people, several of each kind: within a kind everything is the same, wishes and days away too."""
    days = tuple(day for day in weeks(4 * cycles) if draw(st.integers(0, 9)))
    away = st.sets(st.sampled_from(days), max_size=8) if days else st.just(set())
    members: list[Member] = []
    for kind in range(draw(st.integers(1, ALIKE))):
        one = Member(
            id="",
            groups=("u", *sorted(draw(st.sets(st.sampled_from(("v", "w")))))),
            home_first=draw(st.integers(0, 4)) == 0,
            office_first=draw(st.integers(0, 4)) == 0,
            slots=dict.fromkeys(draw(away), draw(st.sampled_from((Slot.AWAY, Slot.HOME, Slot.OFFICE)))),
            wishes=frozenset(draw(away)),
        )
        members += [replace(one, id=f"{kind}.{number}") for number in range(draw(st.integers(1, 6)))]
    size = len(members)
    some = st.integers(0, size)
    limits = [Limit(group="u", on=day, cap=draw(some), floor=draw(st.none() | some)) for day in days]
    limits += [
        Limit(group=group, on=day, cap=draw(st.none() | some), floor=draw(st.none() | st.integers(0, 2)))
        for group in ("v", "w")
        for day in days
    ]
    division = Division(SHIFTS[:2], is_even=True)
    return Order(
        unit="u",
        days=days,
        seed=draw(st.sampled_from(("a", "b", "c"))),
        members=tuple(members),
        limits=tuple(limits),
        divisions=dict.fromkeys(days, division) if shifts else {},
    )


def week_by_week(order: Order, ledger: Ledger) -> tuple[Days, Ledger]:
    """Plan as a unit does: each week by itself, with the ledger that the week before has left."""
    found: Days = {}
    for monday in weeks(len({day - timedelta(days=day.weekday()) for day in weeks(52)}))[::5]:
        days = tuple(day for day in order.days if monday <= day < monday + timedelta(days=7))
        if not days:
            continue
        only = tuple(limit for limit in order.limits if limit.on in days)
        rota = plan(replace(order, days=days, limits=only, ledger=ledger))
        found.update({day: dict(places) for day, places in rota.days.items()})
        ledger = rota.ledger
    return found, ledger


def spread(order: Order, planned: Days, days: Iterable[date]) -> int:
    """How many of these office days the most and the least burdened of one kind differ by, at most."""
    counted = list(days)
    kinds: dict[str, list[int]] = {}
    for member in order.members:
        done = sum(member.id in planned[day] and planned[day][member.id].is_office for day in counted)
        kinds.setdefault(member.id.split(".")[0], []).append(done)
    return max(max(each) - min(each) for each in kinds.values())


def fridays(days: Iterable[date]) -> Sequence[date]:
    return [day for day in days if day.weekday() == 4]


@given(units())
def test_equals_differ_by_at_most_one_office_day_in_a_cycle_and_by_one_friday(order: Order) -> None:
    planned, _ = week_by_week(order, Ledger())
    assert spread(order, planned, order.days) <= 1
    assert spread(order, planned, fridays(order.days)) <= 1


@given(units(cycles=3))
def test_it_holds_in_every_cycle_and_for_fridays_from_the_first_one_on(order: Order) -> None:
    planned, _ = week_by_week(order, Ledger())
    for start in weeks(12)[::20]:
        cycle = [day for day in order.days if start <= day < start + timedelta(days=28)]
        assert spread(order, planned, cycle) <= 1
        so_far = [day for day in order.days if day < start + timedelta(days=28)]
        assert spread(order, planned, fridays(so_far)) <= 1


@given(units(), st.sets(st.sampled_from(weeks(4)), max_size=3))
def test_bridge_days_are_counted_apart(order: Order, bridges: set[date]) -> None:
    planned, _ = week_by_week(replace(order, bridge_days=frozenset(bridges)), Ledger())
    assert spread(order, planned, order.days) <= 1
    assert spread(order, planned, fridays(order.days)) <= 2
    assert spread(order, planned, bridges.intersection(order.days)) <= 2


@given(st.data())
def test_requested_days_elsewhere_are_granted_fairly_under_the_units_minimum(data: st.DataObject) -> None:
    """Everybody asks for the same days: what the minimum leaves goes round, and nobody has more than two a week."""
    wished = frozenset(data.draw(st.sets(st.sampled_from(weeks(4)))))
    people = data.draw(st.integers(2, 9))
    member = Member(id="", groups=("u",), wishes=wished, elsewhere_most=2)
    order = Order(
        unit="u",
        days=weeks(4),
        seed=data.draw(st.sampled_from(("a", "b", "c"))),
        members=tuple(replace(member, id=f"0.{number}") for number in range(people)),
        limits=tuple(Limit(group="u", on=day, floor=data.draw(st.integers(0, people))) for day in weeks(4)),
    )
    planned, _ = week_by_week(order, Ledger())
    assert spread(order, planned, order.days) <= 1
    for monday in weeks(4)[::5]:
        week = [places for day, places in planned.items() if monday <= day < monday + timedelta(days=7)]
        assert all(sum(not each[m.id].is_office for each in week) <= 2 for m in order.members)
    for limit in order.limits:
        inside = sum(place.is_office for place in planned[limit.on].values())
        assert inside >= (limit.floor or 0)
        assert inside == people or limit.on in wished


@given(st.integers(2, 9), st.integers(1, 9), st.sampled_from(("a", "b", "c")))
def test_equals_have_each_shift_about_as_often(people: int, cap: int, seed: str) -> None:
    order = Order(
        unit="u",
        days=weeks(4),
        seed=seed,
        members=tuple(Member(id=f"0.{number}", groups=("u",)) for number in range(people)),
        limits=tuple(Limit(group="u", on=day, cap=cap) for day in weeks(4)),
        divisions=dict.fromkeys(weeks(4), Division(SHIFTS[:2], is_even=True)),
    )
    planned, ledger = week_by_week(order, Ledger())
    for name in ("1", "2"):
        done = [tally.shifts.get(name, 0) for tally in ledger.tallies.values()]
        assert max(done) - min(done) <= 2
    assert spread(order, planned, order.days) <= 1


def test_the_odd_day_of_one_cycle_is_made_up_for_in_the_next() -> None:
    members = tuple(Member(id=f"0.{number}", groups=("u",)) for number in range(3))
    limits = tuple(Limit(group="u", on=day, cap=1) for day in weeks(12))
    order = Order(unit="u", days=weeks(12), seed="s", members=members, limits=limits)
    planned, _ = week_by_week(order, Ledger())
    assert spread(order, planned, weeks(12)) == 0  # 60 days over three people, 20 in each cycle


def test_who_comes_back_from_leave_owes_nothing() -> None:
    days = weeks(4)
    away = dict.fromkeys(days[:10], Slot.AWAY)
    members = [Member(id=f"p{number}", groups=("u",)) for number in range(8)]
    members[0] = replace(members[0], slots=away)
    limits = tuple(Limit(group="u", on=day, cap=4) for day in days)
    order = Order(unit="u", days=days, seed="s", members=tuple(members), limits=limits)
    planned, _ = week_by_week(order, Ledger())
    later = [day for day in days[10:] if planned[day]["p0"].is_office]
    assert 4 <= len(later) <= 6  # half of ten days, as everybody else


def test_long_arrears_are_not_made_up_for_at_once() -> None:
    """Somebody who was first for home a whole cycle is not called in for all of the next one."""
    members = tuple(Member(id=f"p{number}", groups=("u",), home_first=number == 0) for number in range(4))
    limits = tuple(Limit(group="u", on=day, cap=2) for day in weeks(8))
    order = Order(unit="u", days=weeks(4), seed="s", members=members, limits=limits)
    spared, ledger = week_by_week(order, Ledger())
    assert not any(places["p0"].is_office for places in spared.values())
    equal = replace(order, days=weeks(8)[20:], members=tuple(replace(m, home_first=False) for m in members))
    planned, _ = week_by_week(equal, ledger)
    done = [sum(places[m.id].is_office for places in planned.values()) for m in members]
    assert max(done) - min(done) <= 1
