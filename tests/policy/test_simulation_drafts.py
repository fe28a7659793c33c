"""A draft against today: who flips, which limits are not kept, who is covered by nothing, what contradicts what."""

from datetime import date
from pathlib import Path

from policy.model import Audience, Circular
from policy.org.people import Org
from policy.simulation.comparing import Comparison, with_draft
from policy.simulation.days import simulate
from policy.simulation.lines import Line, Lines
from tests.policy.orgs import ANA, FRIDAY, MONDAY, circular, lines, loaded, nips, plain, quota, rule, staffed

OFFICE = rule("office", "{arrangement: WFO, modality: wajib}")
HOME = rule("home", "{arrangement: WFH, modality: wajib}", paragraph="3")


def compared(
    org: Org,
    circulars: tuple[Circular, ...],
    draft: Circular,
    *,
    last: date = MONDAY,
    audience: Audience = Audience.HEAD,
) -> dict[str, list[Line]]:
    before, after = with_draft(circulars, draft)
    comparison = Comparison(Lines(audience), audience)
    found: dict[str, list[Line]] = {kind: [] for kind in ("flip", "shift", "breach", "uncovered", "conflict")}
    runs = (simulate(org, each, first=MONDAY, last=last) for each in (before, after))
    for today, then in zip(*runs, strict=True):
        for line in comparison.day(today, then):
            found[line["kind"]].append(line)
    for line in comparison.conflicts():
        found["conflict"].append(line)
    return found


def test_a_draft_with_the_same_number_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    old = circular(tmp_path, OFFICE, number="1/SE/2020")
    new = circular(tmp_path / "new", HOME, number="1 SE 2020")
    assert with_draft((old,), new) == ((old,), (new,))
    assert with_draft((old, new), new) == ((old,), (new,))


def test_who_flips_is_named_with_from_to_and_why(tmp_path: Path) -> None:
    old, new = circular(tmp_path, OFFICE), circular(tmp_path / "new", HOME)
    (flip,) = compared(loaded(tmp_path, plain()), (old,), new)["flip"]
    assert flip == {
        "kind": "flip",
        "date": "2020-06-15",
        "nip": ANA,
        "unit": "sek",
        "from": "WFO",
        "to": "WFH",
        "because": [{"circular": "1/2020", "paragraph": "3", "rule": "home"}],
        "because_before": [{"circular": "1/2020", "paragraph": "1", "rule": "office"}],
    }


def test_a_draft_that_says_the_same_changes_nothing(tmp_path: Path) -> None:
    half = circular(tmp_path, rule("half", quota('"50 %"')))
    again = circular(tmp_path / "new", rule("half", quota('"50 %"')))
    found = compared(loaded(tmp_path, staffed(10)), (half,), again, last=FRIDAY)
    assert {kind: len(each) for kind, each in found.items()} == dict.fromkeys(found, 0)


def test_published_turns_stay_and_break_the_drafts_lower_cap(tmp_path: Path) -> None:
    turns = [
        {"person": nip, "on": "2020-06-15", "arrangement": "WFO" if index < 5 else "WFH"}
        for index, nip in enumerate(nips(10))
    ]
    org = loaded(tmp_path, staffed(10, turns=turns))
    half = circular(tmp_path, rule("half", quota('"50 %"')))
    fifth = circular(tmp_path / "new", rule("fifth", quota('"1/5"')))
    found = compared(org, (half,), fifth)
    assert found["flip"] == []
    (breach,) = [line for line in found["breach"] if line["what"] == "cap"]
    assert (breach["unit"], breach["cap"], breach["wfo"], breach["already"]) == ("sek", 2, 5, False)


def test_a_floor_above_a_cap_is_said_with_both_paragraphs(tmp_path: Path) -> None:
    cap = circular(tmp_path, rule("cap", quota('"1/5"')))
    floor = circular(
        tmp_path / "new", rule("floor", quota('"50 %"', limit="at_least"), paragraph="7"), number="2/2020"
    )
    found = compared(loaded(tmp_path, staffed(10)), (cap,), floor)
    assert "floor_above_cap" in {line["what"] for line in found["breach"]}
    (conflict,) = found["conflict"]
    assert [each["paragraph"] for each in conflict["paragraphs"]] == ["1", "7"]
    assert (conflict["wins"], conflict["already"], conflict["people"]) == (None, False, 10)


def test_who_is_covered_by_no_rule_any_more_is_named(tmp_path: Path) -> None:
    only_green = rule("office", "{arrangement: WFO, modality: wajib}", more="when: {zone: hijau}")
    told = plain()
    told["regions"][1]["facts"] = {"zone": "merah"}
    org = loaded(tmp_path, told)
    old, new = circular(tmp_path, OFFICE), circular(tmp_path / "new", only_green)
    (line,) = compared(org, (old,), new)["uncovered"]
    assert (line["nip"], line["reason"], line["already"]) == (ANA, "no_rule", False)
    (line,) = compared(org, (new,), circular(tmp_path / "b", only_green))["uncovered"]
    assert line["already"] is True


