"""The published rota, the head's letter, shifts and the health gate: each a named step."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from policy.engine import decide
from policy.model import (
    Absence,
    AbsenceKind,
    Arrangement,
    Ask,
    Audience,
    HealthGate,
    Hours,
    Modality,
    Override,
    Part,
    Shift,
    Shifts,
    Step,
    Trait,
    Turn,
    visible_to,
)
from tests.policy.made import circular, days_elsewhere, quota, rule, settles, silence, when
from tests.policy.people import HOURS, MONDAY, MORNING, ana, keys, reason

WFO, WFH, WFA, UNDECIDED = Arrangement.WFO, Arrangement.WFH, Arrangement.WFA, Arrangement.UNDECIDED
OFFICE = rule("office", settles(WFO))
HALF = circular("separuh", rule("half", quota("1/2")))
FLEXIBLE = circular("4/2025", rule("13", days_elsewhere()))
SHIFTS = Shifts(
    (
        Shift(name="1", arrive=(time(7, 0), time(7, 30)), leave=(time(15, 0), time(15, 30))),
        Shift(name="2", arrive=(time(10, 0), time(10, 30)), leave=(time(18, 0), time(18, 30))),
        Shift(name="3", arrive=(time(12, 30), time(12, 30)), leave=(time(20, 0), time(20, 0))),
    ),
    is_even=True,
)
TWO_SHIFTS = circular("65", rule("half", quota("1/2")), rule("shifts", SHIFTS))


def turn(place: Arrangement, **changes: object) -> Turn:
    said: dict[str, object] = {"rota": "J-1", "published_at": MORNING}
    return Turn(arrangement=place, **said | changes)  # type: ignore[arg-type]


def letter(place: Arrangement, **changes: object) -> Override:
    said: dict[str, object] = {
        "letter": "800/7",
        "by": "Boris, Kepala Bidang",
        "since": MONDAY,
        "until": None,
    }
    return Override(arrangement=place, **said | changes)  # type: ignore[arg-type]


def test_under_a_quota_the_rota_says_who_and_without_one_the_head_is_asked() -> None:
    waiting = decide(ana(circulars=(HALF,)))
    assert (waiting.arrangement, keys(waiting), waiting.ask) == (UNDECIDED, ["quota", "no_turn"], Ask.HEAD)
    verdict = decide(ana(circulars=(HALF,), turn=turn(WFH)))
    assert (verdict.arrangement, keys(verdict), verdict.ask) == (WFH, ["quota", "turn"], None)
    assert reason(verdict, "turn").params == {"rota": "J-1", "published_at": MORNING.isoformat()}


def test_a_swapped_turn_says_so() -> None:
    assert keys(decide(ana(circulars=(HALF,), turn=turn(WFO, is_swapped=True))))[-1] == "swapped"


def test_days_elsewhere_that_nobody_planned_are_in_the_office() -> None:
    verdict = decide(ana(circulars=(FLEXIBLE,)))
    assert (verdict.arrangement, keys(verdict)) == (WFO, ["office_by_default"])
    planned = decide(ana(circulars=(FLEXIBLE,), turn=turn(WFA)))
    assert (planned.arrangement, keys(planned)) == (WFA, ["quota", "turn"])


def test_a_gap_is_no_day_in_the_office_by_default() -> None:
    gap = silence("pengecualian", "13")
    assert decide(ana(circulars=(replace(FLEXIBLE, not_stated=(gap,)),))).arrangement is UNDECIDED


def test_the_rota_fills_a_gap_but_speaks_over_no_contradiction_and_no_missing_fact() -> None:
    gap = circular("satu", not_stated=(silence("oranye", when=when(zone="hijau")),))
    assert keys(decide(ana(circulars=(gap,), turn=turn(WFH)))) == ["not_stated", "turn"]
    clash = (circular("a", OFFICE), circular("b", rule("home", settles(WFH))))
    assert decide(ana(circulars=clash, turn=turn(WFH))).arrangement is UNDECIDED
    zoned = circular("a", replace(OFFICE, when=when(zone="merah")))
    assert decide(ana(circulars=(zoned,), region_facts={}, turn=turn(WFH))).arrangement is UNDECIDED


def test_a_rule_beats_the_rota_and_says_which() -> None:
    law = (circular("satu", OFFICE),)
    departs = decide(ana(circulars=law, turn=turn(WFH)))
    assert (departs.arrangement, keys(departs)) == (WFO, ["rule", "turn_departs"])
    assert reason(departs, "turn_departs").step is Step.ROTA
    assert keys(decide(ana(circulars=law, turn=turn(WFO)))) == ["rule", "turn"]


def test_what_is_only_for_others_is_not_had_by_a_turn_and_only_the_person_reads_why() -> None:
    only = rule("25", settles(WFA, Modality.HANYA_BAGI), unless=when(trait="hukuman disiplin"))
    law = replace(FLEXIBLE, rules=(*FLEXIBLE.rules, only))
    traits = {Trait.HUKUMAN_DISIPLIN.value: MONDAY}
    verdict = decide(ana(circulars=(law,), turn=turn(WFA), traits=traits))
    assert verdict.arrangement is WFO
    assert "turn_departs" in keys(visible_to(verdict, Audience.SELF))
    assert "turn_departs" not in keys(visible_to(verdict, Audience.HEAD))
    assert decide(ana(circulars=(law,), turn=turn(WFA))).arrangement is WFA


def test_a_shift_has_its_own_hours_from_the_latest_arrival_to_the_latest_departure() -> None:
    verdict = decide(ana(circulars=(TWO_SHIFTS,), turn=turn(WFO, shift="1")))
    assert (verdict.shift, keys(verdict)) == ("1", ["quota", "turn", "shift"])
    assert verdict.hours == Hours(time(7, 30), time(15, 30), time(12, 0), time(13, 0))
    cited = reason(verdict, "shift").citation
    assert cited is not None
    assert cited.paragraph == "shifts"


def test_a_shift_that_begins_in_the_break_has_none_and_nobody_at_home_has_a_shift() -> None:
    late = decide(ana(circulars=(TWO_SHIFTS,), turn=turn(WFO, shift="3")))
    assert late.hours == Hours(time(12, 30), time(20, 0))
    home = decide(ana(circulars=(TWO_SHIFTS,), turn=turn(WFH, shift="1")))
    assert (home.shift, home.hours) == (None, HOURS)


def test_a_shift_that_no_circular_knows_keeps_its_name_and_the_days_hours() -> None:
    verdict = decide(ana(circulars=(HALF,), turn=turn(WFO, shift="malam")))
    assert (verdict.shift, verdict.hours) == ("malam", HOURS)


def test_half_a_day_away_cuts_the_hours_of_the_shift() -> None:
    away = Absence(AbsenceKind.PERMISSION, since=MONDAY, until=MONDAY, part=Part.AFTERNOON)
    verdict = decide(ana(circulars=(TWO_SHIFTS,), turn=turn(WFO, shift="2"), absence=away))
    assert verdict.hours == Hours(time(10, 30), time(12, 0))


def test_a_letter_stands_over_the_circular_and_says_what_it_departs_from() -> None:
    verdict = decide(
        ana(circulars=(circular("satu", OFFICE),), override=letter(WFH, considerations=("jarak",)))
    )
    assert (verdict.arrangement, verdict.modality, verdict.ask) == (WFH, None, None)
    assert keys(verdict) == ["override_departs", "override", "considered"]
    assert reason(verdict, "override").params["by"] == "Boris, Kepala Bidang"
    assert "considered" not in keys(visible_to(verdict, Audience.HEALTH))


def test_a_letter_that_agrees_departs_from_nothing_and_one_that_ended_says_nothing() -> None:
    law = (circular("satu", OFFICE),)
    assert keys(decide(ana(circulars=law, override=letter(WFO)))) == ["rule", "override"]
    over = letter(WFH, since=MONDAY - timedelta(days=3), until=MONDAY - timedelta(days=1))
    assert keys(decide(ana(circulars=law, override=over))) == ["rule"]


@pytest.mark.parametrize("published", [None, turn(WFH)])
def test_a_letter_settles_what_rules_and_rota_leave_open(published: Turn | None) -> None:
    verdict = decide(ana(circulars=(HALF,), turn=published, override=letter(WFO)))
    assert (verdict.arrangement, verdict.ask) == (WFO, None)
    assert "no_turn" not in keys(verdict)


def test_a_letter_settles_a_contradiction_too() -> None:
    clash = (
        circular("a", replace(OFFICE, when=when(zone="hijau"))),
        circular("b", rule("home", settles(WFH), when=when(job_level="Pelaksana"))),
    )
    verdict = decide(ana(circulars=clash, override=letter(WFO)))
    assert (verdict.arrangement, verdict.ask) == (WFO, None)
    assert keys(verdict) == ["conflict", "rule", "override_departs", "override"]


def test_the_health_gate_stands_over_a_letter() -> None:
    gate = HealthGate(MONDAY, None, "unfit")
    verdict = decide(ana(circulars=(HALF,), override=letter(WFO), health_gate=gate))
    assert (verdict.arrangement, verdict.barred_from_office) == (UNDECIDED, True)
    assert keys(verdict)[-2:] == ["health_barred", "barred_from_office"]


def test_leave_comes_before_a_letter_and_a_turn() -> None:
    leave = Absence(AbsenceKind.ANNUAL_LEAVE, MONDAY, MONDAY)
    facts = ana(circulars=(HALF,), override=letter(WFO), turn=turn(WFO), absence=leave)
    assert keys(decide(facts)) == ["absence"]


def test_a_letter_for_home_departs_from_the_office_by_default() -> None:
    assert keys(decide(ana(circulars=(FLEXIBLE,), override=letter(WFH)))) == ["override_departs", "override"]
    assert keys(decide(ana(circulars=(FLEXIBLE,), override=letter(WFO)))) == ["office_by_default", "override"]


def test_who_is_settled_in_the_office_has_the_rotas_shift_and_without_a_rota_it_is_said_to_be_open() -> None:
    law = circular("65", OFFICE, rule("shifts", SHIFTS))
    planned = decide(ana(circulars=(law,), turn=turn(WFO, shift="2")))
    assert (planned.shift, planned.modality, keys(planned)) == (
        "2",
        Modality.WAJIB,
        ["rule", "turn", "shift"],
    )
    waiting = decide(ana(circulars=(law,)))
    assert (waiting.shift, keys(waiting)) == (None, ["rule", "no_shift"])
    cited = reason(waiting, "no_shift").citation
    assert cited is not None
    assert cited.paragraph == "shifts"
