"""`piket simulate` and `piket org`: lines as promised, tables for people, and a sentence for whatever is wrong."""

import json
from collections import Counter
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from click.testing import Result

from policy.loader import SHIPPED
from tests.bot.test_cli import nothing_set, piket
from tests.policy.orgs import ANA, plain
from tests.policy.people import PLAIN

__all__ = ["nothing_set"]
RED = "lampung-2020-06-04.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one circular, and ORG.json beside it: a red zone."""
    (tmp_path / "circulars").mkdir()
    copy(SHIPPED / RED, tmp_path / "circulars")
    told = plain()
    told["regions"][1]["facts"] = {"zone": [{"value": "merah", "since": "2020-06-02"}]}
    (tmp_path / "ORG.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return tmp_path


def simulate(folder: Path, *more: str, first: str = "2020-06-15", last: str = "2020-06-15") -> Result:
    given = ("--circulars", str(folder / "circulars"), "--org", str(folder / "ORG.json"))
    return piket("simulate", *given, "--from", first, "--to", last, *more)


def lines(said: Result) -> list[dict[str, Any]]:
    assert said.exit_code == 0, said.output
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_it_prints_a_verdict_a_person_and_day_and_a_unit_a_day_and_needs_no_setting(folder: Path) -> None:
    found = lines(simulate(folder, "--json", last="2020-06-21"))
    assert Counter(line["kind"] for line in found) == {"verdict": 7, "unit": 7}
    assert [line["arrangement"] for line in found if line["kind"] == "verdict"] == ["WFH"] * 5 + ["off"] * 2
    assert {line["nip"] for line in found if line["kind"] == "verdict"} == {ANA}


def test_without_json_it_shows_tables_with_grounds_in_words(folder: Path) -> None:
    said = simulate(folder)
    assert said.exit_code == 0
    assert "Monday 2020-06-15" in said.stdout
    assert ANA in said.stdout
    assert "045.2/1656/06/2020" in said.stdout
    assert "zona kuning atau merah" in said.stdout


def test_without_json_what_is_not_stated_is_a_footnote_of_the_verdict(folder: Path) -> None:
    text = (
        PLAIN
        + """\
not_stated:
  - {id: semua, about: apakah semua itu termasuk pejabat, answer: reading, reading: Kami membacanya begitu., ask: head}
  - {id: hari, about: siapa yang masuk hari Senin, when: {weekday: Senin}, answer: undecided, ask: head}
"""
    )
    text = text.replace("2020-06-15, given", "2020-06-16, given")  # a day that it does decide
    (folder / "circulars" / "contoh.yaml").write_text(text, encoding="utf-8")
    (folder / "circulars" / RED).unlink()
    said = simulate(folder).stdout
    row = next(line for line in said.splitlines() if line.startswith(ANA))
    assert "undecided: ask head" in row
    assert row.endswith("(1) (2)")
    assert "(1) 1/2020 does not state: apakah semua itu termasuk pejabat. Kami membacanya begitu." in said
    assert "(2) 1/2020 does not state: siapa yang masuk hari Senin. Not guessed: ask head." in said


def test_a_draft_is_summed_up_counts_first(folder: Path) -> None:
    draft = folder / "draft.yaml"
    draft.write_text(PLAIN.replace("1/2020", "045.2/1656/06/2020"), encoding="utf-8")
    said = simulate(folder, "--draft", str(draft))
    assert said.exit_code == 0
    assert "Change of place:     1 day of 1 person (WFH → WFO: 1)" in said.stdout
    kinds = Counter(line["kind"] for line in lines(simulate(folder, "--draft", str(draft), "--json")))
    assert (kinds["flip"], kinds["verdict"]) == (1, 1)


def test_other_versions_of_a_draft_may_lie_beside_it_and_it_may_lie_among_the_circulars(
    folder: Path,
) -> None:
    (folder / "drafts").mkdir()
    for name in ("v1", "v2"):
        (folder / "drafts" / f"{name}.yaml").write_text(PLAIN, encoding="utf-8")
    copy(folder / "drafts" / "v2.yaml", folder / "circulars")
    for place in ("drafts", "circulars"):
        said = simulate(folder, "--draft", str(folder / place / "v2.yaml"))
        assert said.exit_code == 0, said.output


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2020-06-31", "2020-07-01", "--from: `2020-06-31` is not a day"),
        ("2020-06-15", "soon", "--to: `soon` is not a day"),
        ("20200615", "2020-06-15", "--from: `20200615` is not a day"),
        ("2020-06-15", "9999-12-31", "--to: `9999-12-31` is not a day"),
        ("2020-06-15", "2020-06-14", "--to (2020-06-14) is before --from (2020-06-15)"),
        ("2020-01-01", "2021-12-31", "more than 400 days"),
    ],
)
def test_wrong_days_are_a_sentence(folder: Path, first: str, last: str, says: str) -> None:
    said = simulate(folder, first=first, last=last)
    assert said.exit_code == 1
    assert says in said.output


