"""One cell becomes one value, or a problem with its address: NIP, phone, date, a word of a closed list."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

import phonenumbers

from handlers.admin.importing.cells import Cell, Problem
from handlers.admin.importing.columns import Column, closest, plain
from handlers.admin.importing.records import Record
from policy import nip as nips
from policy.calendar import UnknownZoneError, zone_named
from policy.words import Employment, JobLevel

W = TypeVar("W")
LONGEST = 200
_AS_TEXT = "Format the column as text and type it again from the source."
_CODE = re.compile(r"[\w.\-/]{1,40}")
_NUMBER = (
    "This is a number, and a spreadsheet may have changed it. Format the column as text and type it again."
)
_DATE = "A spreadsheet has made a date of this. Format the column as text and type it again."
_EMPLOYMENT = {"p3k": Employment.PPPK, "honorer": Employment.NON_ASN, "tenagahonorer": Employment.NON_ASN}
# Since UU 5/2014 (art. 131) echelon II, III and IV are these levels; I is two of them, so it must be named.
_ECHELON = {"ii": JobLevel.JPT_PRATAMA, "iii": JobLevel.ADMINISTRATOR, "iv": JobLevel.PENGAWAS}
_LEVEL = {plain(level).replace("jpt", "pimpinantinggi"): level for level in JobLevel} | {
    "fungsionaltertentu": JobLevel.FUNGSIONAL,
    "fungsionalumum": JobLevel.PELAKSANA,
}
EMPLOYMENTS: Mapping[str, Employment] = {plain(each): each for each in Employment} | _EMPLOYMENT
LEVELS: Mapping[str, JobLevel] = (
    {plain(each): each for each in JobLevel}
    | {before + word: level for word, level in _LEVEL.items() for before in ("", "jabatan")}
    | {
        before + word + letter: level
        for word, level in _ECHELON.items()
        for before in ("", "eselon")
        for letter in ("", "a", "b")
    }
)
_YES = {"ya": True, "y": True, "true": True, "1": True, "yes": True}
_NO = {"tidak": False, "t": False, "false": False, "0": False, "no": False, "": False}


@dataclass(slots=True)
class Findings:
    """What was found wrong (it stops the import) or worth a look (it does not)."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, where: str, sentence: str) -> None:
        self.problems.append(Problem(where, sentence))


def text(record: Record, column: Column, findings: Findings, *, is_needed: bool = False) -> str:
    """The words of a cell, whatever sign they begin with; empty when there are none."""
    cell = _present(record, column, findings, is_needed=is_needed)
    if cell is None:
        return ""
    if isinstance(cell.value, str):
        words = _tidy(cell.value)
        if len(words) <= LONGEST:
            return words
        findings.wrong(cell.address, f"This has {len(words)} characters; at most {LONGEST} are kept.")
        return ""
    findings.wrong(cell.address, _DATE if isinstance(cell.value, date) else "This is not text.")
    return ""


def code(record: Record, column: Column, findings: Findings, *, is_needed: bool = False) -> str:
    """A code exactly as written. A number is refused: 18.10 would have become 18.1, and 007 become 7."""
    cell = _present(record, column, findings, is_needed=is_needed)
    if cell is None:
        return ""
    if not isinstance(cell.value, str):
        findings.wrong(cell.address, _DATE if isinstance(cell.value, date) else _NUMBER)
        return ""
    word = cell.value.strip()
    if _CODE.fullmatch(word):
        return word
    findings.wrong(cell.address, "A code has only letters, digits and . - _ /, and at most 40 of them.")
    return ""


def nip(record: Record, column: Column, findings: Findings) -> str:
    """18 digits; empty when the cell is empty or wrong. A number is refused: only 15 of its digits are true."""
    cell = _present(record, column, findings)
    if cell is None:
        return ""
    if not isinstance(cell.value, str):
        findings.wrong(
            cell.address,
            f"The NIP is stored as a number, and a spreadsheet keeps only 15 digits of it. {_AS_TEXT}",
        )
        return ""
    found = nips.parse(cell.value)
    if isinstance(found, nips.NipProblem):
        findings.wrong(cell.address, found.sentence)
        return ""
    if found.value.endswith("000"):
        findings.wrong(
            cell.address, f"The NIP ends in 000: a spreadsheet has lost its last digits. {_AS_TEXT}"
        )
        return ""
    findings.notes += [f"{cell.address}: {warning}" for warning in found.warnings]
    return found.value


