"""A report is stored once, a correction is a new version, and nothing that was stored is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from db import health, receipts, reports
from db.engine import Db, Tx
from db.opening import open_db
from db.receipts import Saved
from db.sealed import Seal
from tests.db.office import HEALTHY, HOUR, ILL, MONDAY, TUESDAY, items, said, sent

Save = Callable[[Tx], Awaitable[Saved]]


async def test_c02_the_same_health_report_again_changes_nothing(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "on": MONDAY}
    async with db.transaction() as tx:
        first = await health.save(tx, seal, answers=HEALTHY, **who, **sent(now))
        again = await health.save(tx, seal, answers=HEALTHY, **who, **sent(now + HOUR))
        rows = await tx.all("SELECT id FROM health_reports")
    assert (first.already, again.already) == (False, True)
    assert (again.id, again.code, len(rows)) == (first.id, first.code, 1)


async def test_i13_a_contradiction_keeps_both_and_the_newer_is_right(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "on": MONDAY}
    async with db.transaction() as tx:
        await health.save(tx, seal, answers=HEALTHY, **who, **sent(now))
        second = await health.save(tx, seal, answers=ILL, **who, **sent(now + HOUR))
        newest = await health.latest(tx, seal, **who)
        rows = await tx.all("SELECT superseded_at FROM health_reports ORDER BY version")
    assert (second.version, second.already) == (2, False)
    assert newest is not None
    assert (newest.answers, newest.reported_at) == (ILL, now + HOUR)
    assert [row["superseded_at"] is None for row in rows] == [False, True]


async def test_each_day_and_kind_has_versions_of_its_own(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        saved = [
            await reports.save(
                tx, person_id=ids["ana"], on=on, kind=kind, items=items("Menyusun data"), source_message=None,
                **sent(now),
            )
            for on in (MONDAY, TUESDAY)
            for kind in ("plan", "output")
        ]  # fmt: skip
    assert [each.version for each in saved] == [1, 1, 1, 1]
    assert [each.code[0] for each in saved] == ["R", "H", "R", "H"]


async def test_a_plan_is_found_by_its_message_and_by_the_day_before(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"]}
    async with db.transaction() as tx:
        for on, item in ((MONDAY, "a"), (TUESDAY, "b")):
            await reports.save(
                tx,
                on=on,
                kind="plan",
                items=items(item, "=1+1"),
                source_message=f"m{item}",
                **who,
                **sent(now),
            )
        by_message = await reports.by_source(tx, source_message="ma", **who)
        yesterday = await reports.latest_before(tx, on=TUESDAY, kind="plan", **who)
        nothing = await reports.by_source(tx, source_message="m?", **who)
    assert by_message == yesterday
    assert by_message is not None
    assert (by_message.on, said(by_message), nothing) == (MONDAY, ["a", "=1+1"], None)


async def raced(db: Db, url: str, first: Save, second: Save) -> tuple[Saved, Saved]:
    """Let two workers save at once: the second begins before the first has committed."""
    other = await open_db(url)

    async def behind() -> Saved:
        async with other.transaction() as tx:
            return await second(tx)

    try:
        async with db.transaction() as tx:
            winner = await first(tx)
            task = asyncio.create_task(behind())
            await asyncio.sleep(0.2)
        return winner, await task
    finally:
        await other.close()


async def test_d12_of_two_workers_with_the_same_report_one_wins_and_the_other_reads_it(
    db: Db, db_url: str, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    def save(tx: Tx) -> Awaitable[Saved]:
        return health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=HEALTHY, **sent(now))

    won, read = await raced(db, db_url, save, save)
    assert (won.already, read.already) == (False, True)
    assert (won.id, won.code) == (read.id, read.code)


async def test_d12_of_two_workers_with_different_reports_none_is_lost(
    db: Db, db_url: str, now: datetime, ids: dict[str, str]
) -> None:
    def save(item: str) -> Save:
        return lambda tx: reports.save(
            tx,
            person_id=ids["ana"],
            on=MONDAY,
            kind="plan",
            items=items(item),
            source_message=None,
            **sent(now),
        )

    one, two = await raced(db, db_url, save("a"), save("b"))
    assert (one.version, two.version, two.already) == (1, 2, False)
    async with db.reading() as tx:
        newest = await reports.latest(tx, person_id=ids["ana"], on=MONDAY, kind="plan")
    assert newest is not None
    assert said(newest) == ["b"]


async def test_a_code_that_is_taken_is_drawn_again(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["AAAAAA", "AAAAAA", "BBBBBB"])
    monkeypatch.setattr(receipts, "letters", lambda count: next(drawn))
    async with db.transaction() as tx:
        codes = [
            (await health.save(tx, seal, person_id=ids["ana"], on=on, answers=HEALTHY, **sent(now))).code
            for on in (MONDAY, TUESDAY)
        ]
    assert codes == ["S-AAAA-AA", "S-BBBB-BB"]
