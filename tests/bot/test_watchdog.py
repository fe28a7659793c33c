"""A process whose event loop is blocked ends; one that works does not."""

import subprocess
import sys

SCRIPT = """
import asyncio, time
from bot.watchdog import Watchdog

async def main():
    dog = Watchdog(asyncio.get_running_loop(), patience=2.0)
    dog.start()
    await asyncio.sleep(3.0)
    print("worked", flush=True)
    {then}
    dog.stop()

asyncio.run(main())
"""


def _run(then: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", SCRIPT.format(then=then)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_p06_a_blocked_loop_ends_the_process_so_that_it_is_started_anew() -> None:
    done = _run("time.sleep(45)")
    assert done.returncode == 75
    assert "loop_blocked" in done.stderr
    assert "worked" in done.stdout


def test_a_loop_that_turns_is_left_alone() -> None:
    done = _run("await asyncio.sleep(1)")
    assert (done.returncode, done.stderr) == (0, "")
