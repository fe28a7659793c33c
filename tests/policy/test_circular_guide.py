"""docs/circulars.md teaches what the loader takes: its examples load, its lists are those of the code."""

import re
from enum import StrEnum
from pathlib import Path

import click
import pytest

from bot.cli import main
from policy.format import loading
from policy.format.strict_yaml import LoaderError
from policy.keys import KEYS, Key
from policy.loader import examine, shipped
from policy.words import (
    Addressee,
    Arrangement,
    Ask,
    ChangeKind,
    Counted,
    Modality,
    Obligation,
    Per,
    Rank,
    Rounding,
)
from tests.policy.circular_texts import HEAD, WFO, circular, rule, sentences

GUIDE = (Path(__file__).parents[2] / "docs" / "circulars.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
WHOLE = [block for block in BLOCKS if re.match(r"(# .+\.yaml\n)?number", block) and "\ncases:" in block]
LISTS: dict[str, type[StrEnum]] = {
    "`rank`": Rank,
    "`arrangement`, `for`, `rota`": Arrangement,
    "`modality`": Modality,
    "`per`": Per,
    "`counted`": Counted,
    "`rounding`": Rounding,
    "`who`": Addressee,
    "`obligation`": Obligation,
    "`ask`": Ask,
}


def between(name: str) -> list[str]:
    return GUIDE.split(f"<!-- {name}: begin -->\n")[1].split(f"<!-- {name}: end -->")[0].splitlines()


def test_the_closed_lists_are_those_of_the_code() -> None:
    rows = [f"| {key} | {', '.join(f'`{word}`' for word in words)} |" for key, words in LISTS.items()]
    assert between("words") == ["| key | words |", "|---|---|", *rows]


def test_the_conditions_are_those_of_the_code() -> None:
    rows = [f"| `{key.name}` | {key.says} | {_values(key)} |" for key in KEYS.values()]
    assert between("conditions") == ["| key | what it looks at | values |", "|---|---|---|", *rows]


def _values(key: Key) -> str:
    if key.words is not None:
        return ", ".join(f"`{word}`" for word in key.words)
    if key.name == "age":
        return "`di atas 50`, `minimal 50`, `di bawah 50`, `maksimal 50`, `tepat 50`, with any age"
    return "days, such as `2020-06-15`" if key.name == "date" else "your own words"


def test_the_whole_examples_are_in_order_beside_each_other() -> None:
    assert len(WHOLE) == 3
    names = [re.findall(r"^# (.+\.yaml)\n", block) for block in WHOLE]
    examined = examine(
        {(name or ["contoh-kabut-asap.yaml"])[0]: block for name, block in zip(names, WHOLE, strict=True)}
    )
    assert [str(problem) for each in examined for problem in (*each.problems, *each.worth_a_look)] == []


def test_the_contradiction_of_the_guide_is_in_order() -> None:
    (block,) = (block for block in BLOCKS if "conflicts_with: clinics-in" in block)
    head = HEAD.replace("2020-06-01", "2026-05-11").replace("2020-12-31", "not stated")
    (examined,) = examine({"contoh.yaml": head + block})
    assert [str(problem) for problem in examined.problems] == []


def test_two_dinas_of_the_guide_get_along() -> None:
    (block,) = (block for block in BLOCKS if "id: transport" in block)
    found = sentences(circular(head=HEAD).replace("rules:\n", block))
    assert found == []


@pytest.mark.parametrize("block", [block for block in BLOCKS if block not in WHOLE])
def test_every_other_example_has_the_right_form(block: str) -> None:
    """A piece is set into a circular that has whatever else it takes."""
    named = set(re.findall(r"^(\w+):", block, re.MULTILINE))
    rest = circular(rule("satu", WFO), head="\n".join(_kept(HEAD, named)) + "\n")
    body = block + "\n".join(_kept(rest, named))
    found: list[LoaderError] = []
    assert loading.circular(body, file="contoh.yaml", id="contoh", findings=found) is not None
    assert found == []


def _kept(text: str, named: set[str]) -> list[str]:
    """The lines under top keys that are not named."""
    kept, is_kept = [], True
    for line in text.splitlines():
        if found := re.match(r"(\w+):", line):
            is_kept = found[1] not in named
        if is_kept:
            kept.append(line)
    return kept


def test_every_key_at_the_top_and_every_change_is_explained() -> None:
    for name in (*loading.NEEDS, *loading.MAY, *ChangeKind):
        assert re.search(rf"^{name}:|[`{{]{name}[`:]", GUIDE, re.MULTILINE), name
    own = set(re.findall(r"^# (.+)\.yaml$", GUIDE, re.MULTILINE))
    assert set(re.findall(r"beside: ([\w-]+),", GUIDE)) <= set(shipped()) | own


@pytest.mark.parametrize("words", sorted(set(re.findall(r"piket ([a-z]+(?: [a-z]+\b)?)", GUIDE))))
def test_every_command_named_exists(words: str) -> None:
    command: click.Command = main
    for word in words.split():
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"piket {words}"
        command = found
    assert not isinstance(command, click.Group), f"piket {words} is only a part of a command"


def test_the_table_of_contents_leads_to_every_chapter() -> None:
    chapters = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    anchors = ["#" + re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in chapters]
    assert re.findall(r"\]\((#[^)]+)\)", GUIDE) == anchors
