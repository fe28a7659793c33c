"""Counts of people as the level above may read them: none under five, and none that could be worked out.

A row of counts that come to a total is shown as texts. "0" is nobody, and is shown. One to four read "<5". Where the
total and what is shown would still give away a count under five, more is left out ("–"), the smallest first.
"""

from collections.abc import Mapping

FEW, LEFT_OUT = "<5", "–"
LEAST = 5
Shown = dict[str, str]


def one(count: int) -> str:
    """A count that stands alone, and of which nothing else that is shown tells more."""
    return FEW if 0 < count < LEAST else str(count)


def health(count: int) -> str:
    """A count of people that says something of their health: here nobody reads "<5" too."""
    return FEW if count < LEAST else str(count)


def row(counts: Mapping[str, int]) -> tuple[str, Shown]:
    """Their total and the counts, as they may be shown: nobody can tell a count of one to four from them.

    The total is taken to be known (it may stand elsewhere); under five it reads "<5" as well.
    """
    total = sum(counts.values())
    shown = {name: one(count) for name, count in counts.items()}
    for name in _order(counts):
        if not gives_away(counts, shown):
            break
        shown[name] = LEFT_OUT
    return one(total), shown


def _order(counts: Mapping[str, int]) -> list[str]:
    """What is left out first: the smallest that is still shown, then what reads "<5", at last that there is nobody."""
    return sorted(counts, key=lambda name: (counts[name] == 0, counts[name] < LEAST, counts[name], name))


def gives_away(counts: Mapping[str, int], shown: Mapping[str, str]) -> bool:
    """Whether the total with what is shown leaves only one number for a hidden count of one to four."""
    total = sum(counts.values())
    lowest, highest = (total, total) if total >= LEAST or not total else (1, LEAST - 1)
    bounds = {name: _bounds(shown[name], highest) for name in counts}
    for name, count in counts.items():
        if not 0 < count < LEAST:
            continue
        low, high = bounds[name]
        others_low = sum(each[0] for other, each in bounds.items() if other != name)
        others_high = sum(each[1] for other, each in bounds.items() if other != name)
        if max(low, lowest - others_high) == min(high, highest - others_low):
            return True
    return False


def _bounds(text: str, highest: int) -> tuple[int, int]:
    if text == FEW:
        return 1, LEAST - 1
    if text == LEFT_OUT:
        return 0, highest
    return int(text), int(text)
