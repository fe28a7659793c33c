"""How commands take days and words, and how they show tables and counts."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import click

from handlers.admin.importing.columns import closest


class DayType(click.ParamType[date, Any]):
    """A day, written like 2020-06-15."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is not a day. Write it like 2020-06-15.", param, ctx)


class WordType(click.ParamType[StrEnum, Any]):
    """A word of a closed list; a wrong one offers the closest."""

    def __init__(self, words: type[StrEnum]) -> None:
        self._words = words
        self.name = "|".join(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:
        known = {word.value.casefold(): word for word in self._words}
        word = known.get(str(value).casefold())
        if word is not None:
            return word
        meant = closest(str(value), list(self._words))
        offer = f"Did you mean `{meant}`?" if meant else f"Known are: {', '.join(self._words)}."
        raise click.BadParameter(f"`{value}` is not known. {offer}", ctx=ctx, param=param)


DAY = DayType()


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 person, 2 people."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under their names, as wide as they need."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)
