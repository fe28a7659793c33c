"""Exceptions, contradictions and permissions, on circulars made up for the purpose."""

from pathlib import Path

from policy.engine import decide
from policy.model import Arrangement, Ask, HealthGate, JobLevel, Modality
from tests.policy.people import MONDAY, PLAIN, ana, keys, reason, written

EXCEPTION = PLAIN.replace(
    "cases:",
    """\
  - id: officials-home
    paragraph: "2"
    says: Administrator bekerja dari rumah.
    when: {job_level: Administrator}
    excepts: office
    then: {arrangement: WFH, modality: wajib}
cases:""",
)


def test_an_exception_replaces_the_rule_it_names_and_both_are_cited(tmp_path: Path) -> None:
    circular = written(tmp_path, EXCEPTION)
    verdict = decide(ana(circulars=(circular,), job_level=JobLevel.ADMINISTRATOR))
    assert verdict.arrangement is Arrangement.WFH
    assert keys(verdict) == ["rule", "set_aside"]


def test_the_rule_stays_for_whom_the_exception_does_not_meet(tmp_path: Path) -> None:
    verdict = decide(ana(circulars=(written(tmp_path, EXCEPTION),)))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.WFO, ["rule"])


def test_an_exception_that_may_apply_for_all_we_know_leaves_it_undecided(tmp_path: Path) -> None:
    verdict = decide(ana(circulars=(written(tmp_path, EXCEPTION),), job_level=None))
    assert verdict.arrangement is Arrangement.UNDECIDED
    assert reason(verdict, "fact_missing").params["fact"] == "job_level"


SAME_DAY = PLAIN.replace("signed: 2020-06-01", "signed: 2020-06-04").replace(
    "    then:", "    when: {job_level: Pelaksana}\n    then:"
)


def test_two_circulars_that_nobody_can_order_are_a_conflict_that_is_said(tmp_path: Path) -> None:
    both = (*ana().circulars, written(tmp_path, SAME_DAY))
    verdict = decide(ana("merah", circulars=both))
    assert verdict.arrangement is Arrangement.UNDECIDED
    assert verdict.reasons[0].params == {"arrangements": "WFH, WFO"}
    assert (keys(verdict).count("rule"), verdict.ask) == (2, Ask.ADMIN)


def test_two_circulars_that_agree_are_both_cited(tmp_path: Path) -> None:
    both = (*ana().circulars, written(tmp_path, PLAIN))
    verdict = decide(ana("hijau", circulars=both))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.WFO, ["rule", "rule"])


def test_another_circular_may_speak_where_one_is_silent(tmp_path: Path) -> None:
    both = (*ana().circulars, written(tmp_path, PLAIN))
    verdict = decide(ana("oranye", circulars=both))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.WFO, ["rule", "not_stated"])
    assert verdict.modality is Modality.WAJIB


def test_nobody_speaks_over_a_circular_whose_facts_are_missing(tmp_path: Path) -> None:
    both = (*ana().circulars, written(tmp_path, PLAIN))
    assert decide(ana(None, circulars=both)).arrangement is Arrangement.UNDECIDED


def test_a_permission_decides_nothing_and_sends_people_to_their_head(tmp_path: Path) -> None:
    circular = written(tmp_path, PLAIN.replace("wajib", "dapat"))
    verdict = decide(ana(circulars=(circular,)))
    assert (verdict.arrangement, keys(verdict)) == (Arrangement.UNDECIDED, ["permitted"])
    assert verdict.ask is Ask.HEAD


OFFICE_DUTY = """
duties:
  - {id: mask, paragraph: "2", says: Pakai masker di kantor., for: WFO}
  - {id: report, paragraph: "3", says: Laporkan hasil., for: [WFO, WFH], obligation: report}
"""


def test_a_duty_of_the_office_is_shown_only_to_whom_the_office_is_decided(tmp_path: Path) -> None:
    circulars = (written(tmp_path, PLAIN + OFFICE_DUTY),)
    permitted = (written(tmp_path, PLAIN.replace("wajib", "dapat") + OFFICE_DUTY, name="izin"),)
    gate = HealthGate(MONDAY, None, "unfit")
    office = decide(ana(circulars=circulars))
    open_place = decide(ana(circulars=permitted))
    barred = decide(ana(circulars=circulars, health_gate=gate))
    assert [duty.id for duty in office.duties] == ["mask", "report"]
    assert [duty.id for duty in open_place.duties] == ["report"]
    assert [duty.id for duty in barred.duties] == ["report"]


def test_a_circular_holds_on_its_last_day(tmp_path: Path) -> None:
    circular = written(tmp_path, PLAIN.replace("until: not stated", "until: 2020-06-15"))
    assert decide(ana(circulars=(circular,))).arrangement is Arrangement.WFO


def test_a_circular_that_ended_is_named_with_its_last_day(tmp_path: Path) -> None:
    circular = written(tmp_path, PLAIN.replace("until: not stated", "until: 2020-06-14"))
    verdict = decide(ana(circulars=(circular,)))
    assert keys(verdict) == ["no_circular", "no_longer_in_force"]
    assert verdict.reasons[1].params["until"] == "2020-06-14"
