"""Typed answers to the questions: numbers, or a plain "none of these". Anything else is asked again."""

import re

from handlers.text import folded
from handlers.vocabulary import SYNONYMS

_SEPARATORS = re.compile(r"[\s,;.&/+]+|\bdan\b|\band\b|\bno\b|\bnomor\b")


def numbers_in(text: str, *, most: int) -> list[int]:
    """Return the numbers 1 to `most` that the text consists of ("2 5", "2,5", "no 2 dan 5"), else none."""
    parts = [part for part in _SEPARATORS.split(folded(text)) if part]
    if not all(part.isascii() and part.isdigit() and len(part) == 1 for part in parts):
        return []
    found = sorted({int(part) for part in parts})
    return found if all(1 <= number <= most for number in found) else []


def says_none(text: str) -> bool:
    """Return whether the text, as a whole, is a usual way to say that no question is answered yes."""
    return folded(text) in SYNONYMS["all_no"]
