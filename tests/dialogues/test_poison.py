"""An update that cannot be handled: tried three times, set aside, its person told; nobody else pays for it."""

import asyncio
from datetime import timedelta

import pytest

import handlers.dispatch
from db.errors import Unavailable
from handlers.dispatch import Dispatch, NotStored
from handlers.flow import Context, Wording
from handlers.state import State
from handlers.talk import Said, talk
from handlers.update import Update
from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.stage import BOOK, RENDERER, Stage

pytestmark = only_telegram
_ASIDE = "SELECT update_key, error FROM quarantine"


def update_of(stage: Stage, who: Player, text: str) -> Update:
    update: Update
    (update,) = stage.channel.parse(stage.platform.text(who, text, at=int(stage.clock.now().timestamp())))
    return update


def wary_dispatch(stage: Stage) -> Dispatch:
    """A process that was started after an unclean stop."""
    until = stage.clock.now() + timedelta(minutes=5)
    return Dispatch(
        stage.db, seal=stage.seal, book=BOOK, wording=RENDERER, clock=stage.clock, wary_until=until
    )


@pytest.fixture
def on_poison(monkeypatch: pytest.MonkeyPatch) -> dict[str, BaseException | float]:
    """What the word "racun" does: raise an error, or hang for so many seconds."""
    does: dict[str, BaseException | float] = {}

    async def poisonable(ctx: Context, update: Update, state: State, *, wording: Wording) -> Said:
        effect = does.get(update.text, 0.0)
        if isinstance(effect, BaseException):
            raise effect
        await asyncio.sleep(effect)
        return await talk(ctx, update, state, wording=wording)

    monkeypatch.setattr(handlers.dispatch, "talk", poisonable)
    return does


async def test_a_poison_update_is_tried_three_times_and_its_person_told_while_the_rest_flows(
    stage: Stage, ana: Player, boris: Player, on_poison: dict[str, BaseException | float]
) -> None:
    """P04"""
    on_poison["racun"] = ValueError("racun")
    at = int(stage.clock.now().timestamp())
    batch = [
        stage.platform.text(who, text, at=at) for who, text in ((ana, "racun"), (boris, "WFO hari ini?"))
    ]
    for _ in range(2):
        with pytest.raises(NotStored):
            await stage.deliver(*batch)
    await stage.deliver(*batch)
    (aside,) = await stage.rows(_ASIDE)
    assert aside["error"] == "ValueError"
    assert "045.2" in boris.last
    assert sum("045.2" in seen.text for seen in boris.seen) == 1
    assert len(ana.seen) == 1
    assert "tersimpan" in ana.last
    await ana.says("WFO hari ini?")
    ana.sees("045.2")


async def test_what_kills_the_process_again_and_again_is_set_aside_and_those_beside_it_are_not(
    stage: Stage, ana: Player, boris: Player, on_poison: dict[str, BaseException | float]
) -> None:
    """P01, P04"""
    on_poison["racun"] = 60.0
    poison, good = update_of(stage, ana, "racun"), update_of(stage, boris, "WFO hari ini?")
    for _ in range(3):
        dying = wary_dispatch(stage)
        under_way = [asyncio.create_task(dying.receive(update)) for update in (poison, good)]
        await asyncio.wait(under_way, timeout=0.3)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
    last = wary_dispatch(stage)
    outcomes = [(await last.receive(update)).outcome for update in (poison, good)]
    assert outcomes == ["set_aside", "handled"]
    assert [row["update_key"] for row in await stage.rows(_ASIDE)] == [poison.key]


async def test_an_update_that_met_a_busy_database_after_an_unclean_stop_is_not_poison(
    stage: Stage, ana: Player, on_poison: dict[str, BaseException | float]
) -> None:
    """D01"""
    on_poison["WFO hari ini?"] = Unavailable("busy")
    update, dispatch = update_of(stage, ana, "WFO hari ini?"), wary_dispatch(stage)
    for _ in range(5):
        with pytest.raises(NotStored):
            await dispatch.receive(update)
    on_poison.clear()
    assert (await dispatch.receive(update)).outcome == "handled"
    assert await stage.rows("SELECT * FROM attempts") == []


async def test_an_update_brought_again_after_an_unclean_stop_leaves_no_count_behind(
    stage: Stage, ana: Player
) -> None:
    """C01"""
    update, dispatch = update_of(stage, ana, "WFO hari ini?"), wary_dispatch(stage)
    outcomes = [(await dispatch.receive(update)).outcome for _ in range(6)]
    assert outcomes == ["handled"] + ["duplicate"] * 5
    assert await stage.rows("SELECT * FROM attempts") == []
