"""People of the rush: each repeats an errand, waits for every answer, and never says anything twice by itself."""

import asyncio
import random
import re
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulator import play
from simulator.ledger import Handed
from tests.kill.rush import RushWorld

THINKS = (0.25, 0.75)  # seconds before somebody answers
MOST_IN_FIVE_SECONDS = 10  # a person is not quicker than this; the bot asks the quicker ones to wait
LOOKS_EVERY = 0.25
_ITEM = re.compile(r"kegiatan \d+ \d+")


def named_in(text: str) -> str:
    """Return the item that a text names last, "" when it names none."""
    found = _ITEM.findall(text)
    return str(found[-1]) if found else ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something said, and how one knows the answer to it. `{item}` stands for the round's own words."""

    says: str
    is_answer: Callable[[str, str], bool]


@dataclass(frozen=True, kw_only=True)
class Script:
    """An errand, line by line. `mark` ends a message that may be a repeat.

    `patience` is how many seconds of the bot's uptime one waits; who `tries_again` begins the errand anew then.
    """

    lines: Sequence[Line]
    patience: float
    mark: str = ""
    tries_again: bool = False

    def without_mark(self, text: str) -> str:
        return text.removesuffix(self.mark).rstrip() if self.mark else text


@dataclass(eq=False)
class Persona:
    """One person with one chat. Nothing came in answer to what stands in `lost`."""

    world: RushWorld
    chat: int
    script: Script
    chance: random.Random
    lost: list[Handed] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)  # the last answer to each item that went through
    is_stuck: bool = False
    _last: str = ""
    _said_at: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_IN_FIVE_SECONDS))

    async def play(self, is_over: asyncio.Event) -> None:
        """Run the errand again and again, to its end even when it is over meanwhile."""
        number = 0
        while not is_over.is_set() and not self.is_stuck:
            number += 1
            item = f"kegiatan {self.chat} {number}"
            while not await self._round(item):
                if not self.script.tries_again:
                    self.is_stuck = True
                    return
                self._last = ""
            self.receipts[item] = self._last

    async def _round(self, item: str) -> bool:
        for line in self.script.lines:
            await self._think()
            play.say(self.world, user=self.chat, text=line.says.format(item=item))
            row = self.world.ledger.updates[-1]
            if not await self._hears(line, item):
                self.lost.append(row)
                return False
        return True

    async def _think(self) -> None:
        await asyncio.sleep(self.chance.uniform(*THINKS))
        if len(self._said_at) == MOST_IN_FIVE_SECONDS:
            await asyncio.sleep(max(0.0, self._said_at[0] + 5.5 - time.monotonic()))
        self._said_at.append(time.monotonic())

    async def _hears(self, line: Line, item: str) -> bool:
        """Whether the answer comes. A message that only repeats the last one is no answer to anything new."""
        begun = self.world.uptime.seconds()
        heard = self.world.heard[self.chat]
        while True:
            try:
                text = self.script.without_mark(await asyncio.wait_for(heard.get(), LOOKS_EVERY))
            except TimeoutError:
                if self.world.uptime.seconds() - begun > self.script.patience:
                    return False
                continue
            is_repeat, self._last = text == self._last, text
            if not is_repeat and line.is_answer(text, item):
                return True
