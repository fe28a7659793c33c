"""A quota's worked case counts people as the engine does, and says in numbers what differs."""

import pytest

from tests.policy.circular_texts import circular, looked_at, quota, rule

FIFTH = rule("satu", quota('at_most: "1/5", outside: {job_level: [JPT Pratama, Administrator]}'))
HALF_HOME = rule("satu", quota('at_least: "50 %"', of="[WFH, WFA]"))
OFFICE = rule("satu", quota('exactly: "50 %"', per="perangkat daerah"))
TWO_UNITS = "{count: 4, unit: A, job_level: Pelaksana}, {count: 6, unit: B, job_level: Pelaksana}"
STAFF = "{count: 23, job_level: Pelaksana}"


def told(rules: str, people: str, expect: str) -> list[str]:
    case = f"{{name: a, on: 2020-06-15, rule: satu, people: [{people}], expect: {{{expect}}}}}"
    examined = looked_at(circular(rules, rest=f"unit_cases:\n  - {case}\n"))
    assert {problem.line for problem in examined.problems} <= {14}
    return [problem.sentence for problem in examined.problems]


@pytest.mark.parametrize(
    ("rules", "people", "expect"),
    [
        (FIFTH, STAFF, "base: 23, cap: 4, floor: none"),
        (FIFTH, STAFF + ", {count: 3, job_level: Administrator}", "base: 23, cap: 4, floor: none"),
        (FIFTH, "{count: 3, job_level: Administrator}", "base: 0, cap: none, floor: none"),
        (HALF_HOME, "{count: 7}", "base: 7, cap: 4, floor: none"),
        (OFFICE, "{count: 4, unit: Bidang A}, {count: 6, unit: Bidang B}", "base: 10, cap: 5, floor: 5"),
    ],
    ids=["a fifth", "officials outside", "only officials", "of those at home", "of the whole office"],
)
def test_a_unit_case_that_is_right_passes(rules: str, people: str, expect: str) -> None:
    assert told(rules, people, expect) == []


@pytest.mark.parametrize(
    ("people", "expect", "words"),
    [
        (STAFF, "base: 23, cap: 5, floor: none", "cap 5, floor none is expected, but it comes to base 23, cap 4"),
        (STAFF, "base: 23, cap: 4, floor: 4", "floor 4 is expected"),
        ("{count: 1, job_level: Administrator}", "base: 1, cap: 0, floor: none", "counts none of these people"),
        (TWO_UNITS, "base: 10, cap: 2, floor: none", "counts them apart, in A, B"),
        ("{count: 1}", "base: 1, cap: 0, floor: none", "`people` must give every fact that it looks at."),
        ("{count: 4, weekday: Selasa}", "base: 4, cap: 0, floor: none", "is not a Selasa"),
        ("{count: 0}", "base: 0, cap: 0, floor: none", "`count` is from 1"),
        ("{count: 4, umur: 5}", "base: 4, cap: 0, floor: none", "`umur` is not a condition"),
    ],
)  # fmt: skip
def test_a_unit_case_that_is_wrong_says_what_differs(people: str, expect: str, words: str) -> None:
    assert any(words in sentence for sentence in told(FIFTH, people, expect)), told(FIFTH, people, expect)
