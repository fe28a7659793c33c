"""How fast we may send is arithmetic: no test here waits."""

import pytest

from bot.pacing import CLASSES, Lane, Pacing, lane_of
from handlers.update import Class


def sends_in(pacing: Pacing, lane: Lane, *, begin: float, seconds: float) -> int:
    """Take whatever is allowed, looking a hundred times a second."""
    sent = 0
    for tick in range(round(seconds * 100)):
        now = begin + tick / 100
        for _ in range(pacing.allowance(lane, now=now, most=100)):
            pacing.spend(lane, now=now)
            sent += 1
    return sent


def test_bulk_keeps_25_a_second_and_never_more_than_30_in_one() -> None:
    pacing = Pacing()
    assert sends_in(pacing, Lane.BULK, begin=0, seconds=1) <= 30
    assert sends_in(pacing, Lane.BULK, begin=1, seconds=9) == pytest.approx(225, abs=2)


def test_a_rest_lets_no_burst_over_the_platforms_limit_through() -> None:
    pacing = Pacing()
    pacing.spend(Lane.BULK, now=0)
    assert sends_in(pacing, Lane.BULK, begin=3600, seconds=1) <= 30


def test_urgent_messages_slow_bulk_down_because_the_platform_adds_them_up() -> None:
    pacing = Pacing()
    for _ in range(20):
        pacing.spend(Lane.URGENT, now=0)
    assert pacing.allowance(Lane.BULK, now=0, most=100) == 0
    assert pacing.lane_wait(Lane.BULK, now=0) == pytest.approx(18 / 25)


def test_answers_have_no_rate_of_their_own() -> None:
    pacing = Pacing()
    for _ in range(500):
        pacing.spend(Lane.ANSWERS, now=0)
    assert pacing.allowance(Lane.ANSWERS, now=0, most=40) == 40


def test_a_chat_takes_three_at_once_and_then_one_a_second() -> None:
    pacing = Pacing()
    for _ in range(3):
        assert pacing.chat_wait("7", now=10.0) == 0
        pacing.note_chat("7", now=10.0)
    assert pacing.chat_wait("7", now=10.0) == pytest.approx(1.0)
    assert pacing.chat_wait("7", now=10.4) == pytest.approx(0.6)
    assert pacing.chat_wait("8", now=10.0) == 0


def test_a_group_takes_20_in_any_minute() -> None:
    pacing = Pacing()
    for second in range(20):
        assert pacing.chat_wait("-100", now=float(second)) == 0
        pacing.note_chat("-100", now=float(second))
    assert pacing.chat_wait("-100", now=20.0) == pytest.approx(40.0)
    assert pacing.chat_wait("-100", now=60.5) == 0


def test_c08_a_paused_lane_waits_to_the_second_and_answers_go_on() -> None:
    pacing = Pacing()
    pacing.pause(Lane.BULK, until=2282.0)
    assert pacing.allowance(Lane.BULK, now=2281.9, most=10) == 0
    assert pacing.lane_wait(Lane.BULK, now=0.0) == 2282.0
    assert pacing.allowance(Lane.ANSWERS, now=0.0, most=10) == 10
    assert pacing.allowance(Lane.BULK, now=2282.0, most=3) == 3


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    pacing = Pacing()
    pacing.pause("chat:7", until=100.0)
    pacing.pause("chat:7", until=5.0)
    assert pacing.chat_wait("7", now=50.0) == 50.0


def test_chats_are_forgotten_so_that_memory_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pacing.CHATS_REMEMBERED", 50)
    pacing = Pacing()
    for number in range(500):
        pacing.note_chat(str(number), now=float(number))
    assert len(pacing._chats) <= 60


def test_every_class_has_one_lane_and_lanes_keep_their_order() -> None:
    assert [lane_of(urgency) for urgency in Class] == [
        Lane.ANSWERS, Lane.URGENT, Lane.URGENT, Lane.BULK, Lane.BULK, Lane.BULK,
    ]  # fmt: skip
    assert [first for first, _ in CLASSES.values()] == sorted(first for first, _ in CLASSES.values())
