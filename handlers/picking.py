"""Picking one's own people from a list: by a tap, a number or several, a part of a name, or all of them."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from db.subordinates import Subordinate
from handlers.paging import Page, number_in
from handlers.text import folded
from handlers.update import Choice, Say, Turn, ask, done

What = Literal["task", "absence", "override"]
MOST_AT_ONCE = 100  # each of them is told
_ALL = Choice(value="all", label="pick_all")
_ALL_WORDS = frozenset({"semua", "semuanya", "all", "everybody"})
_NUMBERS = re.compile(r"\d{1,3}(?:(?:\s*[,;&+]\s*|\s+(?:dan|and)?\s*)\d{1,3})+")


def ask_who(
    under: Sequence[Subordinate], *, what: What, page: int, with_all: bool = False, step: str = "who"
) -> Turn:
    """Ask for whom it is; whoever has nobody under them is told so."""
    if not under:
        return done(Say(message="unit/nobody"))
    shown = Page(page, len(under))
    rows: list[dict[str, Any]] = [
        {"number": number, "name": each.name}
        for number, each in enumerate(under[shown.first : shown.last], shown.first + 1)
    ]
    has_all = with_all and 1 < len(under) <= MOST_AT_ONCE
    choices = (*shown.choices([each.name for each in under]), *((_ALL,) if has_all else ()))
    params: dict[str, Any] = {"rows": rows, "count": len(under), "what": what, "several": with_all}
    return ask("unit/who", step=step, choices=choices, draft={"_page": page}, **params)


def one_named(under: Sequence[Subordinate], text: str) -> Subordinate | None:
    """Return the only person with this number in the list, or with this in their name."""
    number = number_in(text, most=len(under))
    if number:
        return under[number - 1]
    found = [each for each in under if folded(text) and folded(text) in folded(each.name)]
    return found[0] if len(found) == 1 else None


def several_named(under: Sequence[Subordinate], text: str) -> list[Subordinate]:
    """Return those who are meant by a number, numbers such as "1 3 dan 5", a name, or "semua"; none if unclear."""
    if folded(text) in _ALL_WORDS:
        return list(under) if len(under) <= MOST_AT_ONCE else []
    if _NUMBERS.fullmatch(folded(text)):
        numbers = [number_in(each, most=len(under)) for each in re.findall(r"\d+", text)]
        return [under[number - 1] for number in dict.fromkeys(numbers)] if all(numbers) else []
    found = one_named(under, text)
    return [found] if found else []
