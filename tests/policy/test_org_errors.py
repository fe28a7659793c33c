"""What is wrong in an organisation's file is refused with its path or its line."""

from pathlib import Path
from typing import Any

import pytest

from policy.org.people import LoaderError, load_org
from tests.policy.orgs import ANA, loaded, person, plain, region_says, with_agency, with_unit


def _wrong(**changes: Any) -> dict[str, Any]:
    return plain() | changes


WRONG: list[tuple[dict[str, Any], str, str]] = [
    (_wrong(extra=1), "$.extra", "not a key"),
    (person(unit="nowhere"), "$.people[0].unit", "No unit has the code nowhere"),
    (person(nip="197006151995012"), "$.people[0].nip", "18 digits; this has 15"),
    (person(nip=197006151995012001), "$.people[0].nip", "text in quotes"),
    (person(nip="197013151995012001"), "$.people[0].nip", "date of birth"),
    (_wrong(people=[{"unit": "sek"}]), "$.people[0]", "needs a `nip`, or an `id`"),
    (
        _wrong(people=[{"nip": ANA, "unit": "sek", "id": "b"}, {"id": "b", "unit": "sek"}]),
        "$.people[0].id",
        "Somebody",
    ),
    (_wrong(people=[{"nip": ANA, "unit": "sek"}] * 2), "$.people[1]", "stands twice"),
    (person(born="1970-02-30"), "$.people[0].born", "not a date that exists"),
    (person(employment="honorer"), "$.people[0].employment", "not one of PNS"),
    (person(traits=[{"trait": "kaya", "since": "2020-01-01"}]), "$.people[0].traits[0].trait", "not one of"),
    (
        person(absences=[{"kind": "study", "since": "2020-06-02", "until": "2020-06-01"}]),
        "$.people[0].absences[0].until",
        "is before",
    ),
    (region_says(zone="ungu"), "$.regions[1].facts.zone", "not one of hijau"),
    (region_says(zone=[]), "$.regions[1].facts.zone", "empty"),
    (region_says(zone=[{"value": "hijau"}]), "$.regions[1].facts.zone[0]", "`since` is missing"),
    (
        region_says(zone=[{"value": zone, "since": "2020-06-01"} for zone in ("hijau", "merah")]),
        "$.regions[1].facts.zone[1].since",
        "Two values begin",
    ),
    (with_unit(parent="sek"), "$.units[2].parent", "sek → sek"),
    (with_unit(parent="gone"), "$.units[2].parent", "None of the units has the code gone"),
    (with_unit(code="din"), "$.units[2].code", "Another unit"),
    (with_unit(region="99"), "$.units[2].region", "No region has the code 99"),
    (with_agency(kind="toko"), "$.units[0].kind", "not a sort of agency"),
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
