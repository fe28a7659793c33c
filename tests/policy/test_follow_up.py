"""When a case is looked at again: its eve, the morning after it, and every morning while nobody decides."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from policy.book import Book
from policy.calendar import SpecialDay
from policy.follow_up import next_look, state_until
from policy.words import DayKind

SINCE = date(2020, 6, 15)
WIB = ZoneInfo("Asia/Jakarta")
CALENDAR = Book.shipped().calendars["default"]


def look(until: str | None, after: str, zone: ZoneInfo = WIB) -> str:
    last = date.fromisoformat(until) if until else None
    moment = datetime.fromisoformat(after).replace(tzinfo=zone)
    found = next_look(since=SINCE, until=last, after=moment, zone=zone, calendar=CALENDAR)
    return f"{found.astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("until", "after", "expected"),
    [
        (None, "2020-06-15 06:45", "2020-06-16 08:00"),  # opened today: tomorrow
        (None, "2020-06-19 08:00", "2020-06-22 08:00"),  # not on a weekend
        (None, "2020-06-16 07:10", "2020-06-16 08:00"),  # looked at before office hours
        ("2020-06-18", "2020-06-15 09:00", "2020-06-17 08:00"),  # its eve
        ("2020-06-22", "2020-06-15 09:00", "2020-06-19 08:00"),  # the last working day before it
        ("2020-06-18", "2020-06-17 08:00", "2020-06-19 06:30"),  # the person, before leaving home
        ("2020-06-19", "2020-06-19 10:00", "2020-06-22 06:30"),
        ("2020-06-18", "2020-06-19 06:30", "2020-06-19 08:00"),  # then the officers
        ("2020-06-18", "2020-06-19 08:00", "2020-06-22 08:00"),  # and every working morning
        ("2020-06-18", "2020-06-20 06:30", "2020-06-22 08:00"),
        ("2020-12-31", "2020-12-30 09:00", "2021-01-04 06:30"),  # over the new year
    ],
)
def test_the_next_look_is_on_a_working_morning(until: str | None, after: str, expected: str) -> None:
    """T04"""
    assert look(until, after) == expected


def test_the_morning_is_that_of_the_persons_zone() -> None:
    jayapura = ZoneInfo("Asia/Jayapura")
    assert look("2020-06-18", "2020-06-17 08:00", jayapura) == "2020-06-19 06:30"


def test_a_day_off_that_the_agency_names_is_no_working_morning() -> None:
    """T05"""
    off = SpecialDay(on=date(2020, 6, 16), kind=DayKind.JOINT_LEAVE, name="Cuti bersama")
    moment = datetime(2020, 6, 15, 6, 45, tzinfo=WIB)
    found = next_look(since=SINCE, until=None, after=moment, zone=WIB, calendar=CALENDAR.with_days(off))
    assert found == datetime(2020, 6, 17, 8, tzinfo=WIB)


def test_the_last_day_is_stated_only_where_the_agency_has_set_the_days() -> None:
    assert state_until(date(2020, 6, 15), days=14) == date(2020, 6, 28)
    assert state_until(date(2020, 6, 15), days=None) is None
