"""What a file holds before anything of it is believed: sheets of cells, each with its spreadsheet address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from handlers.admin.importing.columns import Kind
from handlers.admin.refusal import AdminRefused

Raw = str | int | float | bool | date | time | timedelta | None


class FileRefused(AdminRefused):
    """The file cannot be read at all; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stops the import: where, and a sentence."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. With a `fault` its value cannot be trusted, and the fault is said when somebody reads it."""

    address: str
    value: Raw
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.fault and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in the file; `faults` names cells (row, column, both from 0) that cannot be trusted."""

    name: str
    kind: Kind
    rows: Sequence[Sequence[Raw]]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0

    def cell(self, row: int, column: int) -> Cell:
        values = self.rows[row]
        value = values[column] if column < len(values) else None
        return Cell(self.address(row, column), value, self.faults.get((row, column), ""))

    def address(self, row: int, column: int) -> str:
        """As in a spreadsheet: pegawai!B7."""
        return f"{self.name}!{letters_of(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Source:
    """All that was read from a file, and what the reader has to say about it."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def letters_of(column: int) -> str:
    """The letters over a column counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
