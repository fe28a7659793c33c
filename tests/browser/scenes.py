"""The scenes of the guides' pictures, read from scenes.txt: who does what on the demo's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

SCRIPT = Path(__file__).with_name("scenes.txt")
CAST = {
    "Ana": 1001, "Boris": 1002, "Clara": 1003, "Dewi": 1004, "Sari": 1006, "Wulan": 1008, "Gita": 1009,
    "Andi": 1007, "Endang": 1010, "Maya": 1011,
}  # fmt: skip

Verb = Literal["starts", "says", "taps", "presses", "sends", "reads", "clock", "decides", "begins"]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What one person does, and the picture of it; without a `file` there is none. `ends` cuts it off."""

    who: int
    acts: tuple[tuple[Verb, str], ...]
    file: str = ""
    ends: str = ""


def scenes() -> Iterator[Scene]:
    """Read the script. Raises KeyError for a person or an act that is unknown."""
    text = "\n".join(line for line in SCRIPT.read_text().splitlines() if not line.startswith("#"))
    for block in text.strip().split("\n\n"):
        head, *lines = block.splitlines()
        about, _, ends = head.partition(" | ")
        who, _, file = about.partition(": ")
        yield Scene(who=CAST[who], file=file, ends=ends, acts=tuple(_act(line) for line in lines))


def _act(line: str) -> tuple[Verb, str]:
    verbs: dict[str, Verb] = {verb: verb for verb in get_args(Verb)}
    verb, _, words = line.strip().partition(" ")
    return verbs[verb], words.replace(" / ", "\n")
