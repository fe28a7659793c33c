"""Counts that the level above reads never tell of one to four people: not by themselves, and not worked out."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import under_five
from policy.under_five import FEW, LEAST, LEFT_OUT

COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 7), min_size=1, max_size=4)


def _possible(text: str, total: int) -> range:
    """What a reader must hold for possible of a count that reads so."""
    if text == FEW:
        return range(1, LEAST)
    return range(total + 1) if text == LEFT_OUT else range(int(text), int(text) + 1)


def _worlds(total: str, shown: Mapping[str, str]) -> list[dict[str, int]]:
    """Every set of counts that fits what is shown: found by trying all of them."""
    totals = range(1, LEAST) if total == FEW else [int(total)]
    most = max(totals)
    tried = product(*(_possible(text, most) for text in shown.values()))
    return [dict(zip(shown, each, strict=True)) for each in tried if sum(each) in totals]


@given(COUNTS)
def test_nobody_can_work_out_a_count_of_one_to_four(counts: dict[str, int]) -> None:
    """Fault V04, against every attempt there is."""
    total, shown = under_five.row(counts)
    worlds = _worlds(total, shown)
    assert counts in worlds  # nothing untrue is shown
    for name, count in counts.items():
        if 0 < count < LEAST:
            assert len({world[name] for world in worlds}) > 1, (counts, total, shown)


@given(COUNTS)
def test_what_gives_nobody_away_is_shown(counts: dict[str, int]) -> None:
    _, shown = under_five.row(counts)
    if not any(0 < count < LEAST for count in counts.values()):
        assert shown == {name: str(count) for name, count in counts.items()}


@pytest.mark.parametrize(
    ("counts", "total", "shown"),
    [
        ({"a": 0, "b": 0}, "0", ["0", "0"]),
        ({"a": 20, "b": 0}, "20", ["20", "0"]),
        ({"a": 3}, "<5", ["<5"]),
        ({"a": 20, "b": 3}, "23", ["–", "<5"]),  # 23 less 20 is 3
        ({"a": 20, "b": 3, "c": 2}, "25", ["20", "<5", "<5"]),
        ({"a": 20, "b": 1, "c": 1}, "22", ["–", "<5", "<5"]),  # 2 is one and one
        ({"a": 4, "b": 4}, "8", ["–", "<5"]),
        ({"a": 1, "b": 0}, "<5", ["<5", "0"]),
        ({"a": 30, "b": 9, "c": 2}, "41", ["30", "–", "<5"]),
    ],
)
def test_the_smallest_that_must_is_left_out(counts: dict[str, int], total: str, shown: list[str]) -> None:
    assert under_five.row(counts) == (total, dict(zip(counts, shown, strict=True)))


def test_of_health_nobody_reads_as_few_too() -> None:
    assert [under_five.health(count) for count in (0, 1, 4, 5, 12)] == ["<5", "<5", "<5", "5", "12"]
