"""What a head considered: the ten points of SE MenPANRB 58/2020 as ticks, and their own words beside them."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.override.service import CONSIDERATIONS
from handlers.text import folded
from handlers.update import Answer, Choice, Turn, again, ask

MOST_OWN = 200
_AT_ONCE = 7
_MORE = Choice(value="more", label="next_page")
_NEXT = Choice(value="next", label="next")
_NUMBERS = re.compile(r"\d{1,2}(?:(?:\s*[,;&+]\s*|\s+(?:dan|and)?\s*)\d{1,2})*")
Draft = Mapping[str, Any]


def ask_for(draft: Draft, *, page: int) -> Turn:
    """Show the points with their ticks, seven at a time: that is what the narrowest list holds."""
    first = page * _AT_ONCE % (-(-len(CONSIDERATIONS) // _AT_ONCE) * _AT_ONCE)
    numbers = range(first + 1, min(first + _AT_ONCE, len(CONSIDERATIONS)) + 1)
    picks = tuple(
        Choice(value=str(each), label=f"consider_{each}" + ("_on" if each in draft["ticked"] else ""))
        for each in numbers
    )
    kept = {**draft, "_page": page}
    return ask(
        "override/considered",
        step="considered",
        choices=(*picks, _MORE, _NEXT),
        draft=kept,
        ticked=list(draft["ticked"]),
        own=draft["own"],
        points=list(CONSIDERATIONS),
        most=MOST_OWN,
    )


def read(draft: Draft, answer: Answer) -> Turn:
    """Tick or untick what was tapped or numbered; keep other words as the head's own."""
    if answer.value == "more":
        return ask_for(draft, page=draft["_page"] + 1)
    text = answer.value or answer.text
    if _NUMBERS.fullmatch(folded(text)):
        return _ticked(draft, [int(each) for each in re.findall(r"\d+", text)])
    own = " ".join(text.split())
    if len(own) > MOST_OWN:
        return again("common/too_long", chars=len(own), most=MOST_OWN)
    return ask_for({**draft, "own": own}, page=draft["_page"])


def _ticked(draft: Draft, numbers: list[int]) -> Turn:
    if not all(0 < each <= len(CONSIDERATIONS) for each in numbers):
        return again("common/pick")
    ticked = sorted(set(draft["ticked"]) ^ set(numbers))
    return ask_for({**draft, "ticked": ticked}, page=draft["_page"])


def named_in(draft: Draft) -> tuple[str, ...]:
    """Return what was considered, in the words that are kept."""
    named = tuple(CONSIDERATIONS[number - 1] for number in draft["ticked"])
    return (*named, draft["own"]) if draft["own"] else named
