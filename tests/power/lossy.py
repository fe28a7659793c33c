"""A disk that forgets what was not synced, for SQLite: writes stay in memory until xSync, and a power cut drops them.

It stands below the real SQLite library (through apsw's VFS), so pages, WAL frames and sync calls are SQLite's own.
"""

import os
import random
from pathlib import Path
from typing import Any

import apsw


class LossyDisk(apsw.VFS):
    """What is on the platter is in the files; what is only written is in `unsynced`, per file, in order."""

    def __init__(self, name: str) -> None:
        self.unsynced: dict[str, list[tuple[int, bytes]]] = {}
        self.syncs = 0
        self.has_power = True
        self.complains = (
            True  # a machine without power; afterwards the test's own closing goes nowhere, in silence
        )
        self.chance = random.Random(0)
        self._writes_left: int | None = None
        self.name = name
        super().__init__(name=name, base="unix", maxpathname=0)

    def xOpen(self, name: Any, flags: list[int]) -> "LossyFile":  # noqa: N802 (SQLite's own names)
        return LossyFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.unsynced.pop(filename, None)
        super().xDelete(filename, syncdir)

    def cut_power_after(self, writes: int, *, seed: int) -> None:
        """Let the power fail at a write to come. Of what is unsynced then, some pages survive, some half."""
        self._writes_left, self.chance = writes, random.Random(seed)

    def write(self, name: str, offset: int, data: bytes) -> None:
        """Take a write into the cache. Raises apsw.IOError once the power is gone."""
        self.check_power()
        if self._writes_left is not None:
            self._writes_left -= 1
            if self._writes_left < 0:
                self.cut_power()
                self.check_power()
        if self.has_power:
            self.unsynced.setdefault(name, []).append((offset, data))

    def cut_power(self) -> None:
        """Forget what was not synced, but for a few pages that the disk happened to have written, some torn."""
        self.has_power = False
        for name, writes in self.unsynced.items():
            with open(name, "r+b") as platter:
                for offset, data in writes:
                    fate = self.chance.random()
                    if fate < 0.3:
                        platter.seek(offset)
                        platter.write(data if fate < 0.2 else data[: len(data) // 2])
        self.unsynced.clear()

    def check_power(self) -> None:
        if not self.has_power and self.complains:
            raise apsw.IOError("The power is gone.")


class LossyFile(apsw.VFSFile):
    """One file on the lossy disk. Reads see the unsynced writes, as a running system's page cache does."""

    def __init__(self, disk: LossyDisk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else (name or "")
        super().__init__("unix", name, flags)

    def _pending(self) -> list[tuple[int, bytes]]:
        return self._disk.unsynced.setdefault(self._name, [])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.write(self._name, offset, bytes(data))

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        size = self.xFileSize()
        content = bytearray(super().xRead(amount, offset).ljust(amount, b"\0"))
        for begin, data in self._pending():
            low, high = max(begin, offset), min(begin + len(data), offset + amount)
            if low < high:
                content[low - offset : high - offset] = data[low - begin : high - begin]
        return bytes(content[: max(0, min(amount, size - offset))])

    def xFileSize(self) -> int:  # noqa: N802
        ends = [begin + len(data) for begin, data in self._pending()]
        return max([super().xFileSize(), *ends])

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.check_power()
        self._flush()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.check_power()
        self._disk.syncs += 1
        self._flush()
        super().xSync(flags)

    def _flush(self) -> None:
        for offset, data in self._disk.unsynced.pop(self._name, []):
            super().xWrite(data, offset)


def copy_of_platter(path: Path, to: Path) -> Path:
    """Copy what a computer would find after the power came back: the files without anything unsynced."""
    for ending in ("", "-wal"):
        if os.path.exists(f"{path}{ending}"):
            Path(f"{to}{ending}").write_bytes(Path(f"{path}{ending}").read_bytes())
    return to
