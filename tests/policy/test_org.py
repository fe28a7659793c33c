"""An organisation from a file: every condition key is carried, and what has dates holds on its days."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from policy.conditions import KEYS
from policy.loader import shipped
from policy.model import Circular, Facts
from policy.org.people import LoaderError, Org, load_org
from tests.policy.orgs import (
    ANA,
    MONDAY,
    loaded,
    person,
    plain,
    region_says,
    unit_says,
    with_agency,
    with_unit,
)
from tests.policy.people import PLAIN, written

AS_OF = datetime(2020, 6, 14, 17, tzinfo=UTC)


def ana(org: Org, on: date = MONDAY, circulars: tuple[Circular, ...] = ()) -> Facts:
    return org.facts(on, AS_OF, circulars)[ANA]


SETS: dict[str, tuple[dict[str, Any], str]] = {
    "zone": (region_says(zone="merah"), "merah"),
    "zone_since": (region_says(zone=[{"value": "merah", "since": "2020-06-15"}]), "hari ini"),
    "ppkm_level": (region_says(ppkm_level="4"), "4"),
    "psbb": (region_says(psbb="ya"), "ya"),
    "island": (region_says(island="Jawa-Bali"), "Jawa-Bali"),
    "jabodetabek": (region_says(jabodetabek="ya"), "ya"),
    "status": (region_says(status="PPKM Darurat"), "PPKM Darurat"),
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
    "agency_kind": (with_agency(kind="BUMD"), "BUMD"),
    "unit": (with_unit(name="UPTD Laboratorium"), "UPTD Laboratorium"),
    "unit_kind": (with_unit(kind="UPTD"), "UPTD"),
    "sector": (unit_says(sector="kritikal"), "kritikal"),
    "function": (unit_says(function="layanan"), "layanan"),
    "strategic": (unit_says(strategic="ya"), "ya"),
    "urgent": (unit_says(urgent=[{"value": "ya", "since": "2020-06-15"}]), "ya"),
    "cluster": (unit_says(cluster="ya"), "ya"),
    "stage": (unit_says(stage="tahap 2"), "tahap 2"),
    "employment": (person(employment="non-ASN"), "non-ASN"),
    "job_level": (person(job_level="Administrator"), "Administrator"),
    "age": (person(born="1950-01-01"), "di atas 60"),
    "leads": (person(leads=True), "ya"),
    "trait": (person(traits=[{"trait": "hamil", "since": "2020-06-01"}]), "hamil"),
}
OF_THE_DAY = {"weekday", "week_of_month", "date"}  # said by the day asked about, not by the file


@pytest.mark.parametrize("name", [name for name in KEYS if name not in OF_THE_DAY])
def test_every_condition_key_can_be_set_in_the_file(tmp_path: Path, name: str) -> None:
    told, value = SETS[name]
    before, after = (KEYS[name].read(ana(loaded(tmp_path, each))) for each in (plain(), told))
    assert before != after
    assert after == value or (after is not None and not isinstance(after, str) and value in after)


@pytest.mark.parametrize("name", sorted(OF_THE_DAY))
def test_the_keys_of_the_day_follow_the_day_asked_about(tmp_path: Path, name: str) -> None:
    org = loaded(tmp_path, plain())
    assert KEYS[name].read(ana(org)) != KEYS[name].read(ana(org, date(2020, 6, 23)))


def test_a_persons_own_function_and_strategic_post_win_over_the_units(tmp_path: Path) -> None:
    told = unit_says(function="layanan", strategic="ya")
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
        person(
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


def test_a_number_of_a_pppk_passes_and_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    org = loaded(tmp_path, person(nip="198507152023211003"))
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
    org = loaded(tmp_path, person(id="a-1") | {"turns": turns})
    assert [each.turn is not None for each in (ana(org), ana(org, date(2020, 6, 16)))] == [True, True]


def test_a_born_that_is_not_the_nips_is_used_and_looked_at_again(tmp_path: Path) -> None:
    org = loaded(tmp_path, person(born="1950-01-01"))
    assert ana(org).born == date(1950, 1, 1)
    assert [*org.doubts()] == [f"{ANA}: born on 1950-01-01, but the NIP says 1970-06-15."]
