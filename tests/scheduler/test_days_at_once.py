"""Opening, reporting, reminding and changes at the same moment: nothing done is lost, and nobody waits in a circle."""

import asyncio
from datetime import timedelta

from db import reports
from db.engine import Tx, transact
from db.items import Item
from policy.words import Zone
from scheduler.days import workday
from scheduler.reminding import reminders
from tests.chat import Player
from tests.scheduler.days import MONDAY, asks, opens, states
from tests.scheduler.deciding import zone
from tests.stage import BOOK, Stage

ROUNDS = 10


async def reports_plan(stage: Stage, player: Player, words: str) -> None:
    now = stage.clock.now()

    async def work(tx: Tx) -> object:
        return await reports.save(
            tx, person_id=player.person_id, on=MONDAY, kind="plan", items=[Item(activity=words)], channel="telegram",
            source_message=None, reported_at=now, now=now,
        )  # fmt: skip

    await transact(stage.db, work)


def cast(stage: Stage) -> list[Player]:
    return [stage.players[name] for name in ("ana", "boris", "clara", "dewi")]


async def test_a_report_stored_while_its_day_is_opened_is_never_asked_for(stage: Stage) -> None:
    """T03: both ways round, the report closes what the opening asks for."""
    await asks(stage, "reporting", "plan,output")
    for round_ in range(ROUNDS):
        stage.moves_to("2020-06-15 07:10")
        async with stage.db.transaction() as tx:
            for table in ("obligations", "workdays", "days_opened", "reports"):
                await tx.run(f"DELETE FROM {table}")
        now = stage.clock.now()
        await asyncio.gather(
            workday.open_due(stage.db, stage.seal, BOOK, now),
            *(reports_plan(stage, player, f"Rapat {round_}") for player in cast(stage)),
        )
        assert [(await states(stage, player))["plan"] for player in cast(stage)] == ["closed"] * 4


async def test_all_that_moves_a_day_may_move_it_at_once(stage: Stage) -> None:
    """D06: no deadlock that outlasts its repeats; what was reported stays closed, and is said once at most."""
    await asks(stage, "reporting", "plan,output")
    await opens(stage, "2020-06-14 18:00")
    people = [player.person_id for player in cast(stage)]
    for round_ in range(ROUNDS):
        colour = Zone.MERAH if round_ % 2 else Zone.HIJAU
        await zone(stage, f"2020-06-15 07:{10 + round_}", colour, since=MONDAY)
        now = stage.clock.now() + timedelta(seconds=1)
        await asyncio.gather(
            workday.refresh(stage.db, stage.seal, BOOK, people=people, day=MONDAY, now=now),
            reminders.look(stage.db, stage.seal, BOOK, now),
            reminders.look(stage.db, stage.seal, BOOK, now),
            *(reports_plan(stage, player, f"Rapat {round_}") for player in cast(stage)),
        )
    assert [(await states(stage, player))["plan"] for player in cast(stage)] == ["closed"] * 4
    rows = await stage.rows("SELECT gist FROM workdays WHERE on_date = '2020-06-15'")
    assert len({row["gist"] for row in rows}) == 1
    said = await stage.rows("SELECT once_key FROM outbox WHERE class = 3 AND state <> 'dropped'")
    stages = [row["once_key"] for row in said]
    assert len(stages) == len(set(stages))
