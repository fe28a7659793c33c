"""The bot as a process of its own: started, killed, asked to stop."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAST_LINES = 30


class BotDied(AssertionError):
    """The bot ended by itself; the text holds the end of its log."""


@dataclass(eq=False)
class Child:
    """One life of the bot after another; all of them write to one log."""

    command: Sequence[str]
    log: Path
    _process: asyncio.subprocess.Process | None = field(default=None)

    async def start(self, env: Mapping[str, str]) -> None:
        with self.log.open("ab") as out:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, env={**os.environ, **env}, stdout=out, stderr=out
            )

    async def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        await self._end(signal.SIGKILL)

    async def stop(self, *, within: float) -> float:
        """Ask it to stop; return the seconds that took. Raises BotDied when it took longer, or ended badly."""
        begun = time.monotonic()
        try:
            status = await asyncio.wait_for(self._end(signal.SIGTERM), within)
        except TimeoutError:
            await self.kill()
            raise BotDied(f"The bot did not stop within {within:g} s.\n{self.last_words()}") from None
        if status != 0:
            raise BotDied(f"The bot stopped with status {status}.\n{self.last_words()}")
        return time.monotonic() - begun

    async def _end(self, how: signal.Signals) -> int:
        process = self._process
        assert process is not None, "The bot was never started."
        self.check()
        process.send_signal(how)
        status = await process.wait()
        self._process = None
        return status

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def waited_for_processor(self) -> float:
        """Return the seconds in which it could have run and other programs did; 0 where the system does not tell."""
        if self._process is None:
            return 0.0
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text().split()[1]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def check(self) -> None:
        """Raise BotDied when it ended by itself."""
        if self._process is not None and self._process.returncode is not None:
            status = self._process.returncode
            raise BotDied(f"The bot ended by itself with status {status}.\n{self.last_words()}")

    def last_words(self) -> str:
        return last_lines(self.log)

    def abandon(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()


def last_lines(log: Path) -> str:
    """Return the end of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:])
