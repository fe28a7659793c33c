"""What a file is, by its bytes and never by its name: the few kinds that an office opens and we keep."""

import io
import zipfile

import puremagic

PICTURES = frozenset({"image/jpeg", "image/png"})
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
_PLAIN = PICTURES | {PDF}
_HEAD = 4096


def type_of(body: bytes) -> str | None:
    """Return the MIME type of a JPEG, PNG, PDF, DOCX or XLSX; None for every other file, and those with macros."""
    if body[:4] == b"PK\x03\x04":
        return _office(body)
    try:
        found = {match.mime_type for match in puremagic.magic_string(body[:_HEAD])}
    except (puremagic.PureError, ValueError):
        return None
    return next(iter(found & _PLAIN), None)


def _office(body: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(body)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)
