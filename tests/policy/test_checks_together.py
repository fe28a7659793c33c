"""Circulars side by side: one number is one circular's, and what changes another leads somewhere."""

import pytest

from tests.policy.circular_texts import HEAD, WFO, circular, rule, sentences

OTHER = circular(
    rule("satu", WFO).replace("paragraph: satu", 'paragraph: "2 (a)"'),
    head=HEAD.replace('"1/2020"', '"9/2020"').replace("rank: Gubernur", "rank: Menteri"),
)
EQUAL = OTHER.replace("rank: Menteri", "rank: Gubernur")


def changing(then: str) -> str:
    return circular(rule("ubah", then))


def test_a_number_is_one_circulars_also_when_a_slash_is_lost() -> None:
    twin = circular(rule("satu", WFO), head=HEAD.replace('"1/2020"', '"1-2020"'))
    assert sentences(circular(rule("satu", WFO)), ada=twin) == [
        "The number 1/2020 is also that of ada.yaml: each circular is one file."
    ]


@pytest.mark.parametrize("paragraphs", ['"2 (a)"', '"2"', '["2", "2 (a)"]'])
def test_a_change_may_name_a_paragraph_or_what_it_is_a_part_of(paragraphs: str) -> None:
    assert sentences(changing(f'{{amends: "9/2020", paragraphs: {paragraphs}}}'), lain=EQUAL) == []


def test_a_change_of_a_paragraph_that_is_not_there_is_an_error() -> None:
    assert sentences(changing('{revokes: "9 2020", paragraphs: ["2 (b)"]}'), lain=EQUAL) == [
        "`ubah` names paragraph 2 (b) of 9 2020, which has only 2 (a)."
    ]


def test_a_circular_that_is_not_at_hand_may_be_named() -> None:
    assert sentences(changing('{revokes: "77/2019", paragraphs: "3"}')) == []


@pytest.mark.parametrize(
    "then", ['{amends: "1/2020"}', '{extends: "1/2020", signed: 2020-05-01, until: not stated}']
)
def test_a_circular_does_not_change_itself(then: str) -> None:
    assert sentences(changing(then)) == ["`ubah` names the number of its own circular."]


def test_a_lower_issuer_may_only_leave_it_unapplied() -> None:
    found = sentences(changing('{revokes: "9/2020"}'), lain=OTHER)
    assert len(found) == 1
    assert "Gubernur stands below Menteri" in found[0]
    assert sentences(changing('{sets_aside: "9/2020"}'), lain=OTHER) == []
