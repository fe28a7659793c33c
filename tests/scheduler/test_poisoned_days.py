"""P04 in the jobs: one person's row that always throws holds up nobody else's day, reminder, alert, digest or news."""

from typing import Any

import pytest

import scheduler.alerting.overdue
import scheduler.days.workday
import scheduler.digesting.digests
import scheduler.reminding.reminders
from db import quarantine
from policy.words import Zone
from scheduler import changes
from scheduler.alerting import overdue
from scheduler.digesting import digests
from tests.chat import Player
from tests.scheduler.deciding import zone
from tests.scheduler.reminding import TUESDAY, fates, opened, texts, until
from tests.stage import BOOK, Stage


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


@pytest.fixture
def boris(stage: Stage) -> Player:
    return stage.players["boris"]


async def aside(stage: Stage) -> list[str]:
    async with stage.db.reading() as tx:
        return [each.channel for each in await quarantine.unsettled(tx)]


def poisons(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, who: Player) -> None:
    """Let a function of many rows throw whenever one of this person is among them."""
    well = getattr(where, name)

    async def throws(*given: Any, **more: Any) -> Any:
        if who.person_id in str((given, more)):
            raise KeyError(who.name)
        return await well(*given, **more)

    monkeypatch.setattr(where, name, throws)


async def test_p04_a_day_that_cannot_be_opened_leaves_the_others_theirs(
    stage: Stage, ana: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisons(monkeypatch, scheduler.days.workday, "facts_for_some", ana)
    await opened(stage)
    rows = await stage.rows("SELECT person_id FROM workdays WHERE on_date = :on", on=TUESDAY.isoformat())
    people = {row["person_id"] for row in rows}
    assert len(people) == 3
    assert ana.person_id not in people
    assert set(await aside(stage)) == {"job:workday"}


async def test_p04_a_reminder_that_always_throws_is_pushed_on_and_the_others_come(
    stage: Stage, ana: Player, boris: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage)
    well = scheduler.reminding.reminders.words_of

    def throws(workday: Any, *given: Any) -> Any:
        if workday.person_id == ana.person_id:
            raise KeyError(ana.name)
        return well(workday, *given)

    monkeypatch.setattr(scheduler.reminding.reminders, "words_of", throws)
    stage.moves_to("2020-06-16 07:01")
    for _ in range(3):
        await scheduler.reminding.reminders.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    assert len(texts(boris)) == 1
    assert texts(ana) == []
    assert await aside(stage) == ["job:reminders"]
    (row,) = await stage.rows("SELECT look_at FROM workdays WHERE person_id = :who", who=ana.person_id)
    assert row["look_at"] is None
    await until(stage, "2020-06-16 09:30")
    assert (await fates(stage, boris))["plan_due"] == "sent"
    assert await aside(stage) == ["job:reminders"]


async def test_p04_news_that_cannot_be_told_to_one_is_told_to_the_others(
    stage: Stage, ana: Player, boris: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisons(monkeypatch, changes, "looked_at", ana)
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    stage.moves_to("2020-06-15 12:01")
    await changes.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    assert len(texts(boris)) == 1
    assert texts(ana) == []
    stage.moves_to("2020-06-15 12:05")
    assert await changes.look(stage.db, stage.seal, BOOK, stage.clock.now()) is None
    assert await aside(stage) == ["job:changes"]


async def test_p04_an_alert_and_a_digest_that_always_throw_are_pushed_on_with_the_reason(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def throws(*given: Any, **_: Any) -> Any:
        raise KeyError("UPTD")

    await opened(stage)
    await until(stage, "2020-06-16 09:35")
    monkeypatch.setattr(scheduler.alerting.overdue, "telling", throws)
    monkeypatch.setattr(scheduler.digesting.digests, "read", throws)
    for _ in range(4):
        stage.passes(60)
        await overdue.look(stage.db, stage.seal, BOOK, stage.clock.now())
        await digests.look(stage.db, stage.seal, BOOK, stage.clock.now())
    alerts = len(await stage.rows("SELECT id FROM alerts"))  # one of each unit
    assert sorted(await aside(stage)) == ["job:digests", *["job:overdue"] * alerts]
    skipped = await stage.rows("SELECT what, because FROM skipped WHERE because = 'failed'")
    assert [row["what"] for row in skipped] == ["digest/morning"]
    waiting = await stage.rows("SELECT id FROM alerts WHERE look_at IS NOT NULL AND state = 'open'")
    assert waiting == []
