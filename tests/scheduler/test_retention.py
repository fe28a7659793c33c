"""What has served its purpose is let go, and what is still needed stays."""

import asyncio
from datetime import datetime, timedelta

from db import files, pauses, people, quarantine, seen, work
from db.engine import Db, Row
from db.sealed import Seal
from db.sending import outbox
from handlers.update import Class
from policy.book import Book
from scheduler import retention
from scheduler.clock import Waker
from scheduler.jobs import Job, Means


async def rows(db: Db, sql: str) -> list[Row]:
    async with db.reading() as tx:
        return list(await tx.all(sql))


async def test_keys_of_updates_are_kept_as_long_as_a_platform_may_bring_them_again(
    db: Db, now: datetime
) -> None:
    """A07"""
    async with db.transaction() as tx:
        for key, days in (("old", 15), ("new", 13)):
            at = now - timedelta(days=days)
            await seen.first_time(tx, channel="telegram", key=key, now=at)
            await quarantine.count_try(tx, channel="telegram", key=key, error="ValueError", now=at)
    await retention.tidy(db, now)
    assert [row["update_key"] for row in await rows(db, "SELECT * FROM seen")] == ["new"]
    assert [row["update_key"] for row in await rows(db, "SELECT * FROM attempts")] == ["new"]


async def test_messages_lose_their_contents_a_week_after_their_end_and_never_before_it(
    db: Db, seal: Seal, now: datetime
) -> None:
    async with db.transaction() as tx:
        for address in ("sent", "waits"):
            await outbox.add(
                tx, seal, channel="telegram", address=address, person_id=None, urgency=Class.ANSWER,
                message="test/hello", locale="id", body={"params": {}}, now=now - timedelta(days=30),
            )  # fmt: skip
        ended = "UPDATE outbox SET state = 'sent', ended_at = created_at WHERE address = 'sent'"
        await tx.run(ended)
    await retention.tidy(db, now)
    kept = await rows(db, "SELECT address FROM outbox WHERE body IS NOT NULL")
    assert [row["address"] for row in kept] == ["waits"]


async def test_a_job_is_looked_at_as_soon_as_the_service_starts(db: Db, seal: Seal, now: datetime) -> None:
    looked = asyncio.Event()

    async def look(_: Means, __: datetime) -> None:
        looked.set()

    means = Means(db=db, seal=seal, book=Book.shipped())
    waker = Waker(means, now=lambda: now, jobs=(Job("test", timedelta(hours=1), look),))
    waker.start()
    await asyncio.wait_for(looked.wait(), 5)
    waker.stop()


async def test_pauses_that_are_long_over_are_let_go(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        for what, days in (("old", -2), ("new", 0)):
            until = now + timedelta(days=days)
            await pauses.pause(tx, channel="telegram", what=what, until=until, because="429")
    await retention.tidy(db, now)
    assert [row["class"] for row in await rows(db, "SELECT * FROM pauses")] == ["new"]


async def test_documents_and_done_work_are_let_go_and_proofs_are_not(
    db: Db, seal: Seal, now: datetime
) -> None:
    old = now - timedelta(days=30)
    async with db.transaction() as tx:
        person = await people.add(tx, name="Ana", nip=None, phone=None, employment="non_asn", now=old)
        made = await files.add_made(
            tx, seal, person_id=person, name="a.pdf", type="application/pdf", body=b"x", now=old
        )
        proof = await files.want(tx, person_id=person, kind="evidence", name="b.pdf", now=old)
        await files.keep(tx, seal, file_id=proof, type="application/pdf", body=b"y", now=old)
        for what in ("done", "waits"):
            await work.add(tx, seal, kind=what, task={}, now=old)
        await tx.run("UPDATE work SET ended_at = created_at WHERE kind = 'done'")
    await retention.tidy(db, now)
    assert [row["id"] for row in await rows(db, "SELECT id FROM files WHERE body IS NOT NULL")] == [proof]
    assert [row["kind"] for row in await rows(db, "SELECT kind FROM work")] == ["waits"]
    async with db.reading() as tx:
        assert await files.content(tx, seal, file_id=made) is None
