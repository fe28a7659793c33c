"""A look into an XLSX file before a reader may unpack it: is it small enough, and which cells deceive?

A ZIP of 100 kB can hold gigabytes, one cell in the last column makes a sheet of 17 thousand million cells, and a
formula or a merged cell shows something else than it holds.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from handlers.admin.importing.cells import FileRefused
from handlers.admin.importing.limits import (
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_TEXT,
    MOST_UNPACKED,
)

_CHUNK = 1 << 16
# A damaged or encrypted part shows itself in many ways.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, struct.error)
_DAMAGED = "The XLSX file is damaged and cannot be read. Open it, save it anew as .xlsx and try again."
_TOO_WIDE = f"reaches beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns. Copy the list alone to a new sheet."


@dataclass(slots=True)
class Looked:
    """What one sheet holds besides values. Rows and columns count from 0."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0
    cells: int = 0


def scan(content: bytes) -> Mapping[str, Looked]:
    """Look at every sheet, by its name. Raises FileRefused for what must not or cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
            parts = _sheets(archive)
            looked = {name: _look(archive, part, name) for name, part in parts.items()}
            _refuse_long_texts(archive, sum(each.cells for each in looked.values()))
    except (*_BROKEN_ZIP, expat.ExpatError, KeyError, ValueError) as error:
        raise FileRefused(_DAMAGED) from error
    return looked


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefused(
            f"The XLSX file would unpack to more than {MOST_UNPACKED >> 20} MB. A list of people is far smaller: "
            "remove pictures and other sheets, or save it as CSV."
        )


def _unpacked(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces. What its header says of its size is not believed."""
    total = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > MOST_UNPACKED:
                raise FileRefused(
                    f"The XLSX file unpacks to more than {MOST_UNPACKED >> 20} MB and is not read."
                )
            yield chunk


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    return parser


def _refuse_doctype(*_: object) -> None:
    raise FileRefused(
        "The XLSX file has a document type inside, which no spreadsheet writes. It is not read."
    )


def _feed(parser: expat.XMLParserType, archive: zipfile.ZipFile, part: str) -> None:
    for chunk in _unpacked(archive, part):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which part of the archive holds which sheet."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" sheet"):
            reference = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            names[attributes.get("name", "")] = reference

    def relation(_tag: str, attributes: dict[str, str]) -> None:
        targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        parser = _parser()
        parser.StartElementHandler = handler
        _feed(parser, archive, part)
    inside = set(archive.namelist())
    found = {name: _place(targets.get(reference, "")) for name, reference in names.items()}
    return {name: part for name, part in found.items() if part in inside}


def _place(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _look(archive: zipfile.ZipFile, part: str, name: str) -> Looked:
    looked = Looked()
    at = [-1, -1]

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if local == "row":
            at[:] = [int(attributes["r"]) - 1 if "r" in attributes else at[0] + 1, -1]
            looked.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif local == "c":
            looked.cells += 1
            at[:] = _position(attributes["r"]) if "r" in attributes else [at[0], at[1] + 1]
            if at[0] >= MOST_ROWS or at[1] >= MOST_COLUMNS or looked.cells > MOST_CELLS:
                raise FileRefused(f"The sheet `{name}` {_TOO_WIDE}")
        elif local == "f":
            looked.formulas.add((at[0], at[1]))

    parser = _parser()
    parser.StartElementHandler = start
    _feed(parser, archive, part)
    return looked


def _position(address: str) -> list[int]:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return [int(address[len(letters) :] or 0) - 1, column - 1]


def _refuse_long_texts(archive: zipfile.ZipFile, cells: int) -> None:
    """A text is stored once and shared by many cells, so that a small file can become a very large list."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return
    lengths = [0]
    longest = [0]

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag.endswith(" si"):
            lengths[0] = 0

    def text(words: str) -> None:
        lengths[0] += len(words)
        longest[0] = max(longest[0], lengths[0])

    parser = _parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    _feed(parser, archive, "xl/sharedStrings.xml")
    if longest[0] > LONGEST_TEXT and longest[0] * cells > MOST_TEXT:
        raise FileRefused(
            "The XLSX file repeats a very long text in many cells. A list of people has none: remove it."
        )


def refuse_large(content_length: int) -> None:
    """Raise FileRefused for a file that is too large to be opened at all."""
    if content_length > MOST_BYTES:
        raise FileRefused(
            f"The file has {content_length >> 20} MB; at most {MOST_BYTES >> 20} MB are read. "
            "A list of 20,000 people has about 3 MB: remove pictures and other sheets, or split it by agency."
        )
