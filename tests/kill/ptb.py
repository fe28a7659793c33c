"""python-telegram-bot as documented, in the rush: people try again there, or nothing would go on."""

import os
import pickle
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.kill.contender import Books
from tests.kill.personas import Line, Script, named_in
from tests.kill.rush import TOKEN, RushWorld

SCRIPT = Script(
    lines=(
        Line(says="Rencana kerja", is_answer=lambda text, _item: text.startswith("Apa rencana")),
        Line(
            says="{item}", is_answer=lambda text, item: text.startswith("Simpan") and named_in(text) == item
        ),
        Line(
            says="Simpan",
            is_answer=lambda text, item: text.startswith("Tersimpan") and named_in(text) == item,
        ),
    ),
    patience=4.0,
    tries_again=True,
)


@dataclass(eq=False)
class DocumentedPtb:
    """tests/kill/documented_ptb.py as a process, by polling."""

    name: str = "python-telegram-bot as documented"
    script: Script = SCRIPT
    modes: Sequence[str] = ("polling",)
    _api: str = ""
    _file: Path = field(default_factory=Path)

    @property
    def command(self) -> Sequence[str]:
        return (sys.executable, "-m", "tests.kill.documented_ptb")

    def receipt(self, text: str) -> str:
        return named_in(text) if text.startswith("Tersimpan") else ""

    async def prepare(self, world: RushWorld, *, folder: Path, api: str) -> None:
        self._api, self._file = api, folder / "persistence.pickle"

    def env(self, mode: str) -> Mapping[str, str]:
        return {
            "PTB_TOKEN": TOKEN,
            "PTB_API": self._api,
            "PTB_FILE": os.fspath(self._file),
            "PTB_TIMEDELTA": "1",
        }

    async def written_down(self) -> frozenset[int] | None:
        return None

    async def owes_nothing(self) -> bool:
        return True  # what it has not sent yet is known to its memory alone

    async def books(self) -> Books:
        kept = pickle.loads(self._file.read_bytes())
        saved = [item for data in kept["user_data"].values() for item in data.get("reports", ())]
        return Books(saved=saved, items={item: item for item in saved})
