"""Rules go by a clock that a demo can move; leases and pacing keep the real one."""

from datetime import UTC, timedelta

import pytest

from bot.clock import Clock


def test_a_moved_clock_moves_the_rules_and_leaves_real_time_alone() -> None:
    clock = Clock()
    before = clock.real()
    clock.move(timedelta(days=-2000))
    assert clock.now() < before - timedelta(days=1999)
    assert before <= clock.real() < before + timedelta(seconds=5)
    assert clock.now().tzinfo is UTC


def test_the_clock_for_measuring_never_runs_backwards() -> None:
    clock = Clock()
    assert clock.seconds() <= clock.seconds()


def test_a_clock_is_not_moved_to_where_no_date_is() -> None:
    clock = Clock()
    for days in (-800_000, 3_600_000):
        with pytest.raises(OverflowError):
            clock.move(timedelta(days=days))
    assert clock.now() - clock.real() < timedelta(seconds=1)
