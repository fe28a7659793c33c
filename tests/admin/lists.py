"""Lists as offices send them: CSV text and XLSX workbooks, right and wrong."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

from db.engine import Db
from handlers.admin.importing.reading import read
from handlers.admin.importing.rows import Content
from handlers.admin.importing.service import Outlook, carry_out, look

HEADER = (
    "nip;nama;jenis;jabatan;jenjang;kode_unit;unit;jenis_unit;kode_unit_induk;kode_wilayah;wilayah;zona_waktu;telepon;"
    "nip_atasan;kepala"
)
HEAD = (
    "197709122002121001;Boris Siregar;PNS;Kepala Dinas;JPT Pratama;KOMINFO;Dinas Kominfo;pemprov;;18.71;"
    "Bandar Lampung;WIB;;;ya"
)
ANA = (
    "199004172015032001;Ana Lestari;PNS;Pranata Komputer;Fungsional;TIK;Bidang TIK;bidang;KOMINFO;;;;"
    "0812-0000-1001;197709122002121001;"
)
GITA = "199406032020212001;Gita Permata;PPPK;Pranata Komputer;Fungsional;TIK;;;;;;;;197709122002121001;tidak"
OFFICE = (HEAD, ANA, GITA)
SINCE = date(2020, 6, 1)


def csv_file(*rows: str, header: str = HEADER) -> bytes:
    """A CSV with this header; the office of three when no rows are given."""
    return "\n".join([header, *(rows or OFFICE)]).encode()


def xlsx_file(sheets: Mapping[str, Iterable[Sequence[Any]]], **touches: Any) -> bytes:
    """An XLSX workbook; `touch(workbook)` may spoil it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if "touch" in touches:
        touches["touch"](book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def office_rows() -> list[list[Any]]:
    """The office of three as rows of a sheet, the header first."""
    return [line.split(";") for line in (HEADER, *OFFICE)]


def wrong(content: Content) -> list[str]:
    return [str(problem) for problem in content.findings.problems]


async def looked(db: Db, file: bytes | Content, *, now: datetime, start: date = SINCE) -> Outlook:
    """What an import would do."""
    content = file if isinstance(file, Content) else read(file, name="pegawai.csv")
    async with db.reading() as tx:
        return await look(tx, content, valid_from=start, now=now)


async def applied(db: Db, file: bytes, *, now: datetime, start: date = SINCE, **leaving: Any) -> Outlook:
    """Look and apply, in one transaction, as the command does."""
    async with db.transaction() as tx:
        outlook = await look(tx, read(file, name="pegawai.csv"), valid_from=start, now=now)
        await carry_out(tx, outlook, valid_from=start, by="clara", now=now, file="pegawai.csv", **leaving)
        return outlook
