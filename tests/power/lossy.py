"""A disk that forgets what was not synced, for SQLite: writes stay in memory until xSync, and a power cut drops them.

It stands below the real SQLite library (through apsw's VFS), so pages, WAL frames and sync calls are SQLite's own.
"""

import os
from pathlib import Path
from typing import Any

import apsw


class LossyDisk(apsw.VFS):
    """What is on the platter is in the files; what is only written is in `unsynced`, per file, in order."""

    def __init__(self, name: str) -> None:
        self.unsynced: dict[str, list[tuple[int, bytes]]] = {}
        self.syncs = 0
        self.has_power = True
        super().__init__(name=name, base="unix", maxpathname=0)

    def xOpen(self, name: Any, flags: list[int]) -> "LossyFile":  # noqa: N802 (SQLite's own names)
        return LossyFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.unsynced.pop(filename, None)
        super().xDelete(filename, syncdir)

    def cut_power(self) -> int:
        """Forget everything that was not synced; return how many writes were lost. Nothing is written afterwards."""
        lost = sum(len(writes) for writes in self.unsynced.values())
        self.unsynced.clear()
        self.has_power = False
        return lost


class LossyFile(apsw.VFSFile):
    """One file on the lossy disk. Reads see the unsynced writes, as a running system's page cache does."""

    def __init__(self, disk: LossyDisk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else (name or "")
        super().__init__("unix", name, flags)

    def _pending(self) -> list[tuple[int, bytes]]:
        return self._disk.unsynced.setdefault(self._name, [])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self._disk.has_power:
            self._pending().append((offset, bytes(data)))

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
        self._flush()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self._disk.has_power:
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
