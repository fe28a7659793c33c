"""What `piket demo` does: a pretend Telegram as a process of its own, and the real bot against it in this one."""

import asyncio
import os
import secrets
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot import logs
from bot.app import build
from bot.clock import Clock
from bot.demo import files
from bot.demo.folder import DemoFolder
from bot.demo.ports import free_port, refuse_taken
from bot.demo.province import seed
from bot.running import App
from bot.settings import Settings, settings_from
from bot.stopped import Stopped
from db import migrate
from db.opening import open_db
from db.sealed import seal_from
from policy.book import Book

HOST = "127.0.0.1"
READY_SECONDS = 30.0
END_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """Made anew at every start; nothing of them is worth keeping."""

    token: str
    page: str
    clock: str

    @classmethod
    def fresh(cls) -> "Secrets":
        return cls(
            token=f"demo:{secrets.token_urlsafe(16)}",
            page=secrets.token_urlsafe(12),
            clock=secrets.token_urlsafe(24),
        )


async def play(folder: DemoFolder, *, port: int, say: Callable[[str], None], stop: asyncio.Event) -> None:
    """Be the demo, in a folder that has begun, until `stop`. Raises Stopped when the simulator ends by itself."""
    known, bot_port = Secrets.fresh(), free_port()
    address = f"http://{HOST}:{port}/{known.page}/"
    folder.write_cast(files.cast())
    async with _simulator(folder, port=port, bot_port=bot_port, known=known) as ended:
        await _fill(folder)
        settings = _settings(folder, port=port, bot_port=bot_port, known=known)
        app = await build(settings, clock=Clock(await _offset(f"{address}api/state")))
        try:
            await app.start()
            folder.note_address(address)
            say(f"{files.province()['title']}, {files.start():%d.%m.%Y %H.%M} WIB: {address}")
            say("Everything here is invented. Stop with Ctrl-C; the next start begins anew.")
            _open_browser(address)
            await _until_one_ends(app, ended, stop)
        finally:
            await app.stop()


async def _fill(folder: DemoFolder) -> None:
    db = await open_db(folder.database)
    try:
        await migrate.upgrade(db, folder.database)
        await seed(db, seal_from(folder.key()), Book.shipped(), files.start())
    finally:
        await db.close()


def _settings(folder: DemoFolder, *, port: int, bot_port: int, known: Secrets) -> Settings:
    """The real bot's settings. Nothing of the environment: a real token must not come near the demo."""
    return settings_from(
        {
            "PIKET_DATABASE": folder.database,
            "PIKET_KEY": folder.key(),
            "PIKET_TELEGRAM_TOKEN": known.token,
            "PIKET_TELEGRAM_API": f"http://{HOST}:{port}",
            "PIKET_LISTEN": f"{HOST}:{bot_port}",
            "PIKET_DEMO": "1",
            "PIKET_DEMO_CLOCK_SECRET": known.clock,
        }
    )


@asynccontextmanager
async def _simulator(
    folder: DemoFolder, *, port: int, bot_port: int, known: Secrets
) -> AsyncIterator["asyncio.Task[int]"]:
    """Run the pretend Telegram; yield, once it listens, the task that ends when it does."""
    options = {
        "--port": str(port),
        "--cast": str(folder.cast),
        "--clock-url": f"http://{HOST}:{bot_port}/demo/clock",
        "--stored-url": f"http://{HOST}:{bot_port}/demo/stored",
        "--happen-url": f"http://{HOST}:{bot_port}/demo/happen",
        "--start": files.start().isoformat(),
    }
    given = [word for option in options.items() for word in option]
    # What is secret goes by the environment: everybody on the machine can read the words of a command.
    unseen = {
        "SIMULATOR_BOT_TOKEN": known.token,
        "SIMULATOR_KEY": known.page,
        "SIMULATOR_CLOCK_SECRET": known.clock,
    }
    with folder.simulator_log.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "simulator",
            *given,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env=os.environ | unseen,
        )
    ended = asyncio.create_task(process.wait())
    try:
        await _ready(process, folder)
        yield ended
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await _wait_or_kill(process)
        await ended


async def _ready(process: asyncio.subprocess.Process, folder: DemoFolder) -> None:
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), READY_SECONDS)
    except TimeoutError:
        line = b""
    if b"ready" not in line:
        said = folder.simulator_log.read_text(encoding="utf-8", errors="replace").strip()
        raise Stopped(f"The simulator did not start. {said or 'It said nothing.'}")


async def _wait_or_kill(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        process.kill()


async def _offset(url: str) -> timedelta:
    """How far the simulator's clock is from the real one: both must play the same moment."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return timedelta(seconds=float((await answer.json())["offset_seconds"]))


async def _until_one_ends(app: App, ended: "asyncio.Task[int]", stop: asyncio.Event) -> None:
    stopping = asyncio.Event()
    running = asyncio.create_task(app.run(stopping))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({running, waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if ended.done() and not stop.is_set():
        stopping.set()
        await running
        raise Stopped("The simulator has ended, and the demo with it. Start it again with `make demo`.")
    stopping.set()
    await running


def _open_browser(address: str) -> None:
    """Open the page where there is a screen; on a server the address stands in the terminal."""
    has_screen = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if has_screen:
        webbrowser.open(address)


def launch(*, port: int, say: Callable[[str], None]) -> None:
    """Play the demo in the folder .demo until Ctrl-C; the logs go there too.

    Raises Stopped when it runs already, or for a taken port.
    """
    folder = DemoFolder(Path(".demo"))
    folder.refuse_second()
    refuse_taken(port)
    asyncio.run(_until_signal(folder, port=port, say=say))


async def _until_signal(folder: DemoFolder, *, port: int, say: Callable[[str], None]) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await folder.begin()
    with folder.new_log() as log:
        logs.set_up(level="info", stream=log)
        await play(folder, port=port, say=say, stop=stop)