def phone(record: Record, findings: Findings) -> str | None:
    """A phone number as +62…, or None when there is none."""
    cell = _present(record, Column.PHONE, findings)
    if cell is None:
        return None
    written = f"{cell.value:.0f}" if isinstance(cell.value, int | float) else str(cell.value)
    try:
        number = phonenumbers.parse(written.strip().lstrip("'"), "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        findings.wrong(
            cell.address, "This is not a phone number. Write it like 0812-3456-7890 or +6281234567890."
        )
        return None
    if not phonenumbers.is_valid_number(number):
        findings.notes.append(f"{cell.address}: no such phone number is known; look at it again.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def word(
    record: Record,
    column: Column,
    known: Mapping[str, W],
    findings: Findings,
    *,
    offered: Sequence[str],
    is_needed: bool = False,
) -> W | None:
    """A word of a closed list; an unknown one is a problem that offers the closest."""
    cell = _present(record, column, findings, is_needed=is_needed)
    if cell is None:
        return None
    found = known.get(plain(cell.value))
    if found is None:
        meant = closest(str(cell.value), list(offered))
        hint = f"Did you mean `{meant}`?" if meant else f"Known are: {', '.join(offered)}."
        findings.wrong(cell.address, f"`{cell.value}` is not known as {column}. {hint}")
    return found


def yes(record: Record, column: Column, findings: Findings) -> bool:
    """ya or tidak; empty is tidak."""
    if column not in record.cells or record.cells[column].is_blank:
        return False
    return bool(word(record, column, _YES | _NO, findings, offered=("ya", "tidak")))


def yes_or_no(record: Record, column: Column, findings: Findings) -> bool | None:
    """ya or tidak; None where the cell is empty."""
    if column not in record.cells or record.cells[column].is_blank:
        return None
    return word(record, column, _YES | _NO, findings, offered=("ya", "tidak"))


def birthday(record: Record, nip: str, findings: Findings) -> date | None:
    """The date of birth, where it is not the one that the number tells; None where the cell is empty or says that."""
    born = day(record, Column.BORN, findings)
    told = nips.birth_date(nip) if nip else None
    if born is not None and told is not None and born != told:
        findings.notes.append(
            f"{record.where(Column.BORN)}: {born} is not the date in the NIP, {told}; it counts for the age."
        )
    return None if born == told else born


def timezone(record: Record, findings: Findings) -> str:
    """The IANA name of WIB, WITA or WIT; empty when the cell is empty or wrong."""
    cell = _present(record, Column.TIMEZONE, findings)
    if cell is None:
        return ""
    try:
        return zone_named(str(cell.value).strip()).key
    except UnknownZoneError:
        findings.wrong(cell.address, f"`{cell.value}` is not a time zone. Write WIB, WITA or WIT.")
        return ""


def day(record: Record, column: Column, findings: Findings) -> date | None:
    """A date cell, 2020-06-15 or 15/06/2020."""
    cell = _present(record, column, findings)
    if cell is None:
        return None
    if isinstance(cell.value, date):
        return cell.value.date() if isinstance(cell.value, datetime) else cell.value
    written = str(cell.value).strip()
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
    findings.wrong(cell.address, "This is not a date. Write it like 2020-06-15.")
    return None


def _present(record: Record, column: Column, findings: Findings, *, is_needed: bool = False) -> Cell | None:
    """The cell, if there is something to read in it."""
    cell = record.cells.get(column)
    if cell is not None and cell.fault:
        findings.wrong(cell.address, cell.fault)
        return None
    if cell is not None and not cell.is_blank:
        return cell
    if is_needed and cell is not None:  # a missing column was said once, at the header
        findings.wrong(cell.address, f"`{column}` is empty.")
    return None


def _tidy(written: str) -> str:
    """Composed, on one line, without characters that cannot be seen."""
    shown = (
        sign if not unicodedata.category(sign).startswith("C") else " " if sign.isspace() else ""
        for sign in unicodedata.normalize("NFC", written)
    )
    return " ".join("".join(shown).split())
