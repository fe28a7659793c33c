"""What the bots beside ours share: where they run, and the file in which they keep people and reports."""

import json
import os
import pickle
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import aiosqlite
from aiohttp import web

PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA temp_store = MEMORY")
ANSWERS = json.dumps({"mode": "kmk328", "yes": [], "risk": "kecil", "fit": True})
_TABLES = """
CREATE TABLE people (id INTEGER PRIMARY KEY, chat INTEGER UNIQUE, name TEXT);
CREATE TABLE reports (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people, code TEXT UNIQUE, answers TEXT);
CREATE TABLE states (key TEXT PRIMARY KEY, state TEXT, data TEXT);
"""
_INSERT = "INSERT INTO reports (person_id, code, answers) SELECT id, ?, ? FROM people WHERE chat = ?"


@dataclass(frozen=True)
class Place:
    """Where a bot listens, where its platform is, and its folder."""

    token: str
    api: str
    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/telegram"

    @property
    def file(self) -> Path:
        return self.folder / "bot.db"

    @property
    def pickle(self) -> Path:
        return self.folder / "bot.pickle"


def place() -> Place:
    """Return the place named by the environment."""
    said = os.environ
    return Place(said["BENCH_TOKEN"], said["BENCH_API"], int(said["BENCH_PORT"]), Path(said["BENCH_FOLDER"]))


def make_files(folder: Path, *, chats: range) -> None:
    """Make what the bots find at their start: the people, in the file and in the persistence."""
    with sqlite3.connect(folder / "bot.db") as connection:
        connection.executescript(PRAGMAS[0] + ";" + _TABLES)
        connection.executemany(
            "INSERT INTO people (chat, name) VALUES (?, ?)", [(chat, f"Orang {chat}") for chat in chats]
        )
    connection.close()
    known = {chat: {"name": f"Orang {chat}"} for chat in chats}
    kept = {"conversations": {}, "user_data": known, "chat_data": {}, "bot_data": {}, "callback_data": None}
    (folder / "bot.pickle").write_bytes(pickle.dumps(kept))


def stored_rows(folder: Path) -> int:
    """Return how many reports a bot has stored, wherever it keeps them."""
    with sqlite3.connect(folder / "bot.db") as connection:
        rows = int(connection.execute("SELECT COUNT(*) FROM reports").fetchone()[0])
    connection.close()
    kept = pickle.loads((folder / "bot.pickle").read_bytes())
    return rows + sum(len(data.get("reports", ())) for data in kept["user_data"].values())


async def opened(path: Path) -> aiosqlite.Connection:
    """Open the file as durable as ours."""
    connection = await aiosqlite.connect(path)
    for pragma in PRAGMAS:
        await connection.execute(pragma)
    return connection


def new_code() -> str:
    return secrets.token_hex(4).upper()


async def save(connection: aiosqlite.Connection, *, chat: int) -> str:
    """Store one report and commit it; return the code of its receipt."""
    code = new_code()
    await connection.execute(_INSERT, (code, ANSWERS, chat))
    await connection.commit()
    return code


async def serve(site: web.Application, place: Place) -> None:
    """Listen."""
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", place.port).start()
