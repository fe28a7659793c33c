"""What a superior gave back is owed until their own deadline, whatever else moves that day; after it, it is overdue."""

from datetime import date

from scheduler.reminding import reminders
from tests.chat import Player
from tests.dialogues.test_verifying import a_day_of_work, at_the_report, gives_back
from tests.scheduler.days import asks, opens, owed, refreshes, states
from tests.stage import BOOK, Stage

MONDAY = date(2020, 6, 15)


async def _given_back(stage: Stage, until: str) -> tuple[Player, Player]:
    ana, boris = stage.players["ana"], stage.players["boris"]
    await asks(stage, "reporting", "plan,output")
    await opens(stage)
    stage.moves_to("2020-06-15 08:00")
    await a_day_of_work(ana)
    await at_the_report(boris)
    await gives_back(boris, until=until)
    return ana, boris


async def test_a_change_of_the_day_leaves_the_superiors_deadline(stage: Stage) -> None:
    ana, _ = await _given_back(stage, "Besok")
    before = (await owed(stage, ana))[-1].due_at
    await refreshes(stage, ana)
    after = (await owed(stage, ana))[-1]
    assert after.due_at == before
    assert (await states(stage, ana))["output"] in ("open", "reminded")
    assert (await states(stage, ana))["plan"] == "closed"


async def test_after_the_new_deadline_it_is_overdue_and_not_before(stage: Stage) -> None:
    ana, _ = await _given_back(stage, "Besok")
    for local, state in (("2020-06-16 20:00", "missing"), ("2020-06-17 00:01", "overdue")):
        stage.moves_to(local)
        await reminders.look(stage.db, stage.seal, BOOK, stage.clock.now())
        found = (await states(stage, ana))["output"]
        assert (found == "overdue") == (state == "overdue"), (local, found)
    await stage.drains()
    stage.moves_to("2020-06-17 08:00")
    await ana.says("hasil 15 juni")
    ana.sees("sudah dikunci")
