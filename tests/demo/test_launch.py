"""The demo as one starts it: the page answers, the bot answers on it, both stop, and a taken port is said."""

import asyncio
import shutil
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import files
from bot.demo.folder import DemoFolder
from bot.demo.launch import launch, play
from bot.demo.ports import free_port
from bot.stopped import Stopped
from db import people
from db.opening import open_db
from tests.engines import SqliteMaker


@asynccontextmanager
async def demo(home: Path) -> AsyncIterator[str]:
    """Play the demo in this process; yield the page's address once it is said."""
    said: asyncio.Queue[str] = asyncio.Queue()
    stop = asyncio.Event()
    folder = DemoFolder(home)
    await folder.begin()
    playing = asyncio.create_task(play(folder, port=free_port(), say=said.put_nowait, stop=stop))
    first = asyncio.create_task(said.get())
    await asyncio.wait({playing, first}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
    try:
        if playing.done():
            playing.result()
        yield first.result().rpartition(" ")[2]
    finally:
        stop.set()
        await playing


def commands() -> list[bytes]:
    """The words of every command that runs, as anybody on the machine can read them."""
    shown = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            shown.append(file.read_bytes())
    return shown


async def answers_in(session: aiohttp.ClientSession, page: str, chat: int, *, at_least: int) -> list[str]:
    """What the bot has written in a chat, once it has written so many messages."""
    for _ in range(100):
        async with session.get(f"{page}api/chats/{chat}") as answer:
            messages: list[dict[str, Any]] = (await answer.json())["messages"]
        texts = [message["text"] for message in messages if message["from"] == "bot"]
        if len(texts) >= at_least:
            return texts
        await asyncio.sleep(0.1)
    raise AssertionError(f"The bot wrote only {texts}.")


@pytest.mark.timeout(60)
async def test_boris_asks_where_to_work_and_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for screen in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(screen, raising=False)
    async with demo(tmp_path / ".demo") as page, aiohttp.ClientSession() as session:
        async with session.get(page) as answer:
            assert answer.status == 200
        async with session.get(f"{page}api/state") as answer:
            state = await answer.json()
        assert state["now"].startswith("2020-06-15T06:4")
        assert len(state["people"]) == 12
        await session.post(f"{page}api/say", json={"user": 1002, "text": "WFO hari ini?"})
        told = await answers_in(session, page, 1002, at_least=1)
        assert "045.2/1656/06/2020" in told[0]
        async with session.post(f"{page}api/clock", json={"add_seconds": 86400}) as moved:
            assert "warning" not in await moved.json()
        await session.post(f"{page}api/say", json={"user": 1002, "text": "WFO hari ini?"})
        assert "16 Juni 2020" in (await answers_in(session, page, 1002, at_least=2))[1]
    assert stat.S_IMODE((tmp_path / ".demo" / "key").stat().st_mode) == 0o600


def test_a_taken_port_is_said_with_another_to_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Stopped, match=f"Port {port} cannot be used: .* PIKET_DEMO_PORT={port + 1}"):
            launch(port=port, say=print)
    assert not (tmp_path / ".demo").exists()


async def test_a_second_demo_in_the_same_folder_is_shown_the_page_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with demo(tmp_path / ".demo") as page:
        with pytest.raises(Stopped, match=f"running already.* use its page: {page}$"):
            launch(port=free_port(), say=print)


async def test_the_secrets_of_the_demo_stand_in_no_command(tmp_path: Path) -> None:
    async with demo(tmp_path / ".demo") as page:
        secret = page.rstrip("/").rpartition("/")[2]
        shown = commands()
        assert any(b"simulator" in words for words in shown)
        assert not [words for words in shown if secret.encode() in words]


async def test_a_database_with_people_who_may_be_real_is_not_removed(
    tmp_path: Path, sqlite_maker: SqliteMaker
) -> None:
    real = Path(sqlite_maker.fresh().removeprefix("sqlite:"))
    db = await open_db(f"sqlite:{real}")
    async with db.transaction() as tx:
        await people.add(tx, nip=None, name="Orang", employment="non-ASN", now=files.start())
    await db.close()
    home = tmp_path / ".demo"
    home.mkdir()
    shutil.copy(real, home / "demo.db")
    with pytest.raises(Stopped, match=r"demo\.db holds people who may be real.* Move it away"):
        await DemoFolder(home).begin()
    assert (home / "demo.db").exists()
