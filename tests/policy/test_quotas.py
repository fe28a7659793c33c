from datetime import date

import pytest

from policy.model import Amount, Arrangement, Counted, Facts, JobLevel, Per, Rounding
from policy.weighing.quotas import Group, groups, limit
from tests.policy.made import amount, circular, days_elsewhere, quota, rule, settles, when
from tests.policy.people import ana

HOME = frozenset({Arrangement.WFH, Arrangement.WFA})
OFFICIAL = JobLevel.ADMINISTRATOR


def unit(*laws: object, staff: int, officials: int = 0, code: str = "1.02.01") -> dict[str, Facts]:
    def facts(level: JobLevel) -> Facts:
        return ana(circulars=laws, job_level=level, unit_code=code, office_code="1.02")

    return {f"{code}/s{number}": facts(JobLevel.PELAKSANA) for number in range(staff)} | {
        f"{code}/o{number}": facts(OFFICIAL) for number in range(officials)
    }


def only(found: tuple[Group, ...]) -> Group:
    (group,) = found
    return group


def numbers(group: Group) -> tuple[int, int | None, int | None]:
    return group.base, group.cap, group.floor


@pytest.mark.parametrize(("staff", "cap"), [(7, 1), (23, 4), (101, 20), (4, 0)])
def test_a_fifth_outside_the_officials_is_never_exceeded(staff: int, cap: int) -> None:
    fifth = rule("fifth", quota("1/5", outside=when(job_level=("JPT Pratama", "Administrator"))))
    group = only(groups(unit(circular("kaltim", fifth), staff=staff, officials=3)))
    assert numbers(group) == (staff, cap, None)
    assert not any("/o" in member for member in group.members)


@pytest.mark.parametrize(
    ("rounding", "is_cap", "people"),
    [
        (Rounding.DOWN, False, 2),
        (Rounding.UP, True, 3),
        (Rounding.NEAREST, True, 3),
        (Rounding.NOT_STATED, True, 2),
        (Rounding.NOT_STATED, False, 3),
    ],
)
def test_a_share_becomes_people_as_stated_or_on_the_safe_side(
    rounding: Rounding, is_cap: bool, people: int
) -> None:
    half = amount("1/2")
    assert half is not None
    assert limit(half, 5, rounding, is_cap=is_cap) == people
    assert limit(Amount(number=15), 5, rounding, is_cap=is_cap) == 15


def test_a_quota_of_those_at_home_is_turned_round_and_stays_on_the_safe_side() -> None:
    most = rule("most", quota("1/2", of=HOME))
    least = rule("least", quota(at_least="1/2", of=HOME))
    assert numbers(only(groups(unit(circular("satu", most), staff=5)))) == (5, None, 3)
    assert numbers(only(groups(unit(circular("satu", least), staff=5)))) == (5, 2, None)


def test_exactly_is_a_cap_and_a_floor() -> None:
    exactly = rule("exactly", quota("1/2", "1/2"))
    assert numbers(only(groups(unit(circular("satu", exactly), staff=4)))) == (4, 2, 2)


@pytest.mark.parametrize(
    ("rounding", "limits"),
    [(Rounding.NOT_STATED, (7, 4, 3)), (Rounding.DOWN, (7, 3, 3)), (Rounding.UP, (7, 4, 4))],
)
def test_exactly_half_of_seven_is_three_or_four_unless_the_text_rounds(
    rounding: Rounding, limits: tuple[int, int, int]
) -> None:
    office = rule("exactly", quota("1/2", "1/2", rounding=rounding))
    assert numbers(only(groups(unit(circular("satu", office), staff=7)))) == limits
    home = rule("exactly", quota("1/2", "1/2", of=HOME))
    assert numbers(only(groups(unit(circular("satu", home), staff=7)))) == (7, 4, 3)


def test_per_unit_makes_a_group_a_unit_and_per_office_one_for_all_of_them() -> None:
    for per, scopes in ((Per.UNIT, {"1.02.01", "1.02.02"}), (Per.OFFICE, {"1.02"})):
        law = circular("satu", rule("cap", quota("1/4", per=per)))
        people = unit(law, staff=4) | unit(law, staff=4, code="1.02.02")
        assert {group.scope for group in groups(people)} == scopes


def test_who_is_settled_by_an_exception_leaves_the_base_unless_they_are_counted_too() -> None:
    officials = rule(
        "officials", settles(Arrangement.WFO), when=when(job_level="Administrator"), excepts=("cap",)
    )
    for counts_also, base in (((), 8), (("officials",), 10)):
        cap = rule("cap", quota("1/4", counts_also=counts_also))
        people = unit(circular("satu", cap, officials), staff=8, officials=2)
        assert only(groups(people)).base == base


def test_who_is_counted_too_need_not_meet_the_quota_themselves() -> None:
    cap = rule("cap", quota("1/4", counts_also=("officials",)), when=when(job_level="Pelaksana"))
    officials = rule("officials", settles(Arrangement.WFO), when=when(job_level="Administrator"))
    assert only(groups(unit(circular("satu", cap, officials), staff=8, officials=2))).base == 10


def test_a_section_has_its_own_quota_beside_that_of_its_office() -> None:
    office = rule("office", quota("1/4"))
    section = rule("section", quota("1/2"), when=when(job_level="Administrator"), excepts=("office",))
    found = groups(unit(circular("satu", office, section), staff=8, officials=4))
    assert {group.rule.id: numbers(group)[:2] for group in found} == {"office": (8, 2), "section": (4, 2)}


def test_days_of_a_person_are_no_group_and_a_shift_is_named() -> None:
    law = circular("satu", rule("days", days_elsewhere()), rule("shift", quota("1/2", counted=Counted.SHIFT)))
    group = only(groups(unit(law, staff=2)))
    assert (group.rule.id, group.counted, group.on) == ("shift", Counted.SHIFT, date(2020, 6, 15))


def test_people_who_are_only_counted_make_no_group_of_their_own() -> None:
    cap = rule("cap", quota("1/4", counts_also=("officials",)), when=when(job_level="Pelaksana"))
    officials = rule("officials", settles(Arrangement.WFO), when=when(job_level="Administrator"))
    assert groups(unit(circular("satu", cap, officials), staff=0, officials=2)) == ()
