"""`piket agency authority` and `piket agency nonperformance`."""

import pytest

from tests.bot.operating import Operator, new_operator
from tests.engines import SqliteMaker

DEWI = "198501102009122001"


@pytest.fixture
def operator(sqlite_maker: SqliteMaker) -> Operator:
    made = new_operator(sqlite_maker.fresh())
    made.imports_everything()
    return made


def test_who_receives_reports_is_named_and_dismissed(operator: Operator) -> None:
    assert "receives the periodic reports (PyB) of DINKES" in operator.succeeds(
        "agency", "authority", "DINKES", DEWI
    )
    assert "receives no periodic reports" in operator.succeeds(
        "agency", "authority", "DINKES", DEWI, "--stop"
    )
    again = operator.fails("agency", "authority", "DINKES", DEWI, "--stop", "--from", "2099-01-01")
    assert "is no authorised official (PyB) of DINKES itself" in " ".join(again.split())


def test_a_rule_is_stated_with_what_it_means(operator: Operator) -> None:
    said = operator.succeeds(
        "agency", "nonperformance", "DINKES", "--missed", "2", "--within", "week", "--of", "output"
    )
    assert "drafted for every week" in said
    assert "2 working days or more in it without output" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("DINKES", "--of", "plan,health"), "Health is specific personal data"),
        (("DINKES", "--of", "lunch"), "`lunch` is nothing that a rule counts"),
        (("DINKES", "--of", ""), "counts plan, output or both"),
        (("DINKES", "--missed", "0"), "from 1 to 31 missed days"),
        (("DINKES.LAB",), "the rule of reports is decided for the whole agency"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(operator: Operator, words: tuple[str, ...], says: str) -> None:
    assert says in " ".join(operator.fails("agency", "nonperformance", *words).split())