def test_a_missing_an_empty_and_a_broken_folder_are_a_sentence(folder: Path) -> None:
    circulars = folder / "circulars"
    (circulars / RED).write_text("number: [", encoding="utf-8")
    broken = simulate(folder)
    assert broken.exit_code == 1
    assert f"{RED}:1: This is not YAML" in broken.output
    (circulars / RED).unlink()
    assert "has no circular" in simulate(folder).output
    circulars.rmdir()
    missing = simulate(folder)
    assert missing.exit_code == 1
    assert "There is no folder" in missing.output


def test_a_wrong_org_a_missing_draft_and_an_unknown_circular_are_a_sentence(folder: Path) -> None:
    assert "none.yaml:1: The file cannot be read" in simulate(folder, "--draft", "none.yaml").output
    told = plain() | {"circulars": [{"circular": "77/2020"}]}
    (folder / "ORG.json").write_text(json.dumps(told), encoding="utf-8")
    unknown = simulate(folder)
    assert unknown.exit_code == 1
    assert "says whom 77/2020 binds" in unknown.output
    (folder / "ORG.json").write_text('{"units": [],\n "regions": 3}', encoding="utf-8")
    wrong = simulate(folder)
    assert wrong.exit_code == 1
    assert "ORG.json:1: $.units: The list is empty" in wrong.output


def test_a_wrong_call_is_told_from_a_wrong_file() -> None:
    assert piket("simulate").exit_code == 2
    assert piket("simulate", "--audience", "press").exit_code == 2


def test_the_schema_is_json_and_the_example_of_the_guide_fits_it(folder: Path) -> None:
    said = piket("org", "schema")
    assert json.loads(said.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    guide = Path(__file__).parents[2] / "docs" / "simulate.md"
    example = next(each for each in guide.read_text(encoding="utf-8").split("```") if '"regions"' in each)
    (folder / "ORG.json").write_text(example.removeprefix("json"), encoding="utf-8")
    checked = piket("org", "check", str(folder / "ORG.json"))
    assert checked.exit_code == 0
    assert "in order. 1 person, 2 units, 2 regions." in checked.stdout


def test_check_says_what_is_wrong_and_what_looks_like_a_slip(folder: Path) -> None:
    told = plain()
    told["people"][0]["born"] = "1971-01-01"
    (folder / "ORG.json").write_text(json.dumps(told), encoding="utf-8")
    assert "Look again: 197006151995012001: born on 1971-01-01" in piket("org", "check", "ORG.json").output
    told["people"][0]["born"] = "yesterday"
    (folder / "ORG.json").write_text(json.dumps(told), encoding="utf-8")
    said = piket("org", "check", "ORG.json")
    assert said.exit_code == 1
    assert "$.people[0].born: `yesterday` is not a date" in said.output
