"""A workbook as others open it: nothing that people wrote is ever computed, and numbers stay as they were written."""

import io
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from bot.documents.sheet import written

NASTY = ("=cmd|'/c calc'!A1", "+6281234567890", "-1", "@SUM(A1)", "https://contoh.go.id", "{=1}", "00123")
COLUMNS = [
    {"head": "Nama", "width": 20, "kind": "text"},
    {"head": "NIP", "width": 22, "kind": "text"},
    {"head": "Hari", "width": 8, "kind": "number"},
    {"head": "Tanggal", "width": 12, "kind": "day"},
]


def book(rows: list[list[Any]]) -> bytes:
    sheet = {"name": "Rekap", "above": ["Rekap", "Juni", "Per"], "columns": COLUMNS, "rows": rows}
    whole = {**sheet, "frozen": 2, "is_filtered": True}
    return written({"title": "Rekap", "author": "Boris", "footer": "A&B", "sheets": [whole]})


def test_i10_what_begins_like_a_formula_is_text_and_stays_text_when_it_is_edited() -> None:
    body = book([[words, "199203152015032001", 3, "2020-06-15"] for words in NASTY])
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=6, max_col=1)]
    assert tuple(cell.value for cell in cells) == NASTY
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    signs = {cell.value[0]: cell.quotePrefix for cell in cells}
    assert all(signs[sign] for sign in "=+-@")
    assert all(cell.hyperlink is None for cell in cells)


def test_a_number_of_eighteen_digits_is_read_back_whole() -> None:
    body = book([["Ana", "199203152015032001", 3, "2020-06-15"]])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name("Rekap").to_python()
    assert rows[5][:3] == ["Ana", "199203152015032001", 3.0]
    assert f"{rows[5][3]:%d/%m/%Y}" == "15/06/2020"


def test_it_can_be_filtered_and_printed_across() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book([["Ana", "1", 3, "2020-06-15"]]))).active
    assert sheet is not None
    assert sheet.auto_filter.ref == "A5:D6"
    assert sheet.freeze_panes == "C6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$5:$5"


def test_an_empty_unit_is_a_sheet_with_its_head() -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book([]))).get_sheet_by_name("Rekap").to_python()
    assert rows[4] == ["Nama", "NIP", "Hari", "Tanggal"]
