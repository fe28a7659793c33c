"""Tables in plain text."""

from collections.abc import Sequence

_NAME, _CELL = 46, 13


def row(name: str, *cells: str) -> str:
    """Return a line: a name, and its cells below those of the other lines."""
    return f"  {name:{_NAME}}" + "".join(f"{each:>{_CELL}}" for each in cells)


def table(title: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    """Return a table with a line above it."""
    return "\n".join([f"\n{title}", row("", *heads), *rows])
