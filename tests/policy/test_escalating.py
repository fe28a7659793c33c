"""When whom is told next: by an agency's own times and levels, in working hours only."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import AgencyCalendar, Season, SpecialDay
from policy.calendar_loader import shipped_calendar
from policy.escalating import (
    DEFAULT_ESCALATION,
    Escalation,
    EscalationError,
    Level,
    Step,
    WorkingHours,
    escalation_kept,
    levels_named,
)
from policy.words import DayKind, Hours

JAKARTA = ZoneInfo("Asia/Jakarta")
USUAL = WorkingHours(shipped_calendar(), JAKARTA)


def at(local: str, zone: ZoneInfo = JAKARTA) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone)


def steps(escalation: Escalation) -> list[tuple[int, int]]:
    found, step = [], escalation.next_step(Level.HEAD, 0)
    while step is not None:
        found.append((int(step.level), step.times))
        step = escalation.next_step(step.level, step.times)
    return found


def test_each_level_is_told_three_times_before_the_next() -> None:
    assert steps(DEFAULT_ESCALATION) == [(level, times) for level in range(3) for times in (1, 2, 3)]


def test_an_agency_leaves_out_a_level_or_all_above_the_head() -> None:
    assert steps(Escalation(repeats=0, up=(Level.OFFICE,))) == [(0, 1), (2, 1)]
    assert steps(Escalation(repeats=1, up=())) == [(0, 1), (0, 2)]


def test_where_nobody_of_a_level_can_be_told_the_next_is() -> None:
    assert DEFAULT_ESCALATION.step_up(Level.HEAD) == Step(Level.ABOVE, 1)
    assert DEFAULT_ESCALATION.step_up(Level.ABOVE) == Step(Level.OFFICE, 1)
    assert DEFAULT_ESCALATION.step_up(Level.OFFICE) is None


def test_what_is_kept_is_read_back_and_what_is_missing_is_as_by_default() -> None:
    stated = Escalation(after=timedelta(0), repeat=timedelta(hours=1), repeats=0, up=(Level.OFFICE,))
    assert escalation_kept(stated.written()) == stated
    assert escalation_kept(None) == DEFAULT_ESCALATION
    assert escalation_kept('{"after": 45}') == Escalation(after=timedelta(minutes=45))


def test_what_cannot_be_kept_is_refused_in_a_sentence() -> None:
    with pytest.raises(EscalationError, match="between 0 and 1440 minutes"):
        Escalation(after=timedelta(minutes=-1))
    with pytest.raises(EscalationError, match="after 10 to 2400 minutes"):
        Escalation(repeat=timedelta(minutes=1))
    with pytest.raises(EscalationError, match="0 to 9 times"):
        Escalation(repeats=10)
    with pytest.raises(EscalationError, match="`camat` is no level above a head"):
        levels_named(["atasan", "camat"])


@pytest.mark.parametrize(
    ("now", "next_moment"),
    [
        ("2020-06-15 07:00", "2020-06-15 07:30"),
        ("2020-06-15 09:30", "2020-06-15 09:30"),
        ("2020-06-15 12:00", "2020-06-15 13:00"),
        ("2020-06-15 16:00", "2020-06-16 07:30"),
        ("2020-06-19 17:30", "2020-06-22 07:30"),  # Friday evening, and Monday
        ("2020-12-24 16:30", "2020-12-28 07:30"),  # Christmas on a Friday
    ],
)
def test_the_next_working_moment(now: str, next_moment: str) -> None:
    assert USUAL.next(at(now)) == at(next_moment)
    assert USUAL.is_inside(at(now)) == (now == next_moment)


def test_working_time_passes_neither_at_noon_nor_over_a_weekend() -> None:
    assert USUAL.after(at("2020-06-15 11:30"), timedelta(hours=2)) == at("2020-06-15 14:30")
    assert USUAL.after(at("2020-06-19 15:30"), timedelta(hours=2)) == at("2020-06-22 08:30")


def test_ramadan_and_the_agencys_own_days_move_it() -> None:
    ramadan = Season(
        "Ramadan", date(2020, 6, 1), date(2020, 6, 30), {day: _hours("08:00", "15:00") for day in range(5)}
    )
    fasting = WorkingHours(AgencyCalendar(id="x", week=shipped_calendar().week, seasons=(ramadan,)), JAKARTA)
    assert fasting.next(at("2020-06-15 07:30")) == at("2020-06-15 08:00")
    assert fasting.next(at("2020-06-15 15:00")) == at("2020-06-16 08:00")
    holiday = SpecialDay(on=date(2020, 6, 16), kind=DayKind.HOLIDAY, name="Hari Daerah")
    assert WorkingHours(shipped_calendar().with_days(holiday), JAKARTA).next(at("2020-06-15 17:00")) == at(
        "2020-06-17 07:30"
    )


def test_half_past_seven_is_that_of_the_units_own_zone() -> None:
    for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"):
        zone = ZoneInfo(name)
        assert WorkingHours(shipped_calendar(), zone).next(at("2020-06-15 05:00", zone)) == at(
            "2020-06-15 07:30", zone
        )


@given(st.dates(date(2020, 1, 1), date(2020, 12, 1)), st.times(), st.integers(0, 30 * 60))
def test_so_much_working_time_has_passed_and_the_moment_lies_in_it(
    day: date, clock: time, minutes: int
) -> None:
    start = datetime.combine(day, clock.replace(second=0, microsecond=0), tzinfo=JAKARTA)
    end = USUAL.after(start, timedelta(minutes=minutes))
    assert USUAL.is_inside(end)
    passed = sum(
        _is_worked(start + timedelta(minutes=each))
        for each in range(int((end - start).total_seconds()) // 60)
    )
    assert passed == minutes


def _is_worked(moment: datetime) -> bool:
    """Slowly, minute by minute: what the hours of that day say."""
    hours = shipped_calendar().day(moment.date()).hours
    if hours is None or not hours.start <= moment.time() < hours.end:
        return False
    return not (
        hours.break_start and hours.break_end and hours.break_start <= moment.time() < hours.break_end
    )


def _hours(start: str, end: str) -> Hours:
    return Hours(time.fromisoformat(start), time.fromisoformat(end))
