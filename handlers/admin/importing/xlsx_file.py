"""An XLSX file: its visible sheets with values, and the cells of which the value cannot be trusted."""

import io
from collections.abc import Iterable, Mapping
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from handlers.admin.importing.cells import FileRefused, Problem, Sheet, Source
from handlers.admin.importing.columns import Kind, kind_of_sheet
from handlers.admin.importing.limits import MOST_CELLS
from handlers.admin.importing.xlsx_scan import Looked, scan

_FORMULA = "This cell holds a formula. Copy the column and paste it as values (Paste special, Values)."
_MERGED = "This cell is merged with others. Unmerge it and write the value into every row."


def read_xlsx(content: bytes) -> Source:
    """Return the sheets that are lists: those named pegawai, unit, wilayah, else the only one there is.

    Raises FileRefused for a file that cannot be read.
    """
    looked = scan(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _sheets(book, looked)
    except PasswordError:
        raise FileRefused(
            "The XLSX file is protected by a password. Save it without one and try again."
        ) from None
    except CalamineError as error:
        raise FileRefused(
            f"The XLSX file cannot be read ({error}). Save it anew as .xlsx and try again."
        ) from None


def _sheets(book: CalamineWorkbook, looked: Mapping[str, Looked]) -> Source:
    problems, notes = _hidden(book)
    visible = [
        book.get_sheet_by_name(sheet.name)
        for sheet in book.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.name in looked
    ]
    filled = [sheet for sheet in visible if sheet.end is not None]
    named = [sheet for sheet in filled if kind_of_sheet(sheet.name) is not None]
    chosen = named or filled
    if not named and len(filled) != 1:
        raise FileRefused(_which(filled))
    unread = [sheet.name for sheet in filled if sheet not in chosen]
    if unread:
        notes.append(f"Not read, for their names are not pegawai, unit or wilayah: {', '.join(unread)}.")
    sheets = tuple(_sheet(sheet, looked[sheet.name]) for sheet in chosen)
    notes += [
        f"`{each.name}`: hidden rows ({each.hidden_rows}) are read too."
        for each in sheets
        if each.hidden_rows
    ]
    return Source(sheets, tuple(notes), tuple(problems))


def _which(filled: list[CalamineSheet]) -> str:
    if not filled:
        return "The XLSX file has no visible sheet with anything in it."
    names = ", ".join(sheet.name for sheet in filled)
    return (
        f"The file has several sheets ({names}). Name the list of people `pegawai`, or leave only that sheet."
    )


def _hidden(book: CalamineWorkbook) -> tuple[list[Problem], list[str]]:
    hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible is not SheetVisibleEnum.Visible]
    problems = [
        Problem(
            f"{name}!A1", "This sheet is hidden. Unhide it, so that you see what is imported, or delete it."
        )
        for name in hidden
        if kind_of_sheet(name) is not None
    ]
    others = [name for name in hidden if kind_of_sheet(name) is None]
    return problems, [f"Hidden sheets are not read: {', '.join(others)}."] if others else []


def _sheet(sheet: CalamineSheet, looked: Looked) -> Sheet:
    merged = islice(_merged(sheet), MOST_CELLS)
    faults = dict.fromkeys(looked.formulas, _FORMULA) | dict.fromkeys(merged, _MERGED)
    kind = kind_of_sheet(sheet.name) or Kind.PEOPLE
    return Sheet(sheet.name, kind, sheet.to_python(skip_empty_area=False), faults, looked.hidden_rows)


def _merged(sheet: CalamineSheet) -> Iterable[tuple[int, int]]:
    """The cells of merged areas, as far as the sheet has values: an area may span a million empty ones."""
    height, width = sheet.total_height, sheet.total_width
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom + 1, height)):
            for column in range(left, min(right + 1, width)):
                yield row, column
