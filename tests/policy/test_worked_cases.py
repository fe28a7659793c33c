"""The worked cases beside each shipped circular, each a test of its own."""

import pytest

from policy.cases import difference
from policy.loader import shipped
from policy.model import Case, Circular

CASES = [(circular, case) for circular in shipped().values() for case in circular.cases]


@pytest.mark.parametrize(
    ("circular", "case"), CASES, ids=[f"{circular.id}: {case.name}" for circular, case in CASES]
)
def test_the_case_comes_out_as_written(circular: Circular, case: Case) -> None:
    assert difference(case, circular) is None


@pytest.mark.parametrize("circular", shipped().values(), ids=shipped())
def test_every_rule_that_decides_and_every_open_question_has_a_case(circular: Circular) -> None:
    shown = {name for case in circular.cases for name in case.not_stated} | {
        paragraph for case in circular.cases for paragraph in case.because
    }
    notes = {silence.note.id for silence in circular.not_stated}
    deciding = {rule.paragraph for rule in circular.rules if not rule.beside}
    assert deciding <= shown
    assert notes - shown <= {"zone-of-what"}


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
