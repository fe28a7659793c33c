"""A CSV file as offices really save them: with ; or , or tabs, with or without a BOM, in UTF-8 or Windows-1252."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from handlers.admin.importing.cells import FileRefused, Raw, Sheet, Source
from handlers.admin.importing.columns import Kind, column_named
from handlers.admin.importing.limits import MOST_COLUMNS, MOST_ROWS

DELIMITERS = (";", ",", "\t", "|")
_HEADER_WITHIN = 15
_EXCEL_SEP = re.compile(r"sep=(.)\r?\n")


def read_csv(content: bytes, *, kind: Kind) -> Source:
    """Return the file as one sheet. Raises FileRefused, with the row where the file breaks off."""
    text, notes = _decoded(content)
    declared = _EXCEL_SEP.match(text)
    delimiter = declared.group(1) if declared else _delimiter(text, kind=kind)
    rows: list[list[Raw]] = [[]] if declared else []
    for row in _records(text[declared.end() :] if declared else text, delimiter):
        rows.append(list(row))
        if len(rows) > MOST_ROWS:
            raise FileRefused(f"The file has more than {MOST_ROWS} rows. Split it, one file an agency.")
        if len(row) > MOST_COLUMNS:
            raise FileRefused(
                f"Row {len(rows)} has {len(row)} cells; a list of people has at most {MOST_COLUMNS}."
            )
    return Source((Sheet(kind.value, kind, rows),), notes)


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    else:
        text, notes = _bytes_as_text(content)
    if "\0" in text:
        raise FileRefused(
            "This is neither a CSV nor an XLSX file. Save the list as .xlsx or .csv and try again."
        )
    return text, notes


def _bytes_as_text(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text, ("The file is not in UTF-8; it was read as Windows-1252. Look at names with accents.",)


def _delimiter(text: str, *, kind: Kind) -> str:
    """The sign with which most headers are understood: counting signs is misled by names with commas."""

    def understood(delimiter: str) -> int:
        try:
            rows = list(islice(_records(text[:100_000], delimiter, is_part=True), _HEADER_WITHIN))
        except FileRefused:
            return 0
        return max(
            (sum(column_named(word, kind=kind) is not None for word in row) for row in rows), default=0
        )

    return max(DELIMITERS, key=understood)


def _records(text: str, delimiter: str, *, is_part: bool = False) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=not is_part)
    count = 0
    try:
        for row in reader:
            yield row
            count += 1
    except csv.Error as error:
        raise FileRefused(
            f"The CSV breaks off after row {count} (near line {reader.line_num}): {error}. "
            'Look for a quotation mark (") that is not closed.'
        ) from None
