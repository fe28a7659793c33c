"""Who takes part, and how each is run as a process on a file of its own."""

import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.checkin.bots import common
from db.sealed import new_key

TOKEN = "123456789:benchmark"
KEY = new_key()


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One bot. `stored_at` says by what one knows that a report is on the disk."""

    name: str
    command: Sequence[str]
    durability: str
    stored_at: str  # "2xx": it commits first; "reply": it acknowledges first; "": not even at its reply
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True)
class Life:
    """One start of a contender: its folder, environment, and how many reports its file holds."""

    env: Mapping[str, str]
    reports: Callable[[], int]


def _run(module: str, *arguments: str) -> Sequence[str]:
    return (sys.executable, "-m", module, *arguments)


OURS = Contender(
    name="Piket",
    command=_run("bot", "run"),
    durability="everything committed before the 2xx",
    stored_at="2xx",
    is_ours=True,
)
_BOTS = "benchmarks.checkin.bots"
PTB = Contender(
    name="python-telegram-bot as documented",
    command=_run(f"{_BOTS}.ptb", "documented"),
    durability="written once a minute",
    stored_at="",
)
PTB_STORED = Contender(
    name="  and the report inserted",
    command=_run(f"{_BOTS}.ptb", "stored"),
    durability="report at its receipt, states once a minute",
    stored_at="reply",
)
PTB_DURABLE = Contender(
    name="python-telegram-bot, durable",
    command=_run(f"{_BOTS}.ptb", "durable"),
    durability="report and state before the 2xx",
    stored_at="2xx",
)
AIOGRAM = Contender(
    name="aiogram as documented",
    command=_run(f"{_BOTS}.aiogram_bot", "documented"),
    durability="report at its receipt, states in memory",
    stored_at="reply",
)
AIOGRAM_DURABLE = Contender(
    name="aiogram, durable",
    command=_run(f"{_BOTS}.aiogram_bot", "durable"),
    durability="report and state before the 2xx",
    stored_at="2xx",
)
CONTENDERS = (OURS, PTB, PTB_STORED, PTB_DURABLE, AIOGRAM, AIOGRAM_DURABLE)


def prepare(contender: Contender, folder: Path, *, office: Path, chats: range, api: str) -> Life:
    """Make a contender's files in an empty folder; `office` is our database, filled."""
    port = _free_port()
    if not contender.is_ours:
        common.make_files(folder, chats=chats)
        given = {"TOKEN": TOKEN, "API": api, "PORT": str(port), "FOLDER": str(folder)}
        env = {f"BENCH_{name}": value for name, value in given.items()}
        return Life(env=env, reports=lambda: common.stored_rows(folder))
    file = folder / "piket.db"
    shutil.copy(office, file)
    here = f"127.0.0.1:{port}"
    env = {
        "PIKET_DATABASE": f"sqlite:{file}",
        "PIKET_KEY": KEY,
        "PIKET_TELEGRAM_TOKEN": TOKEN,
        "PIKET_TELEGRAM_API": api,
        "PIKET_PUBLIC_URL": f"http://{here}",
        "PIKET_LISTEN": here,
        "PIKET_LOG_LEVEL": "warning",
    }
    return Life(env=env, reports=lambda: _our_rows(file))


def _our_rows(file: Path) -> int:
    with sqlite3.connect(file) as connection:
        rows = int(connection.execute("SELECT COUNT(*) FROM health_reports").fetchone()[0])
    connection.close()
    return rows


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
