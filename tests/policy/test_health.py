import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.health import QUESTIONS, HealthMode, Risk, assess, citation_for, declare

BOUNDARIES = [
    ((), 0, Risk.KECIL),
    ((1,), 1, Risk.SEDANG),
    ((1, 2, 3, 4), 4, Risk.SEDANG),
    ((5,), 5, Risk.BESAR),
    ((6,), 5, Risk.BESAR),
    ((1, 5), 6, Risk.BESAR),
    ((1, 2, 3, 4, 5, 6), 14, Risk.BESAR),
]


@pytest.mark.parametrize(("answers", "score", "risk"), BOUNDARIES)
def test_the_weights_give_the_risk_of_the_instrument(
    answers: tuple[int, ...], score: int, risk: Risk
) -> None:
    found = assess(frozenset(answers))
    assert (found.score, found.risk) == (score, risk)
    assert found.may_enter_office is (risk is not Risk.BESAR)


def test_the_six_questions_weigh_one_one_one_one_five_five() -> None:
    assert [question.weight for question in QUESTIONS] == [1, 1, 1, 1, 5, 5]
    assert [question.number for question in QUESTIONS] == [1, 2, 3, 4, 5, 6]


@given(st.frozensets(st.integers(1, 6)))
def test_only_contact_or_symptoms_keep_people_out(answers: frozenset[int]) -> None:
    assert assess(answers).may_enter_office is answers.isdisjoint({5, 6})


@given(st.frozensets(st.integers(1, 6)), st.integers(1, 6))
def test_one_more_yes_never_lowers_the_risk(answers: frozenset[int], more: int) -> None:
    before, after = assess(answers).score, assess(answers | {more}).score
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize("strange", [0, 7, -1])
def test_a_question_that_does_not_exist_is_refused(strange: int) -> None:
    with pytest.raises(ValueError, match=f"There is no question {strange}"):
        assess({1, strange})


def test_fit_or_unfit_is_one_answer_without_a_score() -> None:
    fit, unfit = declare(is_fit=True), declare(is_fit=False)
    assert (fit.code, unfit.code) == ("fit", "unfit")
    assert (fit.score, unfit.may_enter_office) == (None, False)
    assert fit.mode is HealthMode.FIT_UNFIT


def test_only_the_instrument_is_cited_and_only_for_its_high_risk() -> None:
    assert citation_for(assess({5}).code) is not None
    assert citation_for(assess({1}).code) is None
    assert citation_for(declare(is_fit=False).code) is None
