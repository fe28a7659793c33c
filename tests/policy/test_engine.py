from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from policy.engine import decide
from policy.model import (
    Absence,
    AbsenceKind,
    AgencyKind,
    Arrangement,
    Ask,
    Audience,
    CalendarDay,
    DayKind,
    Fact,
    HealthGate,
    Hours,
    JobLevel,
    Part,
    visible_to,
)
from tests.policy.people import HOURS, MONDAY, ana, keys, on, reason


def test_a_green_zone_sends_ana_to_the_office_and_says_by_which_paragraph() -> None:
    verdict = decide(ana("hijau"))
    assert verdict.arrangement is Arrangement.WFO
    citation = reason(verdict, "rule").citation
    assert citation is not None
    assert (citation.circular, citation.paragraph) == ("045.2/1656/06/2020", "1 (a)")
    zone = citation.facts[0]
    assert (zone.value, zone.where, zone.since) == ("hijau", "Bandar Lampung", date(2020, 6, 2))
    assert verdict.hours == HOURS


def test_working_from_home_shows_the_extended_period_beside_the_rule() -> None:
    verdict = decide(ana("merah"))
    assert verdict.arrangement is Arrangement.WFH
    assert keys(verdict) == ["rule", "beside"]
    assert verdict.ask is None


def test_an_orange_zone_is_undecided_and_says_whom_to_ask() -> None:
    verdict = decide(ana("oranye"))
    assert verdict.arrangement is Arrangement.UNDECIDED
    assert reason(verdict, "not_stated").params["id"] == "orange-zone"
    assert verdict.ask is Ask.ADMIN
    assert verdict.modality is None


def test_an_unknown_zone_is_said_and_not_taken_for_any_colour() -> None:
    verdict = decide(ana(None))
    assert verdict.arrangement is Arrangement.UNDECIDED
    missing = reason(verdict, "fact_missing").params
    assert missing == {"circular": "045.2/1656/06/2020", "fact": "zone", "where": "Bandar Lampung"}


def test_a_zone_that_starts_later_does_not_hold_yet() -> None:
    later = {"zone": Fact("merah", since=MONDAY + timedelta(days=1))}
    assert keys(decide(ana(region_facts=later))) == ["fact_missing"]


def test_a_colour_nobody_wrote_about_is_a_gap() -> None:
    verdict = decide(ana("ungu"))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.UNDECIDED, ["no_rule"])


def test_without_circulars_nothing_is_decided_and_the_gap_is_said() -> None:
    verdict = decide(ana(circulars=()))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.UNDECIDED, ["no_circular"])
    assert verdict.ask is Ask.HEAD


def test_the_day_before_the_circular_is_not_covered_by_it() -> None:
    verdict = decide(on(date(2020, 6, 3), ana()))
    assert keys(verdict) == ["no_circular", "not_yet_in_force"]
    assert reason(verdict, "not_yet_in_force").params["start"] == "2020-06-04"


def test_a_unit_outside_the_province_is_not_bound() -> None:
    verdict = decide(ana(region_chain=("36.71", "Kota Tangerang", "36", "Banten")))
    assert keys(verdict) == ["no_circular", "not_bound"]


def test_a_unit_whose_region_is_unknown_is_undecided_rather_than_unbound() -> None:
    verdict = decide(ana(region_chain=()))
    assert reason(verdict, "fact_missing").params["fact"] == "region"


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        (DayKind.WEEKEND, None, "weekend"),
        (DayKind.HOLIDAY, "Hari Lahir Pancasila", "holiday"),
        (DayKind.JOINT_LEAVE, "Cuti bersama", "joint_leave"),
    ],
)
def test_a_day_that_is_not_worked_is_off(kind: DayKind, name: str | None, key: str) -> None:
    verdict = decide(ana("merah", day=CalendarDay(MONDAY, kind, name)))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.OFF, [key])
    assert reason(verdict, key).params == ({"name": name} if name else {})
    assert verdict.duties == ()


def test_leave_comes_before_the_circular_and_travel_is_not_leave() -> None:
    leave = Absence(AbsenceKind.ANNUAL_LEAVE, MONDAY, MONDAY)
    travel = Absence(AbsenceKind.TRAVEL, MONDAY - timedelta(days=3))
    assert decide(ana(absence=leave)).arrangement is Arrangement.OFF
    assert decide(ana(absence=travel)).arrangement is Arrangement.TRAVEL


