"""An organisation from a file: every condition key is carried, and what is doubtful is refused with its path."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from policy.conditions import KEYS
from policy.loader import shipped
from policy.model import Circular, Facts
from policy.org import LoaderError, Org, load_org
from tests.policy.orgs import ANA, MONDAY, loaded, plain
from tests.policy.people import PLAIN, written

AS_OF = datetime(2020, 6, 14, 17, tzinfo=UTC)


def ana(org: Org, on: date = MONDAY, circulars: tuple[Circular, ...] = ()) -> Facts:
    return org.facts(on, AS_OF, circulars)[ANA]


def _person(**more: Any) -> dict[str, Any]:
    return plain() | {"people": [{"nip": ANA, "unit": "sek", **more}]}


def _unit_says(**facts: Any) -> dict[str, Any]:
    told = plain()
    told["units"][2]["facts"] = facts
    return told


def _region_says(**facts: Any) -> dict[str, Any]:
    told = plain()
    told["regions"][1]["facts"] = facts
    return told


def _with_unit(**more: Any) -> dict[str, Any]:
    told = plain()
    told["units"][2] |= more
    return told


def _with_agency(**more: Any) -> dict[str, Any]:
    told = plain()
    told["units"][0] |= more
    return told


SETS: dict[str, tuple[dict[str, Any], str]] = {
    "zone": (_region_says(zone="merah"), "merah"),
    "zone_since": (_region_says(zone=[{"value": "merah", "since": "2020-06-15"}]), "hari ini"),
    "ppkm_level": (_region_says(ppkm_level="4"), "4"),
    "psbb": (_region_says(psbb="ya"), "ya"),
    "island": (_region_says(island="Jawa-Bali"), "Jawa-Bali"),
    "jabodetabek": (_region_says(jabodetabek="ya"), "ya"),
    "status": (_region_says(status="PPKM Darurat"), "PPKM Darurat"),
    "region": (
        plain()
        | {"regions": [{"code": "18", "name": "X"}, {"code": "18.71", "name": "Metro", "parent": "18"}]},
        "Metro",
    ),
    "agency": (
        plain()
        | {
            "units": [
                {"code": "kab", "name": "Kab", "kind": "pemkab/pemkot", "region": "18.71"},
                {"code": "sek", "name": "Seksi", "kind": "seksi", "parent": "kab"},
            ]
        },
        "kab",
    ),
    "agency_kind": (_with_agency(kind="BUMD"), "BUMD"),
    "unit": (_with_unit(name="UPTD Laboratorium"), "UPTD Laboratorium"),
    "unit_kind": (_with_unit(kind="UPTD"), "UPTD"),
    "sector": (_unit_says(sector="kritikal"), "kritikal"),
    "function": (_unit_says(function="layanan"), "layanan"),
    "strategic": (_unit_says(strategic="ya"), "ya"),
    "urgent": (_unit_says(urgent=[{"value": "ya", "since": "2020-06-15"}]), "ya"),
    "cluster": (_unit_says(cluster="ya"), "ya"),
    "stage": (_unit_says(stage="tahap 2"), "tahap 2"),
    "employment": (_person(employment="non-ASN"), "non-ASN"),
    "job_level": (_person(job_level="Administrator"), "Administrator"),
    "age": (_person(born="1950-01-01"), "di atas 60"),
    "trait": (_person(traits=[{"trait": "hamil", "since": "2020-06-01"}]), "hamil"),
}
OF_THE_DAY = {"weekday", "date"}  # said by the day asked about, not by the file


@pytest.mark.parametrize("name", [name for name in KEYS if name not in OF_THE_DAY])
def test_every_condition_key_can_be_set_in_the_file(tmp_path: Path, name: str) -> None:
    told, value = SETS[name]
    before, after = (KEYS[name].read(ana(loaded(tmp_path, each))) for each in (plain(), told))
    assert before != after
    assert after == value or (after is not None and not isinstance(after, str) and value in after)


@pytest.mark.parametrize("name", sorted(OF_THE_DAY))
def test_the_keys_of_the_day_follow_the_day_asked_about(tmp_path: Path, name: str) -> None:
    org = loaded(tmp_path, plain())
    assert KEYS[name].read(ana(org)) != KEYS[name].read(ana(org, date(2020, 6, 16)))


def test_a_persons_own_function_and_strategic_post_win_over_the_units(tmp_path: Path) -> None:
    told = _unit_says(function="layanan", strategic="ya")
    told["people"][0] |= {"function": "lapangan", "strategic": "tidak"}
    facts = ana(loaded(tmp_path, told))
    assert KEYS["function"].read(facts) == "lapangan"
    assert KEYS["strategic"].read(facts) == "tidak"


def test_a_fact_holds_from_its_day_until_the_next_and_comes_from_the_nearest_above(tmp_path: Path) -> None:
    told = plain()
    told["regions"][0]["facts"] = {"zone": "hijau", "psbb": "ya"}
    told["regions"][1]["facts"] = {
        "zone": [{"value": "merah", "since": "2020-06-17"}, {"value": "kuning", "since": "2020-06-16"}]
    }
    org = loaded(tmp_path, told)
    zones = [ana(org, date(2020, 6, day)).region_facts["zone"].value for day in (15, 16, 17)]
    assert zones == ["hijau", "kuning", "merah"]
    assert ana(org).region_facts["psbb"].value == "ya"


def test_everything_with_dates_holds_only_on_its_days(tmp_path: Path) -> None:
    span = {"since": "2020-06-15", "until": "2020-06-15"}
    org = loaded(
        tmp_path,
        _person(
            traits=[{"trait": "hamil", **span}],
            absences=[{"kind": "sick_leave", "part": "morning", **span}],
            overrides=[{"arrangement": "WFO", "letter": "1/2020", "by": "Boris, Kepala", **span}],
            health_gates=[{**span, "code": "kmk328:besar"}],
        )
        | {"turns": [{"person": "19700615 199501 2 001", "on": "2020-06-15", "arrangement": "WFH"}]},
    )
    then, after = ana(org), ana(org, date(2020, 6, 16))
    assert (then.traits, after.traits) == ({"hamil": MONDAY}, {})
    dated = [(each.absence, each.turn, each.override, each.health_gate) for each in (then, after)]
    assert all(dated[0])
    assert not any(dated[1])


def test_the_tree_the_calendar_and_the_office_are_in_the_facts(tmp_path: Path) -> None:
    told = plain() | {"calendar": {"days": [{"on": "2020-06-15", "kind": "holiday", "name": "Hari Contoh"}]}}
    told["regions"][0]["timezone"] = "WIT"
    facts = ana(loaded(tmp_path, told))
    assert facts.unit_chain == ("sek", "din", "prov")
    assert facts.unit_names == ("Seksi", "Dinas Contoh", "Pemprov")
    assert facts.office_code == "din"
    assert (facts.day.is_working, facts.day.name) == (False, "Hari Contoh")
    assert facts.timezone == "Asia/Jayapura"


def test_a_circular_binds_everybody_unless_the_file_says_whom(tmp_path: Path) -> None:
    circulars = (shipped()["lampung-2020-06-04"], written(tmp_path, PLAIN))
    org = loaded(
        tmp_path,
        plain() | {"circulars": [{"circular": "045.2 1656/06/2020", "unit": "din", "since": "2020-06-16"}]},
    )
    by_day = [
        [circular.id for circular in ana(org, date(2020, 6, day), circulars).circulars] for day in (15, 16)
    ]
    assert by_day == [["contoh"], ["contoh", "lampung-2020-06-04"]]
    assert org.unbound(circulars) == []
    assert org.unbound(circulars[1:]) == ["045.2 1656/06/2020"]


def test_colleagues_share_their_facts_unless_a_circular_sees_a_difference(tmp_path: Path) -> None:
    older = "196006151985012001"
    told = plain() | {"people": [{"nip": ANA, "unit": "sek"}, {"nip": older, "unit": "sek"}]}
    org = loaded(tmp_path, told)
    blind = org.facts(MONDAY, AS_OF, (written(tmp_path, PLAIN),))
    assert blind[ANA] is blind[older]
    over_50 = written(tmp_path, PLAIN.replace("    then:", "    when: {age: di atas 50}\n    then:"))
    seeing = org.facts(MONDAY, AS_OF, (over_50,))
    ages = [KEYS["age"].read(seeing[each]) for each in (ANA, older)]
    assert ["di atas 50" in (age or ()) for age in ages] == [False, True]


def _wrong(**changes: Any) -> dict[str, Any]:
    return plain() | changes


WRONG: list[tuple[dict[str, Any], str, str]] = [
    (_wrong(extra=1), "$.extra", "not a key"),
    (_person(unit="nowhere"), "$.people[0].unit", "No unit has the code nowhere"),
    (_person(nip="197006151995012"), "$.people[0].nip", "18 digits; this has 15"),
    (_person(nip=197006151995012001), "$.people[0].nip", "text in quotes"),
    (_person(nip="197013151995012001"), "$.people[0].nip", "date of birth"),
    (_wrong(people=[{"unit": "sek"}]), "$.people[0]", "needs a `nip`, or an `id`"),
    (
        _wrong(people=[{"nip": ANA, "unit": "sek", "id": "b"}, {"id": "b", "unit": "sek"}]),
        "$.people[0].id",
        "Somebody",
    ),
    (_wrong(people=[{"nip": ANA, "unit": "sek"}] * 2), "$.people[1]", "stands twice"),
    (_person(born="1970-02-30"), "$.people[0].born", "not a date that exists"),
    (_person(employment="honorer"), "$.people[0].employment", "not one of PNS"),
    (_person(traits=[{"trait": "kaya", "since": "2020-01-01"}]), "$.people[0].traits[0].trait", "not one of"),
    (
        _person(absences=[{"kind": "study", "since": "2020-06-02", "until": "2020-06-01"}]),
        "$.people[0].absences[0].until",
        "is before",
    ),
    (_region_says(zone="ungu"), "$.regions[1].facts.zone", "not one of hijau"),
    (_region_says(zone=[]), "$.regions[1].facts.zone", "empty"),
    (_region_says(zone=[{"value": "hijau"}]), "$.regions[1].facts.zone[0]", "`since` is missing"),
    (
        _region_says(zone=[{"value": zone, "since": "2020-06-01"} for zone in ("hijau", "merah")]),
        "$.regions[1].facts.zone[1].since",
        "Two values begin",
    ),
    (_with_unit(parent="sek"), "$.units[2].parent", "sek → sek"),
    (_with_unit(parent="gone"), "$.units[2].parent", "None of the units has the code gone"),
    (_with_unit(code="din"), "$.units[2].code", "Another unit"),
    (_with_unit(region="99"), "$.units[2].region", "No region has the code 99"),
    (_with_agency(kind="toko"), "$.units[0].kind", "not a sort of agency"),
    (_wrong(calendar="mars"), "$.calendar", "not a calendar shipped with Piket"),
    (_wrong(calendar="../calendars/default"), "$.calendar", "not a calendar shipped with Piket"),
    (_wrong(circulars=[{"circular": "1/2020", "unit": "99"}]), "$.circulars[0].unit", "No unit"),
    (
        _wrong(turns=[{"person": "x", "on": "2020-06-15", "arrangement": "WFO"}]),
        "$.turns[0].person",
        "Nobody",
    ),
    (_wrong(rotas=[{"unit": "99"}]), "$.rotas[0].unit", "No unit"),
    (_wrong(rotas=[{"unit": "sek"}] * 2), "$.rotas[1].unit", "twice"),
    (_wrong(rotas=[{"unit": "sek", "needed": ["x"]}]), "$.rotas[0].needed[0]", "Nobody"),
    (_wrong(rotas=[{"unit": "sek", "target": -1}]), "$.rotas[0].target", "less than 0"),
    (_wrong(ledger={"people": [], "cycle": "2020-06-02"}), "$.ledger.cycle", "not a Monday"),
    (
        _wrong(turns=[{"person": ANA, "on": "2020-06-15", "arrangement": place} for place in ("WFO", "WFH")]),
        "$.turns[1]",
        "two turns",
    ),
]


@pytest.mark.parametrize(("told", "path", "says"), WRONG, ids=[path + " " + says for _, path, says in WRONG])
def test_what_is_wrong_is_said_with_its_path(
    tmp_path: Path, told: dict[str, Any], path: str, says: str
) -> None:
    with pytest.raises(LoaderError) as caught:
        loaded(tmp_path, told)
    assert caught.value.sentence.startswith(f"{path}: ")
    assert says in caught.value.sentence


def test_a_loop_among_three_regions_is_named(tmp_path: Path) -> None:
    told = plain()
    told["regions"][0]["parent"] = "18.71"
    with pytest.raises(LoaderError, match=r"18 → 18\.71 → 18"):
        loaded(tmp_path, told)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('{\n "regions": [],\n "regions": []\n}', 3, "`regions` stands twice"),
        ('{"regions": [\n  {"code": "1",\n   "name": 7}]}', 3, "text in quotes"),
        ('{"regions":\n oops}', 2, "This is not JSON"),
        ('{"regions": NaN}', 1, "NaN is not a number of JSON"),
        ("[]", 1, "must be an object"),
        ("", 1, "This is not JSON"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    file = tmp_path / "ORG.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LoaderError) as caught:
        load_org(file)
    assert caught.value.line == line
    assert says in caught.value.sentence


def test_a_number_of_a_pppk_passes_and_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    org = loaded(tmp_path, _person(nip="198507152023211003"))
    assert "198507152023211003" in org.people
    with pytest.raises(LoaderError, match="cannot be read"):
        load_org(tmp_path / "none.json")


def test_how_units_plan_their_rotas_and_what_went_before_is_read(tmp_path: Path) -> None:
    own = {"person": ANA, "office": ["Senin"], "home": ["Jumat"], "wishes": ["2020-06-17"]}
    service = {"name": "loket", "people": [ANA], "count": 1}
    told = plain() | {
        "seed": "benih",
        "rotas": [{"unit": "sek", "target": 2, "services": [service], "needed": [ANA], "days": [own]}],
        "ledger": {"cycle": "2020-06-01", "people": [{"person": ANA, "days": 3000, "debt": -500}]},
    }
    org = loaded(tmp_path, told)
    rota = org.rotas["sek"]
    assert (org.seed, rota.target, rota.needed, rota.elsewhere) == ("benih", 2, {ANA}, "WFH")
    assert (rota.fixed[ANA], rota.fixed_home[ANA], rota.wishes[ANA]) == ({0}, {4}, {date(2020, 6, 17)})
    assert (rota.services[0].people, rota.services[0].count) == ({ANA}, 1)
    tally = org.ledger.tallies[ANA]
    assert (org.ledger.cycle, tally.days, tally.debt) == (date(2020, 6, 1), 3000, -500)


def test_who_has_a_nip_and_an_id_may_be_named_by_either(tmp_path: Path) -> None:
    turns = [
        {"person": name, "on": f"2020-06-{day}", "arrangement": "WFH"}
        for name, day in (("a-1", 15), (ANA, 16))
    ]
    org = loaded(tmp_path, _person(id="a-1") | {"turns": turns})
    assert [each.turn is not None for each in (ana(org), ana(org, date(2020, 6, 16)))] == [True, True]


def test_a_born_that_is_not_the_nips_is_used_and_looked_at_again(tmp_path: Path) -> None:
    org = loaded(tmp_path, _person(born="1950-01-01"))
    assert ana(org).born == date(1950, 1, 1)
    assert [*org.doubts()] == [f"{ANA}: born on 1950-01-01, but the NIP says 1970-06-15."]
