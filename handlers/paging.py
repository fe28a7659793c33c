"""A list that is longer than the narrowest platform shows: eight rows a page, each by its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.text import fitted, folded
from handlers.update import Choice
from handlers.vocabulary import MENU_WORDS

ROWS = 8
_CHARS_OF_A_ROW = 20
MORE = Choice(value="more", label="next_page")


@dataclass(frozen=True)
class Page:
    """Which part of a list of `count` is shown; after the last page comes the first."""

    number: int
    count: int

    @property
    def first(self) -> int:
        """The place of the first row, from 0."""
        return self.number % max(1, -(-self.count // ROWS)) * ROWS

    @property
    def last(self) -> int:
        """The place after the last row."""
        return min(self.first + ROWS, self.count)

    def choices(self, names: Sequence[str]) -> tuple[Choice, ...]:
        """Return a choice for every row shown, and one for the next page where there is one."""
        rows = tuple(
            Choice(value=str(place + 1), words=fitted(f"{place + 1} {names[place]}", most=_CHARS_OF_A_ROW))
            for place in range(self.first, self.last)
        )
        return (*rows, MORE) if self.count > ROWS else rows


def number_in(text: str, *, most: int) -> int:
    """Return the number from 1 to `most` that a text or choice is; 0 if it is none."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and 0 < int(plain[:6]) <= most else 0


def says_menu(text: str) -> bool:
    """Whether somebody wants to leave the list for the menu."""
    return folded(text) in MENU_WORDS
