"""What holds for the whole tree: sizes, style, types, the direction of imports, and what must never be written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SOURCES = (".py", ".js", ".css", ".html", ".j2", ".yaml")
MOST_LINES = 300
LOOPS_AND_CLOCKS = {"bot/clock.py", "simulator/clock.py"}


def tracked() -> list[Path]:
    """Every file of the project, committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.mark.tools
@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports", "--no-cache"]],
    ids=["style", "format", "types", "imports"],
)
def test_the_tool_finds_nothing(command: list[str]) -> None:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_no_file_is_longer_than_one_purpose_needs() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix in SOURCES and (lines := path.read_text().count("\n")) > MOST_LINES
    }
    assert long == {}


def test_the_clock_is_read_only_where_time_comes_in() -> None:
    reads = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    rooms = ("bot", "handlers", "policy", "db", "scheduler", "simulator")
    readers = {
        name
        for path in tracked()
        if path.suffix == ".py"
        and (name := str(path.relative_to(ROOT))).startswith(rooms)
        and reads.search(path.read_text())
    }
    assert readers <= LOOPS_AND_CLOCKS


def test_no_file_names_a_package_index_or_a_place_of_one_machine() -> None:
    places = (
        "pypi\\.",
        "python" + "hosted",
        "registry\\.npm",
        "/ro" + "ot/",
        "/wo" + "rk/",
        "deb\\.debi" + "an",
    )
    never = re.compile("|".join(places))
    named = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in (*SOURCES, ".md", ".toml", ".txt", "")
        and never.search(path.read_text(errors="ignore"))
    ]
    assert named == []
