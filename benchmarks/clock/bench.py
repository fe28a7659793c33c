"""`make bench ONLY=clock`: what the clock does by itself, and whether people who write meanwhile feel it."""

import asyncio
import tempfile
from pathlib import Path

from benchmarks.clock import days, heads, meanwhile, ticks
from benchmarks.clock.office import look_later, opened


def main() -> None:
    """Print the tables."""
    asyncio.run(_main())


async def _main() -> None:
    print(await asyncio.to_thread(days.growth), flush=True)
    print(await ticks.compare(), flush=True)
    with tempfile.TemporaryDirectory(prefix="clock") as name:
        led = Path(name) / "led.db"
        await opened(led, people=heads.UNITS * heads.UNIT, unit=heads.UNIT)
        look_later(led, but=0)  # nobody is reminded, so that digests are all that there is
        print(await asyncio.to_thread(heads.made, led), flush=True)
        print(await meanwhile.felt(led), flush=True)
