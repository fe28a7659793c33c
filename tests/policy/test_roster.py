"""The rota by examples; what holds for every rota stands in the other test_roster files."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from policy.roster import (
    Assignment,
    Because,
    Division,
    Ledger,
    Limit,
    Member,
    Order,
    Problem,
    Slot,
    Tally,
    plan,
)
from policy.rota.published import commitment, order_in, order_out
from policy.rota.swaps import partners
from policy.words import Arrangement, Counted
from tests.policy.rosters import MONDAY, SHIFTS, counts, weeks

FRIDAY = MONDAY + timedelta(days=4)


def order(people: int, cap: int | None, *, days: tuple[date, ...] | None = None, seed: str = "seed") -> Order:
    days = days or weeks(1)
    return Order(
        unit="u",
        days=days,
        seed=seed,
        members=tuple(Member(id=f"p{number}", groups=("u",)) for number in range(people)),
        limits=tuple(Limit(group="u", on=day, cap=cap) for day in days),
    )


def test_a_cap_is_filled_and_not_exceeded_and_everybody_has_their_turn() -> None:
    rota = plan(order(8, 3, days=weeks(4)))
    assert {len(rota.in_office(day)) for day in rota.days} == {3}
    assert set(counts(rota).values()) == {7, 8}
    assert rota.problems == ()


def test_without_a_cap_everybody_comes() -> None:
    assert set(counts(plan(order(4, None))).values()) == {5}


def test_a_cap_of_nobody_for_a_unit_of_three_is_said() -> None:
    rota = plan(order(3, 0))
    assert [problem.key for problem in rota.problems] == ["no_seat"] * 5
    assert rota.problems[0].numbers == {"cap": 0, "people": 3}
    assert set(counts(rota).values()) == {0}


def one_day(people: int, *, first: dict[str, Any] | None = None, **limit: Any) -> Order:
    """A Monday with one limit; what is said in `first` is of p0."""
    found = order(people, None, days=(MONDAY,))
    members = (replace(found.members[0], **(first or {})), *found.members[1:])
    return replace(found, members=members, limits=(Limit(group="u", on=MONDAY, **limit),))


def problems(order: Order) -> dict[str, dict[str, int]]:
    found: tuple[Problem, ...] = plan(order).problems
    return {problem.key: dict(problem.numbers) for problem in found}


def settled(people: int) -> Order:
    """Everybody is settled in the office under a cap of one."""
    found = one_day(people, cap=1)
    return replace(found, members=tuple(replace(m, slots={MONDAY: Slot.OFFICE}) for m in found.members))


@pytest.mark.parametrize(
    ("impossible", "key", "numbers"),
    [
        (one_day(3, cap=0), "no_seat", {"cap": 0, "people": 3}),
        (one_day(3, cap=1, floor=2), "floor_above_cap", {"floor": 2, "cap": 1}),
        (one_day(3, floor=4), "floor_above_people", {"floor": 4, "people": 3}),
        (one_day(3, cap=1, need=2), "need_above_cap", {"need": 2, "cap": 1}),
        (one_day(3, need=5), "need_above_people", {"need": 5, "people": 3}),
        (one_day(3, cap=1, target=2), "target_above_cap", {"target": 2, "cap": 1}),
        (one_day(3, target=5), "target_missed", {"target": 5, "seated": 3}),
        (one_day(3, cap=5, taken=4, floor=7), "floor_above_cap", {"floor": 7, "cap": 5}),
        (settled(2), "settled_above_cap", {"settled": 2, "cap": 1}),
        (
            one_day(3, cap=0, first={"slots": {MONDAY: Slot.FIXED}}),
            "fixed_above_cap",
            {"fixed": 1, "seated": 0},
        ),
        (one_day(3, cap=0, first={"elsewhere_most": 0}), "week_exceeded", {"most": 0, "elsewhere": 1}),
    ],
)
def test_an_impossible_duty_is_said_with_its_numbers(
    impossible: Order, key: str, numbers: dict[str, int]
) -> None:
    assert problems(impossible)[key] == numbers


def test_a_floor_that_another_limit_leaves_no_room_for_is_said() -> None:
    found = one_day(3, cap=1)
    members = tuple(replace(m, groups=("u", m.id)) for m in found.members)
    floors = tuple(Limit(group=m.id, on=MONDAY, floor=1) for m in members)
    rota = plan(replace(found, members=members, limits=(*found.limits, *floors)))
    assert [problem.key for problem in rota.problems] == ["floor_missed", "floor_missed"]
    assert len(rota.in_office(MONDAY)) == 1


def test_a_floor_that_leaves_no_seat_after_it_is_met_by_those_whom_a_service_needs() -> None:
    found = one_day(6, cap=2, floor=2)
    members = tuple(replace(m, groups=("u", "loket")) if m.id in ("p4", "p5") else m for m in found.members)
    need = Limit(group="loket", on=MONDAY, need=1)
    for seed in "abcdef":
        rota = plan(replace(found, seed=seed, members=members, limits=(*found.limits, need)))
        assert rota.problems == ()


def test_a_day_in_the_office_like_any_other_is_simply_a_turn() -> None:
    """Who may have no more days elsewhere is not named for it on days for which they asked for none."""
    rota = plan(one_day(3, cap=3, first={"elsewhere_most": 0}))
    assert {place.because for place in rota.days[MONDAY].values()} == {Because.TURN}


def test_settled_people_beyond_a_cap_stay_in_since_the_rota_cannot_send_them_home() -> None:
    assert len(plan(settled(2)).in_office(MONDAY)) == 2


def test_places_taken_by_other_units_count_towards_cap_and_floor() -> None:
    rota = plan(one_day(6, cap=5, floor=5, taken=3))
    assert len(rota.in_office(MONDAY)) == 2
    assert rota.problems == ()


def test_home_first_comes_last_and_only_where_it_must_be() -> None:
    assert "p0" not in plan(one_day(3, cap=2, first={"home_first": True})).in_office(MONDAY)
    assert "p0" not in plan(one_day(3, cap=3, first={"home_first": True})).in_office(MONDAY)
    assert "p0" in plan(one_day(3, cap=3, floor=3, first={"home_first": True})).in_office(MONDAY)
    assert "p0" in plan(one_day(3, cap=3, target=3, first={"home_first": True})).in_office(MONDAY)


def test_whom_a_service_needs_comes_first_unless_they_are_first_for_home() -> None:
    assert plan(one_day(3, cap=1, first={"office_first": True})).in_office(MONDAY) == ("p0",)
    both = one_day(3, cap=2, first={"office_first": True, "home_first": True})
    assert "p0" not in plan(both).in_office(MONDAY)


def test_a_fixed_day_at_home_gives_way_to_the_law_alone() -> None:
    fixed = {"slots": {MONDAY: Slot.FIXED_HOME}}
    assert "p0" not in plan(one_day(2, target=2, first=fixed)).in_office(MONDAY)
    rota = plan(one_day(2, floor=2, first=fixed))
    assert rota.days[MONDAY]["p0"].because is Because.FLOOR


def test_a_wish_is_granted_while_the_floor_holds() -> None:
    wish = {"wishes": frozenset({MONDAY})}
    assert plan(one_day(3, floor=2, first=wish)).days[MONDAY]["p0"].because is Because.WISH
    assert plan(one_day(3, floor=3, first=wish)).days[MONDAY]["p0"].because is Because.FLOOR


def test_the_third_wish_of_a_week_is_not_granted_where_two_are_the_most() -> None:
    wished = Member(id="p0", groups=("u",), wishes=frozenset(weeks(1)[:4]), elsewhere_most=2)
    rota = plan(replace(order(3, None), members=(wished, Member(id="p1", groups=("u",)))))
    assert [rota.days[day]["p0"].is_office for day in weeks(1)] == [False, False, True, True, True]


def test_somebody_away_stands_nowhere_and_a_day_elsewhere_has_the_orders_name() -> None:
    away = one_day(3, cap=1, first={"slots": {MONDAY: Slot.AWAY}})
    rota = plan(replace(away, elsewhere=Arrangement.WFA))
    assert "p0" not in rota.days[MONDAY]
    assert {place.arrangement for place in rota.days[MONDAY].values()} == {Arrangement.WFO, Arrangement.WFA}


def test_half_of_the_office_is_in_each_shift_and_a_cap_per_shift_is_of_each() -> None:
    shared = replace(
        one_day(9, cap=3, counted=Counted.SHIFT), divisions={MONDAY: Division(SHIFTS[:2], is_even=True)}
    )
    shifts = [place.shift for place in plan(shared).days[MONDAY].values() if place.is_office]
    assert sorted(map(str, shifts)) == ["1", "1", "1", "2", "2", "2"]


def test_a_cap_at_one_time_counts_shifts_that_overlap_together() -> None:
    """Shifts 1 and 2 overlap, 1 and 3 do not: at one time three, so six in the day."""
    found = one_day(9, cap=3, counted=Counted.MOMENT)
    overlapping = replace(found, divisions={MONDAY: Division(SHIFTS[:2], is_even=False)})
    assert len(plan(overlapping).in_office(MONDAY)) == 3
    one_after_another = replace(found, divisions={MONDAY: Division((SHIFTS[0], SHIFTS[2]), is_even=False)})
    assert len(plan(one_after_another).in_office(MONDAY)) == 6


@pytest.mark.parametrize("is_even", [True, False])
def test_a_floor_at_one_time_is_kept_in_the_emptiest_shift(is_even: bool) -> None:
    found = one_day(20, cap=12, floor=9, counted=Counted.MOMENT)
    two = Division((SHIFTS[0], SHIFTS[2]), is_even=is_even)
    rota = plan(replace(found, divisions={MONDAY: two}))
    shifts = [place.shift for place in rota.days[MONDAY].values() if place.is_office]
    assert (shifts.count("1"), shifts.count("3"), rota.problems) == (10, 10, ())


def test_a_floor_of_each_shift_calls_in_as_many_as_all_shifts_need_or_says_so() -> None:
    found = one_day(9, floor=3, target=0, counted=Counted.SHIFT)
    two = {MONDAY: Division(SHIFTS[:2], is_even=False)}
    assert len(plan(replace(found, divisions=two)).in_office(MONDAY)) == 6
    short = replace(one_day(5, floor=3, counted=Counted.SHIFT), divisions=two)
    (problem,) = plan(short).problems
    assert (problem.key, problem.numbers) == ("floor_above_people", {"floor": 6, "people": 5})


def test_where_no_division_is_stated_everybody_is_in_the_first_shift() -> None:
    found = replace(one_day(4, cap=3), divisions={MONDAY: Division(SHIFTS[:2], is_even=False)})
    assert {place.shift for place in plan(found).days[MONDAY].values() if place.is_office} == {"1"}


def test_a_newcomer_begins_beside_the_colleague_who_has_done_least() -> None:
    tallies = {"p0": Tally(days=7000), "p1": Tally(days=8000)}
    found = replace(one_day(3, cap=1), ledger=Ledger(cycle=MONDAY, tallies=tallies))
    assert plan(found).ledger.tallies["p2"].days in (7000, 8000)


def test_a_day_off_is_credited_with_what_colleagues_did() -> None:
    rota = plan(one_day(5, cap=1, first={"slots": {MONDAY: Slot.AWAY}}))
    assert rota.ledger.tallies["p0"].days == 250


def test_a_swap_is_offered_only_where_both_are_free_on_both_days() -> None:
    found = order(2, 1, days=weeks(1)[:2])
    rota = plan(found)
    (mine,) = (day for day in rota.days if "p0" in rota.in_office(day))
    (other,) = (day for day in rota.days if day != mine)
    assert partners(found, rota, "p0", mine) == [("p1", other)]
    assert partners(found, rota, "p0", other) == [("p1", mine)]
    settled_day = replace(found.members[1], slots={other: Slot.OFFICE})
    assert partners(replace(found, members=(found.members[0], settled_day)), rota, "p0", mine) == []


def test_a_swap_that_would_leave_a_service_without_its_people_is_not_offered() -> None:
    days = weeks(1)[:2]
    found = order(2, 1, days=days)
    rota = plan(found)
    (mine,) = (day for day in days if "p0" in rota.in_office(day))
    skilled = replace(found.members[0], groups=("u", "loket"))
    service = Limit(group="loket", on=mine, floor=1)
    needs = replace(found, members=(skilled, found.members[1]), limits=(*found.limits, service))
    assert partners(needs, rota, "p0", mine) == []


def test_a_list_that_is_none_is_refused_with_a_sentence() -> None:
    for text in (
        "{",
        "[]",
        '{"unit": "u"}',
        '{"colour": 1}',
        order_out(order(2, 1)).replace('"seed":"seed"', '"seed":1'),
    ):
        with pytest.raises(ValueError, match="not a list of the form Order"):
            order_in(text)


def test_somebody_who_stands_twice_is_refused() -> None:
    found = order(2, 1)
    with pytest.raises(ValueError, match="twice"):
        plan(replace(found, members=(found.members[0], found.members[0])))


def test_a_published_list_never_means_another_rota_in_a_later_release() -> None:
    """Whoever kept a list recomputes it years after: the draw of this one is written down here."""
    found = order(4, 2, days=weeks(1), seed="0f1e2d3c")
    rota = plan(order_in(order_out(found)))
    assert {day.isoformat(): " ".join(rota.in_office(day)) for day in rota.days} == {
        "2026-11-30": "p1 p2",
        "2026-12-01": "p0 p3",
        "2026-12-02": "p1 p2",
        "2026-12-03": "p0 p3",
        "2026-12-04": "p0 p3",
    }
    assert commitment("0f1e2d3c", found) == "c856e41420e4c46091fb377378617653fbab330467d79f224dee4a8c014335ed"


def test_a_week_that_has_happened_with_too_many_days_elsewhere_is_a_problem() -> None:
    found = replace(order(1, None), members=(Member(id="p0", groups=("u",), elsewhere_most=3),))
    home = {day: {"p0": Assignment(arrangement=Arrangement.WFH)} for day in found.days}
    rota = plan(replace(found, published=home, locked_before=MONDAY + timedelta(days=7)))
    assert [(each.key, each.group) for each in rota.problems] == [("week_exceeded", "p0")] * 2
    assert {each.numbers["elsewhere"] for each in rota.problems} == {4, 5}
