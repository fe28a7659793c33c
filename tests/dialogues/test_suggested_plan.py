"""What a plan may begin with: the head's tasks, then what the last plan left open, or else all of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from db import reports, tasks
from db.items import Item
from db.people import by_id
from handlers.flow import Context
from handlers.update import Sender
from handlers.workday.service import Suggestion, suggested_plan
from tests.chat import Player
from tests.stage import BOOK, Stage

MONDAY = date(2020, 6, 15)
FRIDAY = MONDAY - timedelta(days=3)


async def wrote(
    stage: Stage, ana: Player, kind: reports.Kind, *items: Item, on: date = FRIDAY
) -> Sequence[Item]:
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await reports.save(
            tx, person_id=ana.person_id, on=on, kind=kind, items=items, channel="telegram",
            source_message=None, reported_at=now, now=now,
        )  # fmt: skip
        report = await reports.latest(tx, person_id=ana.person_id, on=on, kind=kind)
    return report.items if report else ()


async def suggested(stage: Stage, ana: Player) -> Suggestion:
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        person = await by_id(tx, person_id=ana.person_id, now=now)
        ctx = Context(
            db=tx, sender=Sender(channel="telegram", address=ana.address, user=ana.address), person=person,
            policy=BOOK, now=now, sent_at=now, day=MONDAY, locale="id", seal=stage.seal,
        )  # fmt: skip
        return await suggested_plan(ctx, day=MONDAY)


async def test_nothing_is_suggested_to_a_newcomer(stage: Stage, ana: Player) -> None:
    assert await suggested(stage, ana) == Suggestion()


async def test_what_was_not_done_or_done_in_part_is_suggested(stage: Stage, ana: Player) -> None:
    plan = await wrote(stage, ana, "plan", *(Item(activity=each) for each in ("Rapat", "Surat", "Arsip")))
    half = Item(activity="Surat", key=plan[1].key, achievement=50)
    await wrote(stage, ana, "output", plan[0], half)
    assert await suggested(stage, ana) == Suggestion(items=tuple(plan[1:]), from_day=FRIDAY)


async def test_when_all_was_done_all_is_suggested_as_new_lines(stage: Stage, ana: Player) -> None:
    plan = await wrote(stage, ana, "plan", Item(activity="Rapat"), Item(activity="Surat"))
    await wrote(stage, ana, "output", *plan)
    found = await suggested(stage, ana)
    assert found.items == (Item(activity="Rapat"), Item(activity="Surat"))


async def test_tasks_come_first_and_once(stage: Stage, ana: Player, boris: Player) -> None:
    async with stage.db.transaction() as tx:
        of = {"person_id": ana.person_id, "given_by": boris.person_id, "now": stage.clock.now()}
        old = await tasks.give(tx, on=FRIDAY, activity="Notula", **of)
        new = await tasks.give(tx, on=MONDAY, activity="Undangan", **of)
        await tasks.give(tx, on=MONDAY + timedelta(days=1), activity="Besok", **of)
    plan = await wrote(stage, ana, "plan", Item(activity="Notula", task_id=old))
    found = await suggested(stage, ana)
    assert found.items == (Item(activity="Undangan", task_id=new), *plan)
