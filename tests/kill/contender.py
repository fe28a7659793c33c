"""What the rush needs of a bot: how it is run, what people say to it, and what its books hold in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.kill.personas import Script
from tests.kill.rush import RushWorld


@dataclass(frozen=True, kw_only=True)
class Books:
    """What a bot has stored. `handled` and `unsent` are None for a bot that writes no such thing down."""

    saved: Sequence[str]  # every stored version's item, in no order
    codes: Mapping[str, str] = field(default_factory=dict)  # item by the receipt's code
    handled: frozenset[int] | None = None  # numbers of updates
    unsent: Mapping[str, int] | None = None  # answers that were never sent, by why


class Contender(Protocol):
    """A bot that can be put into the rush."""

    name: str
    script: Script
    modes: Sequence[str]  # ways to receive updates, taken in turn from start to start

    @property
    def command(self) -> Sequence[str]:
        """How its process is started."""

    async def prepare(self, world: RushWorld, *, folder: Path, api: str) -> None:
        """Make what it needs before its first start."""

    def env(self, mode: str) -> Mapping[str, str]:
        """Its environment when it receives updates in this way."""

    async def unwritten(self, world: RushWorld) -> int:
        """After a kill: how many messages the platform took of which the bot has not written that down."""

    async def books(self) -> Books:
        """After its last stop: what it has stored."""
