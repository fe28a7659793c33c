"""Cuts a long text into parts that a platform takes: at line ends if it can, never inside a tag or a sign."""

import re
import unicodedata

_ATOM = re.compile(r"</?[a-z][^>]*>|&#?\w+;|.", re.DOTALL)
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-z]+)[^>]*>")
_JOINERS = {"\u200d", "\ufe0f", "\u20e3"}


def units(text: str) -> int:
    """Return the length of `text` as platforms count it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, most: int) -> str:
    """Return `text`, with an ellipsis in place of what goes beyond `most` units."""
    if units(text) <= most:
        return text
    kept = text
    while units(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def cut(text: str, *, most: int, has_tags: bool) -> list[str]:
    """Return `text` in parts of at most `most` units. A tag open at a cut is closed and opened again.

    The cuts depend only on what stands before them: a line added at the end changes no earlier part.
    """
    if units(text) <= most:
        return [text]
    atoms = _ATOM.findall(text) if has_tags else list(text)
    parts: list[str] = []
    opened: list[str] = []
    while atoms:
        taken = max(_fitting(atoms, opened, most), 1)
        head, atoms = opened + atoms[:taken], atoms[taken:]
        opened = _open_tags(head)
        body = "".join(head).strip("\n").rstrip(" ")
        if _shows(body):
            parts.append(body + _closing(opened))
    return parts


def _fitting(atoms: list[str], opened: list[str], most: int) -> int:
    """Return how many atoms make the next part: all that fit, or fewer to end at a line or a word."""
    size = sum(map(units, opened))
    still_open = list(opened)
    line = word = here = 0
    for index, atom in enumerate(atoms):
        size += units(atom)
        _follow(still_open, atom)
        if size + units(_closing(still_open)) > most:
            return line or word or here or index
        if atom == "\n":
            line = index + 1
        elif atom == " ":
            word = index + 1
        if not _joins(atoms, index + 1):
            here = index + 1
    return len(atoms)


def _joins(atoms: list[str], index: int) -> bool:
    """Whether a cut before `index` would tear one visible sign apart (an accented letter, a family emoji)."""
    if index >= len(atoms):
        return False
    after, before = atoms[index], atoms[index - 1]
    is_skin_tone = "\U0001f3fb" <= after <= "\U0001f3ff"
    return (
        before == "\u200d"
        or after in _JOINERS
        or is_skin_tone
        or bool(len(after) == 1 and unicodedata.combining(after))
    )


def _open_tags(atoms: list[str]) -> list[str]:
    still_open: list[str] = []
    for atom in atoms:
        _follow(still_open, atom)
    return still_open


def _follow(still_open: list[str], atom: str) -> None:
    tag = _TAG.fullmatch(atom) if len(atom) > 1 else None
    if tag is None:
        return
    if not tag["closing"]:
        still_open.append(atom)
    elif still_open:
        still_open.pop()


def _closing(still_open: list[str]) -> str:
    names = (_TAG.fullmatch(atom) for atom in reversed(still_open))
    return "".join(f"</{tag['name']}>" for tag in names if tag)


def _shows(part: str) -> bool:
    return bool(_TAG.sub("", part).strip())
