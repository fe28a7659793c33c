"""The 18-digit number of a civil servant (NIP of PNS, NI of PPPK): its form, never a proof of identity.

Perka BKN 22/2007: birth date, year and month of appointment, sex, serial. In a PPPK's number the two digits
after the year are not a month, so they are not checked as one. There is no check digit.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SEPARATORS = re.compile(r"[\s.\-\u200b-\u200f\u2060\ufeff']+")
YOUNGEST = 18
OLDEST = 70


class NipKind(StrEnum):
    """A hint from two digits, no more: a PPPK's code may look like a month."""

    LIKE_PNS = "like_pns"
    LIKE_PPPK = "like_pppk"


class NipFault(StrEnum):
    EMPTY = "empty"
    ROUNDED = "rounded"  # a spreadsheet made it a number such as 1.98609E+17: digits are lost
    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    BIRTH_DATE = "birth_date"
    APPOINTMENT_YEAR = "appointment_year"
    SEX = "sex"


@dataclass(frozen=True, slots=True)
class NipProblem:
    """What is wrong with a number, for a table of texts (`fault`) and for an operator (`sentence`)."""

    fault: NipFault
    sentence: str


@dataclass(frozen=True, slots=True)
class Nip:
    """A number of the right form. `value` is its 18 digits; warnings do not make it wrong."""

    value: str
    birth_date: date
    kind: NipKind
    warnings: tuple[str, ...] = ()

    @property
    def display(self) -> str:
        """In the usual groups: 19860926 201505 1 001."""
        return grouped(self.value)


def grouped(value: str) -> str:
    """18 digits in the groups in which a NIP is printed."""
    return f"{value[:8]} {value[8:14]} {value[14]} {value[15:]}"


def parse(text: str) -> Nip | NipProblem:
    """Read a number as people type it (spaces, dots and hyphens allowed), or say what is wrong with it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = _SEPARATORS.sub("", plain)
    if not digits:
        return NipProblem(NipFault.EMPTY, "The NIP is empty.")
    if re.fullmatch(r"\d+([.,]\d+)?[eE]\+?\d+", plain):
        return NipProblem(
            NipFault.ROUNDED,
            "A spreadsheet has rounded this NIP; format the column as text and type it again.",
        )
    if not (digits.isascii() and digits.isdigit()):
        return NipProblem(NipFault.NOT_DIGITS, "A NIP has only digits.")
    if len(digits) != 18:
        return NipProblem(NipFault.LENGTH, f"A NIP has 18 digits; this has {len(digits)}.")
    return _read(digits)


def birth_date(value: str) -> date | None:
    """The date of birth in a stored number's first 8 digits; None where they are no date."""
    return _date(value[:8])


def _read(digits: str) -> Nip | NipProblem:
    born = _date(digits[:8])
    if born is None:
        return NipProblem(NipFault.BIRTH_DATE, "The first 8 digits are not a date of birth (YYYYMMDD).")
    age = int(digits[8:12]) - born.year
    if not 0 < age <= OLDEST:
        return NipProblem(
            NipFault.APPOINTMENT_YEAR,
            "Digits 9 to 12 are not a year of appointment that fits the birth date.",
        )
    if digits[14] not in "12":
        return NipProblem(NipFault.SEX, "Digit 15 is 1 for a man or 2 for a woman.")
    kind = NipKind.LIKE_PNS if 1 <= int(digits[12:14]) <= 12 else NipKind.LIKE_PPPK
    return Nip(digits, born, kind, _warnings(digits, age=age))


def _warnings(digits: str, *, age: int) -> tuple[str, ...]:
    found = []
    if digits[15:] == "000":
        found.append("The serial is 000; serials begin at 001.")
    if age < YOUNGEST:
        found.append(f"The person would have been appointed in the year of turning {age}.")
    return tuple(found)


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
