"""What is due when, from the agency's data; and what an outage takes is given back."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.deadlines import (
    DEFAULT_DEADLINES,
    Base,
    Deadlines,
    Moment,
    Owed,
    Span,
    UnreadableMomentError,
    extended,
    from_setting,
    is_late,
    moment_named,
    to_setting,
)
from policy.words import Hours

MONDAY, FRIDAY = date(2020, 6, 15), date(2020, 6, 19)
USUAL, ON_FRIDAY = Hours(time(7, 30), time(16)), Hours(time(7, 30), time(16, 30))
JAYAPURA = ZoneInfo("Asia/Jayapura")
NOON = datetime(2020, 6, 15, 12, tzinfo=JAYAPURA)

clock_times = st.integers(0, 24 * 60).map(lambda minutes: Moment(Base.CLOCK, minutes))
from_hours = st.builds(Moment, st.sampled_from((Base.START, Base.END)), st.integers(-999, 999))
moments = clock_times | from_hours
pairs = st.tuples(moments, moments)
deadlines = st.builds(
    Deadlines,
    of=st.fixed_dictionaries(dict.fromkeys(Owed, pairs)),
    varied=st.dictionaries(
        st.tuples(st.sampled_from(Owed), st.sampled_from(("jumat", "ramadan", "masa tanggap darurat"))), pairs
    ),
    verified_after=st.integers(1, 14),
)
gaps = st.lists(
    st.tuples(st.integers(-120, 600), st.integers(1, 300)).map(
        lambda each: (NOON + timedelta(minutes=each[0]), NOON + timedelta(minutes=sum(each)))
    ),
    max_size=5,
)


def worded(said: Deadlines, kind: Owed, hours: Hours, day: date = MONDAY, season: str | None = None) -> str:
    span = said.span(
        kind, day=day, hours=hours, zone=JAYAPURA, usual=USUAL if day == MONDAY else ON_FRIDAY, season=season
    )
    assert span.opens.tzinfo is span.due.tzinfo is JAYAPURA
    return f"{span.opens:%H.%M}-{span.due:%H.%M}" + (
        f" +{(span.due.date() - day).days}" if span.due.date() > day else ""
    )


@pytest.mark.parametrize(
    ("hours", "health", "plan", "output"),
    [
        (USUAL, "07.00-08.30", "07.00-09.00", "15.30-17.00"),
        (ON_FRIDAY, "07.00-08.30", "07.00-09.00", "16.00-17.30"),
        (Hours(time(8), time(15)), "07.30-09.00", "07.30-09.30", "14.30-16.00"),  # Ramadan
        (Hours(time(10), time(18)), "09.30-11.00", "09.30-11.30", "17.30-19.00"),  # the second shift
        (Hours(time(13), time(16)), "12.30-14.00", "12.30-14.30", "15.30-17.00"),  # away in the morning
        (Hours(time(22), time(6)), "21.30-23.00", "21.30-23.30", "05.30-07.00 +1"),  # over midnight
    ],
)
def test_by_default_all_follows_the_hours(hours: Hours, health: str, plan: str, output: str) -> None:
    assert worded(DEFAULT_DEADLINES, Owed.HEALTH, hours) == health
    assert worded(DEFAULT_DEADLINES, Owed.PLAN, hours) == plan
    assert worded(DEFAULT_DEADLINES, Owed.OUTPUT, hours) == output


def test_a_clock_time_is_meant_for_the_usual_hours_and_moves_with_ones_own() -> None:
    said = from_setting('{"plan": ["07.00", "09.00"], "output": ["15.00", "24.00"]}')
    assert worded(said, Owed.PLAN, USUAL) == "07.00-09.00"
    assert worded(said, Owed.PLAN, Hours(time(13), time(16))) == "12.30-14.30"
    assert worded(said, Owed.OUTPUT, Hours(time(7, 30), time(12))) == "11.00-20.00"
    assert worded(said, Owed.OUTPUT, USUAL) == "15.00-00.00 +1"


def test_a_season_goes_before_a_weekday_and_both_before_the_rest() -> None:
    said = from_setting(
        '{"plan": ["07.00", "09.00"], "plan@Jumat": ["07.00", "08.00"], "plan@Ramadan": ["08.00", "10.00"]}'
    )
    assert worded(said, Owed.PLAN, USUAL) == "07.00-09.00"
    assert worded(said, Owed.PLAN, ON_FRIDAY, FRIDAY) == "07.00-08.00"
    assert worded(said, Owed.PLAN, ON_FRIDAY, FRIDAY, "Ramadan") == "08.00-10.00"
    assert worded(said, Owed.HEALTH, ON_FRIDAY, FRIDAY, "Ramadan") == "07.00-08.30"


@given(deadlines)
def test_what_is_stored_reads_back_as_the_same(said: Deadlines) -> None:
    assert from_setting(to_setting(said)) == said


def test_nothing_stored_is_the_default() -> None:
    assert from_setting(None) == DEFAULT_DEADLINES


@given(moments)
def test_a_moment_is_read_as_it_is_written(moment: Moment) -> None:
    assert moment_named(str(moment)) == moment


@pytest.mark.parametrize(
    "text", ["", "8", "24.01", "12.60", "mulai", "mulai+", "akhir+5", "mulai+1000", "-08.00"]
)
def test_what_is_no_moment_is_said_with_examples(text: str) -> None:
    with pytest.raises(UnreadableMomentError, match="mulai\\+60"):
        moment_named(text)


@pytest.mark.parametrize(
    "stored", ['{"plans": ["07.00", "08.00"]}', '{"plan@": ["07.00", "08.00"]}', '{"plan": "07.00"}']
)
def test_a_setting_that_cannot_be_read_is_no_default(stored: str) -> None:
    with pytest.raises(UnreadableMomentError):
        from_setting(stored)


@given(gaps, st.integers(1, 300))
def test_the_time_that_outages_took_is_given_back_minute_by_minute(
    lost: list[tuple[datetime, datetime]], minutes: int
) -> None:
    """Against a count of minutes: the deadline comes when so many minutes have passed in which people were heard."""
    span = Span(NOON, NOON + timedelta(minutes=minutes))
    at, heard = NOON, 0
    while heard < minutes:
        heard += not any(began <= at < ended for began, ended in lost)
        at += timedelta(minutes=1)
    found = extended(span, lost)
    assert found == at
    assert not is_late(found, span, lost)
    assert is_late(found + timedelta(seconds=1), span, lost)


@given(gaps)
def test_an_outage_never_brings_a_deadline_forward(lost: list[tuple[datetime, datetime]]) -> None:
    span = Span(NOON, NOON + timedelta(hours=1))
    assert extended(span, lost) >= span.due
    assert extended(span, []) == span.due
