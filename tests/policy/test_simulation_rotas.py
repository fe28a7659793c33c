"""Where a quota leaves the day to a rota and none is published, one is proposed."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from policy.model import Arrangement
from tests.policy.orgs import (
    FRIDAY,
    MONDAY,
    circular,
    days,
    lines,
    loaded,
    nips,
    only,
    quota,
    rule,
    staffed,
)


def test_a_quota_without_a_published_rota_is_filled_by_a_proposed_one_and_never_exceeded(
    tmp_path: Path,
) -> None:
    org, quarter = loaded(tmp_path, staffed(20)), circular(tmp_path, rule("quarter", quota('"25 %"')))
    turns: Counter[str] = Counter()
    for day in days(org, quarter, last=MONDAY + timedelta(27)):
        if day.on.weekday() < 5:
            (count,) = day.counts
            assert (count.base, count.cap, count.floor, count.wfo) == (20, 5, None, 5)
        turns.update(who for who, each in day.verdicts.items() if each.arrangement is Arrangement.WFO)
    assert len(turns) == 20
    assert max(turns.values()) - min(turns.values()) <= 1


def test_a_turn_is_decided_by_the_quota_then_by_the_turn(tmp_path: Path) -> None:
    org = loaded(tmp_path, staffed(4))
    found = lines(org, circular(tmp_path, rule("half", quota('"50 %"'))))
    for line in found["verdict"]:
        assert line["because"][0] == {"circular": "1/2020", "paragraph": "1", "rule": "half"}
        assert line["because"][1]["key"] == "turn"
    assert Counter(line["arrangement"] for line in found["verdict"]) == {"WFO": 2, "WFH": 2}
    rota = only(found["rota"])
    assert (rota["unit"], rota["published"], rota["seed"]) == ("sek", False, "piket")


def test_a_published_turn_is_kept_and_the_others_are_planned_around_it(tmp_path: Path) -> None:
    first, *_ = nips(4)
    half = circular(tmp_path, rule("half", quota('"50 %"')))
    for place in ("WFO", "WFH"):
        told = staffed(4, turns=[{"person": first, "on": "2020-06-15", "arrangement": place}])
        (day,) = days(loaded(tmp_path, told), half)
        assert day.verdicts[first].arrangement == place
        assert first not in day.proposed
        assert day.counts[0].wfo == 2


def test_the_same_seed_gives_the_same_rota_and_another_one_another(tmp_path: Path) -> None:
    half = circular(tmp_path, rule("half", quota('"50 %"')))
    runs = [
        [day.verdicts for day in days(loaded(tmp_path, staffed(12, seed=seed)), half, last=FRIDAY)]
        for seed in ("a", "a", "b")
    ]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_the_rota_of_a_day_does_not_depend_on_the_first_day_asked_about(tmp_path: Path) -> None:
    org, half = loaded(tmp_path, staffed(9)), circular(tmp_path, rule("half", quota('"50 %"')))
    week = {day.on: day.verdicts for day in days(org, half, last=FRIDAY)}
    (friday,) = days(org, half, first=FRIDAY, last=FRIDAY)
    assert friday.verdicts == week[FRIDAY]


def test_a_quota_for_a_whole_office_has_one_line_for_all_its_sections(tmp_path: Path) -> None:
    told = staffed(6)
    told["units"].append({"code": "sek2", "name": "Seksi 2", "kind": "seksi", "parent": "din"})
    for person in told["people"][:3]:
        person["unit"] = "sek2"
    found = lines(
        loaded(tmp_path, told), circular(tmp_path, rule("half", quota('"50 %"', per="perangkat daerah")))
    )
    by_unit = {line["unit"]: line for line in found["unit"]}
    assert (by_unit["din"]["base"], by_unit["din"]["cap"], by_unit["din"]["wfo"]) == (6, 3, 3)
    assert by_unit["sek"]["cap"] is None


def test_people_outside_the_base_come_on_top_of_it(tmp_path: Path) -> None:
    told = staffed(6)
    told["people"][0]["job_level"] = "Administrator"
    outside = quota('"1/5"').replace(", modality", ", outside: {job_level: Administrator}, modality")
    line = only(lines(loaded(tmp_path, told), circular(tmp_path, rule("fifth", outside)))["unit"])
    assert (line["base"], line["cap"], line["wfo"], line["people"]) == (5, 1, 1, 6)


def test_two_quotas_over_the_same_people_hold_together_in_one_line(tmp_path: Path) -> None:
    org = loaded(tmp_path, staffed(10))
    found = lines(
        org,
        circular(tmp_path, rule("half", quota('"50 %"'))),
        circular(tmp_path, rule("quarter", quota('"25 %"')), number="2/2020"),
    )
    line = only(found["unit"])
    assert (line["cap"], line["wfo"]) == (2, 2)
    assert [each["rule"] for each in line["quotas"]] == ["half", "quarter"]


def test_who_is_in_by_a_rule_has_a_shift_from_the_rota_too(tmp_path: Path) -> None:
    told = staffed(5)
    told["people"][0]["job_level"] = "Administrator"
    office = rule(
        "office",
        "{arrangement: WFO, modality: wajib}",
        more="when: {job_level: Administrator}\nexcepts: half",
    )
    shifts = """{shifts: [{name: "1", arrive: "07.00", leave: "12.00"}, {name: "2", arrive: "13.00", leave: "18.00"}],
           division: even}"""
    law = circular(tmp_path, rule("half", quota('"50 %"')), office, rule("two", shifts, paragraph="2"))
    first = lines(loaded(tmp_path, told), law)["verdict"][0]
    assert (first["arrangement"], first["modality"], first["because"][0]["rule"]) == (
        "WFO",
        "wajib",
        "office",
    )
    assert first["shift"] in ("1", "2")
    assert "two" in [each.get("rule") for each in first["reasons"] if each["key"] == "shift"]
