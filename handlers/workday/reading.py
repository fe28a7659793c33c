"""What people type into a plan or output form: lines, numbers, amounts, per cent, links, and short orders."""

import re
from dataclasses import dataclass

from db.reports import Item
from handlers.text import folded, lines
from handlers.understand import only_names
from handlers.vocabulary import SYNONYMS

_AMOUNT = re.compile(r"^(\d{1,9}(?:[.,]\d{1,3})*)\s*([^\d\s%][^\d%]{0,38})?$")
_PERCENT = re.compile(r"^(\d{1,3})\s*(?:%|persen|percent)?$")
_LINK = re.compile(r"^https?://[^\s/]+\.[^\s]+$", re.IGNORECASE)
_ORDER = re.compile(
    r"^(ubah|ganti|edit|change|hapus|buang|remove|delete)(?:\s+(?:nomor|no|baris))?\s+(\d{1,2})$"
)
_REMOVES = frozenset({"hapus", "buang", "remove", "delete"})
_FRESH = frozenset({"baru", "ulang", "new", "again"})
MOST_LINK = 300


@dataclass(frozen=True)
class Order:
    """A line to open or, if `removes`, to take out."""

    number: int
    removes: bool = False


def items_in(text: str, *, source: str | None = None) -> list[Item]:
    """Return the items of a text, one a line, whole. `source` is the message it stands in."""
    return [Item(activity=line, typed_in=source or "") for line in lines(text)]


def only_numbers(text: str) -> bool:
    """Whether a text is one or more small numbers and nothing else, such as "1 3" or "2 dan 4"."""
    plain = re.sub(r"\b(dan|and)\b", " ", folded(text))
    return bool(re.fullmatch(r"\d{1,2}(?:[\s,.;&+]+\d{1,2})*", plain))


def numbers_in(text: str, *, most: int) -> list[int]:
    """Return the numbers of a text that holds nothing else, each from 1 to `most`; else none."""
    found = [int(number) for number in re.findall(r"\d+", text)] if only_numbers(text) else []
    return found if all(0 < number <= most for number in found) else []


def order_in(text: str, *, most: int) -> Order | None:
    """Return what a text such as "2", "ubah 2" or "hapus 2" asks to do to a line that there is."""
    plain = folded(text)
    found = _ORDER.match(plain)
    number = int(found[2]) if found else int(plain) if plain.isdigit() and len(plain) < 3 else 0
    if not 0 < number <= most:
        return None
    return Order(number, removes=found is not None and found[1] in _REMOVES)


def amount_in(text: str) -> tuple[str, str] | None:
    """Return volume and unit of "3 dokumen" or "2,5 jam"; the unit is "" where none is said."""
    found = _AMOUNT.match(" ".join(text.split()))
    return (found[1], (found[2] or "").strip(" .")) if found else None


def percent_in(text: str) -> int | None:
    """Return the per cent of "80 %", "80 persen" or "80"; None if it is none, or beyond 100."""
    found = _PERCENT.match(folded(text.replace("%", " persen")))
    return int(found[1]) if found and int(found[1]) <= 100 else None


def link_in(text: str) -> str | None:
    """Return the text if it is an http(s) link and nothing else."""
    link = text.strip()
    return link if len(link) <= MOST_LINK and _LINK.match(link) else None


def says(text: str, label: str) -> bool:
    """Whether the text is a usual word for this choice."""
    return folded(text) in SYNONYMS.get(label, frozenset())


def wants_fresh(text: str) -> bool:
    """Whether "rencana baru" was said: a list that begins anew."""
    return bool(_FRESH & set(folded(text).split()))


def words_beyond(text: str) -> tuple[str, str]:
    """Split a text into what names the form and its day, and what is work: "rencana: rapat data"."""
    first, _, rest = text.partition("\n")
    head, colon, tail = first.partition(":")
    if colon and only_names(head):
        return head, f"{tail}\n{rest}".strip()
    return (first, rest.strip()) if only_names(first) else ("", text)
