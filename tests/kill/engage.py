"""One engagement: a world, its people, a bot as a process, and so many strikes; then the books are read."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from simulator.server import create_app
from tests.kill.child import Child
from tests.kill.contender import Books, Contender
from tests.kill.killer import LONGEST_STOP, Killer, Strike
from tests.kill.personas import Persona
from tests.kill.rush import FIRST_CHAT, RushWorld

BETWEEN = (0.1, 0.9)
PEOPLE = 30


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Everything there is to judge from."""

    contender: Contender
    world: RushWorld
    personas: Sequence[Persona]
    strikes: Sequence[Strike]
    books: Books
    stopped_after: float


async def engage(
    contender: Contender,
    *,
    folder: Path,
    strikes: Sequence[str],
    people: int = PEOPLE,
    between: tuple[float, float] = BETWEEN,
    seed: int | None = None,
    heard: Callable[[Strike], None] = lambda strike: None,
) -> Outcome:
    """Let `people` rush while the bot is struck; `heard` is told of every strike."""
    chance = random.Random(seed)
    world = RushWorld(people=people)
    async with served(world) as api:
        await contender.prepare(world, folder=folder, api=api)
        child = Child(contender.command, folder / "bot.log")
        killer = Killer(world, child, contender, chance, between)
        try:
            return await _rush(killer, people=people, strikes=strikes, heard=heard)
        finally:
            child.abandon()


async def _rush(
    killer: Killer, *, people: int, strikes: Sequence[str], heard: Callable[[Strike], None]
) -> Outcome:
    world, contender, is_over = killer.world, killer.contender, asyncio.Event()
    personas = [
        Persona(world, FIRST_CHAT + n, contender.script, random.Random(killer.chance.random()))
        for n in range(people)
    ]
    await killer.start()
    async with asyncio.TaskGroup() as crowd:
        for persona in personas:
            crowd.create_task(persona.play(is_over))
        await killer.accepting()
        done = []
        for how in strikes:
            done.append(await killer.strike(how))
            heard(done[-1])
        is_over.set()
    await killer.until_nothing_is_owed()
    stopped_after = await killer.child.stop(within=LONGEST_STOP)
    return Outcome(
        contender=contender,
        world=world,
        personas=personas,
        strikes=done,
        books=await contender.books(),
        stopped_after=stopped_after,
    )


@asynccontextmanager
async def served(world: RushWorld) -> AsyncIterator[str]:
    """Serve the world on a free port; give its address."""
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
