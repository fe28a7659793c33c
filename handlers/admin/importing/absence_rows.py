"""What a file says of absences, each value checked by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.admin.importing import values
from handlers.admin.importing.cells import FileRefused
from handlers.admin.importing.columns import Column, Kind, plain
from handlers.admin.importing.csv_file import read_csv
from handlers.admin.importing.limits import MOST_BYTES
from handlers.admin.importing.records import Record, records_of
from handlers.admin.importing.values import Findings
from policy.words import AbsenceKind, Part

NAMES: Mapping[str, AbsenceKind] = {
    "cuti tahunan": AbsenceKind.ANNUAL_LEAVE,
    "cuti besar": AbsenceKind.LONG_LEAVE,
    "cuti alasan penting": AbsenceKind.IMPORTANT_LEAVE,
    "cuti di luar tanggungan negara": AbsenceKind.UNPAID_LEAVE,
    "cuti sakit": AbsenceKind.SICK_LEAVE,
    "cuti melahirkan": AbsenceKind.MATERNITY_LEAVE,
    "izin": AbsenceKind.PERMISSION,
    "diklat": AbsenceKind.TRAINING,
    "tugas belajar": AbsenceKind.STUDY,
    "dibebaskan sementara": AbsenceKind.SUSPENDED,
    "dinas luar": AbsenceKind.TRAVEL,
}
_KINDS = {plain(each): kind for each, kind in NAMES.items()} | {
    "cutikarenaalasanpenting": AbsenceKind.IMPORTANT_LEAVE,
    "cltn": AbsenceKind.UNPAID_LEAVE,
    "sakit": AbsenceKind.SICK_LEAVE,
    "dl": AbsenceKind.TRAVEL,
}
_PARTS: Mapping[str, str] = {"pagi": "morning", "siang": "afternoon", "seharipenuh": "", "penuh": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    """One absence as a row has it, both days included."""

    record: Record
    nip: str
    kind: AbsenceKind
    first: date
    last: date
    part: Part | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class AbsenceContent:
    """The rows that could be read, and what is wrong with the others."""

    rows: tuple[AbsenceRow, ...]
    findings: Findings


def read_absences(content: bytes) -> AbsenceContent:
    """Return what a CSV file says of absences. Raises FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused(f"The file is larger than {MOST_BYTES >> 20} MB. Split it.")
    if not content.strip():
        raise FileRefused("The file is empty.")
    records = records_of(read_csv(content, kind=Kind.ABSENCES))
    findings = Findings(list(records.problems), list(records.notes))
    rows = tuple(row for record in records.rows if (row := _row(record, findings)) is not None)
    return AbsenceContent(rows, findings)


def _row(record: Record, findings: Findings) -> AbsenceRow | None:
    before = len(findings.problems)
    nip = values.nip(record, Column.NIP, findings)
    kind = values.word(record, Column.ABSENCE, _KINDS, findings, offered=tuple(NAMES), is_needed=True)
    first = values.day(record, Column.FIRST, findings)
    last = values.day(record, Column.LAST, findings)
    part = values.word(record, Column.PART, _PARTS, findings, offered=("pagi", "siang"))
    letter = values.text(record, Column.LETTER, findings) or None
    if len(findings.problems) > before:
        return None
    for column, value in ((Column.NIP, nip), (Column.FIRST, first), (Column.LAST, last)):
        if not value and column in record.cells:
            findings.wrong(record.where(column), f"`{column}` is empty.")
    if not (nip and kind and first and last):
        return None
    if last < first:
        findings.wrong(record.where(Column.LAST), f"It ends on {last}, before it begins on {first}.")
        return None
    half = Part(part) if part else None
    return AbsenceRow(record=record, nip=nip, kind=kind, first=first, last=last, part=half, letter=letter)
