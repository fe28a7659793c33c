"""`piket unit appoint|dismiss`, `piket agency escalation`: who leads by which letter, and how overdue reports go up."""

import pytest

from tests.bot.operating import Operator, new_operator
from tests.bot.test_commands_facts import DEWI, noted, rows


@pytest.fixture
def operator(db_url: str) -> Operator:
    made = new_operator(db_url)
    made.imports_everything()
    return made


LETTER = "SK 821.22/77/2021"


def test_an_acting_head_is_recorded_with_dates_letter_and_powers(operator: Operator) -> None:
    said = operator.succeeds(
        "unit", "appoint", "DINKES.LAB", DEWI, "--post", "plh", "--from", "2021-07-05", "--until", "2021-07-09",
        "--letter", LETTER, "--powers", "verify, Absences",
    )  # fmt: skip
    assert said.startswith("Dewi ")
    assert "is plh of" in said
    assert "from 2021-07-05 until 2021-07-09. Powers: absences, verify." in said
    recorded = rows(operator, "SELECT unit_code, kind, letter, powers FROM appointments WHERE kind = 'plh'")
    assert recorded == [("DINKES.LAB", "plh", LETTER, "absences,verify")]
    assert ("unit_fact", "DINKES.LAB", "2021-07-05") in noted(operator)
    assert rows(operator, "SELECT action FROM audit WHERE action = 'leader_appointed'")


def test_what_a_letter_must_say_is_asked_for(operator: Operator) -> None:
    these = ("unit", "appoint", "DINKES.LAB", DEWI, "--from", "2021-07-05", "--post")
    assert "by letter; name it" in operator.fails(*these, "plt")
    assert "name the last of them" in operator.fails(*these, "plh", "--letter", LETTER)
    assert "Did you mean `rota`?" in operator.fails(*these, "plt", "--letter", LETTER, "--powers", "roster")
    assert "cannot end on 2021-07-01" in operator.fails(
        *these, "plt", "--letter", LETTER, "--until", "2021-07-01"
    )
    assert rows(operator, "SELECT id FROM appointments WHERE kind <> 'head'") == []


def test_a_post_is_left_vacant_once(operator: Operator) -> None:
    operator.succeeds(
        "unit", "appoint", "DINKES.LAB", DEWI, "--post", "plt", "--from", "2021-07-05", "--letter", LETTER
    )
    these = ("unit", "dismiss", "DINKES.LAB", "--post", "plt", "--from", "2021-08-01")
    assert "has no plt from 2021-08-01 on" in operator.succeeds(*these)
    assert "nothing has changed" in operator.fails(*these)


def test_how_it_goes_up_is_stated_bit_by_bit(operator: Operator) -> None:
    said = operator.succeeds("agency", "escalation", "DINKES", "--after", "45", "--up", "kepegawaian")
    assert (
        "a head is told 45 minutes after the deadline, again 2 times every 120 minutes of working time"
        in said
    )
    assert said.strip().endswith("and then kepegawaian.")
    said = operator.succeeds("agency", "escalation", "DINKES", "--times", "0")
    assert "45 minutes" in said
    assert "again 0 times" in said
    assert "no level above a head" in operator.fails("agency", "escalation", "DINKES", "--up", "camat")
