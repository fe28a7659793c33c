"""The command line says what is wrong in a sentence, and never shows a traceback."""

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, main
from db.migrate import HEAD
from db.sealed import new_key, seal_from

TOKEN = "123456789:" + "A" * 35


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("PIKET_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def piket(*words: str, **settings: str) -> Result:
    """Run `piket`; an error that is not a sentence fails the test."""
    result = CliRunner().invoke(main, words, env=settings)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_explains_itself(name: str) -> None:
    assert isinstance(main.get_command(click.Context(main), name), click.Command)
    assert piket(name, "--help").exit_code == 0


def test_help_lists_every_command() -> None:
    said = piket("--help").output
    assert all(f"\n  {name} " in said for name in COMMANDS)


def test_a_new_key_is_one_line_that_works() -> None:
    said = piket("key", "new")
    assert seal_from(said.stdout.strip()).fingerprint
    assert "keep a copy" in said.stderr


def test_p08_e10_a_start_without_a_key_is_refused_with_how_to_make_one() -> None:
    said = piket("run")
    assert said.exit_code == 2
    (sentence,) = said.output.strip().splitlines()
    assert sentence.startswith("Piket: PIKET_KEY is missing. Make a key with `piket key new`")


def test_p08_e10_a_wrong_setting_is_one_clear_sentence() -> None:
    said = piket("run", PIKET_KEY=new_key(), PIKET_TELEGRAM_TOKEN=TOKEN, PIKET_LISTEN="somewhere")
    assert said.exit_code == 2
    assert said.output == "Piket: PIKET_LISTEN must be an address and a port. Example: 127.0.0.1:8080\n"


def test_e09_a_token_with_a_space_is_refused_before_it_is_used() -> None:
    said = piket("run", PIKET_KEY=new_key(), PIKET_TELEGRAM_TOKEN=f"{TOKEN} ")
    assert said.exit_code == 2
    assert "PIKET_TELEGRAM_TOKEN has spaces" in said.output
    assert TOKEN not in said.output


def test_d04_a_missing_folder_is_named() -> None:
    said = piket("migrate", PIKET_DATABASE="sqlite:/nowhere/at/all/piket.db")
    assert said.exit_code == 1
    assert "The folder /nowhere/at/all for the database does not exist" in said.output


def test_d04_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "piket.db").write_bytes(b"not a database" * 1000)
    said = piket("migrate", PIKET_DATABASE=f"sqlite:{tmp_path / 'piket.db'}")
    assert said.exit_code == 1
    assert f"The database {tmp_path}/piket.db cannot be opened" in said.output


def test_an_errand_before_the_tables_are_made_says_what_makes_them() -> None:
    said = piket("admin", "list", PIKET_KEY=new_key())
    assert said.output == "Piket: The database has no tables yet. Make them with `piket migrate`.\n"


def test_p08_the_database_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    piket("migrate")
    assert stat.S_IMODE((tmp_path / "piket.db").stat().st_mode) == 0o600


def test_a_taken_port_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = piket(
            "run",
            PIKET_KEY=new_key(),
            PIKET_TELEGRAM_TOKEN="test:ABC",
            PIKET_TELEGRAM_API="http://127.0.0.1:9",
            PIKET_LISTEN=f"127.0.0.1:{taken.getsockname()[1]}",
        )
    assert said.exit_code == 1
    assert "address already in use. Set PIKET_LISTEN to" in said.output


def test_migrate_makes_the_tables_once_and_again() -> None:
    assert f"has schema {HEAD}" in piket("migrate").output
    assert piket("migrate").exit_code == 0


def test_doctor_says_what_is_missing_and_makes_nothing(tmp_path: Path) -> None:
    said = piket("doctor")
    assert said.exit_code == 1
    assert f"There is no database yet. `piket migrate` makes it: {tmp_path}/piket.db" in said.output
    assert "PIKET_KEY is missing. Make a key with" in said.output
    assert "PIKET_TELEGRAM_TOKEN is missing. Ask @BotFather" in said.output
    assert not list(tmp_path.iterdir()), "It only looks."


def test_doctor_says_what_is_well_and_what_comes_next() -> None:
    piket("migrate")
    said = piket(
        "doctor",
        PIKET_KEY=new_key(),
        PIKET_TELEGRAM_TOKEN="test:ABC",
        PIKET_TELEGRAM_API="http://127.0.0.1:9",
    ).output
    assert f"[  ok  ] Its schema is {HEAD}" in said
    assert "PIKET_KEY is set (fingerprint " in said
    assert "Nothing is sealed in the database yet" in said
    assert "Make the first one with `piket admin first`" in said
    assert "[WRONG ] Telegram cannot be reached at http://127.0.0.1:9" in said
    assert "test:ABC" not in said


def test_doctor_knows_a_wrong_key_and_a_server_that_is_not_there() -> None:
    piket("migrate")
    piket("admin", "list", PIKET_KEY=new_key())
    said = piket("doctor", PIKET_KEY=new_key())
    assert "[WRONG ] PIKET_KEY is not the key that the database is sealed with." in said.output
    said = piket("doctor", PIKET_KEY=new_key(), PIKET_DATABASE="postgresql://piket@127.0.0.1:9/piket")
    assert "PIKET_DATABASE: nobody listens there. Check that it runs" in said.output


def test_doctor_names_a_wrong_setting() -> None:
    said = piket("doctor", PIKET_LOG_LEVEL="loud")
    assert said.exit_code == 1
    assert "PIKET_LOG_LEVEL must be one of debug, info, warning, error" in said.output


def test_p02_a_running_service_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PIKET_KEY": new_key(),
        "PIKET_TELEGRAM_TOKEN": "test:ABC",
        "PIKET_TELEGRAM_API": "http://127.0.0.1:9",
        "PIKET_LISTEN": "127.0.0.1:0",
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as service:
        assert service.stderr is not None
        lines = iter(service.stderr.readline, "")
        assert any('"action": "ready"' in line for line in lines)
        service.send_signal(signal.SIGTERM)
        rest = service.stderr.read()
    assert service.returncode == 0
    assert '"action": "stopped"' in rest
    assert "test:ABC" not in rest
