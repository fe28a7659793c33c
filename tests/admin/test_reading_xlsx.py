"""XLSX files: numbers that lost digits (E01), formulas, merged and hidden cells (E02), and bombs (A12)."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from handlers.admin.importing.cells import FileRefused
from handlers.admin.importing.columns import Column
from handlers.admin.importing.limits import MOST_BYTES
from handlers.admin.importing.reading import read
from tests.admin.lists import office_rows, wrong, xlsx_file


def office(sheet: str = "pegawai", **touches: Any) -> bytes:
    return xlsx_file({sheet: office_rows()}, **touches)


def spoilt(row: int, column: int, value: Any) -> bytes:
    rows = office_rows()
    rows[row][column] = value
    return xlsx_file({"pegawai": rows})


def test_a_sheet_of_any_name_is_the_list_when_it_is_the_only_one() -> None:
    content = read(office("Sheet1"), name="x.xlsx")
    assert wrong(content) == []
    assert content.people[1].record.where(Column.NIP) == "Sheet1!A3"


def test_three_sheets_hold_people_units_and_regions() -> None:
    file = xlsx_file(
        {
            "Pegawai": [
                ["NIP", "Nama", "Jenis", "Jenjang", "Kode Unit"],
                ["199004172015032001", "Ana", "PNS", "Fungsional", "A"],
            ],
            "UNIT": [
                ["Kode", "Nama", "Jenis", "Induk", "Kode Wilayah"],
                ["A", "Dinas A", "pemprov", None, "18.71"],
            ],
            "wilayah": [
                ["Kode", "Nama", "Zona waktu", "Zona", "Sejak"],
                ["18.71", "Metro", "WIB", "hijau", date(2020, 6, 1)],
            ],
            "catatan": [["lihat", "nanti"]],
        }
    )
    content = read(file, name="x.xlsx")
    assert wrong(content) == []
    assert content.zones[0].since == date(2020, 6, 1)
    assert content.units["A"].get(Column.UNIT) == "Dinas A"
    assert "catatan" in content.findings.notes[0]


@pytest.mark.parametrize("number", [198609262015051001, 1.98609262015051e17, 1.98609e17])
def test_e01_a_nip_stored_as_a_number_is_refused_with_its_cell(number: float) -> None:
    found = wrong(read(spoilt(2, 0, number), name="x.xlsx"))
    assert len(found) == 1
    assert found[0].startswith("pegawai!A3: The NIP is stored as a number")


@pytest.mark.parametrize("number", [7, 18.1])
def test_e01_a_code_stored_as_a_number_may_have_lost_zeros(number: float) -> None:
    assert wrong(read(spoilt(1, 9, number), name="x.xlsx"))[0].startswith("pegawai!J2: This is a number")


def test_e01_a_telephone_that_lost_its_zero_is_still_the_same() -> None:
    content = read(spoilt(2, 12, 81200001001), name="x.xlsx")
    assert content.people[1].phone == "+6281200001001"


def test_e01_a_date_made_of_a_code_is_refused() -> None:
    assert "made a date of this" in wrong(read(spoilt(1, 9, date(2020, 1, 18)), name="x.xlsx"))[0]


def test_e02_a_formula_is_explained_with_its_cell() -> None:
    found = wrong(read(spoilt(2, 1, "=A1"), name="x.xlsx"))
    assert found == [
        "pegawai!B3: This cell holds a formula. Copy the column and paste it as values (Paste special, Values)."
    ]


def test_e02_merged_cells_are_explained_with_their_cells() -> None:
    found = wrong(read(office(touch=lambda book: book["pegawai"].merge_cells("F3:F4")), name="x.xlsx"))
    assert [line.split(":")[0] for line in found] == ["pegawai!F3", "pegawai!F4"]
    assert "merged" in found[0]


def test_e02_a_hidden_list_is_a_problem_and_other_hidden_sheets_are_said() -> None:
    def hide(book: Any) -> None:
        book.create_sheet("unit").sheet_state = "hidden"
        book.create_sheet("lama").sheet_state = "veryHidden"

    content = read(office(touch=hide), name="x.xlsx")
    assert wrong(content)[0].startswith("unit!A1: This sheet is hidden")
    assert content.findings.notes == ["Hidden sheets are not read: lama."]


def test_e02_hidden_rows_are_read_and_counted() -> None:
    def hide(book: Any) -> None:
        book["pegawai"].row_dimensions[3].hidden = True

    content = read(office(touch=hide), name="x.xlsx")
    assert len(content.people) == 3
    assert content.findings.notes == ["`pegawai`: hidden rows (1) are read too."]


def test_e02_several_sheets_without_names_that_we_know_are_asked_about() -> None:
    with pytest.raises(FileRefused, match="Name the list of people `pegawai`"):
        read(xlsx_file({"A": office_rows(), "B": office_rows()}), name="x.xlsx")


def with_part(name: str, content: bytes, *, file: bytes | None = None) -> bytes:
    """The office's file with one part of the archive put in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file or office())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_a12_a_bomb_is_not_unpacked() -> None:
    bomb = with_part("xl/media/picture.png", b"\0" * (160 * 1024 * 1024))
    assert len(bomb) < MOST_BYTES
    with pytest.raises(FileRefused, match="would unpack to more than 150 MB"):
        read(bomb, name="x.xlsx")


def test_a12_one_cell_in_the_last_corner_does_not_fill_the_memory() -> None:
    far = f'<worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    far += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(FileRefused, match="reaches beyond"):
        read(with_part(SHEET, far.encode()), name="x.xlsx")


def test_a12_entities_are_not_expanded() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = f'<?xml version="1.0"?>{laughs}<worksheet xmlns="{SPACE}"><sheetData/></worksheet>'
    with pytest.raises(FileRefused, match="document type"):
        read(with_part(SHEET, sheet.encode()), name="x.xlsx")


def test_a12_a_file_of_100_mb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(FileRefused, match="has 100 MB; at most 20 MB"):
        read(b"PK\x03\x04" + bytes(100 * 1024 * 1024), name="x.xlsx")


@pytest.mark.parametrize("cut", [10, 300, 3000])
def test_a_damaged_file_is_refused_with_a_sentence(cut: int) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        read(office()[:cut], name="x.xlsx")
