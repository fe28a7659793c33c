"""Tasks wait for their day, are put off, end, and what a withdrawn report did to them is undone."""

from datetime import date, datetime

from db import tasks
from db.engine import Db, Tx
from tests.db.office import HOUR, MONDAY, TUESDAY


async def open_on(tx: Tx, person_id: str, day: date = MONDAY) -> list[str]:
    return [task.activity for task in await tasks.waiting(tx, person_id=person_id, on=day)]


async def test_a_task_waits_from_its_day_on_until_it_ends(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        of = {"person_id": ids["ana"], "given_by": ids["boris"], "now": now}
        key = await tasks.give(tx, on=TUESDAY, activity="Undangan", **of)
        assert (await open_on(tx, ids["ana"]), await open_on(tx, ids["ana"], TUESDAY)) == ([], ["Undangan"])
        assert await tasks.put_off(tx, task_id=key, person_id=ids["ana"], on=MONDAY)
        assert not await tasks.put_off(tx, task_id=key, person_id=ids["clara"], on=TUESDAY)
        assert await tasks.end(tx, task_id=key, ended_as="done", now=now)
        assert not await tasks.end(tx, task_id=key, ended_as="dropped", now=now)
        assert await open_on(tx, ids["ana"]) == []
        given = await tasks.given_by(tx, person_id=ids["boris"], since=MONDAY)
    assert [(task.activity, task.ended_as, task.is_own) for task in given] == [("Undangan", "done", False)]


async def test_ones_own_task_put_off_again_waits_again_and_a_withdrawn_one_of_the_head_does_not(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        own = await tasks.give(
            tx, person_id=ids["ana"], given_by=ids["ana"], on=MONDAY, activity="Arsip", now=now, key="k1"
        )
        of = {"person_id": ids["ana"], "given_by": ids["boris"], "now": now}
        given = await tasks.give(tx, on=MONDAY, activity="Undangan", **of)
        for key in (own, given):
            await tasks.end(tx, task_id=key, ended_as="withdrawn", now=now)
            await tasks.put_off(tx, task_id=key, person_id=ids["ana"], on=MONDAY)
        assert (own, await open_on(tx, ids["ana"])) == ("k1", ["Arsip"])
        assert await tasks.given_by(tx, person_id=ids["ana"], since=MONDAY) == []


async def test_what_a_report_did_is_taken_back(db: Db, now: datetime, ids: dict[str, str]) -> None:
    later = now + HOUR
    async with db.transaction() as tx:
        given = await tasks.give(
            tx, person_id=ids["ana"], given_by=ids["boris"], on=MONDAY, activity="Undangan", now=now
        )
        await tasks.end(tx, task_id=given, ended_as="done", now=later)
        mine = {"person_id": ids["ana"], "given_by": ids["ana"]}
        await tasks.give(tx, on=MONDAY, activity="Arsip", now=later, **mine)
        await tasks.give(tx, on=MONDAY, activity="Lama", now=now, **mine)
        await tasks.take_back(tx, person_id=ids["ana"], at=later, now=later)
        assert sorted(await open_on(tx, ids["ana"])) == ["Lama", "Undangan"]
