"""Seconds from the start of the process to its first answer, and its memory when idle (resident, MB)."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.platform import TOKEN, Place, pretend_telegram
from db.sealed import new_key

ROUNDS = 3
KEY = new_key()
OURS = [sys.executable, "-m", "bot", "run"]
PLAIN = [sys.executable, "-m", "benchmarks.plain_ptb"]


def _post(place: Place, what: str, **body: Any) -> Any:
    request = urllib.request.Request(
        f"{place.api}/bench/api/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _delivered(place: Place) -> int:
    with urllib.request.urlopen(f"{place.api}/bench/api/ledger") as answer:
        return len(json.load(answer)["delivered"])


def _once(place: Place, command: list[str], folder: str) -> tuple[float, float]:
    """Start a bot to which somebody has already written; return seconds until it has answered, and its MB."""
    environment = {
        **os.environ, "PIKET_TELEGRAM_TOKEN": TOKEN, "PIKET_TELEGRAM_API": place.api, "PIKET_KEY": KEY,
        "PIKET_DATABASE": f"sqlite:{folder}/piket.db", "PIKET_LISTEN": "127.0.0.1:0",
    }  # fmt: skip
    _post(place, "reset")
    _post(place, "say", user=place.chats[0], text="Halo")
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _delivered(place):
            time.sleep(0.02)
        seconds = time.perf_counter() - began
        time.sleep(1.0)
        status = Path(f"/proc/{process.pid}/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return seconds, int(resident.split()[1]) / 1024
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Print medians of both, and their ratios."""
    with pretend_telegram() as place, tempfile.TemporaryDirectory() as folder:
        _once(place, OURS, folder)  # makes the tables, once in the life of an installation
        rows = [(_once(place, OURS, folder), _once(place, PLAIN, folder)) for _ in range(ROUNDS)]
    for name, unit, index in (("first answer", "s", 0), ("idle memory", "MB", 1)):
        ours = statistics.median(row[0][index] for row in rows)
        plain = statistics.median(row[1][index] for row in rows)
        figures = f"ours {ours:6.1f} {unit:2}  python-telegram-bot alone {plain:6.1f} {unit:2}"
        print(f"  {name:14} {figures}  ratio {ours / plain:.1f}")
