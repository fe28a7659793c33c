"""Codes that people read aloud, on receipts and to prove who they are: no sign looks like another."""

import secrets
from dataclasses import dataclass

from db.ids import new_id

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L, U (V)

TRIES = 8
BUSY = "This report is being stored by others at this moment."


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What a report became: `code` is for the person; `already` when the very same was stored before."""

    id: str
    version: int
    code: str
    already: bool


def letters(count: int) -> str:
    """Return that many random letters and digits, from the system's own source of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def new_code(initial: str) -> str:
    """Return a code for a receipt, such as S-7KQ2-M4."""
    drawn = letters(6)
    return f"{initial}-{drawn[:4]}-{drawn[4:]}"


def first_or_next(version: int, *, code: str) -> Saved:
    """Return what a report becomes when it follows that version (0: none yet)."""
    return Saved(id=new_id(), version=version + 1, code=code, already=False)