def test_an_absence_that_ended_yesterday_changes_nothing() -> None:
    over = Absence(AbsenceKind.ANNUAL_LEAVE, MONDAY - timedelta(days=5), MONDAY - timedelta(days=1))
    assert decide(ana(absence=over)) == decide(ana())


def test_officials_and_service_units_see_how_the_gap_is_read() -> None:
    official = decide(ana("merah", job_level=JobLevel.ADMINISTRATOR))
    service = decide(ana("kuning", unit_kind="UPTD"))
    assert "officials" in {note.id for note in official.not_stated}
    assert "service-units" in {note.id for note in service.not_stated}
    assert "officials" not in {note.id for note in decide(ana("merah")).not_stated}


def test_an_agency_outside_the_province_is_asked_and_not_bound() -> None:
    verdict = decide(ana(agency_kind=AgencyKind.INSTANSI_VERTIKAL))
    assert (verdict.arrangement, verdict.ask) == (Arrangement.UNDECIDED, Ask.HEAD)
    assert "only_asked" in keys(verdict)
    assert "who-is-bound" in {note.id for note in verdict.not_stated}


def test_a_zone_that_changed_this_week_is_noted_and_an_older_one_is_not() -> None:
    wednesday = MONDAY + timedelta(days=2)
    for since, is_noted in ((wednesday, True), (MONDAY, True), (MONDAY - timedelta(days=1), False)):
        verdict = decide(on(wednesday, ana(region_facts={"zone": Fact("merah", since=since)})))
        assert ("day-a-zone-changes" in {note.id for note in verdict.not_stated}) is is_noted


def test_duties_are_cited_with_every_working_verdict() -> None:
    for zone in ("hijau", "merah", "oranye"):
        assert "meetings-online" in {duty.id for duty in decide(ana(zone)).duties}


def test_facts_without_a_moment_or_with_another_day_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ana(as_of=datetime(2020, 6, 15, 7, 0))  # noqa: DTZ001 a naive moment is the point
    with pytest.raises(ValueError, match="calendar day"):
        replace(ana(), on=MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("part", "left"),
    [(Part.MORNING, Hours(time(13, 0), time(16, 0))), (Part.AFTERNOON, Hours(time(7, 30), time(12, 0)))],
)
def test_half_a_day_away_leaves_the_other_half_to_the_circulars(part: Part, left: Hours) -> None:
    away = Absence(AbsenceKind.PERMISSION, since=MONDAY, until=MONDAY, part=part)
    verdict = decide(ana("hijau", absence=away))
    assert verdict.arrangement is Arrangement.WFO
    assert keys(verdict) == ["half_absence", "rule"]
    assert verdict.hours == left
    assert reason(verdict, "half_absence").params == {"kind": "permission", "part": part.value}


def test_a_day_without_a_break_is_cut_in_its_middle() -> None:
    short = CalendarDay(MONDAY, DayKind.WORKING, hours=Hours(time(7, 30), time(11, 0)))
    away = Absence(AbsenceKind.PERMISSION, since=MONDAY, until=MONDAY, part=Part.MORNING)
    assert decide(ana("hijau", day=short, absence=away)).hours == Hours(time(9, 15), time(11, 0))


def test_of_half_a_day_of_sick_leave_the_head_reads_only_that_the_person_is_away() -> None:
    away = Absence(AbsenceKind.SICK_LEAVE, since=MONDAY, until=MONDAY, part=Part.MORNING)
    verdict = decide(ana("hijau", absence=away))
    assert keys(visible_to(verdict, Audience.SELF)) == ["half_absence", "rule"]
    assert keys(visible_to(verdict, Audience.HEAD)) == ["half_absent", "rule"]


def test_the_health_gate_stands_also_over_half_a_day() -> None:
    away = Absence(AbsenceKind.PERMISSION, since=MONDAY, until=MONDAY, part=Part.MORNING)
    verdict = decide(ana("hijau", absence=away, health_gate=HealthGate(MONDAY, None, "unfit")))
    assert verdict.barred_from_office
    assert verdict.arrangement is Arrangement.UNDECIDED
    assert keys(verdict)[0] == "half_absence"


def test_half_a_holiday_is_the_holiday() -> None:
    feast = CalendarDay(MONDAY, DayKind.HOLIDAY, "Hari contoh")
    away = Absence(AbsenceKind.PERMISSION, since=MONDAY, until=MONDAY, part=Part.MORNING)
    assert keys(decide(ana("hijau", day=feast, absence=away))) == ["holiday"]
