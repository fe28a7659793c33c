"""Typed answers to the six questions: only numbers and plain denials are read; nothing is ever guessed (I11)."""

import pytest

from handlers.health.reading import numbers_in, says_none


@pytest.mark.parametrize(
    "text", ["2 5", "2,5", "2, 5.", "5 2", "2&5", "2+5", "2;5", "2\n5", "nomor 2 dan 5", "no 2 and 5", "2/5"]
)
def test_numbers_are_read_however_they_are_parted(text: str) -> None:
    assert numbers_in(text, most=7) == [2, 5]


@pytest.mark.parametrize(
    "text", ["", "demam", "kayaknya 2", "8", "2 9", "0", "25", "2-5", "2x", "ya", "٢", "２a", "-"]
)
def test_anything_else_is_no_answer(text: str) -> None:
    assert numbers_in(text, most=7) == []


@pytest.mark.parametrize("text", ["Semua tidak", "sehat semua", "Tidak ada!", "none", "AMAN"])
def test_a_plain_denial_denies_all(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize("text", ["sehat tapi batuk", "tidak semua", "tidak tahu", "tidak sehat", "", "iya"])
def test_half_a_denial_denies_nothing(text: str) -> None:
    assert not says_none(text)
