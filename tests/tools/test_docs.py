"""What the README says is so: its paths exist, its commands run, its settings are the real ones."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.settings import SETTINGS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_the_settings_table_is_the_one_the_settings_give() -> None:
    shown = README.split("<!-- settings: begin -->\n")[1].split("<!-- settings: end -->")[0]
    shapes = {s.name: s.example if "`" in s.example else f"`{s.example}`" for s in SETTINGS}
    rows = [
        f"| `{s.name}` | {s.sentence} | {shapes[s.name]} | {s.default} |"
        for s in SETTINGS
        if not s.is_internal
    ]
    assert shown.splitlines() == [
        "| setting | what it is | example | when not set |",
        "|---|---|---|---|",
        *rows,
    ]


@pytest.mark.parametrize(
    "path",
    sorted(set(re.findall(r"`((?:bot|handlers|policy|db|scheduler|simulator|tests)/[\w./<>…*-]*)`", README))),
)
def test_every_path_named_exists(path: str) -> None:
    exact = re.sub(r"<\w+>|…", "*", path).rstrip("/")
    assert list(ROOT.glob(exact)), path


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z-]+)", README))))
def test_every_make_target_named_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    "words", sorted(set(re.findall(r"piket ((?:[a-z]+ ?){1,2})", README.split("## Running it")[1])))
)
def test_every_command_named_exists(words: str) -> None:
    command: click.Command = main
    for word in words.split():
        assert isinstance(command, click.Group), words
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"piket {words}"
        command = found
        if not isinstance(command, click.Group):
            break
