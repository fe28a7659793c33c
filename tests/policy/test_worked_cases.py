"""The worked cases beside each shipped circular, each a test of its own."""

import pytest

from policy.checking.cases import difference
from policy.checking.unit_cases import check_unit_cases
from policy.loader import shipped
from policy.model import Case, Circular
from policy.numbers import normalised

CASES = [(circular, case) for circular in shipped().values() for case in circular.cases]


@pytest.mark.parametrize(
    ("circular", "case"), CASES, ids=[f"{circular.id}: {case.name}" for circular, case in CASES]
)
def test_the_case_comes_out_as_written(circular: Circular, case: Case) -> None:
    assert difference(case, circular, shipped()) is None


@pytest.mark.parametrize("circular", shipped().values(), ids=shipped())
def test_the_unit_cases_come_out_as_written(circular: Circular) -> None:
    assert check_unit_cases(circular) == []


@pytest.mark.parametrize("circular", shipped().values(), ids=shipped())
def test_every_open_question_has_a_case(circular: Circular) -> None:
    """That every rule has one, the loader itself asks for."""
    shown = {name for case in circular.cases for name in case.not_stated}
    assert {silence.note.id for silence in circular.not_stated} - shown <= {"zone-of-what"}


@pytest.mark.parametrize(
    "printed", ["045.2103/VII/POSKO/2021", "045.2/103/VII/POSKO/2021", "045.2/103//VII/POSKO/2021"]
)
def test_a_number_with_a_slash_lost_or_doubled_is_the_same_number(printed: str) -> None:
    assert normalised(printed) == normalised(shipped()["lampung-ppkm-2021"].number)


def test_the_lampung_circular_keeps_all_its_open_questions() -> None:
    notes = {silence.note.id for silence in shipped()["lampung-2020-06-04"].not_stated}
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
