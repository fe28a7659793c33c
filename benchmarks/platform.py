"""A pretend Telegram in a process of its own, for as long as a benchmark runs."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOKEN = "test:benchmark"


@dataclass(frozen=True)
class Place:
    """Where the pretend platform answers, and whom it knows."""

    port: int
    chats: tuple[int, ...]

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def pretend_telegram(*, port: int = 8791, people: int = 50) -> Iterator[Place]:
    """Run the simulator with `people` who have all pressed Start."""
    chats = tuple(range(2001, 2001 + people))
    cast = {
        "bot": {"id": 7000000001, "username": "piket_bench_bot", "name": "Piket"},
        "title": "Benchmark",
        "people": [
            {
                "id": chat,
                "first_name": f"P{chat}",
                "role": "Pegawai",
                "started": True,
                "phone": f"+62812{chat:07}",
            }
            for chat in chats
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cast.json"
        file.write_text(json.dumps(cast))
        arguments = ["--port", str(port), "--bot-token", TOKEN, "--cast", str(file), "--key", "bench"]
        process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *arguments], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield Place(port=port, chats=chats)
        finally:
            process.terminate()
            process.wait()
