"""docs/pasal.md: every sentence of the five base texts has become something, and everything comes from a sentence."""

import re
from pathlib import Path

import pytest

from policy.loader import shipped
from policy.model import Circular

TABLE = Path(__file__).parents[2] / "docs" / "pasal.md"
BASE = ["lampung-2020-06-04", "kaltim-2020", "menpanrb-58-2020", "lampung-ppkm-2021", "menpan-2020-06-03"]
HEAD = {
    "asks",
    "based_on",
    "binds",
    "form",
    "in_force",
    "issuer",
    "number",
    "signed",
    "title",
    "while",
}
_SECTION = re.compile(r"^## S\d · .+ · `([^`]+)`$")
_NAMED = re.compile(r"`([a-z_]+/[a-z0-9_-]+)`")


def rows() -> dict[str, list[list[str]]]:
    """The cells of every row, by the id of the circular under whose heading it stands."""
    found: dict[str, list[list[str]]] = {}
    circular = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if section := _SECTION.match(line):
            circular = section[1]
        elif circular and re.match(r"\| \d", line):
            found.setdefault(circular, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def named_in(cells: list[list[str]]) -> set[str]:
    return {name for row in cells for name in _NAMED.findall(row[-1])}


def parts_of(circular: Circular) -> set[str]:
    """Everything the circular says below its head."""
    return (
        {f"rules/{rule.id}" for rule in circular.rules}
        | {f"duties/{duty.id}" for duty in circular.duties}
        | {f"not_automated/{judgement.id}" for judgement in circular.not_automated}
        | {f"not_stated/{silence.note.id}" for silence in circular.not_stated}
    )


def test_the_five_base_texts_are_there_and_no_other() -> None:
    assert list(rows()) == BASE


@pytest.mark.parametrize("circular", BASE)
def test_every_sentence_has_become_something(circular: str) -> None:
    for row in rows()[circular]:
        assert len([cell for cell in row if cell]) == 4, row
        assert named_in([row]), f"Row {row[0]} leads nowhere."


@pytest.mark.parametrize("circular", BASE)
def test_the_sentences_are_numbered_without_a_gap(circular: str) -> None:
    assert [int(row[0]) for row in rows()[circular]] == list(range(1, len(rows()[circular]) + 1))


@pytest.mark.parametrize("circular", BASE)
def test_what_the_table_names_is_there(circular: str) -> None:
    known = parts_of(shipped()[circular]) | {f"head/{part}" for part in HEAD}
    assert named_in(rows()[circular]) - known == set()


@pytest.mark.parametrize("circular", BASE)
def test_what_is_there_comes_from_a_sentence(circular: str) -> None:
    assert parts_of(shipped()[circular]) - named_in(rows()[circular]) == set()


@pytest.mark.parametrize("circular", BASE)
def test_every_sentence_says_more_than_where_it_went(circular: str) -> None:
    """Two rows with the same words would be one sentence counted twice."""
    words = [row[1] for row in rows()[circular]]
    assert len(set(words)) == len(words)
