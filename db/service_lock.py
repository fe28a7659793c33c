"""One bot service on a SQLite file: a lock of the operating system, which death releases."""

import errno
import fcntl
import os
from pathlib import Path

from db.errors import Refused

_NETWORK_DISKS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs"})


class Held(Refused):
    """Another service has the database."""


class ServiceLock:
    """Held from `take` to `release`, or to the end of the process. The command line works beside it."""

    def __init__(self, database: str) -> None:
        self._path = Path(f"{os.path.realpath(database)}.lock")  # one file may have several names
        self._file: int | None = None

    def take(self) -> None:
        """Raise Refused, with what to do, when another service has it or the lock's file cannot be made."""
        _refuse_network_disk(self._path.parent)
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Refused(
                f"The file {self._path} cannot be made: {error.strerror}. "
                "The folder of the database must exist and belong to the user that runs Piket."
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise Refused(
                    f"{self._path} cannot be locked: {error.strerror}. Use a local disk."
                ) from error
            raise Held(
                f"Another Piket service (process {holder}) is using this database. Stop it first, "
                "or set PIKET_DATABASE to a database of its own."
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        self._file = file

    def release(self) -> None:
        """Let another service have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _refuse_network_disk(folder: Path, *, mounts: str | None = None) -> None:
    """SQLite's journal needs memory shared between processes, which network disks do not give."""
    if mounts is None:
        listing = Path("/proc/mounts")
        mounts = listing.read_text(encoding="utf-8", errors="replace") if listing.exists() else ""
    place = str(folder.resolve())
    fitting = [
        (point, kind)
        for _, point, kind, *_ in (line.split() for line in mounts.splitlines() if line.count(" ") >= 3)
        if place == point or place.startswith(point.rstrip("/") + "/")
    ]
    point, kind = max(fitting, key=lambda mount: len(mount[0]), default=("", ""))
    if kind in _NETWORK_DISKS:
        raise Refused(
            f"The folder {place} is on a network disk ({kind} at {point}), where SQLite may lose data. "
            "Set PIKET_DATABASE to a place on a local disk, or use PostgreSQL."
        )
