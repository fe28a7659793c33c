"""What `piket doctor` finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One sentence. `is_well` is None for what is neither right nor wrong."""

    sentence: str
    is_well: bool | None = True
