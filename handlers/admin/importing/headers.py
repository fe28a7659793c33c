"""Where the header of a sheet is, which column stands where, and what people put around it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.admin.importing.cells import Problem, Raw, Sheet
from handlers.admin.importing.columns import COLUMNS, REQUIRED, Column, closest, column_named

_WITHIN = 15  # rows: letterheads and titles stand above
_NUMBERING = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is where the header stands, `first` where the people begin; `places` has the index of each column."""

    row: int
    first: int
    places: Mapping[Column, int]


def find_header(sheet: Sheet, *, problems: list[Problem], notes: list[str]) -> Header | None:
    """The header of a sheet, or None when there is none; what is wrong or was left out is added to the lists."""
    rows = sheet.rows[:_WITHIN]
    counts = [_understood(sheet, row) for row in rows]
    if not counts or max(counts) < min(2, len(REQUIRED[sheet.kind])):
        wanted = ", ".join(REQUIRED[sheet.kind])
        problems.append(
            Problem(sheet.address(0, 0), f"No header was found. Name the columns in one row: {wanted}.")
        )
        return None
    at = counts.index(max(counts))
    second = next((row for row in (at, at + 1) if _is_second(counts, row, at=at)), None)
    if second is not None:
        sentence = "This is a second row of headers. Write the name of every column into one row."
        problems.append(Problem(sheet.address(second, 0), sentence))
        return None
    if any(any(not _is_blank(value) for value in row) for row in rows[:at]):
        notes.append(f"`{sheet.name}`: what stands above the header in row {at + 1} was not read.")
    places = _places(sheet, at, problems=problems, notes=notes)
    first = _first_row(sheet, at, notes=notes)
    for column in REQUIRED[sheet.kind]:
        if column not in places:
            problems.append(Problem(sheet.address(at, 0), f"The column `{column}` is missing."))
    return Header(at, first, places)


def _understood(sheet: Sheet, row: Sequence[Raw]) -> int:
    return len({column for value in row if (column := column_named(value, kind=sheet.kind)) is not None})


def _is_blank(value: Raw) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _places(sheet: Sheet, at: int, *, problems: list[Problem], notes: list[str]) -> dict[Column, int]:
    places: dict[Column, int] = {}
    strange: list[tuple[int, str]] = []
    for index, value in enumerate(sheet.rows[at]):
        column = column_named(value, kind=sheet.kind)
        if column is None and not _is_blank(value):
            strange.append((index, str(value).strip()))
        elif column in places:
            also = sheet.address(at, places[column])
            problems.append(
                Problem(sheet.address(at, index), f"The column `{column}` stands twice, also in {also}.")
            )
        elif column is not None:
            places[column] = index
    _strange(sheet, at, strange, places, problems=problems, notes=notes)
    return places


def _strange(
    sheet: Sheet,
    at: int,
    strange: list[tuple[int, str]],
    places: Mapping[Column, int],
    *,
    problems: list[Problem],
    notes: list[str],
) -> None:
    """A header that is nearly one of ours is a typing mistake; any other column is the office's own."""
    absent = [str(column) for column in COLUMNS[sheet.kind] if column not in places]
    ignored = []
    for index, word in strange:
        meant = closest(word, sorted(absent), cutoff=0.85)
        if meant is None:
            ignored.append(word)
        else:
            sentence = f"There is no column `{word}`. Did you mean `{meant}`?"
            problems.append(Problem(sheet.address(at, index), sentence))
    if ignored:
        notes.append(f"`{sheet.name}`: columns that were not read: {', '.join(ignored)}.")


def _is_second(counts: Sequence[int], row: int, *, at: int) -> bool:
    """Whether this row continues a header: it and its neighbour both name columns."""
    return 0 < row < len(counts) and min(counts[row], counts[row - 1]) >= 2 and at in (row, row - 1)


def _first_row(sheet: Sheet, at: int, *, notes: list[str]) -> int:
    below = at + 1
    if below < len(sheet.rows) and _is_numbering(sheet.rows[below]):
        notes.append(f"`{sheet.name}`: row {below + 1} only numbers the columns and was not read.")
        return below + 1
    return below


def _is_numbering(row: Sequence[Raw]) -> bool:
    """Official forms often number their columns in a row under the header: (1) (2) (3)."""
    words = [
        f"{value:g}" if isinstance(value, float) else str(value).strip()
        for value in row
        if not _is_blank(value)
    ]
    return len(words) > 1 and all(_NUMBERING.fullmatch(word) for word in words)
