import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import decide
from policy.model import (
    REASONS,
    Absence,
    AbsenceKind,
    AgencyKind,
    Arrangement,
    Audience,
    CalendarDay,
    DayKind,
    Fact,
    Facts,
    HealthGate,
    JobLevel,
    Verdict,
    Zone,
    visible_to,
)
from tests.policy.people import HOURS, ana

DAYS = st.dates(date(2020, 5, 1), date(2020, 12, 31))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    day = draw(DAYS)
    kind = draw(st.sampled_from(DayKind))
    hours = HOURS if kind is DayKind.WORKING else None
    zone = draw(st.none() | st.builds(Fact, st.sampled_from(Zone), st.none() | DAYS))
    start = day - timedelta(days=draw(st.integers(0, 5)))
    return replace(
        ana(),
        on=day,
        day=CalendarDay(day, kind, None if kind is DayKind.WEEKEND else "Hari", hours),
        region_facts={"zone": zone} if zone else {},
        job_level=draw(st.none() | st.sampled_from(JobLevel)),
        agency_kind=draw(st.none() | st.sampled_from(AgencyKind)),
        absence=draw(st.none() | st.builds(Absence, st.sampled_from(AbsenceKind), st.just(start))),
        health_gate=draw(st.none() | st.builds(HealthGate, st.just(start), st.none(), st.just("unfit"))),
    )


@given(facts())
def test_a_stored_verdict_is_read_back_equal(told: Facts) -> None:
    verdict = decide(told)
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


@given(facts(), st.sampled_from(Audience))
def test_every_reader_gets_a_reason_and_only_their_own(told: Facts, audience: Audience) -> None:
    seen = visible_to(decide(told), audience)
    assert seen.reasons
    assert all(audience in reason.audience for reason in seen.reasons)
    assert (seen.ask is not None) == (seen.arrangement is Arrangement.UNDECIDED)


@given(facts())
def test_every_reason_is_a_known_one_with_its_own_parameters(told: Facts) -> None:
    for reason in decide(told).reasons:
        assert set(reason.params) <= set(REASONS[reason.key])
        assert set(REASONS[reason.key]) - set(reason.params) <= {"until"}


@given(facts())
def test_nobody_behind_a_health_gate_is_sent_to_the_office(told: Facts) -> None:
    verdict = decide(told)
    if told.health_gate is not None:
        assert verdict.arrangement is not Arrangement.WFO


@pytest.mark.parametrize(
    "broken", [{}, {"form": 2}, {"form": 1}, {**decide(ana()).to_json(), "arrangement": "home"}]
)
def test_what_is_not_a_stored_verdict_is_refused_in_a_sentence(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="stored verdict"):
        Verdict.from_json(broken)


def test_the_moment_keeps_its_zone_when_stored() -> None:
    verdict = decide(ana(as_of=datetime(2020, 6, 15, tzinfo=UTC)))
    assert Verdict.from_json(verdict.to_json()).as_of == datetime(2020, 6, 15, tzinfo=UTC)
