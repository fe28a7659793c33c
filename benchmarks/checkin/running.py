"""One contender, started on fresh files, put under a load, and looked at."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.checkin.contenders import Contender, prepare
from benchmarks.checkin.loads import Figures, saturate
from benchmarks.checkin.office import FIRST_CHAT
from benchmarks.checkin.platform import Platform, serving

WARM_UP = 40  # people who check in before anything is measured
START_SECONDS = 60.0
STOP_SECONDS = 30.0
Load = Callable[[Platform, range], Awaitable[Figures]]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one load came to, and what it cost the bot."""

    figures: Figures
    memory: float  # resident at the end, MB
    cpu: float  # milliseconds of processor a check-in
    driver: float  # share of one processor that the platform itself took
    missing: int  # check-ins whose report is not in the file after a clean stop


async def run(contender: Contender, load: Load, *, office: Path, people: int, latency: float = 0.0) -> Round:
    """Start `contender` with `people` and those of the warm-up, apply the load, stop it, count its rows."""
    everybody = range(FIRST_CHAT, FIRST_CHAT + people + WARM_UP)
    with tempfile.TemporaryDirectory(prefix="checkin") as name:
        async with serving(latency=latency) as platform:
            folder = Path(name)
            life = prepare(contender, folder, office=office, chats=everybody, api=platform.api)
            async with running(contender, dict(life.env), folder / "bot.log") as process:
                await asyncio.wait_for(platform.is_called.wait(), START_SECONDS)
                warm = await saturate(platform, everybody[people:], at_once=20)
                before, own = _cpu(process.pid), sum(os.times()[:2])
                figures = await load(platform, everybody[:people])
                cpu, driver = _cpu(process.pid) - before, sum(os.times()[:2]) - own
                memory = _resident(process.pid)
            missing = figures.done + warm.done - life.reports()
    per_check_in = 1000 * cpu / max(1, figures.done)
    return Round(
        figures=figures,
        memory=memory,
        cpu=per_check_in,
        driver=driver / figures.seconds,
        missing=missing,
    )


@asynccontextmanager
async def running(
    contender: Contender, env: dict[str, str], log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a contender until the end of the block, and then stop it."""
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *contender.command, env={**os.environ, **env}, stdout=out, stderr=out
        )
    try:
        yield process
        process.terminate()
        with suppress(TimeoutError):  # killed then; what that loses is counted
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except BaseException as error:
        error.add_note(f"{contender.name} said:\n{_end_of(log)}")
        raise
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:]


def _cpu(pid: int) -> float:
    """Return the seconds of processor that a process and its threads have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
