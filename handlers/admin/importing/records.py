"""Sheets become records: the cells of one row by the name of their column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.admin.importing.cells import Cell, Problem, Sheet, Source
from handlers.admin.importing.columns import Column, Kind
from handlers.admin.importing.headers import Header, find_header


@dataclass(frozen=True, slots=True)
class Record:
    """One row that is not empty. A column that the sheet does not have is not in `cells`."""

    kind: Kind
    cells: Mapping[Column, Cell]
    start: str  # the address of its first cell

    def where(self, column: Column) -> str:
        """The address to name in a sentence about this column."""
        return self.cells[column].address if column in self.cells else self.start


@dataclass(frozen=True, slots=True)
class Records:
    """Every row of a file, and which columns the sheets have."""

    rows: tuple[Record, ...]
    columns: Mapping[Kind, frozenset[Column]]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def records_of(source: Source) -> Records:
    """Return the rows of every sheet that has a header."""
    problems, notes = list(source.problems), list(source.notes)
    rows: list[Record] = []
    columns: dict[Kind, frozenset[Column]] = {}
    for sheet in source.sheets:
        header = find_header(sheet, problems=problems, notes=notes)
        if header is None:
            continue
        if sheet.kind in columns:
            problems.append(
                Problem(sheet.address(0, 0), "There are two sheets of this kind; keep one of them.")
            )
            continue
        columns[sheet.kind] = frozenset(header.places)
        rows += _rows(sheet, header, problems=problems)
    return Records(tuple(rows), columns, tuple(notes), tuple(problems))


def _rows(sheet: Sheet, header: Header, *, problems: list[Problem]) -> Iterator[Record]:
    width = len(sheet.rows[header.row])
    for at in range(header.first, len(sheet.rows)):
        cells = {column: sheet.cell(at, index) for column, index in header.places.items()}
        if all(cell.is_blank for cell in cells.values()):
            continue
        for index in range(width, len(sheet.rows[at])):
            if not sheet.cell(at, index).is_blank:
                sentence = "This row has more cells than the header. Does a value lack its quotation marks?"
                problems.append(Problem(sheet.address(at, index), sentence))
                break
        yield Record(sheet.kind, cells, sheet.address(at, 0))
