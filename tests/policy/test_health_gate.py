"""A health gate in the verdict, and who may read what of it."""

import json
from datetime import timedelta

import pytest

from policy.engine import decide
from policy.model import (
    Absence,
    AbsenceKind,
    Arrangement,
    Ask,
    Audience,
    HealthGate,
    Verdict,
    visible_to,
)
from tests.policy.people import MONDAY, ana, keys, reason

GATE = HealthGate(since=MONDAY, until=MONDAY + timedelta(days=13), code="kmk328:besar")


def barred(zone: str = "hijau") -> Verdict:
    return decide(ana(zone, health_gate=GATE))


def test_high_risk_keeps_ana_out_of_the_office_and_leaves_the_place_open() -> None:
    verdict = barred("hijau")
    assert verdict.arrangement is Arrangement.UNDECIDED
    assert verdict.barred_from_office
    assert verdict.barred_until == GATE.until
    assert verdict.ask is Ask.HEAD


def test_whoever_works_from_home_goes_on_doing_so() -> None:
    verdict = barred("merah")
    assert verdict.arrangement is Arrangement.WFH
    assert verdict.barred_from_office


def test_a_gate_that_has_ended_or_not_begun_changes_nothing() -> None:
    for days in (-20, 1):
        gate = HealthGate(MONDAY + timedelta(days=days), MONDAY + timedelta(days=days + 3), "unfit")
        assert decide(ana(health_gate=gate)) == decide(ana())


def test_a_gate_without_an_end_holds_on() -> None:
    verdict = decide(ana(health_gate=HealthGate(MONDAY - timedelta(days=90), None, "unfit")))
    assert verdict.barred_from_office
    assert "until" not in reason(verdict, "barred_from_office").params


def test_ana_and_the_clinic_read_the_instrument() -> None:
    for audience in (Audience.SELF, Audience.HEALTH):
        seen = visible_to(barred(), audience)
        citation = reason(seen, "health_barred").citation
        assert citation is not None
        assert citation.circular == "HK.01.07/MENKES/328/2020"
        assert "barred_from_office" not in keys(seen)


def test_the_head_reads_only_that_she_stays_out_and_until_when() -> None:
    seen = visible_to(barred(), Audience.HEAD)
    assert reason(seen, "barred_from_office").params == {"until": "2020-06-28"}
    told = json.dumps(seen.to_json()).lower()
    assert not any(word in told for word in ("kmk", "menkes", "besar", "risk", "health_barred"))


@pytest.mark.parametrize("kind", [AbsenceKind.SICK_LEAVE, AbsenceKind.MATERNITY_LEAVE, AbsenceKind.SUSPENDED])
def test_the_head_does_not_read_why_somebody_is_away(kind: AbsenceKind) -> None:
    seen = visible_to(decide(ana(absence=Absence(kind, MONDAY, MONDAY))), Audience.HEAD)
    assert keys(seen) == ["absent"]
    assert kind.value not in json.dumps(seen.to_json())
    own = visible_to(decide(ana(absence=Absence(kind, MONDAY, MONDAY))), Audience.SELF)
    assert reason(own, "absence").params["kind"] == kind


def test_the_clinic_does_not_read_of_discipline() -> None:
    verdict = decide(ana(absence=Absence(AbsenceKind.SUSPENDED, MONDAY)))
    assert keys(visible_to(verdict, Audience.HEALTH)) == ["absent"]


def test_a_reason_with_no_word_for_a_reader_becomes_a_private_one() -> None:
    full = decide(ana(health_gate=GATE))
    reasons = (reason(full, "rule"), reason(full, "health_barred"))
    bare = Verdict(full.on, full.as_of, full.arrangement, reasons)
    assert keys(visible_to(bare, Audience.HEAD)) == ["rule", "private"]
