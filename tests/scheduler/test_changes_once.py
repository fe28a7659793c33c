"""Whatever is killed, and however many processes look: everybody a change touches is told exactly once."""

import asyncio
from datetime import date
from typing import Any

import pytest

from db import changes
from db.engine import Tx
from policy.words import Zone
from scheduler import changes as job
from tests.scheduler.deciding import zone
from tests.stage import BOOK, Stage

TUESDAY = date(2020, 6, 16)


class Killed(BaseException):
    """What was not committed at that moment is lost, as when the process dies."""


@pytest.mark.parametrize("dies_at", range(4))
async def test_killed_between_any_two_batches_everybody_is_told_exactly_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    monkeypatch.setattr(job, "BATCH", 1)
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    stage.moves_to("2020-06-15 12:01")
    left = dies_at
    hold = changes.hold

    async def killed(tx: Tx, found: Any) -> bool:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        return await hold(tx, found)

    monkeypatch.setattr(changes, "hold", killed)
    with pytest.raises(Killed):  # four people, a batch each
        await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    monkeypatch.setattr(changes, "hold", hold)
    await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await _everybody_was_told_once(stage)


async def test_two_processes_that_look_at_once_tell_everybody_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "BATCH", 1)
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    stage.moves_to("2020-06-15 12:01")
    await asyncio.gather(*(job.look(stage.db, stage.seal, BOOK, stage.clock.now()) for _ in range(3)))
    await _everybody_was_told_once(stage)


async def _everybody_was_told_once(stage: Stage) -> None:
    await stage.drains()
    for name in ("ana", "boris", "clara", "dewi"):
        assert len(stage.players[name].texts) == 1, name
    (row,) = await stage.rows("SELECT told, looked_at FROM changes")
    assert row["told"] == 4
    assert row["looked_at"] is not None
    (row,) = await stage.rows("SELECT COUNT(*) AS n FROM verdicts WHERE superseded_at IS NULL")
    assert row["n"] == 4
