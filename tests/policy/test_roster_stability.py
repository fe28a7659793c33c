"""An event moves as few people as possible; a swap leaves every rule true."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import monday_of
from policy.roster import Because, Limit, Order, Rota, Slot, plan
from policy.rota.swaps import exchanged, partners
from tests.policy.rosters import at_once, inside, moved, orders, plain


def on_leave(order: Order, who: str, day: date, rota: Rota) -> Order:
    """The order after it was published and somebody fell ill."""
    members = tuple(
        replace(each, slots={**each.slots, day: Slot.AWAY}) if each.id == who else each
        for each in order.members
    )
    return replace(order, members=members, published=rota.days)


def with_limits(order: Order, day: date, **changes: int) -> Order:
    limits = tuple(replace(each, **changes) if each.on == day else each for each in order.limits)
    return replace(order, limits=limits)


@given(plain(), st.data())
def test_an_absence_changes_nobody_else(order: Order, data: st.DataObject) -> None:
    rota = plan(order)
    day = data.draw(st.sampled_from(order.days))
    who = data.draw(st.sampled_from([member.id for member in order.members]))
    after = plan(on_leave(order, who, day, rota))
    assert moved(rota, after) == {(day, who)}


@given(plain(least=3), st.sampled_from(("floor", "need", "target")), st.data())
def test_a_vacated_seat_is_refilled_only_as_far_as_something_demands_it(
    order: Order, demand: str, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(order.days))
    cap = next(limit.cap for limit in order.limits if limit.on == day) or 0
    wanted = data.draw(st.integers(1, cap))
    order = with_limits(order, day, **{demand: wanted})
    rota = plan(order)
    who = data.draw(st.sampled_from(rota.in_office(day)))
    after = plan(on_leave(order, who, day, rota))
    others = moved(rota, after) - {(day, who)}
    able = len(order.members) - 1
    assert len(others) == max(0, min(wanted, able) - (len(rota.in_office(day)) - 1))
    assert {after.days[on][each].because for on, each in others} <= {Because(demand)}


@given(plain(), st.integers(1, 3), st.data())
def test_a_lowered_cap_sends_home_as_few_as_it_must(order: Order, by: int, data: st.DataObject) -> None:
    rota = plan(order)
    day = data.draw(st.sampled_from(order.days))
    cap = next(limit.cap for limit in order.limits if limit.on == day) or 0
    lowered = max(0, cap - by)
    after = plan(replace(with_limits(order, day, cap=lowered), published=rota.days))
    sent_home = moved(rota, after)
    assert len(sent_home) == max(0, len(rota.in_office(day)) - lowered)
    assert all(after.days[on][who].because is Because.CAP for on, who in sent_home)


@given(orders(is_published=False))
def test_lifting_every_cap_of_a_published_rota_moves_nobody(order: Order) -> None:
    rota = plan(order)
    lifted = tuple(replace(each, cap=None) for each in order.limits)
    after = plan(replace(order, limits=lifted, published=rota.days))
    demanded = {Because.FLOOR, Because.NEED, Because.TARGET, Because.FIXED, Because.WEEK}
    for on, who in moved(rota, after):
        place, was = after.days[on][who], rota.days[on][who]
        assert place.is_office == was.is_office or place.because in demanded


@given(orders(is_published=False))
def test_a_published_rota_stays_as_it_is_while_nothing_happens(order: Order) -> None:
    rota = plan(order)
    assert moved(rota, plan(replace(order, published=rota.days))) == set()


@given(orders(is_published=True))
def test_days_that_have_happened_are_never_changed(order: Order) -> None:
    after = plan(replace(order, locked_before=date.max))
    assert {day: dict(places) for day, places in order.published.items()} == after.days
    assert {problem.key for problem in after.problems} <= {
        "week_exceeded"
    }  # said, though it cannot be mended


@given(orders(), st.data())
def test_a_swap_keeps_every_cap_floor_slot_shift_and_week(order: Order, data: st.DataObject) -> None:
    rota = plan(order)
    members = {member.id: member for member in order.members}
    day = data.draw(st.sampled_from(order.days))
    who = data.draw(st.sampled_from(sorted(members)))
    for partner, other in partners(order, rota, who, day):
        after = replace(rota, days=exchanged(rota, who, day, partner, other))
        assert Counter(_office_days(rota)) == Counter(_office_days(after))
        for each, on in ((who, day), (who, other), (partner, day), (partner, other)):
            assert members[each].slots.get(on, Slot.FREE) is Slot.FREE
            assert after.days[on][each].is_office != rota.days[on][each].is_office
        for limit in (each for each in order.limits if each.on in (day, other)):
            _still_holds(order, rota, after, limit)
        for each in (who, partner):
            _week_holds(order, rota, after, each)


def _office_days(rota: Rota) -> dict[str, int]:
    return {
        who: sum(who in rota.in_office(day) for day in rota.days)
        for who in {w for d in rota.days.values() for w in d}
    }


def _still_holds(order: Order, rota: Rota, after: Rota, limit: Limit) -> None:
    then, now = inside(order, rota, limit), inside(order, after, limit)
    if limit.cap is not None:
        room = max(0, limit.cap - limit.taken)
        assert at_once(order, after, limit, now) <= max(room, at_once(order, rota, limit, then))
    for wanted in (limit.floor, limit.need):
        if wanted is not None:
            assert len(now) >= min(wanted - (limit.taken if wanted is limit.floor else 0), len(then))


def _week_holds(order: Order, rota: Rota, after: Rota, who: str) -> None:
    member = next(member for member in order.members if member.id == who)
    if member.elsewhere_most is None:
        return

    def elsewhere(found: Rota) -> Counter[date]:
        return Counter(
            monday_of(on)
            for on, places in found.days.items()
            if who in places and not places[who].is_office and member.slots.get(on) is not Slot.HOME
        )

    for monday, days in elsewhere(after).items():
        assert days <= max(member.elsewhere_most, elsewhere(rota)[monday])
