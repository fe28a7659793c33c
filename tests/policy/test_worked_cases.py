"""The worked cases beside each shipped circular, each a test of its own."""

import pytest

from policy.cases import difference, given_facts, uncovered
from policy.loader import shipped
from policy.model import Case, Circular, Facts, Quota, UnitCase
from policy.numbers import normalised
from policy.quotas import groups

SHIPPED = shipped()
CASES = [(circular, case) for circular in SHIPPED.values() for case in circular.cases]
UNIT_CASES = [(circular, case) for circular in SHIPPED.values() for case in circular.unit_cases]
# Readings that are shown with every verdict of theirs, so that no case can be about them alone.
ALWAYS = {"zone-of-what"}


def named(pairs: list[tuple[Circular, Case]] | list[tuple[Circular, UnitCase]]) -> list[str]:
    return [f"{circular.id}: {case.name}" for circular, case in pairs]


@pytest.mark.parametrize(("circular", "case"), CASES, ids=named(CASES))
def test_the_case_comes_out_as_written(circular: Circular, case: Case) -> None:
    assert difference(case, circular, SHIPPED) is None


@pytest.mark.parametrize(("circular", "case"), UNIT_CASES, ids=named(UNIT_CASES))
def test_the_unit_comes_out_as_written(circular: Circular, case: UnitCase) -> None:
    people: dict[str, Facts] = {}
    for place, (count, given) in enumerate(case.people):
        facts = given_facts(circular, given, on=case.on, beside=())
        people |= {f"{place}.{number}": facts for number in range(count)}
    found = [each for each in groups(people) if each.rule.id == case.rule]
    assert [(each.base, each.cap, each.floor) for each in found] == [(case.base, case.cap, case.floor)]


@pytest.mark.parametrize("circular", SHIPPED.values(), ids=SHIPPED)
def test_every_rule_and_every_open_question_has_a_case(circular: Circular) -> None:
    assert [rule.id for rule in uncovered(circular, SHIPPED)] == []
    notes = {silence.note.id for silence in circular.not_stated}
    assert notes - {name for case in circular.cases for name in case.not_stated} <= ALWAYS


@pytest.mark.parametrize("circular", SHIPPED.values(), ids=SHIPPED)
def test_every_quota_of_people_has_a_unit_case(circular: Circular) -> None:
    quotas = {
        rule.id
        for rule in circular.rules
        if isinstance(rule.then, Quota) and rule.then.counted != "hari sepekan"
    }
    assert quotas == {case.rule for case in circular.unit_cases}


@pytest.mark.parametrize(
    "printed", ["045.2103/VII/POSKO/2021", "045.2/103/VII/POSKO/2021", "045.2/103//VII/POSKO/2021"]
)
def test_a_number_with_a_slash_lost_or_doubled_is_the_same_number(printed: str) -> None:
    assert normalised(printed) == normalised(SHIPPED["lampung-ppkm-2021"].number)


def test_the_lampung_circular_keeps_all_its_open_questions() -> None:
    notes = {silence.note.id for silence in SHIPPED["lampung-2020-06-04"].not_stated}
    assert notes >= {
        "orange-zone",
        "unaffected-region",
        "zone-of-what",
        "home-period-in-green-zone",
        "officials",
        "service-units",
        "day-a-zone-changes",
        "who-is-bound",
    }
