"""What people type to prove who they are: a NIP, a one-time code, or both at once; and phone numbers."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from policy import nip
from policy.nip import Nip, NipProblem

COUNTRY = "ID"
CODE_SIGNS = 8
# Codes have neither 0 nor O nor U, so these can only be a misread Q or V.
_MISREAD = str.maketrans({"0": "Q", "O": "Q", "U": "V"})
_EIGHTEEN_DIGITS = re.compile(r"(?<!\d)\d(?:[\s.\-]*\d){17}(?!\d)")
_SEPARATORS = re.compile(r"[\W_]+")
_FILLING = re.compile(r"\b(?:nip|nik|ni|kode|code|saya|ini|adalah|dan|and|is|my)\b|[\W_]+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a text holds of a proof. `nip` may be a problem to tell; `code` is "" when there is none."""

    nip: Nip | NipProblem | None = None
    code: str = ""


def read(text: str) -> Proof:
    """Return the NIP and the code in a text, in whichever order and however they are spaced."""
    plain = unicodedata.normalize("NFKC", text)
    found = _EIGHTEEN_DIGITS.search(plain)
    if found is None:
        return Proof(nip=_problem(plain), code=_code(plain))
    rest = f"{plain[: found.start()]} {plain[found.end() :]}"
    return Proof(nip=nip.parse(found[0]), code=_code(rest))


def phone(text: str) -> str | None:
    """Return a phone number as the office keeps it (+62…), or None when it is none."""
    digits = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", text))
    spellings = (digits,) if digits.startswith(("+", "0")) else (f"+{digits}", digits)
    for spelling in spellings:
        try:
            number = phonenumbers.parse(spelling, COUNTRY)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _code(text: str) -> str:
    """Return the eight signs of a code, with or without "kode saya:" around them; else ""."""
    for around in (_FILLING, _SEPARATORS):
        signs = around.sub("", text).upper().translate(_MISREAD)
        if len(signs) == CODE_SIGNS and signs.isascii():
            return signs
    return ""


def _problem(plain: str) -> NipProblem | None:
    """Return what is wrong with what looks like a NIP; words without a digit are none."""
    read = nip.parse(plain) if any(char.isdigit() for char in plain) else None
    return read if isinstance(read, NipProblem) else None
