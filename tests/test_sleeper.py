"""P05 with real processes: whoever was stopped and wakes finds its lease to be another's, and sends nothing more."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot.delivery
import bot.journey
from db.opening import open_db
from db.sealed import new_key, seal_from
from db.sending import outbox
from handlers.update import Class
from tests.engines import PostgresMaker
from tests.kill import sleeper

pytestmark = [pytest.mark.kill, pytest.mark.timeout(120)]
PARTS = [f"part {number}" for number in range(1, 6)]


async def test_p05_a_process_that_was_stopped_over_its_lease_sends_nothing_more(
    postgres_maker: PostgresMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, key, theirs, ours = postgres_maker.fresh(), new_key(), tmp_path / "theirs", tmp_path / "ours"
    await _owed(url, key)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.kill.sleeper", url, key, os.fspath(theirs)
    )
    try:
        await _until(lambda: theirs.exists() and len(theirs.read_text().splitlines()) == 2)
        child.send_signal(signal.SIGSTOP)
        await asyncio.sleep(sleeper.LEASE.total_seconds() + 0.5)
        for module, name in ((bot.journey, "LEASE"), (bot.journey, "CALL"), (bot.delivery, "LEASE")):
            monkeypatch.setattr(module, name, getattr(sleeper, name))
        await sleeper.main(url, key, ours, service="another")
        child.send_signal(signal.SIGCONT)
        await asyncio.wait_for(child.wait(), 20)
    finally:
        if child.returncode is None:
            child.kill()
    assert theirs.read_text().splitlines() == PARTS[:2]
    came = ours.read_text().splitlines()
    assert came[-1].startswith(PARTS[-1])
    assert all(line.endswith("(again)") for line in came)
    assert len(came) in (4, 5)  # the part that was on its way at the stop may have arrived


async def _owed(url: str, key: str) -> None:
    db = await open_db(url)
    async with db.transaction() as tx:
        await outbox.add(
            tx, seal_from(key), channel="telegram", address="7", person_id=None, urgency=Class.ANSWER,
            message="test/parts", locale="id", body={"params": {"parts": PARTS}, "choices": []},
            now=datetime.now(UTC),
        )  # fmt: skip
    await db.close()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110  another process tells nobody
            await asyncio.sleep(0.01)