def test_what_a_higher_issuer_outranks_is_a_conflict_that_names_who_wins(tmp_path: Path) -> None:
    local = circular(tmp_path, OFFICE)
    national = circular(tmp_path / "new", HOME, number="9/2020", rank="Menteri", signed="2020-05-01")
    (conflict,) = compared(loaded(tmp_path, plain()), (local,), national)["conflict"]
    assert [each["circular"] for each in conflict["paragraphs"]] == ["9/2020", "1/2020"]
    assert (conflict["wins"]["paragraph"], conflict["because"], conflict["people"]) == ("3", "rank", 1)


def test_what_no_order_decides_is_a_conflict_that_nobody_wins(tmp_path: Path) -> None:
    one, other = circular(tmp_path, OFFICE), circular(tmp_path / "new", HOME, number="2/2020")
    found = compared(loaded(tmp_path, plain()), (one,), other)
    (conflict,) = found["conflict"]
    assert {each["paragraph"] for each in conflict["paragraphs"]} == {"1", "3"}
    assert conflict["wins"] is None
    assert [(line["from"], line["to"]) for line in found["flip"]] == [("WFO", "undecided")]


def test_a_draft_about_private_traits_shows_the_head_who_flips_but_not_why(tmp_path: Path) -> None:
    told = plain()
    told["people"][0]["traits"] = [{"trait": "hamil", "since": "2020-06-01"}]
    mother = rule(
        "mother",
        "{arrangement: WFH, modality: wajib}",
        paragraph="2",
        more="when: {trait: hamil}\nexcepts: office",
    )
    org = loaded(tmp_path, told)
    old, new = circular(tmp_path, OFFICE), circular(tmp_path / "new", OFFICE, mother)
    (flip,) = compared(org, (old,), new)["flip"]
    assert (flip["to"], flip["because"]) == ("WFH", [{"key": "private"}])
    (flip,) = compared(org, (old,), new, audience=Audience.SELF)["flip"]
    assert flip["because"][0]["rule"] == "mother"


def test_a_draft_that_amends_a_paragraph_replaces_it(tmp_path: Path) -> None:
    old = circular(tmp_path, OFFICE)
    amending = circular(
        tmp_path / "new",
        rule("change", '{amends: "1/2020", paragraphs: ["1"]}'),
        rule("home", "{arrangement: WFH, modality: wajib}", paragraph="2"),
        number="2/2020",
        signed="2020-06-10",
    )
    found = compared(loaded(tmp_path, plain()), (old,), amending)
    assert [(line["from"], line["to"]) for line in found["flip"]] == [("WFO", "WFH")]
    (conflict,) = found["conflict"]
    assert (conflict["because"], conflict["wins"]["circular"]) == ("replaced", "2/2020")


SHIFTS = """{shifts: [{name: "1", arrive: "07.00", leave: "12.00"}, {name: "2", arrive: "13.00", leave: "18.00"}],
           division: not stated}"""


def test_a_floor_at_one_time_is_measured_in_the_emptiest_shift_of_a_published_rota(tmp_path: Path) -> None:
    turns = [{"person": nip, "on": "2020-06-15", "arrangement": "WFO", "shift": "1"} for nip in nips(12)]
    org = loaded(tmp_path, staffed(12, turns=turns))
    both = quota('"100 %"').replace("counted: sehari", 'at_least: "50 %", counted: satu waktu')
    law = circular(tmp_path, rule("both", both), rule("two", SHIFTS))
    breach = next(line for line in compared(org, (law,), law)["breach"] if "wfo" in line)
    assert (breach["what"], breach["floor"], breach["wfo"], breach["wfo_least"]) == ("floor", 6, 12, 0)


def test_a_published_week_with_too_many_days_elsewhere_is_a_breach_of_that_person(tmp_path: Path) -> None:
    first, *_ = nips(1)
    week = [f"2020-06-{day}" for day in range(15, 20)]
    told = staffed(1, turns=[{"person": first, "on": on, "arrangement": "WFH"} for on in week])
    three = quota('"3 hari"', per="pegawai", of="WFH").replace("sehari", "hari sepekan")
    law, org = circular(tmp_path, rule("three", three)), loaded(tmp_path, told)
    found = compared(org, (law,), law, last=FRIDAY)["breach"]
    assert [(line["date"], line["what"], line["nip"]) for line in found] == [
        (on, "days", first) for on in week[3:]
    ]
    assert found[0]["numbers"] == {"most": 3, "elsewhere": 4}
    (rota,) = lines(org, law)["rota"]
    assert [each["problem"] for each in rota["problems"]] == ["week_exceeded"] * 2
    kept = loaded(tmp_path, told | {"turns": told["turns"][:3]})
    assert compared(kept, (law,), law, last=FRIDAY)["breach"] == []
