"""What a process took."""

from pathlib import Path


def most_resident(pid: int | None = None) -> float:
    """Return the most memory that a process has had, in MB; this one if none is named."""
    lines = Path(f"/proc/{pid or 'self'}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
