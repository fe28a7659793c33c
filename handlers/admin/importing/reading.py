"""From the bytes of a file to what it says: the one door into this folder for files."""

from pathlib import PurePath

from handlers.admin.importing.cells import FileRefused
from handlers.admin.importing.columns import Kind, kind_of_sheet
from handlers.admin.importing.csv_file import read_csv
from handlers.admin.importing.records import records_of
from handlers.admin.importing.rows import Content, content_of
from handlers.admin.importing.xlsx_file import read_xlsx
from handlers.admin.importing.xlsx_scan import refuse_large

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PLAIN = ("", ".csv", ".txt", ".tsv")


def read(content: bytes, *, name: str) -> Content:
    """Return what a CSV or XLSX file says; `name` is the file's. Raises FileRefused.

    It takes seconds for a long list: run it outside a transaction.
    """
    refuse_large(len(content))
    if not content.strip():
        raise FileRefused("The file is empty.")
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(
            "This is an old .xls file, or one with a password. Save it as .xlsx without a password."
        )
    if content.startswith(_ZIP):
        return content_of(records_of(read_xlsx(content)))
    if PurePath(name).suffix.lower() not in _PLAIN:
        raise FileRefused(
            f"{name} is neither a CSV nor an XLSX file. Save the list as .xlsx or .csv and try again."
        )
    kind = kind_of_sheet(PurePath(name).stem) or Kind.PEOPLE
    return content_of(records_of(read_csv(content, kind=kind)))
