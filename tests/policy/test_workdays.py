from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import SpecialDay, zone_named
from policy.calendar_loader import shipped_calendar
from policy.words import DayKind
from policy.workdays import (
    Belongs,
    Window,
    closes_at,
    day_of_answer,
    day_of_output,
    judged_until,
    may_report,
)

WIB = zone_named("WIB")
MONDAY = date(2020, 6, 15)
TUESDAY = date(2020, 6, 16)


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), tzinfo=WIB).astimezone(UTC)


def test_i15_an_answer_after_midnight_belongs_to_the_day_of_its_prompt() -> None:
    assert day_of_answer(at(TUESDAY, 0, 5), zone=WIB, prompt_day=MONDAY) == Belongs(MONDAY)


def test_i15_after_the_grace_an_answer_to_an_old_prompt_is_asked_about() -> None:
    found = day_of_answer(at(TUESDAY, 12), zone=WIB, prompt_day=MONDAY)
    assert found == Belongs(TUESDAY, must_ask=True)


def test_free_text_after_the_grace_belongs_to_today_without_asking() -> None:
    late, early = at(TUESDAY, 12), at(TUESDAY, 11, 59)
    assert day_of_answer(late, zone=WIB, prompt_day=MONDAY, is_free_text=True) == Belongs(TUESDAY)
    assert day_of_answer(early, zone=WIB, prompt_day=MONDAY, is_free_text=True) == Belongs(MONDAY)


def test_without_a_prompt_the_local_date_decides_and_not_that_of_utc() -> None:
    assert day_of_answer(at(TUESDAY, 1), zone=WIB, prompt_day=None) == Belongs(TUESDAY)


def test_t04_the_last_second_of_a_day_is_still_that_day() -> None:
    last = datetime(2020, 12, 31, 23, 59, 59, tzinfo=WIB)
    assert day_of_answer(last, zone=WIB, prompt_day=None) == Belongs(date(2020, 12, 31))
    assert day_of_answer(last + timedelta(seconds=1), zone=WIB, prompt_day=None).day == date(2021, 1, 1)


def test_i14_yesterday_may_be_reported_until_midnight_and_no_longer() -> None:
    assert may_report(MONDAY, sent=at(TUESDAY, 23, 59, 59), zone=WIB)
    assert not may_report(MONDAY, sent=closes_at(MONDAY, zone=WIB), zone=WIB)
    assert closes_at(MONDAY, zone=WIB) == at(date(2020, 6, 17), 0)


def test_i14_tomorrow_opens_only_where_the_agency_says_so() -> None:
    evening = at(MONDAY, 20)
    assert not may_report(TUESDAY, sent=evening, zone=WIB)
    assert may_report(TUESDAY, sent=evening, zone=WIB, window=Window(days_ahead=1))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)), st.integers(0, 3))  # noqa: DTZ001 hypothesis adds it
def test_a_day_is_open_exactly_until_it_closes(naive: datetime, days: int) -> None:
    sent = naive.replace(tzinfo=UTC)
    day = sent.astimezone(WIB).date() - timedelta(days=days)
    assert may_report(day, sent=sent, zone=WIB) is (sent < closes_at(day, zone=WIB))


@pytest.mark.parametrize(
    ("local", "begins", "is_owed", "day"),
    [
        ("2020-06-16 06:05", time(7, 30), True, "2020-06-15"),
        ("2020-06-16 06:05", time(7, 30), False, "2020-06-16"),
        ("2020-06-16 07:30", time(7, 30), True, "2020-06-16"),
        ("2020-06-20 11:59", None, True, "2020-06-19"),
        ("2020-06-20 12:00", None, True, "2020-06-20"),
        ("2020-03-01 00:00", time(7, 30), True, "2020-02-29"),
    ],
)
def test_an_output_that_names_no_day_is_of_the_shift_that_just_ended(
    local: str, begins: time | None, is_owed: bool, day: str
) -> None:
    """T04"""
    sent = datetime.fromisoformat(local).replace(tzinfo=WIB)
    assert day_of_output(sent, zone=WIB, begins=begins, is_owed_before=is_owed) == date.fromisoformat(day)


def test_what_was_reported_is_judged_until_the_end_of_the_next_working_day() -> None:
    calendar, friday = shipped_calendar(), date(2020, 6, 19)
    assert judged_until(MONDAY, calendar=calendar, zone=WIB) == at(date(2020, 6, 17), 0)
    assert judged_until(MONDAY, calendar=calendar, zone=WIB, after=2) == at(date(2020, 6, 18), 0)
    assert judged_until(friday, calendar=calendar, zone=WIB) == at(date(2020, 6, 23), 0)
    closed = calendar.with_days(SpecialDay(date(2020, 6, 22), DayKind.HOLIDAY, "Hari jadi"))
    assert judged_until(friday, calendar=closed, zone=WIB) == at(date(2020, 6, 24), 0)
