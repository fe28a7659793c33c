"""The full totals of what the suite only samples. `python -m tests.soak` goes on where it stopped.

What is done stands in .soak/state.json; remove it to begin anew.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

STATE = Path(".soak/state.json")
KILLS, CHUNK = 500, 25
END_SECONDS = 30.0
_SAMPLES = re.compile(r"^from hypothesis import|AT_LENGTH", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing to do `times` times. Each time is one command, which fails with a status other than 0."""

    name: str
    times: int
    command: Sequence[str]


def parts() -> list[Part]:
    """Return everything there is to do, the quick first."""
    python = sys.executable
    pytest = (python, "-m", "pytest", "-q", "-p", "tests.at_length", "--timeout=7200")
    kills = (python, "-m", "tests.kill", "--kills", str(CHUNK), "--engine")
    return [
        *(Part(name=file, times=1, command=(*pytest, file)) for file in _sampling()),
        Part(name="dialogues in every pair", times=1, command=(*pytest, "--all-pairs", "tests/dialogues")),
        Part(name="kills on sqlite", times=KILLS // CHUNK, command=(*kills, "sqlite")),
        Part(name="kills on postgresql", times=KILLS // CHUNK, command=(*kills, "postgresql")),
    ]


def _sampling() -> list[str]:
    """The test files that draw examples at random, or take samples unless asked for everything."""
    files = sorted(Path("tests").rglob("test_*.py"))
    return [str(file) for file in files if _SAMPLES.search(file.read_text(encoding="utf-8"))]


def main() -> int:
    """Do what is not done yet; return 1 at the first failure, which is tried again next time, and 130 on Ctrl-C."""
    try:
        return _go_on(parts())
    except KeyboardInterrupt:
        click.echo("\nStopped. `make soak` goes on from here.")
        return 130


def _go_on(todo: Sequence[Part]) -> int:
    done: dict[str, int] = json.loads(STATE.read_text()) if STATE.exists() else {}
    for part in todo:
        while done.get(part.name, 0) < part.times:
            click.echo(f"{part.name}: {done.get(part.name, 0)} of {part.times} done")
            if not _succeeds(part.command):
                click.echo(f"{part.name} failed. `make soak` goes on from here.")
                return 1
            done[part.name] = done.get(part.name, 0) + 1
            _keep(done)
        click.echo(f"{part.name}: all {part.times} done")
    return 0


def _succeeds(command: Sequence[str]) -> bool:
    """Run a command to its end. On Ctrl-C, which it hears too, wait until it has put away what it started."""
    process = subprocess.Popen(command)
    try:
        return process.wait() == 0
    except KeyboardInterrupt:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=END_SECONDS)
        raise


def _keep(done: Mapping[str, int]) -> None:
    """Replace the state as a whole: it may be this very moment that we are stopped."""
    STATE.parent.mkdir(exist_ok=True)
    new = STATE.with_suffix(".new")
    new.write_text(json.dumps(done, indent=1))
    new.replace(STATE)


if __name__ == "__main__":
    sys.exit(main())
