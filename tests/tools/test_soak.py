"""The long totals go on where they were stopped, and a failure is tried again."""

import json
import signal
import sys
from pathlib import Path

import pytest

from tests import soak
from tests.soak import Part


@pytest.fixture
def tally(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that grows by a letter with every command done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(soak, "STATE", tmp_path / ".soak" / "state.json")
    return tmp_path / "tally"


def part(name: str, *, times: int, does: str) -> Part:
    return Part(name=name, times=times, command=(sys.executable, "-c", does))


def test_it_goes_on_where_it_failed_and_ends_when_all_is_done(
    tally: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adds = f"open({str(tally)!r}, 'a').write('x')"
    fails_first = f"import os, sys; {adds}; sys.exit(os.path.getsize({str(tally)!r}) == 3)"
    monkeypatch.setattr(
        soak,
        "parts",
        lambda: [part("one", times=2, does=adds), part("two", times=1, does=fails_first)],
    )
    assert soak.main() == 1
    assert json.loads(soak.STATE.read_text()) == {"one": 2}
    assert soak.main() == 0
    assert tally.read_text() == "xxxx"
    assert soak.main() == 0
    assert tally.read_text() == "xxxx"


def test_ctrl_c_is_a_sentence_and_keeps_what_is_done(
    tally: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Whoever runs the tests in the background may have told them not to hear it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    presses = f"import os, signal; os.kill(os.getppid(), {int(signal.SIGINT)})"
    monkeypatch.setattr(
        soak,
        "parts",
        lambda: [
            part("one", times=1, does=""),
            part("two", times=1, does=f"{presses}; import time; time.sleep(1)"),
        ],
    )
    assert soak.main() == 130
    signal.signal(signal.SIGINT, before)
    assert "Stopped. `make soak` goes on from here." in capsys.readouterr().out
    assert json.loads(soak.STATE.read_text()) == {"one": 1}
    assert not tally.exists()


def test_every_file_that_samples_is_a_part_of_its_own() -> None:
    names = [each.name for each in soak.parts()]
    assert "tests/power/test_power.py" in names
    assert len(names) == len(set(names)) > 5
