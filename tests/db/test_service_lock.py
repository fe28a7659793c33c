"""Two services on one SQLite file: the second is refused with a sentence, and death lets go."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import Refused
from db.service_lock import ServiceLock, _refuse_network_disk

HOLD = """
import sys, time
from db.service_lock import ServiceLock
ServiceLock(sys.argv[1]).take()
print("held", flush=True)
time.sleep(60)
"""


def test_p07_a_second_service_on_the_same_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    first, second = ServiceLock(str(tmp_path / "piket.db")), ServiceLock(str(tmp_path / "piket.db"))
    first.take()
    with pytest.raises(Refused, match=r"Another Piket service \(process \d+\) is using this database"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_p01_a_killed_service_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = str(tmp_path / "piket.db")
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refused, match=f"process {holder.pid}"):
            ServiceLock(path).take()
        holder.kill()
    lock = ServiceLock(path)
    lock.take()
    lock.release()


def test_d04_a_missing_folder_is_refused_with_the_exact_path(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=f"{tmp_path}/nowhere/piket.db.lock cannot be made"):
        ServiceLock(str(tmp_path / "nowhere" / "piket.db")).take()


@pytest.mark.parametrize("kind", ["nfs4", "cifs"])
def test_d04_a_network_disk_is_refused(kind: str) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/share /srv/share {kind} rw 0 0\n"
    with pytest.raises(Refused, match=f"network disk \\({kind} at /srv/share\\)"):
        _refuse_network_disk(Path("/srv/share/piket"), mounts=mounts)
    _refuse_network_disk(Path("/srv/shared"), mounts=mounts)


def test_p07_a_second_service_that_names_the_same_file_otherwise_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "piket.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "data" / "piket.db")
    first = ServiceLock(str(tmp_path / "data" / "piket.db"))
    first.take()
    with pytest.raises(Refused, match="Another Piket service"):
        ServiceLock(str(tmp_path / "link.db")).take()
    first.release()
