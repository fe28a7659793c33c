"""An organisation under its circulars: verdicts with what decides them, counts of units, proposed rotas."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policy.loader import shipped
from policy.model import Audience, Circular
from policy.org.people import Org
from tests.policy.orgs import ANA, MONDAY, circular, lines, loaded, only, plain, quota, rule, staffed

SATURDAY = date(2020, 6, 20)
WFO_FOR_ALL = rule("office", "{arrangement: WFO, modality: wajib}")
PREGNANT_HOME = rule(
    "mother",
    "{arrangement: WFH, modality: wajib}",
    paragraph="2",
    more="when: {trait: hamil}\nexcepts: office",
)


def test_a_verdict_cites_what_decides_and_names_what_is_not_stated(tmp_path: Path) -> None:
    told = plain()
    told["regions"][1]["facts"] = {"zone": "merah"}
    line = only(lines(loaded(tmp_path, told), shipped()["lampung-2020-06-04"])["verdict"])
    assert list(line)[:9] == [
        *("kind", "date", "nip", "unit", "arrangement", "shift", "modality", "because", "not_stated")
    ]
    assert (line["nip"], line["unit"], line["arrangement"]) == (ANA, "sek", "WFH")
    assert (line["date"], line["shift"], line["modality"]) == ("2020-06-15", None, "wajib")
    assert line["because"][0] == {
        "circular": "045.2/1656/06/2020",
        "paragraph": "1 (b)",
        "rule": "yellow-and-red-zone-home",
    }
    assert "zone-of-what" in line["not_stated"]


def test_a_day_that_is_not_worked_and_a_day_of_leave_are_off_by_a_key(tmp_path: Path) -> None:
    told = plain()
    told["people"][0]["absences"] = [{"kind": "annual_leave", "since": "2020-06-16"}]
    org, office = loaded(tmp_path, told), circular(tmp_path, WFO_FOR_ALL)
    weekend, leave = (only(lines(org, office, on=on)["verdict"]) for on in (SATURDAY, MONDAY + timedelta(1)))
    assert (weekend["arrangement"], weekend["because"]) == ("off", [{"key": "weekend"}])
    assert (leave["arrangement"], leave["because"][0]["key"]) == ("off", "absence")
    assert leave["because"][0]["kind"] == "annual_leave"


def test_a_unit_without_a_quota_has_a_line_without_limits(tmp_path: Path) -> None:
    line = only(lines(loaded(tmp_path, staffed(3)), circular(tmp_path, WFO_FOR_ALL))["unit"])
    assert list(line)[:7] == ["kind", "date", "unit", "base", "cap", "floor", "wfo"]
    assert (line["unit"], line["base"], line["cap"], line["floor"], line["wfo"]) == ("sek", 3, None, None, 3)


def _private(tmp_path: Path) -> tuple[Org, Circular]:
    told = plain()
    told["people"][0] |= {"traits": [{"trait": "hamil", "since": "2020-06-01"}]}
    silence = (
        "{id: how-long, about: berapa lama, rules: [mother], answer: reading, reading: terus, ask: head}"
    )
    return loaded(tmp_path, told), circular(
        tmp_path, WFO_FOR_ALL, PREGNANT_HOME, rest=f"not_stated: [{silence}]"
    )


@pytest.mark.parametrize("audience", [Audience.SELF, Audience.HEALTH])
def test_a_private_ground_is_cited_to_whom_it_belongs(tmp_path: Path, audience: Audience) -> None:
    org, home = _private(tmp_path)
    line = only(lines(org, home, audience=audience)["verdict"])
    assert (line["arrangement"], line["because"][0]["rule"]) == ("WFH", "mother")
    assert line["not_stated"] == ["how-long"]


def test_a_private_ground_reads_private_to_the_head(tmp_path: Path) -> None:
    org, home = _private(tmp_path)
    line = only(lines(org, home)["verdict"])
    assert (line["arrangement"], line["because"]) == ("WFH", [{"key": "private"}])
    assert line["not_stated"] == []
    assert "mother" not in str(line)
    assert "hamil" not in str(line)


def test_sick_leave_and_the_health_gate_say_to_the_head_only_that_somebody_is_kept_away(
    tmp_path: Path,
) -> None:
    told: dict[str, Any] = staffed(2)
    told["people"][0]["absences"] = [{"kind": "sick_leave", "since": "2020-06-15"}]
    told["people"][1]["health_gates"] = [{"since": "2020-06-15", "code": "kmk328:besar"}]
    org, office = loaded(tmp_path, told), circular(tmp_path, WFO_FOR_ALL)
    sick, barred = lines(org, office)["verdict"]
    assert (sick["because"][0]["key"], barred["because"][0]["key"]) == ("absent", "barred_from_office")
    assert "sick" not in str(sick)
    assert "kmk328" not in str(barred)
    known = lines(org, office, audience=Audience.HEALTH)["verdict"][1]
    assert known["because"][0]["circular"]


def test_a_heads_letter_decides_over_the_circular(tmp_path: Path) -> None:
    told = plain()
    letter = {"arrangement": "WFH", "letter": "800/7/2020", "by": "Boris, Kepala", "since": "2020-06-15"}
    told["people"][0]["overrides"] = [letter]
    line = only(lines(loaded(tmp_path, told), circular(tmp_path, WFO_FOR_ALL))["verdict"])
    assert (line["arrangement"], line["because"][0]["key"]) == ("WFH", "override")
    assert line["because"][0]["letter"] == "800/7/2020"


def test_who_is_covered_by_nothing_is_undecided_and_told_whom_to_ask(tmp_path: Path) -> None:
    far = circular(
        tmp_path, rule("office", "{arrangement: WFO, modality: wajib}", more="when: {zone: hijau}")
    )
    told = plain()
    told["regions"][0]["facts"] = {"zone": "merah"}
    line = only(lines(loaded(tmp_path, told), far)["verdict"])
    assert (line["arrangement"], line["ask"] is not None) == ("undecided", True)
    assert "no_rule" in {each.get("key") for each in line["because"]}


def test_a_quota_whose_time_is_not_stated_holds_together_with_one_a_day(tmp_path: Path) -> None:
    silence = "{id: time, about: waktu, rules: [half], answer: reading, reading: sehari, ask: head}"
    open_time = quota('"50 %"').replace("sehari", "not stated")
    found = lines(
        loaded(tmp_path, staffed(10)),
        circular(tmp_path, rule("half", open_time), rest=f"not_stated: [{silence}]"),
        circular(tmp_path, rule("quarter", quota('"25 %"')), number="2/2020"),
    )
    line = only(found["unit"])
    assert (line["cap"], line["counted"]) == (2, "sehari")
