"""`piket circular check` and `schema` need neither settings nor a database, and say everything that is wrong."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from policy.format.circular_schema import schema
from policy.loader import SHIPPED
from tests.policy.circular_texts import WFH, WFO, circular, rule

CITED = "  - {name: biasa, on: 2020-06-15, given: {}, expect: WFO, because: satu}\n"
WHOLE = circular(rule("satu", WFO), cases=CITED)
BROKEN = circular(rule("satu", WFO), rule("dua", WFH), cases=CITED.replace("WFO", "WFA"))


def check(*words: str) -> Result:
    return CliRunner(env={}).invoke(main, ["circular", "check", *words])


def test_a_file_in_order_says_what_was_checked(tmp_path: Path) -> None:
    file = tmp_path / "contoh.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    done = check(str(file))
    assert done.exit_code == 0
    assert done.output == (
        f"{file}: in order. SE 1/2020 (Gubernur Contoh): 1 rule, 0 duties, 0 judgements, 0 open questions; "
        "2 cases passed.\n"
        "1 file checked, 1 in order; 0 errors.\n"
    )


def test_every_error_of_every_file_of_a_folder_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "b.yml").write_text("- x", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(WHOLE.replace("1/2020", "2/2020"), encoding="utf-8")
    (tmp_path / "catatan.txt").write_text("bukan surat", encoding="utf-8")
    done = check(str(tmp_path))
    lines = done.output.splitlines()
    assert done.exit_code == 1
    assert lines[0].startswith(f"{tmp_path / 'a.yaml'}:11: `satu` and `dua` can both meet one person")
    assert any(line.startswith(f"{tmp_path / 'a.yaml'}:14: The case `biasa` fails") for line in lines)
    assert f"{tmp_path / 'b.yml'}:1: `b.yml` must be a list of keys with values." in lines
    assert any(line.startswith(f"{tmp_path / 'c.yaml'}: in order.") for line in lines)
    assert lines[-1] == f"3 files checked, 1 in order; {len(lines) - 2} errors."


def test_what_is_worth_a_look_is_said_and_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "contoh.yaml"
    file.write_text(
        WHOLE.replace("{from: 2020-06-01", "{from: not stated").replace("2020-05-01", "2021-05-01"),
        encoding="utf-8",
    )
    done = check(str(file))
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[1].startswith(f"{file}:1: worth a look: `in_force` does not say")


@pytest.mark.parametrize(
    ("name", "says"),
    [("nix.yaml", "The file cannot be read: No such file"), ("", "There is no circular")],
)
def test_a_file_that_is_not_there_and_an_empty_folder_are_no_success(
    tmp_path: Path, name: str, says: str
) -> None:
    done = check(str(tmp_path / name))
    assert done.exit_code == 1
    assert says in done.output


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    file = tmp_path / "contoh.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    assert check(str(file), str(file), str(tmp_path)).output.endswith(
        "1 file checked, 1 in order; 0 errors.\n"
    )


def test_what_is_shipped_is_in_order() -> None:
    done = check(str(SHIPPED))
    assert done.exit_code == 0, done.output


def test_the_schema_is_printed_as_json() -> None:
    done = CliRunner(env={}).invoke(main, ["circular", "schema"])
    assert json.loads(done.output) == schema()
