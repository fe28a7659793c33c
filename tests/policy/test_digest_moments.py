"""When digests are due, on ordinary days and on odd ones, in each zone."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from policy.calendar import SpecialDay, zone_named
from policy.deadlines import DEFAULT_DEADLINES, from_setting
from policy.digest_moments import Due, due_between
from policy.figures import Kind
from policy.words import DayKind
from tests.stage import BOOK

CALENDAR = BOOK.calendars["default"]
WIB = zone_named("WIB")


def _due(
    kind: Kind, day: str, *, zone: ZoneInfo = WIB, holidays: tuple[str, ...] = (), **more: str
) -> list[Due]:
    days = [SpecialDay(date.fromisoformat(each), DayKind.HOLIDAY, "libur") for each in holidays]
    on = date.fromisoformat(day)
    return list(
        due_between(
            kind,
            after=date.fromisoformat(more.get("after", day))
            if "after" in more
            else date.fromordinal(on.toordinal() - 1),
            today=on,
            calendar=CALENDAR.with_days(*days),
            deadlines=from_setting(more["said"]) if "said" in more else DEFAULT_DEADLINES,
            zone=zone,
        )
    )


def _said(found: list[Due]) -> list[str]:
    return [
        f"{each.at:%m-%d %H.%M} {each.first:%d}-{each.on:%d} until {each.until:%m-%d %H.%M}" for each in found
    ]


def test_morning_and_evening_follow_what_is_due() -> None:
    assert _said(_due(Kind.MORNING, "2020-06-15")) == ["06-15 09.15 15-15 until 06-15 12.00"]
    assert _said(_due(Kind.EVENING, "2020-06-15")) == ["06-15 17.30 15-15 until 06-15 21.00"]
    assert _said(_due(Kind.EVENING, "2020-06-19")) == ["06-19 18.00 19-19 until 06-19 21.00"]
    said = '{"plan": ["07.00", "08.00"], "output@jumat": ["15.00", "20.45"]}'
    assert _said(_due(Kind.MORNING, "2020-06-15", said=said))[0].startswith("06-15 08.15")
    assert _said(_due(Kind.EVENING, "2020-06-19", said=said)) == ["06-19 21.15 19-19 until 06-19 22.15"]


@pytest.mark.parametrize("zone", ["WITA", "WIT"])
def test_they_are_local(zone: str) -> None:
    (found,) = _due(Kind.MORNING, "2020-06-15", zone=zone_named(zone))
    assert f"{found.at:%H.%M}" == "09.15"
    assert found.at.tzinfo == zone_named(zone)


@pytest.mark.parametrize("day", ["2020-06-20", "2020-06-21", "2020-06-01"])  # a weekend, and Pancasila's day
@pytest.mark.parametrize("kind", [Kind.MORNING, Kind.EVENING])
def test_there_is_none_on_a_day_off(kind: Kind, day: str) -> None:
    assert _due(kind, day) == []


def test_the_week_ends_with_its_last_working_day() -> None:
    assert _said(_due(Kind.WEEKLY, "2020-06-19")) == ["06-19 16.00 15-19 until 06-22 12.00"]
    assert _due(Kind.WEEKLY, "2020-06-18") == []
    off = ("2020-06-18", "2020-06-19")
    assert _said(_due(Kind.WEEKLY, "2020-06-17", holidays=off)) == ["06-17 16.00 15-17 until 06-22 12.00"]
    whole = tuple(f"2020-06-{day}" for day in range(15, 20))
    assert [_due(Kind.WEEKLY, day, holidays=whole) for day in whole] == [[]] * 5


def test_the_month_comes_on_the_first_working_day_after_it() -> None:
    assert _due(Kind.MONTHLY, "2020-06-30") == []
    assert _said(_due(Kind.MONTHLY, "2020-07-01", after="2020-06-29")) == [
        "07-01 08.00 01-30 until 07-04 08.00"
    ]
    # 31 October 2020 is a Saturday
    assert _due(Kind.MONTHLY, "2020-11-01", after="2020-10-30") == []
    assert _said(_due(Kind.MONTHLY, "2020-11-02", after="2020-10-30"))[0].startswith("11-02 08.00 01-31")


def test_after_a_long_sleep_all_that_were_missed_are_named() -> None:
    found = _due(Kind.MORNING, "2020-06-19", after="2020-06-14")
    assert [each.on.day for each in found] == [15, 16, 17, 18, 19]
