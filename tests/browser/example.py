"""`piket demo` as anybody would start it: a process of its own, in an empty folder, on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo.ports import free_port

END_SECONDS = 20


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """Yield the address of the demo's page; the demo has ended when this is left."""
    environment = {**os.environ, "PIKET_DEMO_PORT": str(free_port())}
    for screen in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(screen, None)  # or the demo would open somebody's own browser
    command = [sys.executable, "-m", "bot", "demo"]
    with (folder / "said.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
    with process:
        try:
            yield _address(process, folder)
        finally:
            process.terminate()
            process.wait(END_SECONDS)
    for path in (folder / "said.log", *(folder / ".demo").glob("*.log")):
        assert "Traceback" not in path.read_text(encoding="utf-8"), path.name


def _address(process: "subprocess.Popen[str]", folder: Path) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if "http://" not in line:
        raise AssertionError(f"The demo did not start: {line}{(folder / 'said.log').read_text()}")
    return line[line.index("http://") :].strip()
