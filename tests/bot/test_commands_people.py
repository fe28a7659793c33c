"""`piket people …` and `piket admin …` as an operator types them, on both engines."""

import re
from pathlib import Path

import pytest

from bot.demo.files import FOLDER
from tests.bot.operating import Operator, new_operator, small

PEOPLE = str(FOLDER / "pegawai.csv")
CLARA = "198602092010012003"


@pytest.fixture
def operator(db_url: str) -> Operator:
    return new_operator(db_url)


def test_an_import_looks_first_and_writes_only_when_told(operator: Operator) -> None:
    for name in ("wilayah.csv", "unit.csv"):
        operator.succeeds("people", "import", str(FOLDER / name), "--apply")
    said = operator.succeeds("people", "import", PEOPLE)
    assert "People: 41 new, 0 changed, 0 unchanged, 0 not in the file." in said
    assert f"Nothing was written. To write it: piket people import {PEOPLE} --apply" in said
    assert "Written." in operator.succeeds("people", "import", PEOPLE, "--apply")
    assert "nothing to write" in operator.succeeds("people", "import", PEOPLE, "--apply")


def test_problems_are_listed_with_their_cells_and_nothing_is_written(
    operator: Operator, tmp_path: Path
) -> None:
    operator.imports_everything()
    file = small(
        tmp_path / "x.csv", f"{CLARA};Clara;PNS;Fungsional;KOMINFI", "1.98E+17;Ana;PNS;Fungsional;KOMINFO"
    )
    said = operator.fails("people", "import", file, "--apply")
    assert "pegawai!E2: There is no unit KOMINFI yet. Did you mean `KOMINFO`?" in said
    assert "pegawai!A3: A spreadsheet has rounded this NIP" in said
    assert "Nothing was imported: 2 problems." in said
    assert "Clara Wijaya" in operator.succeeds("people", "list", "KOMINFO")


def test_e04_a_short_file_needs_the_number_typed(operator: Operator, tmp_path: Path) -> None:
    operator.imports_everything()
    file = small(tmp_path / "x.csv", f"{CLARA};Clara Wijaya;PNS;Fungsional;KOMINFO.SEK")
    said = operator.fails("people", "import", file, "--apply", "--deactivate-missing")
    assert "13 of 14 people (93 %)" in said
    assert "--yes-deactivate 13" in said
    operator.succeeds("people", "import", file, "--apply", "--yes-deactivate", "13")
    assert "1 person, 0 with a chat." in operator.succeeds("people", "list", "KOMINFO")


def test_codes_are_shown_once_and_made_again_only_when_told(operator: Operator) -> None:
    operator.imports_everything()
    first = operator.succeeds("people", "codes", "BAPENDA.UPTD-LS")
    assert len(re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", first)) == 4
    assert "shown this once" in first
    assert "link by their own phone number: Agus Salim" in first
    assert "4 people hold a code that still works" in operator.succeeds("people", "codes", "BAPENDA.UPTD-LS")
    again = operator.succeeds("people", "codes", "BAPENDA.UPTD-LS", "--again")
    assert "4 codes, good until" in again


def test_an_unknown_unit_is_said(operator: Operator) -> None:
    assert "There is no unit NOWHERE." in operator.fails("people", "codes", "NOWHERE")
    assert "There is no unit NOWHERE." in operator.fails("people", "list", "NOWHERE")


def test_the_first_admin_gets_a_code_and_there_is_no_second_first(operator: Operator) -> None:
    operator.imports_everything()
    assert "There is no admin yet" in operator.succeeds("admin", "list")
    said = operator.succeeds("admin", "first", types="19860209 201001 2 003\n")
    assert re.search(r"Clara Wijaya .* is the first admin. One-time code: \w{4}-\w{4}", said)
    assert "Next: piket people codes UNIT" in said
    assert "There is an admin already: Clara Wijaya." in operator.fails("admin", "first", "--nip", CLARA)
    assert "Clara Wijaya" in operator.succeeds("admin", "list")


def test_the_first_admin_of_an_empty_installation_founds_the_agency(operator: Operator) -> None:
    answers = "\n".join(
        ["KOMINFO", "Dinas Kominfo", "pemprov", "18.71", "Bandar Lampung", "WIB", "Clara Wijaya", ""]
    )
    said = operator.succeeds("admin", "first", "--nip", CLARA, types=answers)
    assert "Clara Wijaya (19860209 201001 2 003) is the first admin." in said
    assert "KOMINFO" in operator.succeeds("agency", "list")


def test_a_wrong_number_is_explained(operator: Operator) -> None:
    assert "A NIP has 18 digits; this has 4." in operator.fails("admin", "first", "--nip", "1234")
