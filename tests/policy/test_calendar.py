from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from policy.calendar import SpecialDay, UnknownZoneError, local_date, public_holidays, zone_named
from policy.calendar_loader import SHIPPED, LoaderError, load_calendar, shipped_calendar
from policy.words import DayKind

CALENDARS = sorted(file.stem for file in SHIPPED.glob("*.yaml"))
WEEK = 'title: a\nweek:\n  Senin: {from: "07.30", to: "16.00"}\n'
OFFICIAL_2026 = {
    (1, 1), (1, 16), (2, 17), (3, 19), (3, 21), (3, 22), (4, 3), (4, 5), (5, 1),
    (5, 14), (5, 27), (5, 31), (6, 1), (6, 16), (8, 17), (8, 25), (12, 25),
}  # fmt: skip


@pytest.mark.parametrize("name", CALENDARS)
def test_every_shipped_week_has_the_hours_of_the_regulation(name: str) -> None:
    calendar = shipped_calendar(name)
    assert sum(hours.minutes for hours in calendar.week.values()) == 37 * 60 + 30
    assert set(calendar.week) == {0, 1, 2, 3, 4}


def test_the_ramadan_week_has_32_hours_and_a_half(tmp_path: Path) -> None:
    text = (SHIPPED / "default.yaml").read_text(encoding="utf-8")
    file = tmp_path / "ramadan.yaml"
    file.write_text(
        text + "seasons: [{week: Ramadan, from: 2025-03-03, until: 2025-03-27}]\n", encoding="utf-8"
    )
    calendar = load_calendar(file)
    assert sum(hours.minutes for hours in calendar.seasons[0].week.values()) == 32 * 60 + 30
    inside, outside = calendar.day(date(2025, 3, 27)).hours, calendar.day(date(2025, 4, 10)).hours
    assert inside is not None
    assert outside is not None
    assert (inside.start, outside.start) == (time(8), time(7, 30))


def test_the_library_knows_the_national_holidays_of_2026() -> None:
    assert {(day.month, day.day) for day in public_holidays(2026)} == OFFICIAL_2026


def test_holidays_joint_leave_and_weekends_are_told_apart() -> None:
    calendar = shipped_calendar()
    assert calendar.day(date(2026, 3, 19)).kind is DayKind.HOLIDAY
    assert calendar.day(date(2026, 3, 20)).kind is DayKind.JOINT_LEAVE
    assert calendar.day(date(2026, 3, 14)).kind is DayKind.WEEKEND
    assert calendar.day(date(2026, 3, 16)).is_working


def test_the_example_province_rests_on_the_first_of_june_unchecked() -> None:
    day = shipped_calendar("lampung-2020").day(date(2020, 6, 1))
    assert (day.kind, day.name, day.checked_on) == (DayKind.HOLIDAY, "Hari Lahir Pancasila", None)


def test_the_agency_may_work_on_a_holiday_and_rest_on_a_day_of_its_own() -> None:
    worked = SpecialDay(date(2026, 6, 1), DayKind.WORKING, "Piket layanan", date(2026, 5, 1))
    own = SpecialDay(date(2026, 6, 2), DayKind.HOLIDAY, "Hari jadi kota")
    calendar = shipped_calendar().with_days(worked, own)
    assert calendar.day(date(2026, 6, 1)).hours is not None
    assert calendar.day(date(2026, 6, 2)).kind is DayKind.HOLIDAY
    assert shipped_calendar().day(date(2026, 6, 2)).is_working


def test_a_worked_saturday_has_hours_too() -> None:
    saturday = SpecialDay(date(2026, 6, 6), DayKind.WORKING, "Pengganti")
    assert shipped_calendar().with_days(saturday).day(date(2026, 6, 6)).hours is not None


def test_the_next_working_day_skips_the_weekend_and_the_holiday() -> None:
    assert shipped_calendar().next_working_day(date(2026, 5, 29)).on == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("WIB", "Asia/Jakarta"),
        ("wita", "Asia/Makassar"),
        (" WIT ", "Asia/Jayapura"),
        ("Asia/Pontianak", "Asia/Pontianak"),
    ],
)
def test_the_three_zones_go_by_their_short_names(name: str, zone: str) -> None:
    assert zone_named(name).key == zone


@pytest.mark.parametrize("name", ["WIBB", "", "Asia/Bandung", "../etc/passwd", "Asia"])
def test_t08_an_unknown_zone_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(UnknownZoneError, match=r"is not a time zone that Piket knows\. Use one of WIB"):
        zone_named(name)


def test_t04_one_moment_is_two_dates_in_two_zones() -> None:
    moment = datetime(2024, 2, 28, 16, 30, tzinfo=UTC)
    assert local_date(moment, zone_named("WIB")) == date(2024, 2, 28)
    assert local_date(moment, zone_named("WIT")) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="no local date"):
        local_date(moment.replace(tzinfo=None), zone_named("WIB"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (WEEK.replace('"07.30"', "7.30"), 3, "is read as a number"),
        (WEEK.replace('"07.30"', '"24.30"'), 3, "not a time of day"),
        (WEEK.replace('"07.30"', "07:30"), 3, "not a time of day"),
        (WEEK.replace("Senin", "Monday"), 3, "`Monday` is not a key"),
        (WEEK.replace('"16.00"', '"07.00"'), 3, "ends before it begins"),
        (WEEK.replace("}", ', break_from: "12.00"}'), 3, "needs both"),
        (WEEK.replace("}", ', break_from: "06.00", break_to: "07.00"}'), 3, "inside its hours"),
        (WEEK + "days: [{on: 2026-02-30, kind: holiday, name: a, checked_on: unchecked}]\n", 4, "2026-02-30"),
        (WEEK + "days: [{on: 2026-02-03, kind: weekend, name: a, checked_on: unchecked}]\n", 4, "weekend"),
        (WEEK + "days: [{on: 2026-02-03, kind: libur, name: a, checked_on: unchecked}]\n", 4, "one of"),
        (WEEK + "seasons: [{week: Ramadan, from: 2026-02-18, until: 2026-03-19}]\n", 4, "season_weeks"),
        (WEEK + "public_holidays: yes\n", 4, "must be true or false"),
    ],
)
def test_a_doubtful_calendar_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    file = tmp_path / "kalender.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LoaderError) as caught:
        load_calendar(file)
    assert (caught.value.line, caught.value.file) == (line, str(file))
    assert words in caught.value.sentence


def test_a_day_that_stands_twice_and_seasons_that_overlap_are_refused(tmp_path: Path) -> None:
    day = "  - {on: 2026-02-03, kind: holiday, name: a, checked_on: unchecked}\n"
    season = "  - {week: R, from: 2026-02-03, until: 2026-02-04}\n"
    weeks = 'season_weeks: {R: {Senin: {from: "08.00", to: "15.00"}}}\n'
    file = tmp_path / "kalender.yaml"
    for more, words in ((f"days:\n{day * 2}", "twice"), (f"{weeks}seasons:\n{season * 2}", "overlap")):
        file.write_text(WEEK + more, encoding="utf-8")
        with pytest.raises(LoaderError, match=words):
            load_calendar(file)
