"""The simulator as a process, and what it refuses to start with."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.__main__ import main
from simulator.errors import SimulatorError
from simulator.world import World


def test_it_is_ready_after_little_work_and_ends_at_sigterm(tmp_path: Path) -> None:
    cast = tmp_path / "cast.json"
    cast.write_text(json.dumps({"people": [{"id": 1, "first_name": "Ana"}]}))
    options = ["--port", "0", "--bot-token", "demo:ABC", "--key", "PAGEKEY", "--cast", str(cast)]
    start = ["--start", "2020-06-15T06:45:00+07:00"]
    before = os.times()
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", *options, *start], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line.startswith("simulator ready on http://127.0.0.1:")
        assert line.endswith("/PAGEKEY/")
        with urllib.request.urlopen(line.split(" ")[-1] + "api/state") as answer:
            assert json.load(answer)["now"].startswith("2020-06-15T06:45")
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 5  # seconds of a processor: what else the machine does is not its fault


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--bot-token", "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"], "real bot"),
        (["--bot-token", "ABC"], "demo:"),
        (["--bot-token", "demo:A", "--cast", "/nowhere/cast.json"], "/nowhere/cast.json"),
        (["--bot-token", "demo:A", "--key", "a b"], "key"),
        (["--bot-token", "demo:A", "--clock-url", "http://10.0.0.1/"], "--clock-url"),
        (["--bot-token", "demo:A", "--start", "besok"], "besok"),
    ],
)
def test_a_bad_start_is_refused_with_a_sentence(options: list[str], words: str) -> None:
    """Fault E09: a real token never reaches the simulator."""
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 2
    assert words in result.output


def test_a_cast_with_an_id_used_twice_is_refused() -> None:
    people = [{"id": 1, "first_name": "A"}, {"id": 1, "first_name": "B"}]
    with pytest.raises(SimulatorError, match="twice"):
        World(bot_token="test:A", key="PAGEKEY", cast={"people": people})
    with pytest.raises(SimulatorError, match="incomplete"):
        World(bot_token="test:A", key="PAGEKEY", cast={"people": [{"id": 1}]})
