"""`make bench ONLY=checkin`: check-ins a second and how soon they are stored and answered, beside the usual ways."""

import asyncio
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.checkin import table
from benchmarks.checkin.contenders import AIOGRAM, AIOGRAM_DURABLE, CONTENDERS, OURS, PTB, Contender
from benchmarks.checkin.loads import saturate, steady
from benchmarks.checkin.office import open_office
from benchmarks.checkin.running import WARM_UP, Load, Round, run

ROUNDS = {100: 2, 1_000: 3, 20_000: 2}  # by how many people there are
AT_ONCE = 40  # people at a time; Telegram opens so many connections to a webhook
SECONDS = 2.0  # in which check-ins begin; a hundred people are through before
FAR = 0.05  # seconds that Telegram takes for an answer, from Jakarta
STEADY_RATE, STEADY_SECONDS = 100.0, 20.0
Rounds = dict[Contender, list[Round]]


def main() -> None:
    """Print the table."""
    asyncio.run(_main())


async def _main() -> None:
    with tempfile.TemporaryDirectory(prefix="checkin") as name:
        for people, rounds in ROUNDS.items():
            office = Path(name) / f"{people}.db"
            await open_office(office, people=people + WARM_UP)
            load = partial(saturate, at_once=AT_ONCE, seconds=SECONDS)
            taken = await _rounds(CONTENDERS, load, office, people, rounds=rounds)
            print(table.saturated(taken, people=people), flush=True)
        office = Path(name) / "1000.db"
        far = await _rounds((OURS, PTB, AIOGRAM, AIOGRAM_DURABLE), load, office, 1_000, latency=FAR, rounds=1)
        print(table.saturated(far, people=1_000, latency=FAR), flush=True)
        stream = partial(steady, rate=STEADY_RATE, seconds=STEADY_SECONDS)
        steadily = await _rounds((OURS,), stream, Path(name) / "20000.db", 20_000, rounds=1)
        print(table.streamed(steadily, rate=STEADY_RATE))


async def _rounds(
    contenders: Sequence[Contender],
    load: Load,
    office: Path,
    people: int,
    *,
    latency: float = 0.0,
    rounds: int,
) -> Rounds:
    """Return the rounds of each, taken in turn: what else the machine does hurts all alike."""
    taken: Rounds = {contender: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            done = await run(contender, load, office=office, people=people, latency=latency)
            taken[contender].append(done)
    return taken
