"""What people type, made safe to keep and easy to compare. Nothing is cut silently."""

import re
import unicodedata

MOST_CHARS = 4000  # an answer longer than this is refused with its length
_MARKS_IN_A_ROW = 4  # more combining marks than any language stacks is a prank
_KEPT_CONTROLS = "\n\t"
_JOINER = "\u200d"  # inside one emoji; alone it is nothing
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_FLOOD = re.compile(f"({_MARKS}{{{_MARKS_IN_A_ROW}}}){_MARKS}+")
_NOT_A_WORD = re.compile(r"[^\w\s/@.,:-]+")


def clean(text: str) -> str:
    """Return `text` composed (NFC), without control, direction and invisible characters, and trimmed."""
    if text.isascii() and text.isprintable():  # as most is, and what a keyboard says; it needs no more
        return text.strip()
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("�", "")
    composed = unicodedata.normalize("NFC", whole.replace("\r\n", "\n"))
    seen = "".join(char for char in composed if char in _KEPT_CONTROLS or _is_visible(char))
    flat = _FLOOD.sub(r"\1", seen).strip()
    return "" if not flat.strip(_JOINER + " \n\t") else flat


def _is_visible(char: str) -> bool:
    return char == _JOINER or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def folded(text: str) -> str:
    """Return `text` as it is compared: small letters, no emoji and quotation, single spaces, no final stop."""
    words = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(words.split()).strip(" .,!?:-")


def lines(text: str) -> list[str]:
    """Return the lines of `text` that say something, without the bullets and numbers in front of them."""
    stripped = (re.sub(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", "", line).strip() for line in text.splitlines())
    return [line for line in stripped if line]


def fitted(words: str, *, most: int) -> str:
    """Return words for a row of a list: as they are, or cut to `most` UTF-16 units with an ellipsis."""
    if len(words.encode("utf-16-le")) // 2 <= most:
        return words
    while len(words.encode("utf-16-le")) // 2 >= most:
        words = words[:-1]
    return words.rstrip() + "…"
