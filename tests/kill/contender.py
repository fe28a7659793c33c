"""What the rush needs of a bot: how it is run, what people say to it, and what its books hold in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.kill.personas import Script
from tests.kill.rush import RushWorld


@dataclass(frozen=True, kw_only=True)
class Books:
    """What a bot has stored. `handled` is None for a bot that does not write down which updates it has handled."""

    saved: Sequence[str]  # every stored version's item, in no order
    items: Mapping[str, str]  # the item by what its receipt is known by
    handled: frozenset[int] | None = None  # numbers of updates
    troubles: Mapping[str, int] = field(default_factory=dict)  # answers not sent, updates set aside, by why


class Contender(Protocol):
    """A bot that can be put into the rush."""

    name: str
    script: Script
    modes: Sequence[str]  # ways to receive updates, taken in turn from start to start

    @property
    def command(self) -> Sequence[str]:
        """How its process is started."""

    def receipt(self, text: str) -> str:
        """What the receipt in this text is known by; "" when the text is none."""

    async def prepare(self, world: RushWorld, *, folder: Path, api: str) -> None:
        """Make what it needs before its first start."""

    def env(self, mode: str) -> Mapping[str, str]:
        """Its environment when it receives updates in this way."""

    async def written_down(self) -> frozenset[int] | None:
        """The numbers of the messages of which it has, in the last seconds, written down that they were sent.

        None for a bot that never writes that down.
        """

    async def owes_nothing(self) -> bool:
        """Whether everything that it meant to send has been sent."""

    async def books(self) -> Books:
        """After its last stop: what it has stored."""
