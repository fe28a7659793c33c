"""The rota by examples; what holds for every rota stands in test_roster_fairness.py and test_roster_law.py."""

from datetime import date

from policy.roster import Limit, Member, Order, plan
from tests.policy.rosters import counts, weeks


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
