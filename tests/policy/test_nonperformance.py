"""Who is named in a periodic report: an unexcused day counts once, health never, late never, an outage never."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.deadlines import Owed, Span, State
from policy.nonperformance import (
    DEFAULT_RULE,
    Missing,
    Period,
    Rule,
    UnreadableRuleError,
    Within,
    is_missed,
    missed_days,
    named,
    period_before,
    report_number,
    rule_from,
)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2024, 12, 31))
RULES = st.builds(
    Rule,
    missed=st.integers(1, 31),
    within=st.sampled_from(Within),
    of=st.sets(st.sampled_from([Owed.PLAN, Owed.OUTPUT]), min_size=1).map(frozenset),
)


def _missing(on: date, kind: Owed, state: State = State.OVERDUE) -> Missing:
    opens = datetime(on.year, on.month, on.day, 0, 30, tzinfo=UTC)
    return Missing(on, kind, Span(opens, opens + timedelta(hours=2)), state)


MISSED = st.lists(st.builds(_missing, st.dates(date(2020, 6, 1), date(2020, 6, 30)), st.sampled_from(Owed)))
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@given(RULES)
def test_a_rule_is_read_back_as_it_was_written(rule: Rule) -> None:
    assert rule_from(rule.as_data()) == rule


@given(MISSED, RULES)
def test_named_is_who_missed_as_many_different_days_as_the_rule_says(
    missed: list[Missing], rule: Rule
) -> None:
    different = {each.on for each in missed if each.kind in rule.of}
    assert ("ana" in named({"ana": missed}, rule)) == (len(different) >= rule.missed)
    assert [day.on for day in missed_days(missed, rule)] == sorted(different)


@given(MISSED, RULES)
def test_health_never_counts(missed: list[Missing], rule: Rule) -> None:
    without = [each for each in missed if each.kind is not Owed.HEALTH]
    assert missed_days(missed, rule) == missed_days(without, rule)


@given(MISSED, RULES, st.integers(1, 31))
def test_a_stricter_rule_names_no_fewer(missed: list[Missing], rule: Rule, fewer: int) -> None:
    stricter = Rule(missed=min(fewer, rule.missed), within=rule.within, of=rule.of)
    assert set(named({"ana": missed}, rule)) <= set(named({"ana": missed}, stricter))


@given(DAYS, st.sampled_from(Within))
def test_a_period_is_the_last_whole_one_and_the_next_begins_where_it_ends(day: date, within: Within) -> None:
    period = period_before(day, within)
    assert period.first <= period.last < day
    after = period_before(period.last + timedelta(days=1), within)
    assert after == period
    assert period_before(period.last, within).last == period.first - timedelta(days=1)
    assert (day - period.last).days <= (7 if within is Within.WEEK else 31)


def test_months_and_weeks_over_the_new_year() -> None:
    """T04."""
    assert period_before(date(2021, 1, 4), Within.MONTH) == Period(date(2020, 12, 1), date(2020, 12, 31))
    assert period_before(date(2020, 3, 2), Within.MONTH) == Period(date(2020, 2, 1), date(2020, 2, 29))
    assert period_before(date(2021, 1, 4), Within.WEEK) == Period(date(2020, 12, 28), date(2021, 1, 3))


@pytest.mark.parametrize("state", State)
def test_only_what_is_not_done_and_not_excused_is_missed(state: State) -> None:
    each = _missing(date(2020, 6, 16), Owed.PLAN, state)
    assert is_missed(each, outages=(), now=NOW) == (state in (State.OPEN, State.REMINDED, State.OVERDUE))


def test_what_is_not_due_yet_is_not_missed() -> None:
    each = _missing(date(2020, 6, 16), Owed.PLAN, State.OPEN)
    assert not is_missed(each, outages=(), now=each.span.due - timedelta(seconds=1))
    assert is_missed(each, outages=(), now=each.span.due)


@given(st.integers(-300, 300), st.integers(1, 200))
def test_an_outage_excuses_exactly_what_it_touched(begins: int, lasts: int) -> None:
    each = _missing(date(2020, 6, 16), Owed.PLAN)
    began = each.span.opens + timedelta(minutes=begins)
    ended = began + timedelta(minutes=lasts)
    touches = began < each.span.due and ended > each.span.opens
    assert is_missed(each, outages=[(began, ended)], now=NOW) == (not touches)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"of": ["health"]}, "Health is specific personal data"),
        ({"of": ["plan", "health"]}, "Health is specific personal data"),
        ({"of": []}, "counts plan, output or both"),
        ({"missed": 0}, "from 1 to 31"),
        ({"missed": 32}, "from 1 to 31"),
        ({"missed": "x"}, "x"),
        ({"within": "year"}, "year"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(data: dict[str, object], says: str) -> None:
    with pytest.raises(UnreadableRuleError, match=says):
        rule_from(data)


def test_what_is_not_said_is_as_by_default() -> None:
    assert rule_from({}) == DEFAULT_RULE == Rule(3, Within.MONTH, frozenset({Owed.PLAN, Owed.OUTPUT}))


def test_a_number_names_unit_month_and_year() -> None:
    assert (
        report_number(serial=7, unit_code="UPTD-DATA", on=date(2020, 12, 1)) == "LAP-007/UPTD-DATA/XII/2020"
    )
    assert report_number(serial=1234, unit_code="X", on=date(2021, 1, 4)) == "LAP-1234/X/I/2021"
