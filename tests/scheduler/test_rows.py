"""P04: a row of a job that always throws is tried three times, then pushed on and set aside; the others flow."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.examining import examine
from bot.settings import settings_from
from db import meta, quarantine
from db.engine import Db, Tx
from db.errors import Unavailable
from db.sealed import Seal
from scheduler import rows
from scheduler.rows import Errand


class Drawer:
    """Rows of a job, kept in meta: a row is due until it is done or pushed on."""

    def __init__(self, db: Db, seal: Seal, now: datetime, *, poison: str = "") -> None:
        self.db, self.seal, self.now, self.poison = db, seal, now, poison
        self.tries: list[str] = []

    @property
    def errand(self) -> Errand[str]:
        return Errand(job="alerts", key=lambda row: row, do=self._do, push_on=self._push_on)

    async def _do(self, found: Sequence[str]) -> int:
        async with self.db.transaction() as tx:
            for row in found:
                self.tries.append(row)
                await meta.keep(tx, name=f"row:{row}", value="done")
                if row == self.poison:
                    raise KeyError("Ana Lestari")
        return len(found)

    async def _push_on(self, tx: Tx, row: str) -> None:
        await meta.keep(tx, name=f"row:{row}", value="pushed on")

    async def looks(self, *due: str) -> int:
        return await rows.run(self.db, self.seal, self.errand, due, now=self.now)

    async def became(self, row: str) -> str | None:
        async with self.db.reading() as tx:
            return await meta.value(tx, name=f"row:{row}")

    async def aside(self) -> list[tuple[str, str]]:
        async with self.db.reading() as tx:
            return [(each.channel, each.error) for each in await quarantine.unsettled(tx)]


async def test_p04_a_poisoned_row_of_a_job_is_pushed_on_after_three_tries_and_the_rest_flows(
    db: Db, seal: Seal, now: datetime
) -> None:
    drawer = Drawer(db, seal, now, poison="b")
    assert await drawer.looks("a", "b", "c") == 2
    assert [await drawer.became(row) for row in "abc"] == ["done", None, "done"]
    assert await drawer.looks("b", "d") == 1
    assert (await drawer.became("b"), await drawer.aside()) == (None, [])
    assert await drawer.looks("b") == 0
    assert await drawer.became("b") == "pushed on"
    ((channel, error),) = await drawer.aside()
    assert channel == "job:alerts"
    assert error.startswith("KeyError in test_rows.py")
    assert "Ana" not in error


async def test_p04_an_admin_sees_in_doctor_that_rows_were_set_aside(
    db_url: str, db: Db, seal: Seal, now: datetime
) -> None:
    drawer = Drawer(db, seal, now, poison="b")
    for _ in range(3):
        await drawer.looks("b")
    found = await examine(settings_from({"PIKET_DATABASE": db_url}))
    assert any("set aside: 1" in each.sentence and each.is_well is False for each in found)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_rows_that_go_well_are_done_in_one_transaction(db: Db, seal: Seal, now: datetime) -> None:
    drawer = Drawer(db, seal, now)
    assert await drawer.looks("a", "b", "c") == 3
    assert drawer.tries == ["a", "b", "c"]
    assert await drawer.looks() == 0


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_database_that_is_away_is_nobodys_poison(db: Db, seal: Seal, now: datetime) -> None:
    async def away(_found: Sequence[str]) -> int:
        raise Unavailable("full")

    drawer = Drawer(db, seal, now)
    errand = Errand(job="alerts", key=str, do=away, push_on=drawer._push_on)
    for _ in range(5):
        with pytest.raises(Unavailable):
            await rows.run(db, seal, errand, ["a"], now=now)
    assert await drawer.aside() == []
