"""What holds for every rota: no cap broken, no floor missed in silence, nobody where they may not be."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policy.roster import PROBLEMS, Order, Slot, plan
from policy.rota.published import commitment, order_in, order_out, published, recompute, rota_in, rota_out
from tests.policy.rosters import at_least, at_once, inside, orders, plain, seats, weeks
from tests.policy.test_roster import order as unit_of


@given(orders())
def test_no_cap_is_broken_but_by_those_whom_the_rota_cannot_send_home(order: Order) -> None:
    rota = plan(order)
    slots = {member.id: member.slots for member in order.members}
    for limit in order.limits:
        if limit.cap is None:
            continue
        people = inside(order, rota, limit)
        room = max(0, limit.cap - limit.taken)
        if at_once(order, rota, limit, people) > room:
            settled = [who for who in people if slots[who].get(limit.on) is Slot.OFFICE]
            assert at_once(order, rota, limit, settled) > room
            assert ("settled_above_cap", limit.on, limit.group) in {
                (p.key, p.on, p.group) for p in rota.problems
            }


@given(orders())
def test_no_floor_need_or_target_is_missed_in_silence(order: Order) -> None:
    rota = plan(order)
    said = {(problem.key.split("_")[0], problem.on, problem.group) for problem in rota.problems}
    for limit in order.limits:
        there = len(inside(order, rota, limit))
        for name, wanted, taken in (("need", limit.need, 0), ("target", limit.target, limit.taken)):
            assert wanted is None or there + taken >= wanted or (name, limit.on, limit.group) in said
        there = at_least(order, rota, limit) + limit.taken
        assert limit.floor is None or there >= limit.floor or ("floor", limit.on, limit.group) in said


@given(orders())
def test_everybody_is_where_their_slot_allows(order: Order) -> None:
    rota = plan(order)
    for member in order.members:
        for day in order.days:
            slot, place = member.slots.get(day, Slot.FREE), rota.days[day].get(member.id)
            assert (place is None) == (slot is Slot.AWAY)
            if slot is Slot.OFFICE:
                assert place is not None
                assert place.is_office
            if slot is Slot.HOME:
                assert place is not None
                assert not place.is_office


@given(orders())
def test_problems_are_of_the_list_and_carry_its_numbers(order: Order) -> None:
    for problem in plan(order).problems:
        assert set(problem.numbers) == set(PROBLEMS[problem.key])


@given(orders())
def test_whoever_works_in_shifts_has_one_and_nobody_else(order: Order) -> None:
    rota = plan(order)
    for day, places in rota.days.items():
        division = order.divisions.get(day)
        for who, place in places.items():
            has_shifts = division is not None and (not division.members or who in division.members)
            assert (place.shift is not None) == (place.is_office and has_shifts)


@given(orders(count=2), st.integers(0, 1000))
def test_the_same_order_in_another_sequence_gives_the_same_rota(order: Order, shuffle: int) -> None:
    by = Random(shuffle)
    mixed = replace(
        order,
        members=tuple(by.sample(order.members, len(order.members))),
        limits=tuple(by.sample(order.limits, len(order.limits))),
        days=tuple(by.sample(order.days, len(order.days))),
        published=dict(by.sample(list(order.published.items()), len(order.published))),
    )
    assert plan(mixed) == plan(order)
    assert commitment("seed", mixed) == commitment("seed", order)


@given(orders())
def test_anybody_recomputes_the_rota_from_the_list(order: Order) -> None:
    rota = plan(order)
    assert order_in(order_out(order)) == order
    assert rota_in(rota_out(rota)) == rota
    assert rota_in(recompute(order_out(order))) == rota


@given(orders())
def test_the_published_list_gives_the_same_seats_and_does_not_tell_leave_from_illness(order: Order) -> None:
    shown = published(order)
    assert seats(plan(shown)) == seats(plan(order))
    assert all(slot is not Slot.HOME for member in shown.members for slot in member.slots.values())


@given(plain(least=5))
def test_another_seed_promises_something_else(order: Order) -> None:
    assert commitment("a", order) != commitment("b", order)


def test_another_seed_gives_another_rota_to_a_unit_of_equals() -> None:
    rotas = {str(seats(plan(unit_of(10, 5, days=weeks(4), seed=str(seed))))) for seed in range(8)}
    assert len(rotas) == 8


@given(orders(is_published=False))
def test_who_is_first_for_home_is_home_unless_a_floor_a_need_a_target_or_their_week_asks(
    order: Order,
) -> None:
    rota = plan(order)
    asked = {
        (each.on, each.group) for each in order.limits if (each.floor, each.need, each.target) != (None,) * 3
    }
    for member in order.members:
        if not member.home_first or member.office_first or member.elsewhere_most is not None:
            continue
        for day in order.days:
            is_free = member.slots.get(day, Slot.FREE) in (Slot.FREE, Slot.FIXED_HOME)
            if is_free and not any((day, group) in asked for group in member.groups):
                assert not rota.days[day][member.id].is_office
