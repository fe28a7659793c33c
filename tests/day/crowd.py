"""What three hundred people do on a working day: most in time, some after a reminder, some late, a few never."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from simulator import play
from simulator.chats import Message
from simulator.world import World
from tests.day.office import ZONE, Member

PATIENCE = 20.0  # real seconds for an answer
LOOKS_EVERY = 0.1
# Shares of people, and between which times they report: in the morning, and what they did.
MORNINGS = ((0.80, "06:50", "08:05"), (0.90, "08:16", "08:29"), (0.95, "08:40", "10:20"))
OUTPUTS = ((0.85, "15:31", "16:30"), (0.93, "16:50", "16:59"), (0.96, "17:08", "17:50"))


class DayWorld(World):
    """A world in which the crowd hears what the bot writes to each of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.heard: dict[int, asyncio.Queue[str]] = defaultdict(asyncio.Queue)

    def show(self, kind: str, message: Message) -> None:
        super().show(kind, message)
        if kind == "message" and message.is_from_bot:
            self.heard[message.chat.id].put_nowait(str(message.content.get("text", "")))


@dataclass(eq=False)
class Crowd:
    """Everybody, with what each will do on each day; `unanswered` counts what the bot left without an answer."""

    world: DayWorld
    staff: Sequence[Member]
    asked: int = 0
    unanswered: list[str] = field(default_factory=list)

    async def works(self, day: date, *, rest: frozenset[str] = frozenset()) -> None:
        """Let the day be worked, to its end; who rests does nothing."""
        async with asyncio.TaskGroup() as crowd:
            for member in self.staff:
                if member.id not in rest:
                    crowd.create_task(self._day(member, day))

    async def _day(self, member: Member, day: date) -> None:
        chance = Random(f"{member.chat}:{day.isoformat()}")
        morning = _moment(chance, MORNINGS, day)
        if morning is not None:
            await self._until(morning)
            await self._says(member, "lapor pagi", "Kirim")
        output = _moment(chance, OUTPUTS, day)
        if output is not None:
            await self._until(output)
            await self._says(member, "lapor hasil", "\n".join(member.work), "Simpan")

    async def _until(self, moment: datetime) -> None:
        while (left := (moment - self.world.clock.now()).total_seconds()) > 0:  # noqa: ASYNC110  the clock tells nobody
            await asyncio.sleep(min(1.0, max(LOOKS_EVERY, left / self.world.clock.speed)))

    async def _says(self, member: Member, *lines: str) -> None:
        for line in lines:
            heard = self.world.heard[member.chat]
            while not heard.empty():
                heard.get_nowait()
            play.say(self.world, user=member.chat, text=line)
            self.asked += 1
            try:
                await asyncio.wait_for(heard.get(), PATIENCE)
            except TimeoutError:
                self.unanswered.append(f"{member.chat}: {line}")
                return


def _moment(chance: Random, shares: Sequence[tuple[float, str, str]], day: date) -> datetime | None:
    drawn = chance.random()
    for share, first, last in shares:
        if drawn < share:
            begin, end = (datetime.combine(day, time.fromisoformat(at), tzinfo=ZONE) for at in (first, last))
            return begin + chance.random() * (end - begin)
    return None


def tomorrow(moment: datetime, hhmm: str, *, days: int = 1) -> datetime:
    """The local moment of a day after."""
    return datetime.combine(
        moment.astimezone(ZONE).date() + timedelta(days=days), time.fromisoformat(hhmm), ZONE
    )
