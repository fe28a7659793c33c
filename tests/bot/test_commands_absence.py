"""`piket absence import …` as an operator types it, on both engines."""

from pathlib import Path

import pytest

from tests.bot.operating import Operator, new_operator

CLARA = "198602092010012003"
HEAD = "nip;jenis;dari;sampai;bagian;surat"


@pytest.fixture
def operator(db_url: str) -> Operator:
    made = new_operator(db_url)
    made.imports_everything()
    return made


def _file(folder: Path, *rows: str) -> str:
    path = folder / "absen.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return str(path)


def test_an_import_looks_first_writes_when_told_and_knows_it_again(
    operator: Operator, tmp_path: Path
) -> None:
    file = _file(
        tmp_path,
        f"{CLARA};Cuti tahunan;2020-06-22;2020-06-24;;851/1",
        f"{CLARA};DL;01/07/2020;2020-07-01;pagi;",
    )
    said = operator.succeeds("absence", "import", file)
    assert "Absences: 2 new, 0 known already." in said
    assert "annual_leave 1, travel 1" in said
    assert f"Nothing was written. To write it: piket absence import {file} --apply" in said
    assert "Written." in operator.succeeds("absence", "import", file, "--apply")
    assert "0 new, 2 known already" in operator.succeeds("absence", "import", file, "--apply")


def test_what_is_wrong_is_named_by_its_cell_and_nothing_is_written(
    operator: Operator, tmp_path: Path
) -> None:
    good = f"{CLARA};izin;2020-06-22;2020-06-22;;"
    rows = (
        good,
        f"{CLARA};liburan;2020-06-23;2020-06-23;;",
        f"{CLARA};izin;31-06-2020;2020-06-30;;",
        f"{CLARA};izin;2020-06-30;2020-06-29;;",
        f"{CLARA};izin;2020-06-21;2020-06-25;;",
        "199203152015032001;izin;2020-06-22;2020-06-22;;",
        ";izin;2020-06-22;2020-06-22;sore hari;",
    )
    said = operator.fails("absence", "import", _file(tmp_path, *rows), "--apply")
    for cell in ("absen!B3", "absen!C4", "absen!D5", "absen!C6", "absen!A7", "absen!E8"):
        assert cell in said
    assert "Nothing was imported: 6 problems." in said
    assert "1 new" in operator.succeeds("absence", "import", _file(tmp_path, good))


def test_days_that_are_recorded_otherwise_stop_the_import(operator: Operator, tmp_path: Path) -> None:
    operator.succeeds(
        "absence", "import", _file(tmp_path, f"{CLARA};izin;2020-06-22;2020-06-22;;"), "--apply"
    )
    said = operator.fails(
        "absence", "import", _file(tmp_path, f"{CLARA};cuti tahunan;2020-06-22;2020-06-24;;")
    )
    assert "absen!C2: An absence of 2020-06-22 to 2020-06-22 is recorded already." in said
